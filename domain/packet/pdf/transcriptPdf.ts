/** What stands on the first page and around every page. Words are drawn as they are; none of it is looked up. */
export interface TranscriptFacts {
  /** The packet's name, such as `LR-000012-VOL001`: stamped on every page. */
  readonly packet: string;
  /** The request's number, such as `LR-000012`. */
  readonly request: string;
  /** The conversation's short name within the packet, such as `c0001`. */
  readonly conversation: string;
  /** The conversation's id as the packet's other files say it. */
  readonly conversationId: string;
  /** Who takes part, by the labels that records use; `detail` may say more (an account's id, "named in the request"). */
  readonly participants: readonly { readonly label: string; readonly detail: string }[];
  /** Further lines of the first page, name and value: range, cut-off, tool version and the like. */
  readonly more: readonly { readonly name: string; readonly value: string }[];
}

/** A stretch of a text that stands for words which were taken out: `[start, end)` in UTF-16 units. */
export interface RedactionMark {
  readonly start: number;
  readonly end: number;
}

/** A text as it may be produced: what was redacted is gone already, and `[REDACTED: …]` stands in its place. */
export interface RedactedText {
  readonly text: string;
  /**
   * Where in `text` a redaction's label stands, in order, not overlapping. Such a stretch is drawn as a black box with its
   * label in it; the same words typed by a participant are not marked, and so cannot pass for a redaction.
   */
  readonly marks: readonly RedactionMark[];
}

export interface TranscriptAttachment {
  /** Null where the file is not in the packet. */
  readonly bates: string | null;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
  /** Why it is not in the packet ("not available: gone from the platform"), empty where it is. */
  readonly note: string;
}

/** One message, redacted and in its place. */
export interface TranscriptRecord {
  readonly bates: string;
  /** Drawn in UTC, to the millisecond. */
  readonly sentAt: Date;
  /** The sender's label within the packet: a handle of a named account, or `Participant 2`. */
  readonly sender: string;
  /** Seen from the accounts that the request names. */
  readonly direction: "from-account" | "to-account" | "system";
  /** The words as they were last; null where there never were any, or they are gone. */
  readonly body: RedactedText | null;
  /** Earlier words, oldest first, each with the moment until which it stood. */
  readonly edits: readonly { readonly until: Date; readonly body: RedactedText | null }[];
  readonly deletedAt: Date | null;
  readonly attachments: readonly TranscriptAttachment[];
  /** A line of ours below the message, such as why it has no words; empty for none. */
  readonly note: string;
}

export interface TranscriptOptions {
  /** No file has more pages than this, unless a single record alone needs more; 2,000 by default. */
  readonly mostPages?: number;
  /** The number of the first file, from 1: more than 1 when a build goes on where it was left. */
  readonly firstFile?: number;
}

/** Pieces of a file in order, then its end. Files follow each other; `file` counts from `firstFile`. */
export type TranscriptPiece =
  | { readonly kind: "bytes"; readonly file: number; readonly bytes: Uint8Array }
  | {
      readonly kind: "end";
      readonly file: number;
      readonly pages: number;
      /** How many records stand in this file: go on after these to make the next file again, byte for byte. */
      readonly records: number;
      readonly firstBates: string | null;
      readonly lastBates: string | null;
      /** Whether all records are written: no further file follows. */
      readonly last: boolean;
    };

export type TranscriptRecords = AsyncIterable<TranscriptRecord> | Iterable<TranscriptRecord>;

/**
 * `transcriptPdf(fonts, facts, records, options)`: one conversation as PDF files, in pieces of about 64 KiB and constant
 * memory. `fonts` comes from `server/packet/pdf/openFonts.ts`, once a process. The same inputs give the same bytes.
 */
export type WriteTranscript<Fonts> = (
  fonts: Fonts,
  facts: TranscriptFacts,
  records: TranscriptRecords,
  options?: TranscriptOptions,
) => AsyncGenerator<TranscriptPiece, void, undefined>;
