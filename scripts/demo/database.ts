import postgres from "postgres";
import { migrate } from "../../db/migrate.ts";
import { type ForEachRole, forEachRole } from "../../db/roles/loginRoles.ts";
import { roleUrl } from "../../db/roles/roleUrl.ts";
import { setRolePasswords } from "../../db/roles/setRolePasswords.ts";
import type { Cluster } from "../postgres/cluster.ts";

const DATABASE = "unseal";

export type ReadyDatabase = { readonly adminUrl: string; readonly urls: ForEachRole<string> };

/**
 * Brings a cluster's database to the state of this checkout, making it when there is none, and gives the login roles
 * new passwords.
 */
export async function prepareDatabase(cluster: Cluster): Promise<ReadyDatabase> {
  await withSql(cluster.adminUrl(), async (sql) => {
    const [there] = await sql`select from pg_database where datname = ${DATABASE}`;
    if (!there) await sql.unsafe(`create database ${DATABASE}`);
  });
  const adminUrl = cluster.adminUrl(DATABASE);
  const passwords = await withSql(adminUrl, async (sql) => {
    await migrate(sql);
    return setRolePasswords(sql);
  });
  return { adminUrl, urls: forEachRole((role) => roleUrl(adminUrl, role, passwords[role])) };
}

async function withSql<Result>(url: string, act: (sql: postgres.Sql) => Promise<Result>): Promise<Result> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await act(sql);
  } finally {
    await sql.end();
  }
}
