import { Readable } from "node:stream";
import { parse } from "csv-parse";
import type { Findings } from "./findings.ts";
import { Lines } from "./lines.ts";
import type { OpenPacket } from "./openPacket.ts";

/** A file that is small in every packet, whole; undefined, with a finding, when it is missing or too large. */
export async function readSmall(
  packet: OpenPacket,
  path: string,
  findings: Findings,
  most = 1024 * 1024,
): Promise<Buffer | undefined> {
  const size = packet.files.get(path);
  if (size === undefined) return undefined;
  if (size > most) {
    findings.add("too-large", path);
    return undefined;
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of packet.read(path)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The lines of a file, with their line feeds. */
export async function* readLines(
  packet: OpenPacket,
  path: string,
): AsyncGenerator<{ n: number; bytes: Buffer | null }, void, void> {
  const lines = new Lines();
  for await (const piece of packet.read(path)) yield* lines.add(piece);
  yield* lines.end();
}

/** No row of ours is longer. */
const LONGEST_ROW = 1024 * 1024;

/**
 * The rows of a CSV file after its head, which must be as it is in every packet.
 *
 * @throws CsvProblem when the head is another, or a row cannot be read or has not as many cells
 */
export async function* readCsv<Column extends string>(
  packet: OpenPacket,
  path: string,
  columns: readonly Column[],
): AsyncGenerator<{ n: number; row: Readonly<Record<Column, string>> }, void, void> {
  const parser = parse({
    max_record_size: LONGEST_ROW,
    bom: false,
    columns: false,
    relax_column_count: false,
  });
  const source = Readable.from(packet.read(path), { objectMode: false });
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  let n = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      n += 1;
      if (n === 1) {
        if (cells.length !== columns.length || cells.some((cell, i) => cell !== columns[i]))
          throw new CsvProblem(n);
        continue;
      }
      const row = Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ""]));
      yield { n, row: row as Record<Column, string> };
    }
    if (n === 0) throw new CsvProblem(1);
  } catch (error) {
    throw error instanceof CsvProblem ? error : new CsvProblem(n + 1);
  } finally {
    source.destroy();
    parser.destroy();
  }
}

export class CsvProblem extends Error {
  override readonly name = "CsvProblem";
  readonly line: number;

  constructor(line: number) {
    super(`The file cannot be read from record ${line} on.`);
    this.line = line;
  }
}
