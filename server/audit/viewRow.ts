import { desc, eq, type SQL, sql } from "drizzle-orm";
import type { AuditView } from "../../contracts/audit.ts";
import { viewEnds, views } from "../../db/schema/index.ts";
import type { ActorTransaction } from "../../db/web-client.ts";
import { caseRefOf, namesOf, staffRefOf } from "./namesOf.ts";

/** More views than this of one case or one person are counted as more, and paged through as events. */
export const VIEWS_SHOWN = 200;

const COLUMNS = {
  id: views.id,
  staffId: views.staffId,
  caseId: views.caseId,
  purpose: views.purpose,
  scope: views.scope,
  reason: views.reason,
  messages: sql<number>`cardinality(${views.messageIds})`,
  truncated: views.truncated,
  openedAt: views.openedAt,
  expiresAt: views.expiresAt,
  closedAt: viewEnds.endedAt,
  how: viewEnds.how,
};

/** The newest views that fit, with how long each stood open. */
export async function readViews(
  tx: ActorTransaction,
  which: SQL,
  now = Date.now(),
): Promise<{ views: AuditView[]; viewsCapped: boolean }> {
  const rows = await tx
    .select(COLUMNS)
    .from(views)
    .leftJoin(viewEnds, eq(viewEnds.viewId, views.id))
    .where(which)
    .orderBy(desc(views.id))
    .limit(VIEWS_SHOWN + 1);
  const shown = rows.slice(0, VIEWS_SHOWN);
  const names = await namesOf(tx, { staff: shown.map((v) => v.staffId), cases: shown.map((v) => v.caseId) });
  return {
    viewsCapped: rows.length > VIEWS_SHOWN,
    views: shown.map((row) => {
      const end = endOf(row, now);
      return {
        id: row.id,
        staff: staffRefOf(names, row.staffId),
        case: caseRefOf(names, row.caseId),
        purpose: row.purpose,
        scope: row.scope,
        reason: row.reason,
        messages: row.messages,
        truncated: row.truncated,
        openedAt: row.openedAt.toISOString(),
        endedAt: end?.at.toISOString() ?? null,
        how: end?.how ?? null,
        seconds: end ? Math.round((end.at.getTime() - row.openedAt.getTime()) / 1000) : null,
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
