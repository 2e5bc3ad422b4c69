import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Sql } from "postgres";
import type { Dice } from "./random.ts";

type Value = string | number | boolean | Date | readonly string[] | null;

/** An id as the database would have drawn it at that instant (RFC 9562 §5.7). */
export function idAt(ms: number, random: Dice): string {
  const time = Math.floor(ms).toString(16).padStart(12, "0");
  const bits = () =>
    Math.floor(random.next() * 2 ** 32)
      .toString(16)
      .padStart(8, "0");
  const [a, b, c] = [bits(), bits(), bits()];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${a.slice(0, 3)}-8${a.slice(3, 6)}-${b}${c.slice(0, 4)}`;
}

/** Rows of one table, by the names of its columns. */
export class Rows {
  readonly table: string;
  readonly columns: readonly string[];
  readonly #lines: string[] = [];

  constructor(table: string, columns: readonly string[]) {
    this.table = table;
    this.columns = columns;
  }

  add(...values: readonly Value[]): void {
    this.#lines.push(`${values.map(written).join("\t")}\n`);
  }

  /** Writes them by COPY, and forgets them. */
  async write(sql: Sql): Promise<void> {
    if (this.#lines.length === 0) return;
    const copy = await sql.unsafe(`copy ${this.table} (${this.columns.join(", ")}) from stdin`).writable();
    await pipeline(Readable.from(chunks(this.#lines)), copy);
    this.#lines.length = 0;
  }
}

function* chunks(lines: readonly string[]): Generator<string> {
  for (let i = 0; i < lines.length; i += 2_000) yield lines.slice(i, i + 2_000).join("");
}

function written(value: Value): string {
  if (value === null) return "\\N";
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object") return `{${value.join(",")}}`;
  return String(value);
}
