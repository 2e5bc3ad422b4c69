import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { LIMITS } from "../../domain/intake/limits.ts";
import { utf8Longer } from "../../domain/intake/utf8Length.ts";
import { Told } from "../tellFailure.ts";

/** One row of a table of messages. */
export interface Row {
  /** Where the row ends in the file, counted from 1. */
  readonly line: number;
  readonly label: string | null;
  readonly text: string;
}

/** A row that cannot be sent, and why. */
export interface RefusedRow {
  readonly line: number;
  readonly why: string;
}

export interface RowOptions {
  readonly path: string;
  /** Names of the columns, as the file's first line has them. */
  readonly text: string;
  readonly label: string | null;
  readonly delimiter: string;
  readonly onRefused: (row: RefusedRow) => void;
  /** Bytes of the file that have been read. */
  readonly onRead?: (bytes: number) => void;
}

/**
 * Reads a table (RFC 4180, UTF-8) row by row, in constant memory. Text is kept byte for byte: nothing is trimmed,
 * normalised or repaired. A row that cannot be kept so is refused by itself, and the next one is read.
 *
 * @throws Told when the file cannot be read or does not have the columns
 */
export async function* readRows(options: RowOptions): AsyncGenerator<Row> {
  const parser = parse({
    // Fields as bytes: what is not UTF-8 must be seen, and not turned into question marks on the way.
    encoding: null,
    delimiter: options.delimiter,
    info: true,
    relax_column_count: true,
    // A quote inside a field that does not begin with one is a character like any other.
    relax_quotes: true,
    max_record_size: 1024 * 1024,
    skip_records_with_error: true,
    on_skip: (error) => {
      options.onRefused({
        line: Number((error as { lines?: number } | undefined)?.lines ?? 0),
        why: "is no row of a table (a quote that is not closed, or more than 1 MiB)",
      });
      return undefined;
    },
  });
  const file = Readable.from(bytesOf(options));
  file.on("error", (error) => parser.destroy(error));
  file.pipe(parser);

  let columns: { text: number; label: number | null } | undefined;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: Buffer[];
      info: { lines: number };
    }>) {
      if (!columns) {
        columns = columnsOf(record, options);
        continue;
      }
      const row = rowOf(record, columns, info.lines);
      if ("why" in row) options.onRefused(row);
      else yield row;
    }
  } catch (error) {
    if (error instanceof Told) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    throw new Told(
      code === "ENOENT"
        ? `There is no file ${options.path}.`
        : `${options.path} cannot be read (${code ?? "damaged"}).`,
    );
  } finally {
    file.destroy();
  }
  if (!columns) throw new Told(`${options.path} is empty. Its first line must name the columns.`);
}

/** The file without the byte order mark that some programs put before it. */
async function* bytesOf({ path, onRead }: RowOptions): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    yield bytes === 0 && chunk.subarray(0, 3).equals(BYTE_ORDER_MARK) ? chunk.subarray(3) : chunk;
    bytes += chunk.length;
    onRead?.(bytes);
  }
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

function columnsOf(head: Buffer[], { text, label }: RowOptions): { text: number; label: number | null } {
  const names = head.map((name) => name.toString("utf8").trim());
  const find = (name: string) => {
    const at = names.indexOf(name);
    if (at === -1)
      throw new Told(`There is no column “${name}”. The file's first line names: ${names.join(", ")}.`);
    return at;
  };
  return { text: find(text), label: label === null ? null : find(label) };
}

function rowOf(
  record: Buffer[],
  columns: { text: number; label: number | null },
  line: number,
): Row | RefusedRow {
  const text = record[columns.text];
  const label = columns.label === null ? null : record[columns.label];
  if (text === undefined || label === undefined)
    return { line, why: "has fewer columns than the first line" };
  if (!isUtf8(text) || (label !== null && !isUtf8(label))) return { line, why: "is not UTF-8" };
  const body = text.toString("utf8");
  if (utf8Longer(body, LIMITS.bodyBytes)) return { line, why: "holds a text of more than 64 KiB" };
  return { line, label: label === null ? null : label.toString("utf8"), text: body };
}
