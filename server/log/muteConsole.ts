import { log } from "./logger.ts";

/**
 * Puts the log in the console's place: libraries print errors with their messages, and those can carry rows. What
 * remains is that something was printed, and the reduced error if there was one.
 */
export function muteConsole(): void {
  const instead =
    (level: "info" | "warn" | "error") =>
    (...printed: readonly unknown[]): void => {
      const error = printed.find((value) => value instanceof Error);
      log[level]("console.printed", error === undefined ? {} : { error });
    };
  Object.assign(console, {
    log: instead("info"),
    info: instead("info"),
    debug: instead("info"),
    warn: instead("warn"),
    error: instead("error"),
    trace: instead("error"),
  });
}
