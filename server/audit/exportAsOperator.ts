import { eq } from "drizzle-orm";
import type { z } from "zod";
import { auditExportQuery } from "../../contracts/audit.ts";
import { asAudit, auditSql } from "../../db/audit-client.ts";
import { guarded } from "../../db/connect.ts";
import { events } from "../../db/schema/index.ts";
import { eventConditions } from "./eventConditions.ts";
import type { AuditExport } from "./exportEvents.ts";
import { exportWriter } from "./exportFormat.ts";
import { readBatch } from "./exportRow.ts";
import { writePieces } from "./writePieces.ts";

/** What the operator may choose. */
export const operatorExportQuery = auditExportQuery.pick({ format: true, from: true, until: true });

const BATCH = 2_000;
// The operator holds the role that reads the whole log; there is no person whose own acts could be meant.
const WHOLE = { staffId: "00000000-0000-0000-0000-000000000000", whole: true, from: null, until: null };

/**
 * The log as a file for the operator at the command line, as unseal_audit: ids, and no names of people. It is an event,
 * committed before anything is read.
 *
 * @throws DatabaseFailure when the export cannot be recorded
 */
export async function exportAsOperator(query: z.output<typeof operatorExportQuery>): Promise<AuditExport> {
  const { format, ...filters } = query;
  const [recorded] = await guarded(
    auditSql()<
      { id: string }[]
    >`select audit.record_operator_export(${format}, ${filters as never}::jsonb) as id`,
  );
  const eventId = recorded?.id ?? "";
  const writer = exportWriter(format, false);
  const which = eventConditions(WHOLE, filters);
  const committed = await asAudit((tx) =>
    tx.select({ id: events.id }).from(events).where(eq(events.id, eventId)),
  );
  if (committed.length !== 1) throw new Error("The export could not be recorded, so nothing was exported.");
  return {
    eventId,
    contentType: writer.contentType,
    fileName: `unseal-audit-${eventId}.${writer.extension}`,
    pieces: writePieces(writer, BATCH, (after) =>
      asAudit(async (tx) => ({
        rows: await readBatch(tx, which, { after, upTo: eventId, limit: BATCH }),
        names: [],
      })),
    ),
  };
}
