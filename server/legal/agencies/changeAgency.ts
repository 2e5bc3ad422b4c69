import type { ChangeAgencyRequest, EnteredAgency } from "../../../contracts/legal/agencies.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { tidyDomains } from "./tidyDomains.ts";

/**
 * Changes an authority's facts, or takes it out of use.
 *
 * @throws BadRequest `bad-field`; Refusal `agency-retired`, `agency-entered-already`, recorded
 */
export async function changeAgency(
  actor: Actor,
  id: string,
  change: ChangeAgencyRequest,
): Promise<EnteredAgency> {
  const { agencyId } = await call<EnteredAgency>(actor, "legal.change_agency", id, {
    ...change,
    ...(change.domains ? { domains: tidyDomains(change.domains) } : {}),
  });
  return { agencyId };
}
