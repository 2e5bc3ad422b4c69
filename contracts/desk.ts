import { z } from "zod";
import { logState, verification } from "./integrity.ts";
import { instant } from "./triage.ts";

const count = z.number().int().nonnegative();

/** GET /api/compliance: what waits for officers, in figures. Signals and reviews about the reader are not among them. */
export const desk = z.object({
  signals: z.object({ open: count, mine: count, unowned: count, overdue: count }),
  /** Counted to 10,000. */
  reviews: z.object({ due: count, overdue: count, nextDue: instant.nullable() }),
  glass: z.object({ unreviewed: count, overdue: count, nextDue: instant.nullable() }),
  /** What the reader has not taken note of. */
  notices: z.object({ waiting: count, reciprocal: count }),
  requests: z.object({ pending: count }),
  policy: z.object({ proposed: count }),
  /** The last 24 hours, oldest first, hours in UTC; the commonest causes are codes of domain/denials.ts. */
  refused: z.object({
    total: count,
    hours: z.array(z.object({ from: instant, count })),
    causes: z.array(z.object({ code: z.string(), count })),
  }),
  log: logState,
  /** The newest check of the log that came to an end. */
  verification: verification.nullable(),
});
export type Desk = z.infer<typeof desk>;
