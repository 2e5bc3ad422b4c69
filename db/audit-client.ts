import { auditSettings } from "../environment/settings.ts";
import { pool } from "./connect.ts";

/** Exports of the log: role unseal_audit, which reads events and nothing they are about. */
export const auditSql = pool("audit", () => auditSettings().auditDatabaseUrl, 2);
