import { FIELDS, type FieldKey } from "./fields.ts";

/**
 * The environment for a child process: everything inherited, except the settings that this child has no business
 * with. A page handler that is taken over then cannot read the worker's password from its own environment.
 *
 * @param without settings to leave out
 * @param extra variables to set
 */
export function childEnvironment(
  without: readonly FieldKey[] = [],
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const dropped = new Set<string>(without.map((key) => FIELDS[key].name));
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...process.env, ...extra })) {
    if (value !== undefined && !dropped.has(name)) kept[name] = value;
  }
  return kept;
}
