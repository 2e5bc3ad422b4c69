import { eq, sql } from "drizzle-orm";
import type { AuditEventDetail } from "../../contracts/audit.ts";
import { events, everyLeaf } from "../../db/schema/index.ts";
import { asActor } from "../../db/web-client.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { checkCommitments, leafHash } from "./commitments.ts";
import { toEvents } from "./eventRow.ts";
import { recordSearch } from "./recordSearch.ts";

/**
 * One event in full, with its leaf and whether what is stored is still what was logged.
 *
 * @throws Refusal `not-found` when it is not one of the events the actor may read, recorded
 */
export async function readEvent(actor: Actor, eventId: string): Promise<AuditEventDetail> {
  await recordSearch(actor, "event", { event: eventId });
  const found = await asActor(actor, async (tx) => {
    const [row] = await tx
      .select({ event: events, detailText: sql<string>`${events.detail}::text`, leaf: everyLeaf.leaf })
      .from(events)
      .leftJoin(everyLeaf, eq(everyLeaf.eventId, events.id))
      .where(eq(events.id, eventId));
    const [line] = row ? await toEvents(tx, [row.event]) : [];
    return row && line ? { ...row, line } : null;
  });
  // Between the record of the look and the look itself the right to it can end.
  if (!found) throw new Refusal("not-found");
  const { event, line, leaf, detailText } = found;
  return {
    ...line,
    threadId: event.threadId,
    queueId: event.queueId,
    flagId: event.flagId,
    grantId: event.grantId,
    decisionId: event.decisionId,
    sessionId: event.sessionId,
    userAgent: event.userAgent,
    requestId: event.requestId,
    detail: event.detail,
    leaf,
    leafHash: leaf === null ? null : leafHash(leaf),
    leafSalt: event.leafSalt.toString("hex"),
    commitments: leaf === null ? [] : checkCommitments(leaf, event.leafSalt, { ...event, detailText }),
  };
}
