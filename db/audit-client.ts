import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import { auditSettings } from "../environment/settings.ts";
import { guarded, pool } from "./connect.ts";
import { drizzleOver } from "./drizzleOver.ts";

/** Exports of the log: role unseal_audit, which reads events and nothing they are about. */
export const auditSql = pool("audit", () => auditSettings().auditDatabaseUrl, 2);

/**
 * Runs reads of the log as unseal_audit, in one transaction.
 *
 * @throws DatabaseFailure
 */
export function asAudit<T>(read: (tx: PostgresJsDatabase) => Promise<T>): Promise<T> {
  return guarded(auditSql().begin("read only", (client) => read(drizzleOver(client))) as Promise<T>);
}
