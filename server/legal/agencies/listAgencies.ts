import type { AgenciesQuery, AgencyList } from "../../../contracts/legal/agencies.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * The directory of authorities, by name, with the numbers to call back.
 *
 * @throws Refusal `wrong-role`, recorded
 */
export async function listAgencies(actor: Actor, query: AgenciesQuery): Promise<AgencyList> {
  const { agencies, mayChange } = await call<AgencyList>(actor, "legal.list_agencies", query);
  return { agencies, mayChange };
}
