import type { GrantList } from "../../contracts/access.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Grants that still run.
 *
 * @param box the actor's own, or those of others that they may revoke
 * @throws Refusal
 */
export async function listGrants(actor: Actor, box: "mine" | "live"): Promise<GrantList> {
  const { grants } = await call<GrantList>(actor, "access.list_grants", box);
  return { grants };
}
