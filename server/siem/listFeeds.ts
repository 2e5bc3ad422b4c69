import type { Feeds } from "../../contracts/siem.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * How sinks and keys get on, for compliance officers, auditors and administrators.
 *
 * @throws Refusal `not-signed-in`, `wrong-role` (recorded)
 */
export async function listFeeds(actor: Actor): Promise<Feeds> {
  const { size, sinks, keys, gaps } = await call<Feeds>(actor, "audit.list_feeds");
  return { size, sinks, keys, gaps };
}
