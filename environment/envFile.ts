import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { SettingsError } from "./problem.ts";

/** Files that settings may stand in, first found wins. */
const NAMES = [".env.unseal", ".env"];

/**
 * Loads the settings file of a checkout, if there is one. What the real environment says is kept.
 *
 * @param file a particular file; then it must exist
 * @returns the file that was loaded
 * @throws SettingsError when others on this machine may read it: it holds the database's passwords
 */
export function loadEnvFile(root: string, file?: string): string | undefined {
  const found = file ?? NAMES.map((name) => join(root, name)).find((path) => existsSync(path));
  if (found === undefined) return undefined;
  const { mode } = statSync(found);
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    throw new SettingsError([
      {
        name: found,
        what: "may be read by others on this machine",
        why: "it holds the passwords of the database roles",
        how: `chmod 600 '${found}'`,
      },
    ]);
  }
  process.loadEnvFile(found);
  return found;
}
