import type { MessageKind, ThreadKind } from "../vocabulary.ts";

/**
 * What a packet is made of: plain values, wherever they come from, redacted and pseudonymised already. Writers take them as
 * batches and give strings or bytes, so that a thread of any length passes in the same memory.
 */

/** Categories of data, each including less than the next (legal.md calls them so in the US and in the EU). */
export const PACKET_CATEGORIES = ["subscriber", "identification", "traffic", "content"] as const;
export type PacketCategory = (typeof PACKET_CATEGORIES)[number];

/** Somebody of the provider's staff, as the recipient is told of them: no id, no address. */
export interface PacketPerson {
  /** A name or a stable label, such as `Legal counsel 1`: what the organisation has decided to show. */
  readonly label: string;
  readonly role: string;
}

/** Everything that the covering papers say. Nothing in it is looked up when they are written. */
export interface PacketFacts {
  /** Name of the packet, of its folder and of its file: `LR-000012-VOL001`. */
  readonly packet: string;
  readonly volume: number;
  readonly productionId: string;
  readonly request: {
    /** `LR-000012` */
    readonly number: string;
    /** The authority's own reference. */
    readonly reference: string;
    /** In words: `Search warrant`. */
    readonly type: string;
    readonly jurisdiction: string;
    readonly agency: string;
    readonly officer: string;
    readonly issuedAt: Date | null;
    readonly receivedAt: Date;
  };
  /** What was asked for, and what may be given of it. */
  readonly asked: {
    readonly categories: readonly PacketCategory[];
    readonly allowed: readonly PacketCategory[];
    readonly from: Date | null;
    readonly until: Date | null;
    /** The platform's ids of the accounts that the request names. */
    readonly accounts: readonly string[];
  };
  readonly collection: {
    readonly id: string;
    /** SHA-256 of the recorded query, in hexadecimal. */
    readonly digest: string;
    /** Nothing that reached us later is in the packet. */
    readonly cutOff: Date;
    /** The recorded query: canonical JSON as it was recorded, or a line of words. */
    readonly query: string;
  };
  readonly organisation: {
    readonly name: string;
    readonly address: string | null;
    readonly contactName: string | null;
    readonly contactEmail: string | null;
    readonly contactPhone: string | null;
  };
  /** The product or products in which the messages were written. */
  readonly products: readonly string[];
  readonly tool: { readonly name: string; readonly version: string };
  /** When the build was ordered: it dates the bag, so that the same inputs give the same bytes. */
  readonly orderedAt: Date;
  readonly people: {
    readonly collectedBy: PacketPerson;
    /** Who redacted or set aside, none twice. */
    readonly redactedBy: readonly PacketPerson[];
    readonly approvedBy: PacketPerson | null;
    readonly orderedBy: PacketPerson;
  };
  readonly bates: {
    readonly prefix: string;
    /** Null when nothing was produced. */
    readonly first: string | null;
    readonly last: string | null;
  };
  readonly counts: {
    readonly conversations: number;
    readonly messages: number;
    readonly deletedMessages: number;
    readonly editedMessages: number;
    readonly attachments: number;
    readonly attachmentsNotAvailable: number;
    readonly accounts: number;
    readonly redactions: number;
    readonly pseudonymised: number;
    /** By kind, in the order of `WITHHELD_KINDS`; kinds without any may be left out. */
    readonly withheld: readonly { readonly kind: WithheldKind; readonly records: number }[];
    /** Outside counsel's regions: not looked at, not produced. */
    readonly outOfRegion: number;
  };
  /** What counsel adds for the recipient; null for nothing. */
  readonly note: string | null;
}

/** Somebody who takes part in a conversation, as the packet calls them. */
export interface PacketParticipant {
  /**
   * Within the packet: `A1` for who is named, `P2` for `Participant 2`. The same account has the same id in every conversation of
   * the packet.
   */
  readonly id: string;
  /** What every paper calls them: a named account's id on the platform, or `Participant 2`. */
  readonly label: string;
  /** The request names the account, or counsel has named it with a reason. */
  readonly named: boolean;
  /** The request names the account: messages from it are `outgoing`. */
  readonly target: boolean;
  /** The platform's id, handle and display name: null for whoever is not named. */
  readonly accountId: string | null;
  readonly handle: string | null;
  readonly displayName: string | null;
}

export interface PacketConversation {
  /** Within the packet: `c0001`. */
  readonly id: string;
  /** The platform's id of the thread, as it may be produced. */
  readonly threadId: string;
  /** The product. */
  readonly platform: string;
  readonly kind: ThreadKind;
  /** In the order of the thread. */
  readonly participants: readonly PacketParticipant[];
}

/** A stretch of a text, `[start, end)` in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A text as it may be produced: what was redacted is gone, and `[REDACTED: reason]` stands in its place. */
export interface RedactedText {
  readonly text: string;
  /** Where in `text` labels of redactions stand, in order. The same words typed by somebody are not marked. */
  readonly marks: readonly RedactionMark[];
}

export interface RedactionMark extends TextRange {
  /** Of the redaction, unique in the message: `R1`. */
  readonly id: string;
  readonly reason: string;
}

/** A redaction as the log of redactions tells it: everything but the words. */
export interface RedactionEntry {
  /** `UNS-000123/R1` */
  readonly id: string;
  readonly bates: string;
  /** Which text of the record: `body` (as it was last), `revision 2`, `handle` … */
  readonly field: string;
  readonly reason: string;
  readonly by: "rule" | "hand";
  /** The rule's kind, such as `email` or `third-party-name`; null by hand. */
  readonly rule: string | null;
  /** UTF-16 units that were taken out. */
  readonly length: number;
  /** SHA-256 of the produced text that the label stands in, in hexadecimal. */
  readonly sha256After: string;
}

