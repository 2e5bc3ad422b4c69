import type { Registered, RegisteredFacts } from "../../../contracts/legal/requests.ts";
import { tidyAddress } from "../../../domain/legal/addresses.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { dueOfFacts } from "./dueOfFacts.ts";
import { readRequest } from "./readRequest.ts";

/**
 * Registers a lawful request as it was received. What is wrong with it is refused; what stands out is registered and told.
 *
 * @throws BadRequest `bad-field`; Refusal `range-ends-first`, `received-in-future`, `agency-not-known`, `platform-not-known`,
 *   `own-account-named` and the like, recorded
 */
export async function registerRequest(actor: Actor, facts: RegisteredFacts): Promise<Registered> {
  const { holidays } = await call<{ holidays: string[] }>(actor, "legal.clock_terms");
  const due = dueOfFacts(facts, holidays);
  const officerEmail = facts.officerEmail === null ? null : tidyAddress(facts.officerEmail);
  const { requestId } = await call<{ requestId: string }>(actor, "legal.register", {
    ...facts,
    ...due,
    officerEmail,
  });
  const { number, shownNumber, notices } = await readRequest(actor, requestId);
  return { requestId, number, shownNumber, ...due, notices: notices.map((one) => one.notice) };
}
