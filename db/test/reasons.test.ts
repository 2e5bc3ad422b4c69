import { readFile } from "node:fs/promises";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "./database.ts";

// The product's own cluster knows every letter; one that an operator brings may have been made with the locale C.
let database: TestDatabase;
let admin: Sql;
let ascii: Sql;
beforeAll(async () => {
  database = await testDatabase();
  admin = postgres(database.adminUrl, { max: 1 });
  const name = `${new URL(database.adminUrl).pathname.slice(1)}_ascii`;
  await admin.unsafe(
    `create database ${name} template template0 encoding 'UTF8' locale_provider libc lc_collate 'C' lc_ctype 'C'`,
  );
  const url = new URL(database.adminUrl);
  url.pathname = `/${name}`;
  ascii = postgres(url.href, { max: 1 });
  await ascii`create schema access`;
  await ascii.unsafe(
    await readFile(new URL("../sql/functions/53_access_reasons.sql", import.meta.url), "utf8"),
  );
});
afterAll(async () => {
  const [row] = await ascii<{ name: string }[]>`select current_database() as name`;
  await ascii.end();
  await admin.unsafe(`drop database ${row?.name}`);
  await admin.end();
  await database.drop();
});

const alike = async (sql: Sql, one: string, other: string) =>
  (await sql`select access.reason_digest(${one}) = access.reason_digest(${other}) as yes`)[0]?.yes;

test("reasons in any script differ when their words do, whatever locale the database has", async () => {
  for (const sql of [admin, ascii])
    for (const [one, other] of [
      ["Checking the reported message.", "The reporter names a school."],
      ["Проверка сообщения из жалобы", "Пользователь называет школу"],
      ["核对举报内容是否含有威胁", "查看用户提到的学校名称"],
    ] as const)
      expect(await alike(sql, one, other), one).toBe(false);
});

test("and are the same when only digits, signs or what cannot be seen differ", async () => {
  for (const sql of [admin, ascii])
    for (const [one, other] of [
      ["Case 12: reviewing, as reported.", "case re\u200bviewing as reported… 😀"],
      ["Проверка 12: сообщение", "Проверка — со\u2060общение!"],
      ["核对举报12", "核对、举报。"],
    ] as const)
      expect(await alike(sql, one, other), one).toBe(true);
});
