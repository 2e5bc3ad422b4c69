import { SettingsError } from "../environment/problem.ts";
import { reduceError } from "../server/log/reduceError.ts";

/**
 * A failure whose message was written for the person at the terminal. Everything else is reduced to name and codes,
 * since a driver's message can carry rows.
 */
export class Told extends Error {
  override readonly name = "Told";
}

/** Prints why a command failed on standard error. */
export function tellFailure(thrown: unknown): void {
  process.stderr.write(`\n${wording(thrown)}\n`);
}

function wording(thrown: unknown): string {
  if (thrown instanceof Told || thrown instanceof SettingsError) return thrown.message;
  if (thrown instanceof Error && isOurs(thrown)) return thrown.message;
  const { name, code, sqlstate, at } = reduceError(thrown);
  const known = [sqlstate ?? code, at && `at ${at}`].filter(Boolean).join(", ");
  return `The command failed: ${name}${known ? ` (${known})` : ""}.`;
}

/** Messages of Node about files and of our own key provider name paths, never content. */
function isOurs(error: Error): boolean {
  const code = "code" in error ? error.code : undefined;
  return (
    error.name === "KeyProviderError" ||
    (typeof code === "string" && /^E[A-Z]+$/.test(code) && "path" in error)
  );
}
