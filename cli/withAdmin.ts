import postgres, { type Sql } from "postgres";
import { explainConnection } from "../server/startup/explainConnection.ts";
import { Told } from "./tellFailure.ts";

/** PostgreSQL 15 brought what the policies rely on; 18 is the newest that was tried. */
const LEAST_VERSION = 150000;

/**
 * Runs `act` as the operator's administrator, after looking that the server can carry the product.
 *
 * @throws Told when it cannot be reached, is too old, or is a standby
 */
export async function withAdmin<Result>(url: string, act: (sql: Sql) => Promise<Result>): Promise<Result> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    await lookAtServer(sql);
    return await act(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function lookAtServer(sql: Sql): Promise<void> {
  const [server] = await sql<{ version: number; standby: boolean }[]>`
    select current_setting('server_version_num')::int as version, pg_is_in_recovery() as standby`.catch(
    (cause) => {
      const { what, how } = explainConnection(cause);
      throw new Told(`The administrator's URL ${what}.\n    how: ${how}`);
    },
  );
  if ((server?.version ?? 0) < LEAST_VERSION)
    throw new Told("The server is older than PostgreSQL 15. Use PostgreSQL 15 to 18.");
  if (server?.standby) throw new Told("The server is a standby. Give the URL of the primary.");
}
