import { and, asc, gt, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import { events, everyLeaf } from "../../db/schema/index.ts";

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
};

type EventRow = Awaited<ReturnType<typeof readEvents>>[number];

/** An event as a file carries it. */
export type ExportRow = EventRow & { readonly leaf: string | null };

/** Where a batch lies: behind one event, before another. */
interface Range {
  readonly after: string | null;
  /** The export's own event: what came after it is not part of the file. */
  readonly upTo: string;
  readonly limit: number;
}

/** The next events of an export, oldest first. */
export async function readBatch(
  tx: PostgresJsDatabase,
  which: SQL | undefined,
  range: Range,
): Promise<ExportRow[]> {
  const rows = await readEvents(tx, which, range);
  if (rows.length === 0) return [];
  // Asked for by id, in a query of its own: a join of the two tables would be merged from the first leaf on, each time.
  const leaves = await tx
    .select({ id: everyLeaf.eventId, leaf: everyLeaf.leaf })
    .from(everyLeaf)
    .where(
      inArray(
        everyLeaf.eventId,
        rows.map((row) => row.id),
      ),
    );
  const byId = new Map(leaves.map(({ id, leaf }) => [id, leaf]));
  return rows.map((row) => ({ ...row, leaf: byId.get(row.id) ?? null }));
}

function readEvents(tx: PostgresJsDatabase, which: SQL | undefined, { after, upTo, limit }: Range) {
  return tx
    .select(COLUMNS)
    .from(events)
    .where(and(which, lt(events.id, upTo), after === null ? undefined : gt(events.id, after)))
    .orderBy(asc(events.id))
    .limit(limit);
}
