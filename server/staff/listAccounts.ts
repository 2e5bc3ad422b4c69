import type { StaffAccounts } from "../../contracts/account.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** The accounts that staff hold, for officers alone. Looking at them is an event. @throws Refusal */
export async function listAccounts(actor: Actor): Promise<StaffAccounts> {
  const { accounts } = await call<StaffAccounts>(actor, "staff.list_accounts");
  return { accounts };
}
