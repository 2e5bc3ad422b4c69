import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LOGIN_ROLES, type LoginRole } from "../../db/roles/loginRoles.ts";
import { type TestDatabase, testDatabase } from "../../db/test/database.ts";
import { checkDatabases } from "./checkDatabase.ts";
import { connectOnce } from "./connectOnce.ts";
import { type RoleDanger, roleDangers } from "./roleDangers.ts";

let database: TestDatabase;
let admin: postgres.Sql;
let made = 0;

beforeAll(async () => {
  database = await testDatabase();
  admin = postgres(database.adminUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

/** Makes a login role by the given statements, in which ROLE stands for its name. */
async function roleMadeBy(...statements: string[]): Promise<{ name: string; url: string }> {
  made += 1;
  const name = `planted_${made}`;
  for (const statement of [`create role ROLE login password 'planted'`, ...statements])
    await admin.unsafe(statement.replaceAll("ROLE", name));
  const url = new URL(database.adminUrl);
  url.username = name;
  url.password = "planted";
  return { name, url: url.toString() };
}

const grantConnect =
  "do $do$ begin execute format('grant connect on database %I to ROLE', current_database()); end $do$";

describe("a role that could see past the gate is refused", () => {
  const planted: [string, RoleDanger, string[]][] = [
    ["superuser", "superuser", ["alter role ROLE superuser"]],
    ["BYPASSRLS", "bypasses-row-security", ["alter role ROLE bypassrls"]],
    ["REPLICATION", "replication", ["alter role ROLE replication"]],
    ["CREATEROLE", "manages-roles", ["alter role ROLE createrole"]],
    ["CREATEDB", "manages-roles", ["alter role ROLE createdb"]],
    [
      "owner of a table",
      "owns-objects",
      ["create table public.of_ROLE (a int)", "alter table public.of_ROLE owner to ROLE"],
    ],
    [
      "owner of a function",
      "owns-objects",
      [
        "create function public.by_ROLE() returns int language sql as 'select 1'",
        "alter function public.by_ROLE() owner to ROLE",
      ],
    ],
    ["owner of a schema", "owns-objects", ["create schema room_ROLE authorization ROLE"]],
    ["member of the owner", "owns-objects", ["grant unseal_owner to ROLE"]],
    ["member of pg_read_all_data", "member-of-powerful-role", ["grant pg_read_all_data to ROLE"]],
    [
      "member of a BYPASSRLS role, two steps away",
      "member-of-powerful-role",
      [
        "create role far_ROLE bypassrls",
        "create role near_ROLE noinherit",
        "grant far_ROLE to near_ROLE",
        "grant near_ROLE to ROLE",
      ],
    ],
  ];
  test.each(planted)("%s", async (_, danger, statements) => {
    const { name, url } = await roleMadeBy(grantConnect, ...statements);
    expect(await connectOnce(url, (sql) => roleDangers(sql, name))).toContain(danger);
  });
});

test("a plain role is not refused, unless it is not the one that was expected", async () => {
  const { name, url } = await roleMadeBy(grantConnect);
  expect(await connectOnce(url, (sql) => roleDangers(sql, name))).toEqual([]);
  expect(await connectOnce(url, (sql) => roleDangers(sql, "unseal_web"))).toEqual(["wrong-role"]);
});

test.each(Object.keys(LOGIN_ROLES) as LoginRole[])(
  "the %s role as migrated is fit to serve",
  async (role) => {
    expect(await checkDatabases({ [role]: database.urls[role] })).toEqual([]);
  },
);

test("one role for two parts, a wrong password and no server are each named, without a secret", async () => {
  const wrong = new URL(database.urls.intake);
  wrong.password = "not-the-password";
  const nobody = new URL(database.urls.worker);
  nobody.port = "1";
  const problems = await checkDatabases({
    web: database.urls.web,
    audit: database.urls.web,
    intake: wrong.toString(),
    worker: nobody.toString(),
  });
  const told = JSON.stringify(problems);
  expect(problems.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["AUDIT_DATABASE_URL", "INTAKE_DATABASE_URL", "WORKER_DATABASE_URL"]),
  );
  expect(told).toContain("same role as DATABASE_URL");
  expect(told).toContain("wrong password");
  expect(told).toContain("ECONNREFUSED");
  expect(told).not.toContain("not-the-password");
  expect(told).not.toContain(new URL(database.urls.web).password);
});

test("a database that lacks a migration is refused", async () => {
  const behind = await testDatabase();
  try {
    await connectOnce(
      behind.adminUrl,
      (sql) =>
        sql`delete from unseal_meta.migrations where name = (select max(name) from unseal_meta.migrations where name <> 'sql/')`,
    );
    const problems = await checkDatabases({ web: behind.urls.web });
    expect(problems[0]?.what).toMatch(/lacks 1 migration/);
  } finally {
    await behind.drop();
  }
});
