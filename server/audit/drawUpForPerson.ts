import type { AuditReach, AuditView, ThreadForPerson } from "../../contracts/audit.ts";
import { members } from "../../db/schema/index.ts";
import { asActor } from "../../db/web-client.ts";
import { presetReason } from "../../domain/presetReason.ts";
import { PURPOSES } from "../../domain/vocabulary.ts";
import { maskStaff, pseudonyms } from "../../domain/withoutStaff.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";
import { readThread } from "./readThreadReaders.ts";

/** A document of more readings than this would be read by nobody. */
const MOST = 1_000;

/**
 * The readers of a thread as a document for one of its participants: staff as letters and roles, no id, name or address of
 * theirs. It leaves the house, so it is an export: an event that is committed before anything is read.
 *
 * @param withReasons whether staff's own words are part of it, with names of staff and addresses taken out
 * @throws Refusal `wrong-role` for whoever does not read the whole log, `not-found`; both recorded
 */
export async function drawUpForPerson(
  actor: Actor,
  threadId: string,
  { withReasons }: { withReasons: boolean },
): Promise<ThreadForPerson> {
  const { eventId } = await call<AuditReach & { eventId: string }>(actor, "audit.record_export", "person", {
    thread: threadId,
    of: withReasons ? "readers-with-reasons" : "readers",
  });
  return asActor(actor, async (tx) => {
    const { totals, views, refused, refusedCapped } = await readThread(tx, threadId, { limit: MOST });
    const staff = withReasons ? await tx.select({ name: members.name }).from(members) : [];
    const reasonOf = reasonFor(
      withReasons,
      staff.map(({ name }) => name),
    );
    const who = pseudonyms();
    // Letters go by first appearance, and the document runs from the oldest on.
    const readings = views.toReversed().map((view) => ({
      from: view.openedAt,
      until: view.endedAt,
      who: who(view.staff.id),
      roles: view.roles,
      purpose: view.purpose,
      scope: view.scope,
      messages: view.messages,
      reason: reasonOf(view),
      decided: view.decided && {
        at: view.decided.at,
        outcome: view.decided.outcome,
        action: view.decided.action,
        who: who(view.decided.by.id),
      },
    }));
    return {
      thread: threadId,
      reference: eventId,
      drawnUpAt: new Date().toISOString(),
      people: totals.people,
      readings,
      leftOut: totals.views - readings.length,
      refused: refused.toReversed().map(({ at, actor: tried, actorRoles }) => ({
        at,
        who: tried ? who(tried.id) : "Somebody who was not signed in",
        roles: actorRoles,
      })),
      refusedLeftOut: refusedCapped,
    };
  });
}

const PRESETS = new Set(PURPOSES.map(presetReason));

/** A preset sentence is ours and says nothing of anybody; what somebody wrote is left out, or masked. */
function reasonFor(withReasons: boolean, names: readonly string[]) {
  return ({ reason }: Pick<AuditView, "reason">): string | null => {
    if (PRESETS.has(reason)) return reason;
    return withReasons ? maskStaff(reason, names) : null;
  };
}
