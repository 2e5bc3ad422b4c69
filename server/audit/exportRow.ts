import { and, asc, eq, gt, lt, type SQL, sql } from "drizzle-orm";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import { events, pendingLeaves } from "../../db/schema/index.ts";

const COLUMNS = {
  id: events.id,
  /** With microseconds, as the leaf has it. */
  at: sql<string>`to_char(${events.at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  actorKind: events.actorKind,
  actorId: events.actorId,
  actorRoles: events.actorRoles,
  sessionId: events.sessionId,
  action: events.action,
  outcome: events.outcome,
  caseId: events.caseId,
  threadId: events.threadId,
  queueId: events.queueId,
  flagId: events.flagId,
  grantId: events.grantId,
  viewId: events.viewId,
  decisionId: events.decisionId,
  subjectStaffId: events.subjectStaffId,
  purpose: events.purpose,
  reason: events.reason,
  /** PostgreSQL's text of the jsonb: the very bytes that the leaf's commitment was made over. */
  detail: sql<string>`${events.detail}::text`,
  ip: events.ip,
  userAgent: events.userAgent,
  requestId: events.requestId,
  /** With it the commitments in the leaf can be worked out again from the values beside them. */
  leafSalt: sql<string>`encode(${events.leafSalt}, 'hex')`,
  leaf: pendingLeaves.leaf,
};

/** An event as a file carries it. */
export type ExportRow = Awaited<ReturnType<typeof readBatch>>[number];

/**
 * The next events of an export, oldest first.
 *
 * @param upTo the export's own event: what came after it is not part of the file
 */
export function readBatch(
  tx: PostgresJsDatabase,
  which: SQL | undefined,
  range: { after: string | null; upTo: string; limit: number },
) {
  return tx
    .select(COLUMNS)
    .from(events)
    .leftJoin(pendingLeaves, eq(pendingLeaves.eventId, events.id))
    .where(
      and(which, lt(events.id, range.upTo), range.after === null ? undefined : gt(events.id, range.after)),
    )
    .orderBy(asc(events.id))
    .limit(range.limit);
}
