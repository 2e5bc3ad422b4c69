import type { RequestScope } from "../../../contracts/legal/requests.ts";
import { type BreadthLimits, breadthOf } from "../../../domain/legal/breadth.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * What a request would touch, counted by account and category without reading any of it, and why that is overbroad.
 *
 * @throws Refusal `not-found`, `wrong-role`, recorded
 */
export async function readScope(actor: Actor, requestId: string): Promise<RequestScope> {
  const { limits, rangeFrom, rangeTo, scopeVersion, countedAt, accounts, total, outOfRegions, thirdParties } =
    await call<
      Omit<RequestScope, "warnings"> & {
        limits: BreadthLimits;
        rangeFrom: string | null;
        rangeTo: string | null;
      }
    >(actor, "legal.read_scope", requestId);
  const breadth = {
    accounts: accounts.length,
    messages: total.messages + outOfRegions.messages,
    rangeFrom: rangeFrom === null ? null : new Date(rangeFrom),
    rangeTo: rangeTo === null ? null : new Date(rangeTo),
  };
  return {
    scopeVersion,
    countedAt,
    accounts,
    total,
    outOfRegions,
    thirdParties,
    warnings: breadthOf(breadth, limits),
  };
}
