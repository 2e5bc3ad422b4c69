import { FIELDS, type FieldKey } from "./fields.ts";

/**
 * The environment for a child process: everything inherited, except the settings that this child has no business
 * with. A page handler that is taken over then cannot read the worker's password from its own environment.
 *
 * @param mode NODE_ENV of the child, whatever this process was started with
 * @param without settings to leave out
 * @param extra variables to set
 */
export function childEnvironment(
  mode: "production" | "test",
  without: readonly FieldKey[] = [],
  extra: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const dropped = new Set<string>(without.map((key) => FIELDS[key].name));
  const kept = Object.entries({ ...process.env, ...extra }).filter(([name]) => !dropped.has(name));
  return { ...Object.fromEntries(kept), NODE_ENV: mode };
}
