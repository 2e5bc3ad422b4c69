import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** Ends a grant and everything open under it; pages that show it hear of it at once. @throws Refusal */
export async function revokeGrant(actor: Actor, grantId: string, reason: string | null): Promise<void> {
  await call(actor, "access.revoke_grant", grantId, reason);
}
