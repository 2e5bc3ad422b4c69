import type { z } from "zod";
import type { DraftPolicyResult, draftPolicyRequest } from "../../contracts/accessPolicy.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** Begins a draft of the access policy, as a copy of a version. @throws Refusal */
export async function draftPolicy(
  actor: Actor,
  { basedOn, summary }: z.output<typeof draftPolicyRequest>,
): Promise<DraftPolicyResult> {
  const { id, number } = await call<DraftPolicyResult>(actor, "access.draft_policy", basedOn, summary);
  return { id, number };
}
