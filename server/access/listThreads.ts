import type { GrantThreads } from "../../contracts/access.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** The threads that a grant for several covers, as far as they lie within reach. Metadata only. @throws Refusal */
export async function listThreads(actor: Actor, grantId: string): Promise<GrantThreads> {
  const { threads, truncated } = await call<GrantThreads>(actor, "access.list_threads", grantId);
  return { threads, truncated };
}
