import type { ConfirmProductionRequest, HoldMoved } from "../../../contracts/legal/holds.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * European preservation (Regulation (EU) 2023/1543, Art. 11): the authority confirmed that the order to produce was issued, so
 * the hold lasts as long as that needs.
 *
 * @throws Refusal `hold-over`, `hold-not-renewable`, `no-such-production`, `needs-reference`, recorded
 */
export async function confirmProduction(
  actor: Actor,
  holdId: string,
  { requestId, reference }: ConfirmProductionRequest,
): Promise<HoldMoved> {
  const { state, until, releaseAsked } = await call<HoldMoved>(
    actor,
    "legal.confirm_production",
    holdId,
    requestId,
    reference,
  );
  return { state, until, releaseAsked };
}
