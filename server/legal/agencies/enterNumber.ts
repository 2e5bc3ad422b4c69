import type { EnteredNumber, EnterNumberRequest } from "../../../contracts/legal/agencies.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * Enters a number to call an authority back on. It counts for nothing until somebody else has confirmed it.
 *
 * @throws Refusal `bad-telephone`, `number-entered-already`, `source-without-substance`, recorded
 */
export async function enterNumber(
  actor: Actor,
  agencyId: string,
  ask: EnterNumberRequest,
): Promise<EnteredNumber> {
  const { numberId } = await call<EnteredNumber>(actor, "legal.enter_number", agencyId, ask);
  return { numberId };
}
