import type { ChangeAccountsRequest, RequestMoved } from "../../../contracts/legal/requests.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { moved } from "./moves.ts";

/**
 * Names further accounts or drops some. What was approved is approved no more.
 *
 * @throws Refusal `request-changed`, `account-not-named`, `platform-not-known`, `own-account-named`, recorded
 */
export async function changeAccounts(
  actor: Actor,
  requestId: string,
  ask: ChangeAccountsRequest,
): Promise<RequestMoved> {
  return moved(await call<RequestMoved>(actor, "legal.change_accounts", requestId, ask));
}
