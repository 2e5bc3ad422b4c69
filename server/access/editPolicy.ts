import type { z } from "zod";
import type { editPolicyRequest } from "../../contracts/accessPolicy.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** Replaces a draft as a whole. @throws Refusal when it has been proposed, or says what no policy can */
export async function editPolicy(
  actor: Actor,
  versionId: string,
  draft: z.output<typeof editPolicyRequest>,
): Promise<void> {
  await call(actor, "access.edit_policy", versionId, draft);
}
