import { and, desc, lt } from "drizzle-orm";
import type { AuditEvent, AuditFilters, AuditReach } from "../../contracts/audit.ts";
import { events } from "../../db/schema/index.ts";
import type { ActorTransaction } from "../../db/web-client.ts";
import { eventConditions } from "./eventConditions.ts";
import { readCursor, writeCursor } from "./eventCursor.ts";
import { EVENT_COLUMNS, toEvents } from "./eventRow.ts";

/** One page of events, newest first, cut by id: a page deep in the log costs what the first costs. */
export async function cutPage(
  tx: ActorTransaction,
  reach: AuditReach,
  filters: Omit<AuditFilters, "caseNumber">,
  page: { cursor?: string | undefined; limit: number },
): Promise<{ events: AuditEvent[]; nextCursor: string | null }> {
  const before = readCursor(page.cursor);
  const rows = await tx
    .select(EVENT_COLUMNS)
    .from(events)
    .where(and(eventConditions(reach, filters), before ? lt(events.id, before) : undefined))
    .orderBy(desc(events.id))
    .limit(page.limit + 1);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    events: await toEvents(tx, shown),
    nextCursor: last && rows.length > page.limit ? writeCursor(last.id) : null,
  };
}
