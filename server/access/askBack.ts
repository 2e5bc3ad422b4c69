import type { RequestChange } from "../../contracts/access.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";
import { changeOf } from "./changeOf.ts";

/** An approver asks whoever wants access; the request waits on. @throws Refusal */
export async function askBack(actor: Actor, requestId: string, question: string): Promise<RequestChange> {
  return changeOf(await call<RequestChange>(actor, "access.ask_back", requestId, question));
}
