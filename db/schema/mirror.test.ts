import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../test/database.ts";
import * as schema from "./index.ts";

let database: TestDatabase;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await testDatabase();
  sql = postgres(database.adminUrl, { max: 1 });
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

type Shape = Record<string, { type: string; notNull: boolean; key: boolean }>;

/** What Drizzle believes: table → column → type, nullability, part of the primary key. */
function mirrored(): Record<string, Shape> {
  const tables: Record<string, Shape> = {};
  for (const table of Object.values(schema)) {
    if (!is(table, PgTable)) continue;
    const { schema: room, name, columns, primaryKeys } = getTableConfig(table);
    const keys = new Set(primaryKeys.flatMap((k) => k.columns.map((c) => c.name)));
    tables[`${room}.${name}`] = Object.fromEntries(
      columns.map((c) => [
        c.name,
        { type: c.getSQLType(), notNull: c.notNull || keys.has(c.name), key: c.primary || keys.has(c.name) },
      ]),
    );
  }
  return tables;
}

/** What the migrated database has. Partitions are their parent's shape and stay out. */
async function catalogue(): Promise<Record<string, Shape>> {
  const rows = await sql<{ table: string; name: string; type: string; notNull: boolean; key: boolean }[]>`
    select n.nspname || '.' || c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
           a.attnotnull as "notNull",
           exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary and a.attnum = any (i.indkey)) as key
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind in ('r', 'p') and not c.relispartition
       and n.nspname not in ('pg_catalog', 'information_schema', 'public', 'graphile_worker')
       and n.nspname not like 'pg_%'
     order by 1, a.attnum`;
  const tables: Record<string, Shape> = {};
  for (const { table, name, type, notNull, key } of rows) {
    tables[table] ??= {};
    tables[table][name] = { type, notNull, key };
  }
  return tables;
}

test("every table of the database is mirrored, with its columns, types and nullability", async () => {
  const found = await catalogue();
  expect(Object.keys(found).length).toBeGreaterThan(20);
  expect(mirrored()).toEqual(found);
});

test("a column that the mirror lacks is noticed", async () => {
  await sql`alter table staff.members add column planted integer`;
  try {
    expect(mirrored()).not.toEqual(await catalogue());
  } finally {
    await sql`alter table staff.members drop column planted`;
  }
});
