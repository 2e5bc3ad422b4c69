import type { ExportNames, ExportWriter } from "./exportFormat.ts";
import type { ExportRow } from "./exportRow.ts";

/** The right to the log ended while the file was being written: it must not look whole. */
export class ExportCutShort extends Error {
  override readonly name = "ExportCutShort";

  constructor() {
    super("The right to read the log ended during the export.");
  }
}

export interface Batch {
  readonly rows: readonly ExportRow[];
  /** One for each row, or none where names are not known. */
  readonly names: readonly ExportNames[];
}

/**
 * Writes a file batch by batch, in constant memory.
 *
 * @param size of a full batch: a shorter one is the last
 * @param next reads the batch after an id; null when the right to read has ended
 * @throws ExportCutShort
 */
export async function* writePieces(
  writer: ExportWriter,
  size: number,
  next: (after: string | null) => Promise<Batch | null>,
): AsyncGenerator<string, void, void> {
  if (writer.head) yield writer.head;
  let after: string | null = null;
  do {
    const batch = await next(after);
    if (!batch) throw new ExportCutShort();
    const { rows, names } = batch;
    if (rows.length > 0) yield rows.map((row, i) => writer.line(row, names[i] ?? null)).join("");
    after = rows.length === size ? (rows.at(-1)?.id ?? null) : null;
  } while (after !== null);
}
