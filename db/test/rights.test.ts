import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LOGIN_ROLES, type LoginRole } from "../roles/loginRoles.ts";
import { type TestDatabase, testDatabase } from "./database.ts";
import { EXECUTES, READS } from "./rights.ts";

/**
 * The matrix of promise 3: every login role × every table × every verb, and every login role × every function, walked in
 * the catalog of a migrated database and held against `rights.ts`. Something new that nobody put into the list fails.
 */
const SCHEMAS = [
  "staff",
  "intake",
  "triage",
  "sealed",
  "legal",
  "access",
  "audit",
  "cybertip",
  "unseal",
  "unseal_meta",
];
const VERBS = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"];
const ROLES = Object.keys(LOGIN_ROLES) as LoginRole[];

let database: TestDatabase;
let admin: Sql;
beforeAll(async () => {
  database = await testDatabase();
  admin = postgres(database.adminUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

const tables = () =>
  admin<{ name: string; partition: boolean }[]>`
    select n.nspname || '.' || c.relname as name, c.relispartition as partition
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any (${SCHEMAS}) and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') order by 1`;

test.each(ROLES)("%s holds no right on any table beyond its list", async (role) => {
  const held: string[] = [];
  for (const table of await tables()) {
    for (const verb of VERBS) {
      const [row] = await admin`select case when c.relkind = 'S'
          then has_sequence_privilege(${LOGIN_ROLES[role]}, c.oid, case when ${verb} in ('SELECT', 'UPDATE') then ${verb} else 'USAGE' end)
          else has_table_privilege(${LOGIN_ROLES[role]}, c.oid, ${verb})
            or (${verb} in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') and c.relkind <> 'S'
                and has_any_column_privilege(${LOGIN_ROLES[role]}, c.oid, ${verb})) end as yes
        from pg_class c where c.oid = ${table.name}::regclass`;
      if (row?.yes) held.push(`${verb} ${table.name}`);
    }
  }
  expect(held).toEqual(READS[role].map((name) => `SELECT ${name}`).sort(byTable));
});

const byTable = (a: string, b: string) => (a.slice(7) < b.slice(7) ? -1 : 1);

test.each(ROLES)("%s may call the functions of its list and no other", async (role) => {
  const rows = await admin<{ name: string }[]>`
    select n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = any (${SCHEMAS}) and has_function_privilege(${LOGIN_ROLES[role]}, p.oid, 'EXECUTE')
     order by 1`;
  expect(rows.map((r) => r.name)).toEqual([...EXECUTES[role]].sort());
});

test("no function is open to everybody", async () => {
  const rows =
    await admin`select p.oid::regprocedure::text as f from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = any (${SCHEMAS}) and has_function_privilege('public', p.oid, 'EXECUTE')`;
  expect(rows).toEqual([]);
});

test("every function that runs as the owner pins its search path, so that no schema of a caller's comes first", async () => {
  const rows =
    await admin`select p.oid::regprocedure::text as f from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = any (${SCHEMAS}) and p.prosecdef
      and not coalesce(p.proconfig @> array['search_path=pg_catalog, pg_temp'], false)`;
  expect(rows).toEqual([]);
});

test("every table has row-level security, forced on its owner too", async () => {
  const rows =
    await admin`select c.oid::regclass::text as t from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any (${SCHEMAS}) and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`;
  // Names and checksums of migrations: no row is about a person or a thread.
  expect(rows.map((r) => r.t)).toEqual(["unseal_meta.migrations"]);
});

test("no login role owns, inherits, bypasses or creates anything", async () => {
  for (const role of Object.values(LOGIN_ROLES)) {
    const [row] =
      await admin`select r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb, r.rolreplication,
        pg_has_role(r.rolname, 'unseal_owner', 'MEMBER') as owner_member,
        (select count(*)::int from pg_class c where c.relowner = r.oid) as owned,
        (select count(*)::int from pg_auth_members m where m.member = r.oid) as memberships
      from pg_roles r where r.rolname = ${role}`;
    expect(row, role).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      owner_member: false,
      owned: 0,
      memberships: 0,
    });
  }
});

test("the owner cannot log in", async () => {
  const [row] =
    await admin`select rolcanlogin, rolsuper, rolbypassrls from pg_roles where rolname = 'unseal_owner'`;
  expect(row).toEqual({ rolcanlogin: false, rolsuper: false, rolbypassrls: false });
});

describe("history", () => {
  test.each(["audit.events", "audit.pending_leaves", "access.views", "access.view_ends", "triage.flags"])(
    "not even the owner's functions can change or remove a row of %s",
    async (table) => {
      const [row] = await admin`select unseal.uuid7() as id`;
      await admin.unsafe(
        table === "audit.events"
          ? `insert into audit.events (id, at, actor_kind, action, outcome, leaf_salt) values ('${row?.id}', now(), 'system', 'test.planted', 'done', '')`
          : table === "audit.pending_leaves"
            ? `insert into audit.pending_leaves (event_id, leaf) values ('${row?.id}', '{}')`
            : table === "access.view_ends"
              ? `insert into access.view_ends (view_id, how) values ('${row?.id}', 'closed')`
              : "select 1",
      );
      await admin.begin(async (tx) => {
        await tx`set local role unseal_owner`;
        const column = {
          "audit.events": "action = 'test.changed'",
          "audit.pending_leaves": "leaf = 'changed'",
        }[table];
        const changed = await tx.unsafe(
          `update ${table} set ${column ?? (table === "access.view_ends" ? "how = 'revoked'" : "thread_id = thread_id")}`,
        );
        const removed = await tx.unsafe(`delete from ${table}`);
        expect([changed.count, removed.count]).toEqual([0, 0]);
      });
    },
  );
});

describe("the log", () => {
  const ROWS: Record<string, [insert: string, change: string]> = {
    "audit.leaves": ["(log_index, event_id, leaf) values (7, gen_random_uuid(), '{}')", "leaf = 'changed'"],
    "audit.tiles": ["values (0, 7, decode(repeat('00', 8192), 'hex'))", "tile = 8"],
    "audit.checkpoints": ["values (7, decode(repeat('00', 32), 'hex'), 'note')", "note = 'changed'"],
    "audit.log_keys": ["values ('k', '00000000', 'example.org/log', now(), 0, false)", "origin = 'changed'"],
    "audit.log_key_ends": ["values ('k', now(), 0)", "ended_size = 1"],
    "audit.cosignatures": ["values (7, 'w', 'line', now())", "line = 'changed'"],
    "audit.timestamps": ["values (7, 's', '\\x00', now())", "sink = 'changed'"],
  };

  test.each(Object.entries(ROWS))(
    "not even the owner's functions can change or remove a row of %s",
    async (table, [insert, change]) => {
      expect((await admin.unsafe(`insert into ${table} ${insert}`)).count).toBe(1);
      await admin.begin(async (tx) => {
        await tx`set local role unseal_owner`;
        expect((await tx.unsafe(`select from ${table}`)).count).toBe(1);
        const changed = await tx.unsafe(`update ${table} set ${change}`);
        const removed = await tx.unsafe(`delete from ${table}`);
        expect([changed.count, removed.count]).toEqual([0, 0]);
      });
    },
  );

  test("a leaf stops waiting only when it has its place, word for word", async () => {
    const [row] = await admin`select gen_random_uuid() as id`;
    const id = row?.id as string;
    await admin`insert into audit.pending_leaves (event_id, leaf) values (${id}, '{"v":1}')`;
    const removed = () =>
      admin.begin(async (tx) => {
        await tx`set local role unseal_owner`;
        return (await tx`delete from audit.pending_leaves where event_id = ${id}`).count;
      });
    expect(await removed()).toBe(0);
    await admin`insert into audit.leaves (log_index, event_id, leaf) values (8, ${id}, '{"v":2}')`;
    expect(await removed()).toBe(0);
    await admin`update audit.leaves set leaf = '{"v":1}' where log_index = 8`;
    expect(await removed()).toBe(1);
  });
});

describe("promise 3, the database is the last gate: what a login role can do with its rights and no session", () => {
  test.each(ROLES)("%s sees no row about a person without a session token", async (role) => {
    await admin`insert into staff.members (email, name, roles) values (${`${role}@staff.example.org`}, 'Somebody', '{moderator}')`;
    const sql = postgres(database.urls[role], { max: 1, onnotice: () => {} });
    try {
      for (const table of READS[role].filter(
        (name) => !name.startsWith("unseal_meta.") && role !== "audit",
      )) {
        const rows = await sql.unsafe(`select 1 from ${table} limit 1`);
        expect(rows.length, table).toBe(0);
      }
      await sql`select set_config('unseal.token', 'forged', false), set_config('unseal.actor', 'forged', false)`;
      for (const table of READS[role].filter(
        (name) => !name.startsWith("unseal_meta.") && role !== "audit",
      )) {
        expect((await sql.unsafe(`select 1 from ${table} limit 1`)).length, table).toBe(0);
      }
    } finally {
      await sql.end();
    }
  });

  test.each(ROLES)("%s cannot become another role", async (role) => {
    const sql = postgres(database.urls[role], { max: 1, onnotice: () => {} });
    try {
      for (const other of ["unseal_owner", ...Object.values(LOGIN_ROLES)].filter(
        (r) => r !== LOGIN_ROLES[role],
      )) {
        await expect(sql.unsafe(`set role ${other}`), other).rejects.toMatchObject({ code: "42501" });
      }
    } finally {
      await sql.end();
    }
  });
});
