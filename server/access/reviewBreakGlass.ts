import type { z } from "zod";
import type { reviewRequest } from "../../contracts/breakGlass.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** An officer's review of a breaking of the glass. Once, and never one's own. @throws Refusal */
export async function reviewBreakGlass(
  actor: Actor,
  entryId: string,
  { finding, note }: z.output<typeof reviewRequest>,
): Promise<void> {
  await call(actor, "access.review_glass", entryId, finding, note);
}
