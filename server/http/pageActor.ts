import { headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { cache } from "react";
import type { MeDto } from "../../contracts/session.ts";
import type { AuditAction } from "../../domain/auditActions.ts";
import type { Actor } from "../actor.ts";
import { type DenialTarget, recordDenial } from "../audit/recordDenial.ts";
import { readMe } from "../staff/readMe.ts";
import { actorOf } from "./actorOf.ts";

/**
 * For pages: the actor and the person behind the session, or the way to the sign-in page. It decides what is drawn; what
 * may be read, the verbs and the database decide again. Layout and page ask together and are answered once.
 *
 * A token that opens nothing is recorded; a visitor without one has tried nothing.
 */
export const requireStaff = cache(async (): Promise<{ actor: Actor; me: MeDto }> => {
  const asked = await headers();
  const actor = actorOf(asked);
  const me = actor.token ? await readMe(actor) : null;
  if (me) return { actor, me };
  if (actor.token) await recordDenial(actor, "staff.me", "not-signed-in", { route: "page" });
  redirect(signInPath(asked.get("x-unseal-path")));
});

/**
 * For pages: the person, when their roles lead here; otherwise the page that says so, once the refusal is recorded.
 *
 * @param may whether this person is shown the page
 * @param action what the refusal is recorded as
 */
export async function requireRight(
  may: (me: MeDto) => boolean,
  action: AuditAction,
  target: DenialTarget,
): Promise<MeDto> {
  const { actor, me } = await requireStaff();
  if (may(me)) return me;
  await recordDenial(actor, action, "wrong-role", target);
  forbidden();
}

/** proxy.ts says which page was asked for; the sign-in page leads back there, and checks that it is one of ours. */
function signInPath(asked: string | null): string {
  return asked === null || asked === "/" ? "/sign-in" : `/sign-in?${new URLSearchParams({ next: asked })}`;
}
