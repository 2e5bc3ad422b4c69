import type { PolicyList } from "../../contracts/accessPolicy.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** The versions of the access policy that the actor may see. @throws Refusal */
export async function listPolicies(actor: Actor): Promise<PolicyList> {
  const { versions, mayDraft } = await call<PolicyList>(actor, "access.list_policies");
  return { versions, mayDraft };
}
