import { FIELDS, type FieldKey, type FieldValue } from "./fields.ts";
import { type SettingProblem, SettingsError } from "./problem.ts";

/** A frozen object with exactly the settings asked for. */
export type Settings<Key extends FieldKey> = { readonly [Name in Key]: FieldValue<Name> };

/**
 * Reads and checks the named settings.
 *
 * @param keys what the caller's surface needs, and no more: a process cannot leak what it never read
 * @param environment the variables; an empty value counts as unset, as in a compose file
 * @throws SettingsError naming every missing, malformed or weak setting, never a value
 */
export function readSettings<const Key extends FieldKey>(
  keys: readonly Key[],
  environment: Readonly<Record<string, string | undefined>>,
): Settings<Key> {
  const problems: SettingProblem[] = [];
  const values: Partial<Record<FieldKey, unknown>> = {};
  for (const key of keys) {
    const { name, schema, why, how, ...rest } = FIELDS[key];
    const fallback = "fallback" in rest ? rest.fallback : undefined;
    const given = environment[name]?.trim() || fallback;
    if (given === undefined) {
      problems.push({ name, what: "is missing", why, how });
      continue;
    }
    const checked = schema.safeParse(given);
    if (checked.success) values[key] = checked.data;
    else problems.push({ name, what: checked.error.issues[0]?.message ?? "is not valid", why, how });
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return Object.freeze(values) as Settings<Key>;
}
