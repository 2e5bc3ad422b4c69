import type { EnterAgencyRequest, EnteredAgency } from "../../../contracts/legal/agencies.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { tidyDomains } from "./tidyDomains.ts";

/**
 * Enters an authority in the directory, from a source that is not a request.
 *
 * @throws BadRequest `bad-field`; Refusal `agency-entered-already`, `source-without-substance`, recorded
 */
export async function enterAgency(actor: Actor, ask: EnterAgencyRequest): Promise<EnteredAgency> {
  const { agencyId } = await call<EnteredAgency>(actor, "legal.enter_agency", {
    ...ask,
    domains: tidyDomains(ask.domains ?? []),
  });
  return { agencyId };
}
