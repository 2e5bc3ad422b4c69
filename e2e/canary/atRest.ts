import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { admin } from "../support/admin.ts";
import { findCanaries, type Hit, unbrotli } from "./forms.ts";

/** Something that rests where it must not. */
export interface Resting extends Hit {
  readonly where: string;
}

/** What a search went through, so that a search in nothing cannot pass for one that found nothing. */
export interface Searched {
  readonly found: Resting[];
  places: number;
  bytes: number;
}

const at = (where: string, bytes: Buffer): Resting[] => findCanaries(bytes).map((hit) => ({ ...hit, where }));

/** Every row of every table of every schema of ours, as the superuser reads them: as text, and each bytea as its bytes. */
export async function searchTables(): Promise<Searched> {
  const searched: Searched = { found: [], places: 0, bytes: 0 };
  const tables = await admin()<{ name: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'm') and n.nspname not in ('information_schema', 'pg_toast') and n.nspname !~ '^pg_temp'
       and (n.nspname <> 'pg_catalog' or c.relname in ('pg_description', 'pg_statistic', 'pg_proc', 'pg_largeobject'))
     order by 1`;
  for (const { name } of tables) {
    searched.places++;
    // With the star: the bare name would be a column where a table has one of that name.
    for await (const rows of admin()
      .unsafe(`select (whole.*)::text as row from ${name} whole`)
      .cursor(2000)) {
      const text = rows.map(({ row }) => row as string).join("\n");
      searched.bytes += text.length;
      searched.found.push(...at(name, Buffer.from(text)));
      // In a row as text a bytea is hexadecimal; what is in it may be encoded once more.
      const raw = [...text.matchAll(/\\x((?:[0-9a-f]{2}){8,})/g)].map(([, hex]) =>
        Buffer.from(hex ?? "", "hex"),
      );
      for (const bytes of raw) searched.found.push(...at(`${name}, bytes`, bytes));
    }
  }
  return searched;
}

/** What the server's own statistics and settings say: statements, plans, notes. */
export async function searchCatalog(): Promise<Searched> {
  const texts = await admin()`
    select (a.*)::text as text from pg_stat_activity a union all select (s.*)::text from pg_settings s
    union all select (p.*)::text from pg_prepared_statements p union all select (t.*)::text from pg_stats t`;
  const bytes = Buffer.from(texts.map(({ text }) => text as string).join("\n"));
  return { found: at("statistics", bytes), places: texts.length, bytes: bytes.length };
}

const PIECE = 8 * 1024 * 1024;
const OVERLAP = 256;

/** Every file below a folder, whole or, when it is large, in pieces that overlap. */
export async function searchFiles(folder: string, skip: RegExp = /(?!)/): Promise<Searched> {
  const searched: Searched = { found: [], places: 0, bytes: 0 };
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile() || skip.test(file)) continue;
    searched.places++;
    searched.bytes += await searchFile(file, searched.found);
  }
  return searched;
}

/** One file. @returns its size; 0 when it has gone meanwhile */
export async function searchFile(file: string, found: Resting[]): Promise<number> {
  // Zlib and brotli work on whole files only; what is larger than a piece is not compressed by anything of ours.
  const size = await stat(file).then(
    (about) => about.size,
    () => 0,
  );
  let rest: Buffer = Buffer.alloc(0);
  let read = 0;
  try {
    for await (const piece of createReadStream(file, { highWaterMark: PIECE })) {
      const bytes = Buffer.concat([rest, piece as Buffer]);
      read += (piece as Buffer).length;
      found.push(...at(file, bytes));
      if (file.endsWith(".br")) found.push(...at(file, unbrotli(bytes) ?? Buffer.alloc(0)));
      rest = bytes.subarray(Math.max(0, bytes.length - OVERLAP));
    }
  } catch (error) {
    // PostgreSQL removes files while they are being read.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  return Math.max(read, size === 0 ? 0 : read);
}
