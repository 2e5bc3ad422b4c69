import { csvCell, csvLine } from "../csvCell.ts";
import type {
  AccountRecord,
  Batches,
  PacketAttachment,
  PacketConversation,
  PacketMessage,
  PacketRecord,
  Pieces,
} from "./model.ts";
import { isAccount } from "./model.ts";
import { accountLine, lineFacts, nativeLine, nativePath } from "./native.ts";
import { inPieces } from "./pieces.ts";

/**
 * The load file: a row a Bates number, RFC 4180. Nothing in it is evidence that is not in the records too, so that cells may be
 * made safe for spreadsheets (`domain/csvCell.ts` puts an apostrophe before what could begin a formula).
 */
export const INDEX_COLUMNS = [
  "BEGBATES",
  "ENDBATES",
  "PARENTBATES",
  "CUSTODIAN",
  "ACCOUNT_ID",
  "CATEGORY",
  "DATE_SENT_UTC",
  "FROM",
  "TO",
  "CONVERSATION_ID",
  "MESSAGE_ID",
  "NATIVE_PATH",
  "TEXT_PATH",
  "SHA256",
  "SIZE",
  "REDACTED",
  "REDACTION_REASON",
  "RECORD_TYPE",
  "STATUS",
] as const;
export type IndexColumn = (typeof INDEX_COLUMNS)[number];
type Row = Partial<Record<IndexColumn, string | number | null>>;

/** Recipients that are named one by one; of larger groups the number is told. */
const MOST_NAMED = 20;

export interface IndexOptions {
  readonly conversationOf: (id: string) => PacketConversation | undefined;
  /** The transcript that a message stands in; null where there is none. */
  readonly textPathOf: (message: PacketMessage) => string | null;
}

/**
 * The index.
 *
 * @throws TypeError when a message is of a conversation that is not known
 */
export function indexCsv(batches: Batches<PacketRecord>, options: IndexOptions): Pieces {
  const parties = new Parties(options);
  return inPieces(csvLine(INDEX_COLUMNS), batches, (record) =>
    isAccount(record) ? accountRow(record) : messageRows(record, parties, options),
  );
}

function accountRow(account: AccountRecord): string {
  return row({
    BEGBATES: account.bates,
    ENDBATES: account.bates,
    CUSTODIAN: account.accountId,
    ACCOUNT_ID: account.accountId,
    CATEGORY: account.category,
    NATIVE_PATH: nativePath(account),
    ...factsOf(accountLine(account)),
    REDACTED: "N",
    RECORD_TYPE: "account",
    STATUS: "produced",
  });
}

function messageRows(message: PacketMessage, parties: Parties, { textPathOf }: IndexOptions): string {
  const who = parties.of(message);
  const common: Row = {
    CUSTODIAN: who.custodian,
    ACCOUNT_ID: who.from,
    CATEGORY: message.category,
    DATE_SENT_UTC: message.sentAt.toISOString(),
    FROM: who.from,
    TO: who.to,
    CONVERSATION_ID: message.conversation,
    MESSAGE_ID: message.messageId,
  };
  const reasons = [...new Set(message.redactions.map(({ reason }) => reason))];
  const own = row({
    ...common,
    BEGBATES: message.bates,
    ENDBATES: message.bates,
    NATIVE_PATH: nativePath(message),
    TEXT_PATH: textPathOf(message),
    ...factsOf(nativeLine(message)),
    REDACTED: reasons.length > 0 ? "Y" : "N",
    REDACTION_REASON: reasons.join("; "),
    RECORD_TYPE: "message",
    STATUS: "produced",
  });
  return own + message.attachments.map((one) => attachmentRow(one, message, common)).join("");
}

function attachmentRow(one: PacketAttachment, message: PacketMessage, common: Row): string {
  if (one.bates === null) return "";
  return row({
    ...common,
    BEGBATES: one.bates,
    ENDBATES: one.bates,
    PARENTBATES: message.bates,
    NATIVE_PATH: one.path,
    SHA256: one.sha256,
    SIZE: one.size,
    REDACTED: "N",
    REDACTION_REASON: one.why,
    RECORD_TYPE: "attachment",
    STATUS: one.status,
  });
}

function factsOf(line: string): Row {
  const { sha256, size } = lineFacts(line);
  return { SHA256: sha256, SIZE: size };
}

/** Ids, paths and labels: most cells. Nothing in them is a border or, at the front, the beginning of a formula. */
const PLAIN = /^[0-9A-Za-z][\w.:/ -]*$/;

function row(cells: Row): string {
  let line = "";
  for (const [i, column] of INDEX_COLUMNS.entries()) {
    const cell = cells[column] ?? null;
    if (i > 0) line += ",";
    if (cell === null || cell === "") continue;
    line += typeof cell === "string" && PLAIN.test(cell) ? `"${cell}"` : csvCell(wellFormed(cell));
  }
  return `${line}\r\n`;
}

function wellFormed(cell: string | number): string | number {
  return typeof cell === "string" ? cell.toWellFormed() : cell;
}

/** Who is who in the conversation at hand: messages of one follow each other. */
class Parties {
  readonly #conversationOf: IndexOptions["conversationOf"];
  #id = "";
  #labels = new Map<string, string>();
  #custodian = "";
  readonly #known = new Map<string, { custodian: string; from: string; to: string }>();

  constructor({ conversationOf }: IndexOptions) {
    this.#conversationOf = conversationOf;
  }

  of({ conversation, sender }: PacketMessage): { custodian: string; from: string; to: string } {
    if (conversation !== this.#id) this.#turnTo(conversation);
    const known = this.#known.get(sender);
    if (known) return known;
    const from = this.#labels.get(sender) ?? sender;
    const others = this.#labels.size - (this.#labels.has(sender) ? 1 : 0);
    const parties = {
      custodian: this.#custodian,
      from,
      to:
        others > MOST_NAMED
          ? `${others} participants of ${conversation}`
          : [...this.#labels].flatMap(([id, label]) => (id === sender ? [] : [label])).join("; "),
    };
    this.#known.set(sender, parties);
    return parties;
  }

  #turnTo(id: string): void {
    const found = this.#conversationOf(id);
    if (!found) throw new TypeError("A message is of a conversation that is not in the packet.");
    this.#id = id;
    this.#known.clear();
    this.#labels = new Map(found.participants.map((one) => [one.id, one.label]));
    this.#custodian = found.participants.flatMap((one) => (one.target ? [one.label] : [])).join("; ");
  }
}
