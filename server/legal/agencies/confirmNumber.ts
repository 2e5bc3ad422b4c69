import type { ConfirmNumberRequest, EnteredNumber } from "../../../contracts/legal/agencies.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * Confirms a number that another counsel entered, by a search of one's own.
 *
 * @throws Refusal `own-number`, `number-confirmed-already`, `number-retired`, recorded
 */
export async function confirmNumber(
  actor: Actor,
  id: string,
  { source }: ConfirmNumberRequest,
): Promise<EnteredNumber> {
  const { numberId } = await call<EnteredNumber>(actor, "legal.confirm_number", id, source);
  return { numberId };
}
