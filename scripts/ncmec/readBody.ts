import type { IncomingMessage } from "node:http";

/** Reads a body up to a limit; null when it is longer. */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size <= most) pieces.push(piece);
  }
  return size <= most ? Buffer.concat(pieces) : null;
}
