import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * One step in the life of a policy: its author proposes or withdraws it, somebody else confirms or rejects it.
 *
 * @throws Refusal
 */
export async function movePolicy(
  actor: Actor,
  versionId: string,
  step: "propose" | "confirm" | "reject" | "withdraw",
  reason: string,
): Promise<void> {
  await call(actor, "access.move_policy", versionId, step, reason);
}
