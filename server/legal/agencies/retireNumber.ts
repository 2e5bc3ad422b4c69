import type { EnteredNumber, RetireNumberRequest } from "../../../contracts/legal/agencies.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * Takes a number out of use. Calls that were made to it count no more where nothing is approved yet.
 *
 * @throws Refusal `number-retired`, recorded
 */
export async function retireNumber(
  actor: Actor,
  id: string,
  { reason }: RetireNumberRequest,
): Promise<EnteredNumber> {
  const { numberId } = await call<EnteredNumber>(actor, "legal.retire_number", id, reason);
  return { numberId };
}
