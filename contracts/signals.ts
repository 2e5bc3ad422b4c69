import { z } from "zod";
import { CONCLUSIONS, DETECTOR_NAMES, VERDICTS } from "../domain/signals/signal.ts";
import { SEVERITIES } from "../domain/vocabulary.ts";
import { id, instant, staffRef, written } from "./triage.ts";

const caseRef = z.object({ id, number: z.number().int().nullable() });

/** GET /api/signals and GET /api/reviews: where the page before ended. */
const paging = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
};

/** A signal of misuse as a line. The explanation is made of numbers, in words of ours. */
export const signalRow = z.object({
  id,
  subject: staffRef,
  detector: z.enum(DETECTOR_NAMES),
  version: z.number().int(),
  severity: z.enum(SEVERITIES),
  state: z.enum(["open", "owned", "resolved"]),
  /** 1; more once it was overdue or lifted. */
  level: z.number().int(),
  explanation: z.string(),
  /** How often it was found. */
  occurrences: z.number().int(),
  from: instant,
  until: instant,
  raisedAt: instant,
  lastAt: instant,
  dueAt: instant,
  owner: staffRef.nullable(),
  mine: z.boolean(),
  conclusion: z.enum(CONCLUSIONS).nullable(),
  resolvedAt: instant.nullable(),
  resolvedBy: staffRef.nullable(),
});
export type SignalRow = z.infer<typeof signalRow>;

export const signalsQuery = z.strictObject({
  state: z.enum(["open", "resolved"]).default("open"),
  ...paging,
});
export type SignalsQuery = z.infer<typeof signalsQuery>;
export type SignalsState = SignalsQuery["state"];

export const signalsPage = z.object({
  signals: z.array(signalRow),
  nextCursor: z.string().nullable(),
  /** Of those that are not concluded, as far as they are this officer's to see. */
  counts: z.object({
    open: z.number().int(),
    mine: z.number().int(),
    overdue: z.number().int(),
    escalated: z.number().int(),
  }),
});
export type SignalsPage = z.infer<typeof signalsPage>;

/** GET /api/signals/:id */
export const signalDetail = z.object({
  signal: signalRow.extend({
    pattern: z.string(),
    numbers: z.record(z.string(), z.union([z.number(), z.string()])),
    note: z.string().nullable(),
    previousId: id.nullable(),
    mayOwn: z.boolean(),
    mayResolve: z.boolean(),
    mayEscalate: z.boolean(),
    /** The views that it stands on. A reason is what a staff member typed: draw it as hostile text. */
    views: z.array(
      z.object({
        id,
        openedAt: instant,
        purpose: z.string(),
        scope: z.string(),
        messages: z.number().int(),
        reason: z.string(),
        case: caseRef,
        review: z.object({ id, verdict: z.enum(VERDICTS).nullable() }).nullable(),
      }),
    ),
    events: z.array(
      z.object({ id, at: instant, action: z.string(), outcome: z.string(), denial: z.string().nullable() }),
    ),
    history: z.array(
      z.object({
        id,
        at: instant,
        action: z.string(),
        by: staffRef.nullable(),
        level: z.number().int().nullable(),
        reason: z.string().nullable(),
      }),
    ),
  }),
});
export type SignalDetail = z.infer<typeof signalDetail>["signal"];

const note = written(4000).min(1);

/** POST /api/signals/:id/resolve */
export const resolveSignalRequest = z.strictObject({ conclusion: z.enum(CONCLUSIONS), note });
export type ResolveSignalRequest = z.infer<typeof resolveSignalRequest>;

/** POST /api/signals/:id/escalate */
export const escalateSignalRequest = z.strictObject({ note: written(2000).min(1) });
export type EscalateSignalRequest = z.infer<typeof escalateSignalRequest>;
