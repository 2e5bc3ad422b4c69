import { z } from "zod";
import type { Query } from "../../db/auditSession.ts";

const state = z.object({
  strict: z.boolean(),
  waiting: z.number(),
  waitingSince: z.string().nullable(),
  now: z.string(),
  sequencer: z.object({
    state: z.enum(["never", "running", "stopped"]),
    problem: z.string().nullable(),
    since: z.string(),
    seenAt: z.string(),
    instance: z.string().nullable(),
  }),
  head: z.object({ size: z.number(), root: z.string(), signedAt: z.string() }).nullable(),
  keys: z.array(
    z.object({
      vkey: z.string(),
      addedAt: z.string(),
      addedSize: z.number(),
      afterLoss: z.boolean(),
      endedAt: z.string().nullable(),
    }),
  ),
  sinks: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(["witness", "folder", "timestamp"]),
      lastSize: z.number().nullable(),
      deliveredAt: z.string().nullable(),
      triedAt: z.string().nullable(),
      failures: z.number(),
      problem: z.string().nullable(),
      nextTryAt: z.string().nullable(),
    }),
  ),
});

/** How the log is, in figures: what waits, the sequencer, the newest checkpoint, keys and sinks. */
export type LogState = z.output<typeof state>;

/** Reads how the log is. Any role that may call audit.log_state will do. */
export async function logState(query: Query): Promise<LogState> {
  const [row] = await query<{ state: unknown }>("select audit.log_state() as state");
  return state.parse(row?.state);
}

/** Leaves that wait for longer than this mean that the log stands still. */
const LATE_MS = 30_000;

/** What is wrong with the log, in a word; nothing when it goes on. */
export function logProblem({ sequencer, waitingSince, now }: LogState): string | undefined {
  if (waitingSince === null || Date.parse(now) - Date.parse(waitingSince) < LATE_MS) return undefined;
  const seen = Date.parse(now) - Date.parse(sequencer.seenAt) < LATE_MS;
  if (sequencer.state === "never") return "log-never-sequenced";
  if (sequencer.state === "stopped" && sequencer.problem) return `log-${sequencer.problem}`;
  return seen ? "log-behind" : "log-not-sequenced";
}
