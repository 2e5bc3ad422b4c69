import type { LogState } from "../../contracts/integrity.ts";

type Health = { tone: "ok" | "warn" | "danger"; title: string; detail: string };

/** The sequencer says that it is there every few seconds; silence for longer means that it is not. */
const SILENT_MS = 30_000;
/** Leaves wait a quarter of a second as a rule. */
const LATE_MS = 10_000;

/** How the log is, in one sentence, and what to do about it. */
export function healthOf(log: LogState): Health {
  const now = Date.parse(log.now);
  const silent = now - Date.parse(log.sequencer.seenAt) > SILENT_MS;
  const late = log.waitingSince !== null && now - Date.parse(log.waitingSince) > LATE_MS;
  if (log.sequencer.state === "stopped" && log.sequencer.problem)
    return {
      tone: "danger",
      title: `The sequencer has stopped: ${wordsOf(log.sequencer.problem)}`,
      detail: `Events are still written and wait for their place${
        log.strict ? "; strict mode is on, so nothing can be opened meanwhile" : ""
      }. Tell the operator, who is told more by “unseal log status”.`,
    };
  if (log.head === null && log.waiting > 0 && log.sequencer.state === "never")
    return {
      tone: "warn",
      title: "Nothing has been signed yet",
      detail: "No sequencer has run on this database. The operator starts one together with the worker.",
    };
  if (silent || late)
    return {
      tone: "warn",
      title: late ? "Leaves wait longer than they should" : "The sequencer is silent",
      detail: "The worker may be down or starting. If this does not pass within a minute, tell the operator.",
    };
  const failing = log.sinks.filter(({ failures }) => failures > 0).length;
  if (failing > 0)
    return {
      tone: "warn",
      title: `The log grows; ${failing === 1 ? "one place" : `${failing} places`} outside cannot be reached`,
      detail:
        "It is tried again by itself. What nobody outside has seen could still be rewritten by whoever holds the key.",
    };
  return {
    tone: "ok",
    title: "The log grows, and every batch of it is signed",
    detail:
      log.sinks.length === 0
        ? "No witness, folder or time-stamp service is set up: nobody outside could tell if it were rewritten."
        : "Checkpoints reach every place outside that is set up.",
  };
}

/** A word of ours for a cause, to be read. */
export const wordsOf = (problem: string): string => problem.replaceAll("-", " ");

export const SINK_KINDS = {
  witness: "Witness",
  folder: "Write-once folder",
  timestamp: "Time-stamp service",
} as const;
