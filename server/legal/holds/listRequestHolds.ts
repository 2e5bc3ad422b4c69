import type { RequestHolds } from "../../../contracts/legal/holds.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * The holds of one request, newest first, and which kinds the reader may make.
 *
 * @throws Refusal `wrong-role`, `not-found`, recorded
 */
export async function listRequestHolds(actor: Actor, requestId: string): Promise<RequestHolds> {
  const { holds, accountsNotHeld, mayMake } = await call<RequestHolds>(
    actor,
    "legal.request_holds",
    requestId,
  );
  return { holds, accountsNotHeld, mayMake };
}
