import { and, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { AuditReach, AuditStaffTrail, AuditTrailQuery } from "../../contracts/audit.ts";
import { events, members, views } from "../../db/schema/index.ts";
import { type ActorTransaction, asActor } from "../../db/web-client.ts";
import { uuid7Floor } from "../../domain/uuid7.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { eventConditions } from "./eventConditions.ts";
import { readCursor, writeCursor } from "./eventCursor.ts";
import { EVENT_COLUMNS, toEvents } from "./eventRow.ts";
import { recordSearch } from "./recordSearch.ts";
import { readViews } from "./viewRow.ts";

const DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Everything about one staff member: what they did, what was done to them, what they read, and their last thirty days.
 *
 * @throws Refusal `wrong-role` when it is not oneself and one reads no log, `not-found`, both recorded
 */
export async function readStaffTrail(
  actor: Actor,
  subject: string,
  query: AuditTrailQuery,
): Promise<AuditStaffTrail> {
  readCursor(query.cursor);
  const { staffId, whole, from, until } = await recordSearch(actor, "staff", { subject });
  const reach = { staffId, whole, from, until };
  const trail = await asActor(actor, async (tx) => {
    const [staff] = await tx
      .select({ id: members.id, name: members.name, roles: members.roles, state: members.state })
      .from(members)
      .where(eq(members.id, subject));
    if (!staff) return null;
    const page = await cutBothSides(tx, reach, subject, query);
    const first = query.cursor
      ? { views: [], viewsCapped: false, viewsCursor: null, days: [] }
      : { ...(await readViews(tx, eq(views.staffId, subject))), days: await readDays(tx, reach, subject) };
    return { reach, staff, ...page, ...first };
  });
  if (!trail) throw new Refusal("not-found");
  return trail;
}

/** A page of what one person did and what was done to them: each side has its index, so they are read apart and merged. */
async function cutBothSides(
  tx: ActorTransaction,
  reach: AuditReach,
  subject: string,
  query: AuditTrailQuery,
): Promise<Pick<AuditStaffTrail, "events" | "nextCursor">> {
  const before = readCursor(query.cursor);
  const side = (which: SQL | undefined) =>
    tx
      .select(EVENT_COLUMNS)
      .from(events)
      .where(and(which, before ? lt(events.id, before) : undefined))
      .orderBy(desc(events.id))
      .limit(query.limit + 1);
  const [did, befell] = await Promise.all([
    side(eventConditions(reach, { actor: subject })),
    side(and(eventConditions(reach, { subject }), sql`${events.actorId} is distinct from ${subject}::uuid`)),
  ]);
  const rows = [...did, ...befell].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, query.limit + 1);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    events: await toEvents(tx, shown),
    nextCursor: last && rows.length > query.limit ? writeCursor(last.id) : null,
  };
}

async function readDays(
  tx: ActorTransaction,
  reach: AuditReach,
  subject: string,
): Promise<AuditStaffTrail["days"]> {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const start = today - (DAYS - 1) * DAY_MS;
  // Grouped as instants and told as days afterwards: words for each of tens of thousands of rows cost more than all else.
  const day = sql<Date>`date_bin('1 day', ${events.at}, '2000-01-01T00:00:00Z')`.mapWith(events.at);
  const rows = await tx
    .select({
      day,
      views: sql<number>`(count(*) filter (where ${events.action} = 'view.opened' and ${events.outcome} = 'done'))::int`,
      decisions: sql<number>`(count(*) filter (where ${events.action} = 'case.decided' and ${events.outcome} = 'done'))::int`,
      denials: sql<number>`(count(*) filter (where ${events.outcome} = 'denied'))::int`,
      events: sql<number>`count(*)::int`,
    })
    .from(events)
    .where(
      and(
        eventConditions(reach, { actor: subject }),
        gte(events.at, new Date(start)),
        gte(events.id, uuid7Floor(start - 2_000)),
      ),
    )
    .groupBy(day);
  const counted = new Map(
    rows.map((row) => {
      const name = row.day.toISOString().slice(0, 10);
      return [name, { ...row, day: name }];
    }),
  );
  return Array.from({ length: DAYS }, (_, i) => {
    const name = new Date(start + i * DAY_MS).toISOString().slice(0, 10);
    return counted.get(name) ?? { day: name, views: 0, decisions: 0, denials: 0, events: 0 };
  });
}
