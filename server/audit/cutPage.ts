import { and, desc, lt } from "drizzle-orm";
import type { AuditEvent, AuditFilters, AuditReach } from "../../contracts/audit.ts";
import { events } from "../../db/schema/index.ts";
import type { ActorTransaction } from "../../db/web-client.ts";
import { uuid7Floor } from "../../domain/uuid7.ts";
import { eventConditions } from "./eventConditions.ts";
import { readCursor, writeCursor } from "./eventCursor.ts";
import { EVENT_COLUMNS, toEvents } from "./eventRow.ts";

const DAY_MS = 86_400_000;

/** One page of events, newest first, cut by id: a page deep in the log costs what the first costs. */
export async function cutPage(
  tx: ActorTransaction,
  reach: AuditReach,
  filters: Omit<AuditFilters, "caseNumber">,
  page: { cursor?: string | undefined; limit: number },
): Promise<{ events: AuditEvent[]; nextCursor: string | null }> {
  // Without a cursor a bound that no event has reached: it leaves aside the months to come, which are there and empty.
  const before = readCursor(page.cursor) ?? uuid7Floor(Date.now() + DAY_MS);
  const rows = await tx
    .select(EVENT_COLUMNS)
    .from(events)
    .where(and(eventConditions(reach, filters), lt(events.id, before)))
    .orderBy(desc(events.id))
    .limit(page.limit + 1);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    events: await toEvents(tx, shown),
    nextCursor: last && rows.length > page.limit ? writeCursor(last.id) : null,
  };
}
