import { hash } from "node:crypto";
import type { Batches, PacketConversation, PacketFacts, PacketMessage } from "../model.ts";
import { FileFonts } from "./fileFonts.ts";
import { firstPageRows } from "./firstPage.ts";
import type { PdfFonts } from "./fonts.ts";
import { linesOf } from "./lines.ts";
import { MessageRows } from "./messageRows.ts";
import { Pages, type Row } from "./pages.ts";
import { PdfFile, textString } from "./pdfFile.ts";
import { STYLES, TEXT_LEFT } from "./styles.ts";

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

/**
 * One conversation as PDF files that people read, in pieces of about 64 KiB and constant memory. The same inputs give the
 * same bytes. Nothing but text is in them: no links, no scripts, no forms; a redaction's label is all that is known of it.
 *
 * @param fonts from `openFonts()` of `server/packet/pdf/openFonts.ts`, once a process
 * @param messages in the order of their Bates numbers
 */
export async function* transcriptPdf(
  fonts: PdfFonts,
  facts: PacketFacts,
  conversation: PacketConversation,
  messages: Batches<PacketMessage>,
  { mostPages = 2_000, firstFile = 1 }: TranscriptOptions = {},
): AsyncGenerator<TranscriptPiece, void, void> {
  let transcript = new Transcript(fonts, facts, conversation, firstFile);
  for await (const batch of messages)
    for (const message of batch) {
      let rows = transcript.rowsOf(message);
      if (transcript.isFullFor(rows, mostPages)) {
        yield* transcript.end(false);
        transcript = new Transcript(fonts, facts, conversation, transcript.number + 1);
        rows = transcript.rowsOf(message);
      }
      transcript.add(message, rows);
      const piece = transcript.take();
      if (piece) yield piece;
    }
  yield* transcript.end(true);
}

/** One file. */
class Transcript {
  readonly number: number;
  readonly #facts: PacketFacts;
  readonly #conversation: PacketConversation;
  readonly #file = new PdfFile();
  readonly #root = this.#file.reserve();
  readonly #info = this.#file.reserve();
  readonly #fonts: FileFonts;
  readonly #pages: Pages;
  readonly #rows: MessageRows;
  #messages = 0;
  #first: string | null = null;
  #last: string | null = null;

  constructor(fonts: PdfFonts, facts: PacketFacts, conversation: PacketConversation, number: number) {
    this.number = number;
    this.#facts = facts;
    this.#conversation = conversation;
    this.#fonts = new FileFonts(fonts);
    this.#rows = new MessageRows(this.#fonts, conversation);
    this.#pages = new Pages(this.#file, this.#fonts, {
      top: `${facts.packet} \u00B7 conversation ${conversation.id}${number === 1 ? "" : ` \u00B7 file ${number}`}`,
      foot: "All times are in UTC.",
    });
    for (const rows of firstPageRows(this.#fonts, facts, conversation, number)) this.#pages.block(rows, null);
  }

  rowsOf(message: PacketMessage): Row[] {
    return this.#rows.of(message);
  }

  isFullFor(rows: readonly Row[], mostPages: number): boolean {
    return this.#messages > 0 && (this.#fonts.full || this.#pages.countWith(rows) > mostPages);
  }

  add(message: PacketMessage, rows: readonly Row[]): void {
    this.#pages.block(rows, message.bates);
    this.#messages += 1;
    this.#first ??= message.bates;
    this.#last = message.bates;
  }

  take(all = false): TranscriptPiece | null {
    const bytes = this.#file.take(all);
    return bytes && { kind: "bytes", file: this.number, bytes };
  }

  *end(last: boolean): Generator<TranscriptPiece, void, void> {
    const what = `${this.#messages.toLocaleString("en")} message${this.#messages === 1 ? "" : "s"} in this file`;
    const line = last
      ? `End of the conversation: ${what}.`
      : `The conversation goes on in file ${this.number + 1}: ${what}.`;
    this.#pages.block(
      linesOf(this.#fonts, line, STYLES.note, 400).map((one) => ({
        x: TEXT_LEFT,
        style: STYLES.note,
        line: one,
        height: 2,
      })),
      null,
    );
    const pages = this.#pages.count;
    const title = `Transcript of conversation ${this.#conversation.id}, ${this.#facts.packet}, file ${this.number}`;
    const catalogue = this.#pages.end();
    this.#file.object(
      this.#root,
      `<</Type/Catalog${catalogue}/Lang(en)/ViewerPreferences<</DisplayDocTitle true>>>>`,
    );
    const { name, version } = this.#facts.tool;
    this.#file.object(
      this.#info,
      `<</Title${textString(title)}/Producer${textString(`${name} ${version}`)}>>`,
    );
    this.#file.end(this.#root, this.#info, this.#id(pages));
    const piece = this.take(true);
    if (piece) yield piece;
    yield {
      kind: "end",
      file: this.number,
      pages,
      messages: this.#messages,
      firstBates: this.#first,
      lastBates: this.#last,
      last,
    };
  }

  /** Names the file by what went into it, since no date or chance may. */
  #id(pages: number): string {
    const { packet, productionId } = this.#facts;
    const names = [packet, productionId, this.#conversation.id, this.number, pages, this.#first, this.#last];
    return hash("sha256", JSON.stringify(names), "hex").slice(0, 32);
  }
}
