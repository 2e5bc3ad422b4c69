import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";
import { migrate } from "../migrate.ts";
import { type ForEachRole, forEachRole } from "../roles/loginRoles.ts";
import { roleUrl } from "../roles/roleUrl.ts";

export type TestDatabase = {
  /** URL for the cluster's superuser: to arrange and to look, never to act as the product. */
  readonly adminUrl: string;
  /** URL for each login role, as the product uses them. */
  readonly urls: ForEachRole<string>;
  /** Ends every connection and removes the database. */
  drop(): Promise<void>;
};

/**
 * Makes a database for one test file: a clone of the migrated template, on the real PostgreSQL that the run started.
 * Call `drop()` in `afterAll`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { adminUrl, template, passwords } = inject("cluster");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asAdmin(adminUrl, (sql) => sql.unsafe(`create database ${name} template ${template}`));
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  // Rights on the database itself are not part of a template: the migration's idempotent part gives them anew.
  await asAdmin(url.toString(), migrate);
  return {
    adminUrl: url.toString(),
    urls: forEachRole((role) => roleUrl(adminUrl, role, passwords[role], name)),
    drop: () => asAdmin(adminUrl, (sql) => sql.unsafe(`drop database if exists ${name} with (force)`)),
  };
}

async function asAdmin(url: string, act: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await act(sql);
  } finally {
    await sql.end();
  }
}
