import { LOGIN_ROLES, type LoginRole } from "../../db/roles/loginRoles.ts";
import { FIELDS } from "../../environment/fields.ts";
import type { SettingProblem } from "../../environment/problem.ts";
import { connectOnce } from "./connectOnce.ts";
import { explainConnection } from "./explainConnection.ts";
import { pendingMigrations } from "./pendingMigrations.ts";
import { explainDanger, roleDangers } from "./roleDangers.ts";

const SETTING = {
  web: FIELDS.databaseUrl.name,
  intake: FIELDS.intakeDatabaseUrl.name,
  worker: FIELDS.workerDatabaseUrl.name,
  audit: FIELDS.auditDatabaseUrl.name,
} as const satisfies Record<LoginRole, string>;

/**
 * Connects as one of the login roles and says why this process must not serve with it: it could see past grants or
 * row-level security, the server is a standby, or migrations are pending.
 *
 * @returns one problem each, none when all is well; never a URL or password
 */
export async function checkDatabase(role: LoginRole, url: string): Promise<SettingProblem[]> {
  const expected = LOGIN_ROLES[role];
  const problem = (what: string, why: string, how: string): SettingProblem => ({
    name: SETTING[role],
    what,
    why,
    how,
  });
  try {
    return await connectOnce(url, async (sql) => {
      const dangers = await roleDangers(sql, expected);
      const problems = dangers.map((danger) => {
        const { what, how } = explainDanger(danger, expected);
        return problem(what, "the database is the last gate, and it must hold against this process too", how);
      });
      if (problems.length > 0) return problems;
      const pending = await pendingMigrations(sql);
      if (pending.length === 0) return [];
      return [
        problem(
          `points to a database that lacks ${pending.length} migration${pending.length === 1 ? "" : "s"} (first: ${pending[0]})`,
          "code and tables of different ages must not meet",
          "run `unseal migrate` with ADMIN_DATABASE_URL set, for instance `npm run unseal -- migrate`",
        ),
      ];
    });
  } catch (cause) {
    const { what, how } = explainConnection(cause);
    return [problem(what, `${expected} must reach the database before anything is served`, how)];
  }
}

/** Checks several URLs at once, and that no two log in as one role on the same server. */
export async function checkDatabases(urls: Partial<Record<LoginRole, string>>): Promise<SettingProblem[]> {
  const given = Object.entries(urls) as [LoginRole, string][];
  const found = await Promise.all(given.map(([role, url]) => checkDatabase(role, url)));
  return [...sameUser(given), ...found.flat()];
}

function sameUser(given: readonly [LoginRole, string][]): SettingProblem[] {
  const seen = new Map<string, LoginRole>();
  const problems: SettingProblem[] = [];
  for (const [role, url] of given) {
    const user = new URL(url).username;
    const other = seen.get(user);
    if (other === undefined) seen.set(user, role);
    else
      problems.push({
        name: SETTING[role],
        what: `logs in as the same role as ${SETTING[other]}`,
        why: "each part has its own rights; one role for two has the rights of both",
        how: `use the role ${LOGIN_ROLES[role]} here and ${LOGIN_ROLES[other]} there`,
      });
  }
  return problems;
}
