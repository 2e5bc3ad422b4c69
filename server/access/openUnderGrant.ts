import type { OpenViewResult } from "../../contracts/disclosure.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";
import { viewOf } from "./viewOf.ts";

/**
 * Opens one more view of a grant that still runs. Reveals nothing.
 *
 * @param threadId one of the threads of a grant for several; null for its own
 * @throws Refusal
 */
export async function openUnderGrant(
  actor: Actor,
  grantId: string,
  threadId: string | null,
): Promise<OpenViewResult> {
  return viewOf(await call<OpenViewResult>(actor, "access.open_thread", grantId, threadId));
}
