import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { AUDIT_ACTION_NAMES, AUDIT_ACTIONS, auditActionLabel } from "./auditActions.ts";

const ROOT = join(import.meta.dirname, "..");
/** Quoted words with a dot that are no actions: settings of a transaction. */
const NO_ACTIONS = new Set(["unseal.token"]);

async function found(pattern: string, look: RegExp): Promise<Set<string>> {
  const actions = new Set<string>();
  for await (const name of glob(pattern, { cwd: ROOT })) {
    if (name.includes(".test.")) continue;
    const text = (await readFile(join(ROOT, name), "utf8")).replaceAll(/^\s*(?:--|\/\/).*$/gm, "");
    for (const [, action] of text.matchAll(look)) if (action && !NO_ACTIONS.has(action)) actions.add(action);
  }
  return actions;
}

/** Actions that functions of the database write. */
const inSql = () => found("db/sql/functions/*.sql", /'([a-z_]+\.[a-z_]+)'/g);
/** Actions that routes of the API name for refusals made before the verb. */
const inRoutes = () => found("{app,server}/**/*.{ts,tsx}", /\baction: "([a-z_]+\.[a-z_]+)"/g);

test("the union of actions is what the database and the routes write, both ways", async () => {
  const [sql, routes] = await Promise.all([inSql(), inRoutes()]);
  expect(sql.size).toBeGreaterThan(20);
  expect(routes.size).toBeGreaterThan(5);
  expect([...new Set([...sql, ...routes])].sort()).toEqual([...AUDIT_ACTION_NAMES].sort());
});

test("no two actions read the same to people", () => {
  const labels = Object.values(AUDIT_ACTIONS);
  expect(new Set(labels).size).toBe(labels.length);
});

test("an action that this release does not know keeps its own name", () => {
  expect(auditActionLabel("view.opened")).toBe("Open view");
  expect(auditActionLabel("comet.seen")).toBe("comet.seen");
  expect(auditActionLabel("toString")).toBe("toString");
});
