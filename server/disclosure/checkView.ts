import type { ViewStanding } from "../../contracts/disclosure.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Whether a view of the actor's could still be read. For a page that shows it and may have missed that it was ended.
 *
 * @throws Refusal when it is not the actor's
 */
export async function checkView(actor: Actor, viewId: string): Promise<ViewStanding> {
  const { open, expiresAt } = await call<ViewStanding>(actor, "access.check_view", viewId);
  return { open, expiresAt };
}
