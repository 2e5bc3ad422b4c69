import { eq, type SQL, sql } from "drizzle-orm";
import type { AuditReach, AuditView } from "../../contracts/audit.ts";
import { views } from "../../db/schema/index.ts";
import { asActor } from "../../db/web-client.ts";
import { csvLine } from "../../domain/csvCell.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";
import type { Download } from "../http/download.ts";
import { cutViews } from "./viewRow.ts";
import { ExportCutShort } from "./writePieces.ts";

const BATCH = 500;

/** The columns of a file of views, in order. Only ever add at the end: people's scripts count them. */
const COLUMNS: readonly (readonly [string, (view: AuditView) => string | number | null])[] = [
  ["view_id", (v) => v.id],
  ["thread_id", (v) => v.threadId],
  ["case_id", (v) => v.case.id],
  ["case_number", (v) => v.case.number],
  ["staff_id", (v) => v.staff.id],
  ["staff_name", (v) => v.staff.name],
  ["roles", (v) => v.roles.join(" ")],
  ["opened_at", (v) => v.openedAt],
  ["ended_at", (v) => v.endedAt],
  ["ended_how", (v) => v.how],
  ["seconds_open", (v) => v.seconds],
  ["purpose", (v) => v.purpose],
  ["reason", (v) => v.reason],
  ["scope", (v) => v.scope],
  ["messages", (v) => v.messages],
  ["cut_at_limit", (v) => (v.truncated ? "yes" : "no")],
  ["decided_at", (v) => v.decided?.at ?? null],
  ["decided_outcome", (v) => v.decided?.outcome ?? null],
  ["decided_action", (v) => v.decided?.action ?? null],
  ["decided_by_id", (v) => v.decided?.by.id ?? null],
  ["decided_by_name", (v) => v.decided?.by.name ?? null],
];

/**
 * Every view of one thread as CSV, newest first. The export is an event, committed before anything is read.
 *
 * @throws Refusal `wrong-role`, `not-found`, recorded
 */
export function exportThreadReaders(actor: Actor, threadId: string): Promise<Download> {
  return exportViews(actor, { thread: threadId, of: "readers" }, eq(views.threadId, threadId));
}

/** Every view of one staff member as CSV, newest first. The same. */
export function exportStaffViews(actor: Actor, subject: string): Promise<Download> {
  return exportViews(actor, { subject, of: "views" }, eq(views.staffId, subject));
}

async function exportViews(actor: Actor, about: object, which: SQL): Promise<Download> {
  const { eventId, staffId } = await call<AuditReach & { eventId: string }>(
    actor,
    "audit.record_export",
    "csv",
    about,
  );
  return {
    contentType: "text/csv; charset=utf-8; header=present",
    fileName: `unseal-views-${eventId}.csv`,
    pieces: writeViews(actor, staffId, which),
  };
}

/** In constant memory; the right to the log is asked for again with each batch. */
async function* writeViews(actor: Actor, staffId: string, which: SQL): AsyncGenerator<string, void, void> {
  yield csvLine(COLUMNS.map(([header]) => header));
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof cutViews>> | null = await asActor(actor, async (tx) => {
      const [now] = await tx.execute<{ holds: boolean | null }>(
        sql`select staff.current_id() = ${staffId}::uuid and not isempty(staff.current_log_range()) as holds`,
      );
      return now?.holds === true ? cutViews(tx, which, { cursor: cursor ?? undefined, limit: BATCH }) : null;
    });
    if (!page) throw new ExportCutShort();
    if (page.views.length > 0)
      yield page.views.map((view) => csvLine(COLUMNS.map(([, of]) => of(view)))).join("");
    cursor = page.nextCursor;
  } while (cursor !== null);
}
