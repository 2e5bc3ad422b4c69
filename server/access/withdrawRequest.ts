import type { RequestChange } from "../../contracts/access.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";
import { changeOf } from "./changeOf.ts";

/** Takes one's own request back. @throws Refusal */
export async function withdrawRequest(actor: Actor, requestId: string): Promise<RequestChange> {
  return changeOf(await call<RequestChange>(actor, "access.withdraw_request", requestId));
}
