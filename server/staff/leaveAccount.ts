import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** Says that an account is not the actor's any more. It counts for half a year from then. @throws Refusal */
export async function leaveAccount(actor: Actor, accountId: string): Promise<void> {
  await call(actor, "staff.leave_account", accountId);
}
