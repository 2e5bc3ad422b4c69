import type { Batches, PacketConversation, PacketFacts, PacketMessage } from "../model.ts";

/**
 * `transcriptPdf(fonts, facts, conversation, messages, options)`: one conversation as PDF files, in pieces of about 64 KiB
 * and constant memory. `fonts` comes from `openFonts()` of `server/packet/pdf/openFonts.ts`, once a process. The same
 * inputs give the same bytes.
 */
export type WriteTranscript<Fonts> = (
  fonts: Fonts,
  facts: PacketFacts,
  conversation: PacketConversation,
  messages: Batches<PacketMessage>,
  options?: TranscriptOptions,
) => AsyncGenerator<TranscriptPiece, void, void>;

export interface TranscriptOptions {
  /** No file has more pages than this, unless a single message alone needs more; 2,000 by default. */
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
      /** How many messages stand in this file. Fed with what follows these, the next file comes out byte for byte. */
      readonly messages: number;
      readonly firstBates: string | null;
      readonly lastBates: string | null;
      /** Whether all messages are written: no further file follows. */
      readonly last: boolean;
    };
