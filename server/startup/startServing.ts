import { SettingsError } from "../../environment/problem.ts";
import { muteConsole } from "../log/muteConsole.ts";
import { reduceError } from "../log/reduceError.ts";
import { refuseUnsafe } from "./refuseUnsafe.ts";

/**
 * Makes a Next server process fit to serve, or ends it with code 1 and a message on standard error for each thing that
 * must be mended.
 */
export async function startServing(): Promise<void> {
  try {
    await refuseUnsafe();
  } catch (cause) {
    const told =
      cause instanceof SettingsError
        ? cause.message
        : `The start-up check failed (${JSON.stringify(reduceError(cause))}).`;
    process.stderr.write(`Unseal does not start:\n${told}\n`);
    process.exit(1);
  }
  if (process.env.NODE_ENV === "production") muteConsole();
}
