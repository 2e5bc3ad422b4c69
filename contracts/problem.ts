import { z } from "zod";

/** RFC 9457 problem details, with one entry a field that is wrong (JSON pointer, RFC 6901). */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    /** What to do about it. Never carries content, rows or values that were sent. */
    detail: z.string().optional(),
    /** Our own stable word for the cause, e.g. `not-your-claim`. */
    code: z.string(),
    requestId: z.string().optional(),
    /** Of `draft-changed`: who saved the newest revision, and when. */
    meanwhile: z
      .object({
        revision: z.number().int(),
        savedBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
        savedAt: z.string().nullable(),
      })
      .optional(),
    errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "Problem", description: "Problem details (RFC 9457)." });
export type Problem = z.infer<typeof problem>;
