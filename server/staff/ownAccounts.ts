import type { OwnAccounts } from "../../contracts/account.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** The accounts that the actor holds on platforms. @throws Refusal */
export async function ownAccounts(actor: Actor): Promise<OwnAccounts> {
  const { accounts, platforms } = await call<OwnAccounts>(actor, "staff.own_accounts");
  return { accounts, platforms };
}
