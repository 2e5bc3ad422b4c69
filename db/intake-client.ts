import { intakeSettings } from "../environment/settings.ts";
import { pool } from "./connect.ts";

/** The platforms' door: role unseal_intake, which can seal flags in and never read a message back. */
export const intakeSql = pool("intake", () => intakeSettings().intakeDatabaseUrl, 4);
