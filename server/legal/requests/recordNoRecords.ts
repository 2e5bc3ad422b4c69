import type { NoRecordsRequest, RequestMoved } from "../../../contracts/legal/requests.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { moved } from "./moves.ts";

/**
 * Records that nothing we keep falls under a request. Refused when something does.
 *
 * @throws Refusal `records-found`, `no-account-named`, recorded
 */
export async function recordNoRecords(
  actor: Actor,
  requestId: string,
  ask: NoRecordsRequest,
): Promise<RequestMoved> {
  return moved(await call<RequestMoved>(actor, "legal.no_records", requestId, ask.note ?? null));
}
