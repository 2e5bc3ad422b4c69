import { access, constants } from "node:fs/promises";
import { LOGIN_ROLES, type LoginRole } from "../../db/roles/loginRoles.ts";
import { commonSettings, intakeSettings, webSettings } from "../../environment/settings.ts";
import { reduceError } from "../log/reduceError.ts";
import { connectOnce } from "../startup/connectOnce.ts";
import { pendingMigrations } from "../startup/pendingMigrations.ts";
import { roleDangers } from "../startup/roleDangers.ts";
import { logProblem, logState } from "../tlog/logState.ts";

/** One thing that must hold for this process to serve. `code` names what is wrong, in a word of ours. */
export type Check = { readonly name: string; readonly ok: boolean; readonly code?: string };

/** Answers repeat for so long: the endpoint is open to anyone and must not become a way to load the database. */
const KEPT_MS = 1000;

let kept: { at: number; checks: Promise<readonly Check[]> } | undefined;

/**
 * Whether this process can serve now: database reachable in the right role, on a primary, migrations current, key file
 * readable. Never throws; carries no address, no role's name, no message.
 */
export function readiness(now = Date.now()): Promise<readonly Check[]> {
  if (!kept || now - kept.at >= KEPT_MS) kept = { at: now, checks: lookAtEverything() };
  return kept.checks;
}

async function lookAtEverything(): Promise<readonly Check[]> {
  try {
    const { serve } = commonSettings();
    const database = (role: LoginRole, url: string) =>
      look(`${role}-database`, () => lookAtDatabase(role, url));
    const checks: Promise<Check>[] = [];
    if (serve.includes("web")) {
      checks.push(database("web", webSettings().databaseUrl));
      checks.push(lookAtLog(webSettings().databaseUrl));
    }
    if (serve.includes("intake")) checks.push(database("intake", intakeSettings().intakeDatabaseUrl));
    const { keyFile } = serve.includes("web") ? webSettings() : intakeSettings();
    checks.push(look("key-file", () => access(keyFile, constants.R_OK).then(() => undefined)));
    return await Promise.all(checks);
  } catch {
    return [{ name: "settings", ok: false, code: "invalid-settings" }];
  }
}

async function lookAtDatabase(role: LoginRole, url: string): Promise<string | undefined> {
  return connectOnce(url, async (sql) => {
    const [danger] = await roleDangers(sql, LOGIN_ROLES[role]);
    if (danger) return danger;
    const pending = await pendingMigrations(sql);
    return pending.length > 0 ? "migrations-pending" : undefined;
  });
}

/**
 * Whether the log goes on. In strict mode nothing opens when it does not, so that this process cannot do its work; otherwise
 * its trouble is told and people go on working: what they do waits in the database.
 */
async function lookAtLog(url: string): Promise<Check> {
  let strict = false;
  const check = await look("log", () =>
    connectOnce(url, async (sql) => {
      const state = await logState(async (text) => sql.unsafe(text));
      strict = state.strict;
      return logProblem(state);
    }),
  );
  return { ...check, ok: check.ok || (!strict && check.code?.startsWith("log-") === true) };
}

/** @param act answers what is wrong, or nothing */
async function look(name: string, act: () => Promise<string | undefined>): Promise<Check> {
  try {
    const code = await act();
    return code === undefined ? { name, ok: true } : { name, ok: false, code };
  } catch (thrown) {
    const { code, sqlstate } = reduceError(thrown);
    return { name, ok: false, code: sqlstate ?? code ?? "failed" };
  }
}
