import { and, eq, gte, lt, ne, type SQL, sql } from "drizzle-orm";
import type { AuditFilters, AuditReach } from "../../contracts/audit.ts";
import { events } from "../../db/schema/index.ts";
import { uuid7Floor } from "../../domain/uuid7.ts";

// An event's id is drawn an instant before its time is read, so bounds by id are taken a little wider.
const SLACK_MS = 2_000;
// Ids know instants from 1970 on; bounds outside are the ends of time.
const LATEST_MS = 2 ** 48 - 1;

/**
 * The filters as conditions that an index answers: time becomes a range of ids (which also leaves whole months aside),
 * and whoever sees only their own acts asks for exactly those. Row-level security stands behind all of it and decides.
 *
 * @param filters `caseNumber` must have been turned into `case` before (`resolveCase`)
 */
export function eventConditions(
  reach: AuditReach,
  filters: Omit<AuditFilters, "caseNumber">,
): SQL | undefined {
  const from = latest(reach.whole ? reach.from : null, filters.from);
  const until = earliest(reach.whole ? reach.until : null, filters.until);
  return and(
    reach.whole ? undefined : eq(events.actorId, reach.staffId),
    filters.actor ? eq(events.actorId, filters.actor) : undefined,
    filters.subject ? eq(events.subjectStaffId, filters.subject) : undefined,
    filters.case ? eq(events.caseId, filters.case) : undefined,
    filters.action ? eq(events.action, filters.action) : undefined,
    filters.outcome ? eq(events.outcome, filters.outcome) : undefined,
    // Said in the index's own words, so that the planner sees that it serves.
    filters.outcome && filters.outcome !== "done" ? ne(events.outcome, sql`'done'`) : undefined,
    filters.purpose ? eq(events.purpose, filters.purpose) : undefined,
    from === undefined
      ? undefined
      : and(gte(events.at, new Date(from)), gte(events.id, floorOf(from - SLACK_MS))),
    until === undefined
      ? undefined
      : and(lt(events.at, new Date(until)), lt(events.id, floorOf(until + SLACK_MS))),
  );
}

const floorOf = (ms: number) => uuid7Floor(Math.min(Math.max(ms, 0), LATEST_MS));

function latest(...instants: (string | null | undefined)[]): number | undefined {
  const known = instants.flatMap((at) => (at ? [Date.parse(at)] : []));
  return known.length > 0 ? Math.max(...known) : undefined;
}

function earliest(...instants: (string | null | undefined)[]): number | undefined {
  const known = instants.flatMap((at) => (at ? [Date.parse(at)] : []));
  return known.length > 0 ? Math.min(...known) : undefined;
}
