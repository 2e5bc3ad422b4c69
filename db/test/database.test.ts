import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pendingMigrations } from "../migrate.ts";
import { LOGIN_ROLES, type LoginRole } from "../roles/loginRoles.ts";
import { type TestDatabase, testDatabase } from "./database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test.each(Object.keys(LOGIN_ROLES) as LoginRole[])(
  "%s logs in, sees no pending migration, cannot create",
  async (role) => {
    const sql = postgres(database.urls[role], { max: 1 });
    try {
      const [row] =
        await sql`select current_user as who, current_setting('server_version_num')::int as version`;
      expect(row?.who).toBe(LOGIN_ROLES[role]);
      expect(row?.version).toBeGreaterThanOrEqual(150000);
      expect(await pendingMigrations(sql)).toEqual([]);
      await expect(sql`create table public.planted (a int)`).rejects.toMatchObject({ code: "42501" });
      await expect(sql`create temporary table planted (a int)`).rejects.toMatchObject({ code: "42501" });
    } finally {
      await sql.end();
    }
  },
);

test("a wrong password is refused", async () => {
  const url = new URL(database.urls.web);
  url.password = "wrong";
  const sql = postgres(url.toString(), { max: 1 });
  await expect(sql`select 1`).rejects.toMatchObject({ code: "28P01" });
  await sql.end();
});

test("databases are apart: what one test writes another does not see", async () => {
  const other = await testDatabase();
  const [here, there] = [postgres(database.adminUrl, { max: 1 }), postgres(other.adminUrl, { max: 1 })];
  try {
    await here`create table public.mark (a int)`;
    const [row] = await there`select to_regclass('public.mark') as found`;
    expect(row?.found).toBeNull();
  } finally {
    await Promise.all([here.end(), there.end()]);
    await other.drop();
  }
});
