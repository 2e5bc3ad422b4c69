import { and, desc, eq, inArray, lt, ne, sql } from "drizzle-orm";
import type { AuditThread, AuditTrailQuery } from "../../contracts/audit.ts";
import { events, views } from "../../db/schema/index.ts";
import { type ActorTransaction, asActor } from "../../db/web-client.ts";
import { uuid7Floor } from "../../domain/uuid7.ts";
import type { Actor } from "../actor.ts";
import { readCursor } from "./eventCursor.ts";
import { EVENT_COLUMNS, toEvents } from "./eventRow.ts";
import { recordSearch } from "./recordSearch.ts";
import { cutViews } from "./viewRow.ts";

const REFUSED_SHOWN = 200;
/** What leads to a thread being read, and can be refused. */
const OPENING = [
  "access.requested",
  "access.asked",
  "approval.taken_up",
  "glass.broken",
  "view.opened",
  "view.read",
];

/**
 * Who read a thread, under whichever case: every view, what was refused, and how many people. The look is an event first,
 * and stands with the thread.
 *
 * @throws Refusal `wrong-role` for whoever reads no log, `not-found` when nothing about the thread lies in their range;
 *   both recorded
 */
export async function readThreadReaders(
  actor: Actor,
  threadId: string,
  query: AuditTrailQuery,
): Promise<AuditThread> {
  readCursor(query.cursor);
  const { staffId, whole, from, until } = await recordSearch(actor, "thread", { thread: threadId });
  return asActor(actor, async (tx) => ({
    reach: { staffId, whole, from, until },
    ...(await readThread(tx, threadId, query)),
  }));
}

/** The same without the record: for whoever has written one. */
export async function readThread(
  tx: ActorTransaction,
  threadId: string,
  query: AuditTrailQuery,
): Promise<Omit<AuditThread, "reach">> {
  const which = eq(views.threadId, threadId);
  const page = await cutViews(tx, which, query);
  const cases = [
    ...(await tx.execute<{ id: string; number: string }>(
      sql`select id, number from audit.cases_of_thread(${threadId}::uuid)`,
    )),
  ];
  const [totals] = await tx
    .select({
      views: sql<number>`count(*)::int`,
      people: sql<number>`count(distinct ${views.staffId})::int`,
      firstAt: sql<Date | null>`min(${views.openedAt})`.mapWith(views.openedAt),
      lastAt: sql<Date | null>`max(${views.openedAt})`.mapWith(views.openedAt),
    })
    .from(views)
    .where(which);
  const refused = query.cursor ? [] : await readRefused(tx, cases);
  return {
    thread: { id: threadId, cases: cases.map(({ id, number }) => ({ id, number: Number(number) })) },
    totals: {
      views: totals?.views ?? 0,
      people: totals?.people ?? 0,
      firstAt: totals?.firstAt?.toISOString() ?? null,
      lastAt: totals?.lastAt?.toISOString() ?? null,
    },
    ...page,
    refused: await toEvents(tx, refused.slice(0, REFUSED_SHOWN)),
    refusedCapped: refused.length > REFUSED_SHOWN,
  };
}

/** Openings that were refused, newest first. Case by case, each from its index: all at once would be sorted. */
async function readRefused(tx: ActorTransaction, cases: readonly { id: string }[]) {
  const tomorrow = uuid7Floor(Date.now() + 86_400_000);
  const found = await Promise.all(
    cases.map(({ id }) =>
      tx
        .select(EVENT_COLUMNS)
        .from(events)
        .where(
          and(
            eq(events.caseId, id),
            eq(events.outcome, "denied"),
            // Said in the index's own words, so that the planner sees that it serves.
            ne(events.outcome, sql`'done'`),
            inArray(events.action, OPENING),
            lt(events.id, tomorrow),
          ),
        )
        .orderBy(desc(events.id))
        .limit(REFUSED_SHOWN + 1),
    ),
  );
  return found.flat().sort((a, b) => (a.id < b.id ? 1 : -1));
}
