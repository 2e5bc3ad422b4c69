import { destination, type Logger, pino, stdTimeFunctions } from "pino";
import { currentRequest } from "../../environment/requestContext.ts";
import { commonSettings } from "../../environment/settings.ts";
import { allowed, type LogFields } from "./fields.ts";
import { reduceError } from "./reduceError.ts";

type Level = "debug" | "info" | "warn" | "error" | "fatal";

/**
 * Builds the functions that log. Lines are JSON: time, level, event, the allow-listed fields, the request's id, and
 * what `reduceError` leaves of an error.
 *
 * @param sink pino's, so that tests can read what is written
 */
export function makeLog(sink: () => Logger) {
  const at =
    (level: Level) =>
    (event: string, fields: LogFields & { readonly error?: unknown } = {}): void => {
      const { error, ...rest } = fields;
      sink()[level]({
        // An event is a constant of ours. Anything else might be made of somebody's words.
        event: /^[a-z][a-z0-9_]*(\.[a-z0-9_]+){0,3}$/.test(event) ? event : "log.unnamed",
        ...allowed({ requestId: currentRequest()?.id, ...rest }),
        ...(error !== undefined && { error: reduceError(error) }),
      });
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error"), fatal: at("fatal") };
}

let shared: Logger | undefined;

function toStandardOutput(): Logger {
  shared ??= pino(
    {
      level: commonSettings().logLevel,
      base: { pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    // Written at once: the last lines before a crash are those that tell why.
    destination({ dest: 1, sync: true }),
  );
  return shared;
}

/**
 * The log. `log.info("case.claimed", { caseId, ms })`: an event in dotted words, then fields of `fields.ts`.
 * Anything else is dropped, so that a careless call cannot carry content out.
 */
export const log = makeLog(toStandardOutput);
