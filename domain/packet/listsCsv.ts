import { csvLine } from "../csvCell.ts";
import type { Batches, CustodyRow, PacketMessage, Pieces, WithheldRecord } from "./model.ts";
import { inPieces } from "./pieces.ts";

/** Lists beside the index, RFC 4180, made safe for spreadsheets like it. */

export const WITHHELD_COLUMNS = [
  "NUMBER",
  "RECORD_TYPE",
  "KIND",
  "CONVERSATION_ID",
  "PARENTBATES",
  "BATES",
  "DATE_SENT_UTC",
  "FROM",
  "REASON",
  "WITHHELD_BY",
  "ROLE",
] as const;

/** What is not produced, and why: nothing of what it says. */
export function withheldCsv(batches: Batches<WithheldRecord>): Pieces {
  return inPieces(csvLine(WITHHELD_COLUMNS), batches, (one) =>
    row([
      one.number,
      one.record,
      one.kind,
      one.conversation,
      one.parent,
      one.bates,
      one.sentAt?.toISOString() ?? null,
      one.from,
      one.reason,
      one.by?.label ?? null,
      one.by?.role ?? null,
    ]),
  );
}

export const REDACTION_COLUMNS = [
  "REDACTION_ID",
  "BATES",
  "FIELD",
  "REASON",
  "HOW",
  "RULE",
  "LENGTH_UTF16",
  "SHA256_AFTER",
] as const;

/**
 * Every redaction of the messages. The hash is of the text as it is produced; none is given of the text as it was, since short
 * words can be guessed until a hash fits.
 */
export function redactionsCsv(batches: Batches<PacketMessage>): Pieces {
  return inPieces(csvLine(REDACTION_COLUMNS), batches, ({ redactions }) =>
    redactions
      .map((one) =>
        row([one.id, one.bates, one.field, one.reason, one.by, one.rule, one.length, one.sha256After]),
      )
      .join(""),
  );
}

export const CUSTODY_COLUMNS = [
  "SEQ",
  "UTC_TIME",
  "ACTOR",
  "ROLE",
  "ACTION",
  "OBJECT",
  "SHA256_BEFORE",
  "SHA256_AFTER",
  "REASON",
  "EVENT_ID",
  "LOG_INDEX",
] as const;

/** Who had what in hand, in the order of the log. */
export function custodyCsv(batches: Batches<CustodyRow>): Pieces {
  return inPieces(csvLine(CUSTODY_COLUMNS), batches, (one) =>
    row([
      one.seq,
      one.at.toISOString(),
      one.actor,
      one.role,
      one.action,
      one.object,
      one.sha256Before,
      one.sha256After,
      one.reason,
      one.eventId,
      one.logIndex,
    ]),
  );
}

function row(cells: readonly (string | number | null)[]): string {
  return csvLine(
    cells.map((cell) => (typeof cell === "string" ? (cell === "" ? null : cell.toWellFormed()) : cell)),
  );
}
