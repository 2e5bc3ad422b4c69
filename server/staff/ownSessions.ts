import type { OwnSessions } from "../../contracts/account.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** The actor's own open sessions. @throws Refusal */
export async function ownSessions(actor: Actor): Promise<OwnSessions> {
  const { sessions } = await call<OwnSessions>(actor, "staff.own_sessions");
  return { sessions };
}
