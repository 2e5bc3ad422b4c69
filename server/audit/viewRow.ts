import { and, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import type { AuditView } from "../../contracts/audit.ts";
import { viewEnds, views } from "../../db/schema/index.ts";
import type { ActorTransaction } from "../../db/web-client.ts";
import { readCursor, writeCursor } from "./eventCursor.ts";
import { caseRefOf, namesOf, staffRefOf } from "./namesOf.ts";
import { type Decided, readDecisions, readRoles } from "./viewContext.ts";

/** More views than this of one case or one person are counted as more, and paged through. */
export const VIEWS_SHOWN = 200;

const COLUMNS = {
  id: views.id,
  staffId: views.staffId,
  caseId: views.caseId,
  threadId: views.threadId,
  eventId: views.eventId,
  purpose: views.purpose,
  scope: views.scope,
  reason: views.reason,
  messages: sql<number>`cardinality(${views.messageIds})`,
  truncated: views.truncated,
  openedAt: views.openedAt,
  expiresAt: views.expiresAt,
};
const ENDS = { closedAt: viewEnds.endedAt, how: viewEnds.how };

/** The newest views that fit, with how long each stood open and what was decided after it. */
export async function readViews(
  tx: ActorTransaction,
  which: SQL,
): Promise<{ views: AuditView[]; viewsCapped: boolean; viewsCursor: string | null }> {
  const { views: shown, nextCursor } = await cutViews(tx, which, { limit: VIEWS_SHOWN });
  return { views: shown, viewsCapped: nextCursor !== null, viewsCursor: nextCursor };
}

/** One page of views, newest first, cut by id. */
export async function cutViews(
  tx: ActorTransaction,
  which: SQL,
  page: { cursor?: string | undefined; limit: number },
  now = Date.now(),
): Promise<{ views: AuditView[]; nextCursor: string | null }> {
  const before = readCursor(page.cursor);
  const found = await tx
    .select({ ...COLUMNS, ...ENDS })
    .from(views)
    .leftJoin(viewEnds, eq(viewEnds.viewId, views.id))
    .where(and(which, before ? lt(views.id, before) : undefined))
    .orderBy(desc(views.id))
    .limit(page.limit + 1);
  const rows = found.slice(0, page.limit);
  const [roles, decisions] = await Promise.all([readRoles(tx, rows), readDecisions(tx, rows)]);
  const names = await namesOf(tx, {
    staff: [...rows.map((v) => v.staffId), ...[...decisions.values()].map(({ by }) => by)],
    cases: rows.map((v) => v.caseId),
  });
  const refOf = (made: Decided | undefined): AuditView["decided"] =>
    made ? { ...made, at: made.at.toISOString(), by: staffRefOf(names, made.by) } : null;
  const last = rows.at(-1);
  return {
    nextCursor: last && found.length > page.limit ? writeCursor(last.id) : null,
    views: rows.map((row) => {
      const end = endOf(row, now);
      return {
        id: row.id,
        staff: staffRefOf(names, row.staffId),
        roles: roles.get(row.id) ?? [],
        case: caseRefOf(names, row.caseId),
        threadId: row.threadId,
        purpose: row.purpose,
        scope: row.scope,
        reason: row.reason,
        messages: row.messages,
        truncated: row.truncated,
        openedAt: row.openedAt.toISOString(),
        endedAt: end?.at.toISOString() ?? null,
        how: end?.how ?? null,
        seconds: end ? Math.round((end.at.getTime() - row.openedAt.getTime()) / 1000) : null,
        decided: refOf(decisions.get(row.id)),
      };
    }),
  };
}

/** When a view ended: it was closed, or it ran out, whichever came first. */
function endOf(
  view: { expiresAt: Date; closedAt: Date | null; how: AuditView["how"] },
  now: number,
): { at: Date; how: AuditView["how"] } | null {
  if (view.closedAt && view.closedAt < view.expiresAt) return { at: view.closedAt, how: view.how };
  return view.expiresAt.getTime() <= now ? { at: view.expiresAt, how: "expired" } : null;
}
