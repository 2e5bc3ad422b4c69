import { z } from "zod";
import { id } from "./triage.ts";

/**
 * GET /api/live: server-sent events, each with ids only. A page that receives one asks again for what it shows.
 * `session_ended` means: wipe and go to the sign-in page.
 */
export const liveEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("case_changed"), queueId: id, caseId: id }),
  z.object({ type: z.literal("queue_changed"), queueId: id }),
  z.object({ type: z.literal("session_ended") }),
  /** A view of this session was ended from elsewhere: wipe what it shows. */
  z.object({ type: z.literal("view_ended"), viewId: id }),
  /** A request of one's own, or one that one may answer, has changed. */
  z.object({ type: z.literal("request_changed"), requestId: id }),
  /** To officers: the glass was broken, or its review is overdue (and then to administrators too). */
  z.object({ type: z.literal("break_glass"), breakGlassId: id, level: z.number().int() }),
  /** To whom it concerns: there is a notice to take note of. */
  z.object({ type: z.literal("notice"), noticeId: id }),
  /** Another access policy is in force. */
  z.object({ type: z.literal("policy_changed") }),
]);
export type LiveEvent = z.infer<typeof liveEvent>;
