import type { HoldMade, MakeHoldRequest } from "../../../contracts/legal/holds.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * Freezes the data of a request's accounts, at once and in one transaction: from then on nothing of it is deleted, by
 * whatever role, until the hold ends. Hashing follows in the background.
 *
 * @throws Refusal `wrong-role`, `not-found`, `request-not-open`, `hold-kind-does-not-fit`, `hold-needs-end`,
 *   `hold-has-its-clock`, `already-past`, `too-far-ahead`, `no-account-named`, `already-held`, recorded
 */
export async function makeHold(actor: Actor, requestId: string, hold: MakeHoldRequest): Promise<HoldMade> {
  const { holdId, until, threads, messages } = await call<HoldMade>(
    actor,
    "legal.make_hold",
    requestId,
    hold,
  );
  return { holdId, until, threads, messages };
}
