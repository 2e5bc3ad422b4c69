import { SettingsError } from "../../environment/problem.ts";
import { muteConsole } from "../log/muteConsole.ts";
import { reduceError } from "../log/reduceError.ts";
import { refuseUnsafe } from "./refuseUnsafe.ts";

// On the global object: the shell and Next's bundles load this module apart, and once is enough.
const KEY = Symbol.for("unseal.serving");
type Holder = typeof globalThis & { [KEY]?: Promise<void> };

/**
 * Makes a Next server process fit to serve, or ends it with code 1 and a message on standard error for each thing that
 * must be mended.
 */
export function startServing(): Promise<void> {
  const holder: Holder = globalThis;
  holder[KEY] ??= checkAndMute();
  return holder[KEY];
}

async function checkAndMute(): Promise<void> {
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
