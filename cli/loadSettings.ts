import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadEnvFile } from "../environment/envFile.ts";
import { commonSettings } from "../environment/settings.ts";
import { fromWhereTheyStood } from "../environment/startedFrom.ts";

/**
 * Loads the settings that a command runs with: the file that was named, else the checkout's, else the demo's. What the
 * real environment says wins in each case.
 *
 * @param command what was asked for: one that prepares an operator's database, or verifies a file, has no use for the
 *   demo's settings
 */
export function loadSettings(root: string, command: string, named: string | undefined): void {
  if (named !== undefined) {
    loadEnvFile(root, fromWhereTheyStood(named));
    return;
  }
  if (command === "verify") return;
  if (loadEnvFile(root) !== undefined) return;
  if (command === "setup" || command === "migrate") return;
  const demo = join(resolve(root, commonSettings().dataDir), "demo.env");
  if (!existsSync(demo)) return;
  process.stderr.write(`No .env.unseal here: using the demo's settings (${demo}).\n`);
  loadEnvFile(root, demo);
}
