import type { FieldKey } from "./fields.ts";
import { readSettings } from "./readSettings.ts";

/**
 * Checks the named settings of this process together.
 *
 * @throws SettingsError naming everything that is missing or weak
 */
export function checkSettings(keys: readonly FieldKey[]): void {
  readSettings(keys, process.env);
}
