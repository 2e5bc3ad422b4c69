import type { AuditReach } from "../../contracts/audit.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Whose events the actor may read, without looking at any.
 *
 * @throws Refusal `not-signed-in`
 */
export function readReach(actor: Actor): Promise<AuditReach> {
  return call<AuditReach>(actor, "audit.reach");
}
