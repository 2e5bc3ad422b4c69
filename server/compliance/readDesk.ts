import type { Desk } from "../../contracts/desk.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * What waits for officers, in figures: signals, reviews, break-glass, notices, requests, proposals, what was refused in the
 * last 24 hours, and how the log is. Shows no row of any, so it is no search.
 *
 * @throws Refusal `not-signed-in`, `wrong-role`, recorded
 */
export async function readDesk(actor: Actor): Promise<Desk> {
  const { signals, reviews, glass, notices, requests, policy, refused, log, verification } = await call<Desk>(
    actor,
    "audit.read_desk",
  );
  return { signals, reviews, glass, notices, requests, policy, refused, log, verification };
}
