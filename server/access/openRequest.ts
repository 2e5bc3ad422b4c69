import type { OpenViewResult } from "../../contracts/disclosure.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";
import { viewOf } from "./viewOf.ts";

/**
 * Takes up an approved request: makes the grant, for this session, and opens its first view. Reveals nothing.
 *
 * @throws Refusal when it is not approved, or something has changed since that would have prevented it
 */
export async function openRequest(actor: Actor, requestId: string): Promise<OpenViewResult> {
  return viewOf(await call<OpenViewResult>(actor, "access.open_request", requestId));
}