/** One state of a message. A message that was never changed has one. */
export interface PacketRevision {
  readonly revision: number;
  /** When it was edited to this, as the platform says; null for the first. */
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
  /** When it reached us. */
  readonly receivedAt: Date;
  /** Null where there were no words, or the category does not cover them. */
  readonly body: RedactedText | null;
}

/** Why a file of a message is not in the packet. */
export const ATTACHMENT_STATUSES = ["produced", "not_available", "withheld"] as const;
export type AttachmentStatus = (typeof ATTACHMENT_STATUSES)[number];

export interface PacketAttachment {
  /** Null when it is withheld: then `withheld` has its number in `withheld.csv`. */
  readonly bates: string | null;
  readonly withheld: string | null;
  readonly status: AttachmentStatus;
  /** Why it is not there, in words; empty when it is. */
  readonly why: string;
  /** The revision of the message that carries it. */
  readonly revision: number;
  readonly mediaType: string;
  /** Its place in the bag, null when it is not there. */
  readonly path: string | null;
  /** Of the bytes in the packet; null when it is not there. */
  readonly size: number | null;
  /** Of the bytes in the packet, in hexadecimal; null when it is not there. */
  readonly sha256: string | null;
  /** What the platform recorded when it was reported to us. */
  readonly recorded: {
    readonly size: number;
    readonly sha256: string | null;
    readonly md5: string | null;
  };
}

/** One message, as it is produced. */
export interface PacketMessage {
  readonly bates: string;
  readonly conversation: string;
  /** The platform's id, as it may be produced. */
  readonly messageId: string;
  /** `traffic`: who, to whom and when, and nothing that was said. */
  readonly category: "traffic" | "content";
  readonly kind: MessageKind;
  /** Id of the participant, such as `A1`. */
  readonly sender: string;
  readonly sentAt: Date;
  /** Oldest first, at least one; the last is the message as it is now. */
  readonly revisions: readonly PacketRevision[];
  readonly attachments: readonly PacketAttachment[];
  readonly redactions: readonly RedactionEntry[];
}

/** What is known of an account, under the category that covers it. */
export interface AccountRecord {
  readonly bates: string;
  readonly accountId: string;
  readonly platform: string;
  readonly category: "subscriber" | "identification";
  /** When it was so. */
  readonly asOf: Date;
  /** Names and values in the order in which they are to be told. */
  readonly fields: readonly { readonly name: string; readonly value: string | number | null }[];
}

export const WITHHELD_KINDS = ["privileged", "out_of_scope", "other", "not_available"] as const;
export type WithheldKind = (typeof WITHHELD_KINDS)[number];

/** A record that is not produced: what it is, and nothing of what it says. */
export interface WithheldRecord {
  /** `W-000001` */
  readonly number: string;
  readonly record: "message" | "attachment" | "account";
  readonly kind: WithheldKind;
  readonly conversation: string | null;
  /** Bates number of the message it belongs to, where that is produced. */
  readonly parent: string | null;
  /** Bates number, when it has one nevertheless: a file that the platform has no more. */
  readonly bates: string | null;
  readonly sentAt: Date | null;
  /** Label of the sender within the packet. */
  readonly from: string | null;
  readonly reason: string;
  readonly by: PacketPerson | null;
}

/** A line of the custody record, derived from the audit log. */
export interface CustodyRow {
  readonly seq: number;
  readonly at: Date;
  readonly actor: string;
  readonly role: string;
  /** freeze, collect, redact, approve, build … */
  readonly action: string;
  readonly object: string;
  readonly sha256Before: string | null;
  readonly sha256After: string | null;
  readonly reason: string | null;
  readonly eventId: string;
  /** Its place in the signed log; null while it waits for one. */
  readonly logIndex: number | null;
}

/** Records a batch at a time, in the order of their Bates numbers. */
export type Batches<T> = AsyncIterable<readonly T[]> | Iterable<readonly T[]>;
/** What text writers give: pieces of some ten kilobytes of UTF-16 text without lone surrogates, to be written as UTF-8. */
export type Pieces = AsyncGenerator<string, void, void>;

/**
 * The writers, by file:
 * - `native.ts` `nativeNdjson(conversation, Batches<PacketMessage>)`, `accountsNdjson(Batches<AccountRecord>)`, and
 *   `nativeLine(message)`, the very line whose SHA-256 the index holds
 * - `indexCsv.ts` `indexCsv(conversationOf, Batches<PacketMessage | AccountRecord>, {textPathOf})`
 * - `rsmf/` `RsmfSlicer` (fed with messages, tells the slices) and `rsmfFile(facts, conversation, slice, Batches<PacketMessage>)`
 * - `papers/` cover letter, certificate, how to verify; `withheldCsv`, `redactionsCsv`, `custodyCsv`
 * - `bag/` bagit.txt, bag-info.txt, manifests, names; `layout.ts` where everything lies
 * - `zip/` framing over parts that are deflated already; `deflate.ts` deflates in blocks that can be resumed
 */
export type PacketRecord = PacketMessage | AccountRecord;

/** Tells the two kinds of record apart. */
export function isAccount(record: PacketRecord): record is AccountRecord {
  return "fields" in record;
}
