import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { MeDto } from "../../contracts/session.ts";
import type { Actor } from "../actor.ts";
import { readMe } from "../staff/readMe.ts";
import { actorOf } from "./actorOf.ts";

/**
 * For pages: the actor and the person behind the session, or the way to the sign-in page. It decides what is drawn; what
 * may be read, the verbs and the database decide again.
 */
export async function requireStaff(): Promise<{ actor: Actor; me: MeDto }> {
  const asked = await headers();
  const actor = actorOf(asked);
  const me = actor.token ? await readMe(actor) : null;
  if (!me) redirect(signInPath(asked.get("x-unseal-path")));
  return { actor, me };
}

/** proxy.ts says which page was asked for; the sign-in page leads back there, and checks that it is one of ours. */
function signInPath(asked: string | null): string {
  return asked === null || asked === "/" ? "/sign-in" : `/sign-in?${new URLSearchParams({ next: asked })}`;
}
