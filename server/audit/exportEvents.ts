import { eq, sql } from "drizzle-orm";
import type { AuditExportQuery, AuditReach } from "../../contracts/audit.ts";
import { events } from "../../db/schema/index.ts";
import { type ActorTransaction, asActor } from "../../db/web-client.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";
import { Refusal } from "../refusal.ts";
import { eventConditions } from "./eventConditions.ts";
import { type ExportNames, exportWriter } from "./exportFormat.ts";
import { type ExportRow, readBatch } from "./exportRow.ts";
import { namesOf } from "./namesOf.ts";
import { resolveCase } from "./resolveCase.ts";
import { writePieces } from "./writePieces.ts";

const BATCH = 1_000;

export interface AuditExport {
  /** The event that says that the log left, committed before any of it is read. */
  readonly eventId: string;
  readonly contentType: string;
  readonly fileName: string;
  /**
   * The file, piece by piece, in constant memory. No connection is held between pieces, and the right to the log is
   * asked for again with each; it throws ExportCutShort when it has ended.
   */
  readonly pieces: AsyncGenerator<string, void, void>;
}

/**
 * The log as a file, oldest first: what was committed when the export was recorded. The record is itself an event and is
 * committed before anything is read; when it cannot be, there is no export.
 *
 * @throws Refusal `not-signed-in`, `wrong-role` (recorded); DatabaseFailure when the export cannot be recorded
 */
export async function exportEvents(actor: Actor, query: AuditExportQuery): Promise<AuditExport> {
  const { format, ...asked } = query;
  const { eventId, ...reach } = await call<AuditReach & { eventId: string }>(
    actor,
    "audit.record_export",
    format,
    asked,
  );
  const filters = await asActor(actor, async (tx) => {
    const [own] = await tx.select({ id: events.id }).from(events).where(eq(events.id, eventId));
    return own ? resolveCase(tx, asked) : null;
  });
  if (!filters) throw new Refusal("failure");
  const writer = exportWriter(format, true);
  const which = eventConditions(reach, filters);
  const next = (after: string | null) =>
    asActor(actor, async (tx) => {
      if (!(await stillHolds(tx, reach))) return null;
      const rows = await readBatch(tx, which, { after, upTo: eventId, limit: BATCH });
      return { rows, names: await namesOfRows(tx, rows) };
    });
  return {
    eventId,
    contentType: writer.contentType,
    fileName: `unseal-audit-${eventId}.${writer.extension}`,
    pieces: writePieces(writer, BATCH, next),
  };
}

/** Row-level security would hand an ended session nothing, and the file would only look shorter. */
async function stillHolds(tx: ActorTransaction, reach: AuditReach): Promise<boolean> {
  const [now] = await tx.execute<{ holds: boolean | null }>(sql`
    select staff.current_id() = ${reach.staffId}::uuid
       and not isempty(staff.current_log_range())
       and (lower(staff.current_log_range()) is null or lower(staff.current_log_range()) <= ${reach.from}::timestamptz + interval '1 ms')
       and (upper(staff.current_log_range()) is null or upper(staff.current_log_range()) >= ${reach.until}::timestamptz)
       as holds`);
  return now?.holds === true;
}

async function namesOfRows(tx: ActorTransaction, rows: readonly ExportRow[]): Promise<ExportNames[]> {
  const isPlatform = (row: ExportRow) => row.actorKind === "platform";
  const names = await namesOf(tx, {
    staff: rows.flatMap((row) => [isPlatform(row) ? null : row.actorId, row.subjectStaffId]),
    platforms: rows.map((row) => (isPlatform(row) ? row.actorId : null)),
    cases: rows.map((row) => row.caseId),
  });
  return rows.map((row) => ({
    actorName: (row.actorId && (isPlatform(row) ? names.platforms : names.staff).get(row.actorId)) || null,
    subjectName: (row.subjectStaffId && names.staff.get(row.subjectStaffId)) || null,
    caseNumber: (row.caseId && names.cases.get(row.caseId)) || null,
  }));
}
