import type { Batches, Pieces } from "./model.ts";

/** About how long a piece is before it is given on, in UTF-16 units. */
const PIECE = 64 * 1024;

/** Gathers lines into pieces, so that a million of them are not a million steps of whoever takes them. */
export async function* inPieces<T>(
  head: string,
  batches: Batches<T>,
  linesOf: (one: T) => string,
  tail = "",
): Pieces {
  let piece = head;
  for await (const batch of batches)
    for (const one of batch) {
      piece += linesOf(one);
      if (piece.length < PIECE) continue;
      yield piece;
      piece = "";
    }
  piece += tail;
  if (piece !== "") yield piece;
}
