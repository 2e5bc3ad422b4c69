import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Sql } from "postgres";
import { installJobs } from "./installJobs.ts";

/**
 * Migrations are hand-written SQL, named by intent, applied once and never edited after landing (the checksum is kept).
 * What lies in `sql/` (roles, functions, policies, grants) is idempotent and applied again whenever its text changes.
 */
const here = import.meta.dirname;

export interface SqlFile {
  name: string;
  text: string;
  checksum: string;
}

async function filesOf(folder: string): Promise<SqlFile[]> {
  const names = (await readdir(join(here, folder), { recursive: true }))
    .filter((n) => n.endsWith(".sql"))
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(here, folder, name), "utf8");
      return { name, text, checksum: createHash("sha256").update(text).digest("hex") };
    }),
  );
}

interface Plan {
  roles: SqlFile;
  migrations: SqlFile[];
  repeatable: SqlFile[];
  repeatableChecksum: string;
}

async function readPlan(): Promise<Plan> {
  const [migrations, all] = await Promise.all([filesOf("migrations"), filesOf("sql")]);
  const roles = all.find((f) => f.name === "00_roles.sql");
  if (!roles) throw new Error("db/sql/00_roles.sql is missing: this checkout is not complete.");
  const repeatable = all.filter((f) => f !== roles);
  const repeatableChecksum = createHash("sha256")
    .update([roles, ...repeatable].map((f) => f.checksum).join())
    .digest("hex");
  return { roles, migrations, repeatable, repeatableChecksum };
}

/**
 * Names what the database lacks.
 *
 * @param sql any connection that may read `unseal_meta.migrations` (every login role of ours may)
 * @returns names of migrations and, as "sql/", the repeatable part when it differs; empty when the database is current
 */
export async function pendingMigrations(sql: Sql): Promise<string[]> {
  const plan = await readPlan();
  const [exists] = await sql`select to_regclass('unseal_meta.migrations') is not null as yes`;
  if (!exists?.yes) return [...plan.migrations.map((m) => m.name), "sql/"];
  const rows = await sql<
    { name: string; checksum: string }[]
  >`select name, checksum from unseal_meta.migrations`;
  const applied = new Map(rows.map((r) => [r.name, r.checksum]));
  const pending = plan.migrations.filter((m) => !applied.has(m.name)).map((m) => m.name);
  if (applied.get("sql/") !== plan.repeatableChecksum) pending.push("sql/");
  return pending;
}

/**
 * Brings a database to the state of this checkout, in one transaction under an advisory lock: it happens whole or not
 * at all, and two that start at once queue up.
 *
 * @param sql a connection of a role that may create roles and hand itself `unseal_owner` (superuser will do)
 * @param again applies functions, policies and grants also when their text has not changed: somebody altered them in place
 * @returns names applied, in order
 * @throws when a migration that was applied has been edited since, or when a statement fails
 */
export async function migrate(sql: Sql, again = false): Promise<string[]> {
  const plan = await readPlan();
  const applied: string[] = [];
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('unseal.migrate'))`;
    await tx.unsafe(plan.roles.text).simple();
    await tx.unsafe(`set local role unseal_owner`);
    await tx
      .unsafe(`
      create schema if not exists unseal_meta authorization unseal_owner;
      `)
      .simple();
    const [exists] = await tx`select to_regclass('unseal_meta.migrations') is not null as yes`;
    if (!exists?.yes) {
      await tx.unsafe(`create table unseal_meta.migrations (
        name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
    }
    const rows = await tx<
      { name: string; checksum: string }[]
    >`select name, checksum from unseal_meta.migrations`;
    const known = new Map(rows.map((r) => [r.name, r.checksum]));
    for (const file of plan.migrations) {
      const before = known.get(file.name);
      if (before === file.checksum) continue;
      if (before) {
        throw new Error(
          `Migration ${file.name} was edited after it had been applied. Restore its text and write a new migration instead.`,
        );
      }
      await apply(tx.unsafe(file.text).simple(), file);
      await tx`insert into unseal_meta.migrations (name, checksum) values (${file.name}, ${file.checksum})`;
      applied.push(file.name);
    }
    if (again || known.get("sql/") !== plan.repeatableChecksum || applied.length > 0) {
      for (const file of plan.repeatable) await apply(tx.unsafe(file.text).simple(), file);
      await tx`insert into unseal_meta.migrations (name, checksum) values ('sql/', ${plan.repeatableChecksum})
        on conflict (name) do update set checksum = excluded.checksum, applied_at = now()`;
      applied.push("sql/");
    }
  });
  // After ours, in a transaction of the library's own; it does nothing when it is current.
  await installJobs(sql);
  return applied;
}

async function apply(run: PromiseLike<unknown>, file: SqlFile): Promise<void> {
  try {
    await run;
  } catch (cause) {
    throw new Error(`${file.name} could not be applied: ${(cause as Error).message}`, { cause });
  }
}
