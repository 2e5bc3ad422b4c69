import { FIELDS, type FieldKey } from "./fields.ts";

/**
 * The environment for a child process: everything inherited, except the settings that this child has no business
 * with. A page handler that is taken over then cannot read the worker's password from its own environment. They are
 * emptied rather than left out, since Next would fill them in again from a `.env` file.
 *
 * @param mode NODE_ENV of the child, whatever this process was started with
 * @param without settings to withhold
 * @param extra variables to set
 */
export function childEnvironment(
  mode: "production" | "test",
  without: readonly FieldKey[] = [],
  extra: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const emptied = Object.fromEntries(without.map((key) => [FIELDS[key].name, ""]));
  return { ...process.env, ...extra, ...emptied, NODE_ENV: mode };
}
