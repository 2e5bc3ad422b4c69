import { workerSettings } from "../environment/settings.ts";
import { pool } from "./connect.ts";

/** Background jobs: role unseal_worker, which sees wrapped keys and never a ciphertext. */
export const workerSql = pool("worker", () => workerSettings().workerDatabaseUrl, 3);
