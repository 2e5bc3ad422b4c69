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
]);
export type LiveEvent = z.infer<typeof liveEvent>;
