import { inflateSync } from "node:zlib";
import type { DocumentWarning } from "../../../domain/legal/vocabulary.ts";
import { type DetectedType, detectType } from "./detectType.ts";

const HEAD = 8192;
const TAIL = 4096;
/** How much of one compressed stream of objects, and of all of them opened, is looked at. */
const MOST_STREAM = 8 * 1024 * 1024;
const MOST_OPENED = 64 * 1024 * 1024;

/** Names of a PDF (ISO 32000-1, 7.3.5) that make it do more than be read. Followed by what ends a name. */
const END = "(?=[\\s/<>\\[\\](){}%])";
const PDF_NAMES: readonly (readonly [RegExp, DocumentWarning])[] = [
  [new RegExp(`/(?:JavaScript|JS)${END}`), "pdf_javascript"],
  [new RegExp(`/(?:Launch|ImportData|Rendition|RichMedia)${END}`), "pdf_launch_action"],
  [new RegExp(`/(?:EmbeddedFiles?|Filespec/EF|Collection)${END}`), "pdf_embedded_files"],
  [new RegExp(`/(?:OpenAction|AA)${END}`), "pdf_opens_by_itself"],
  [new RegExp(`/SubmitForm${END}`), "pdf_form_submit"],
  [new RegExp(`/XFA${END}`), "pdf_xfa_form"],
  [new RegExp(`/Encrypt${END}`), "pdf_encrypted"],
];

/** Letters of a name may be written as `#4A`: what is looked for is what a reader would read. */
const plainNames = (text: string) =>
  text.replaceAll(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/**
 * Looks at a document while its bytes pass by: what it is, and what in it is not only for reading. Holds a few kilobytes of it,
 * and of a PDF one compressed stream of objects at a time. Runs, opens and renders nothing.
 */
export class ScanDocument {
  readonly #found = new Set<DocumentWarning>();
  #head = Buffer.alloc(0);
  #tail = "";
  #type: DetectedType | null = null;
  /** Bytes of a stream of objects that is passing by; null outside of one. */
  #stream: Buffer[] | null = null;
  #streamSize = 0;
  #streamTail = "";
  #opened = 0;

  take(chunk: Buffer): void {
    if (this.#head.length < HEAD)
      this.#head = Buffer.concat([this.#head, chunk.subarray(0, HEAD - this.#head.length)]);
    // What a file is shows in its beginning; until that is here, the beginning is all that is looked at.
    this.#look(chunk.toString("latin1"));
  }

  /** @param name as it is kept: only its ending is looked at */
  finish(name: string): { type: DetectedType; warnings: DocumentWarning[] } {
    const type = this.#typeNow();
    this.#lookForNames(`${this.#tail} `);
    if (type.kind !== "pdf") this.#found.clear();
    if (type.kind === "pdf" && !/%%EOF/.test(this.#tail)) this.#found.add("pdf_cut_off");
    if (type.kind !== "pdf") this.#found.add("not_a_pdf");
    if (type.kind === "executable") this.#found.add("executable");
    if (type.kind === "archive") this.#found.add("archive");
    if (this.#macros) this.#found.add("office_macros");
    const dot = name.lastIndexOf(".");
    const ending = dot > 0 ? name.slice(dot + 1).toLowerCase() : "";
    if (type.kind !== "unknown" && !type.endings.includes(ending)) this.#found.add("type_differs_from_name");
    return { type, warnings: [...this.#found].sort() };
  }

  #macros = false;

  #typeNow(): DetectedType {
    this.#type ??= detectType(this.#head);
    return this.#type;
  }

  #look(text: string): void {
    // Names across the border of two chunks are found by looking at the end of the one before once more.
    const window = this.#tail + text;
    if (/vbaProject\.bin|_VBA_PROJECT/.test(window)) this.#macros = true;
    this.#lookForNames(window);
    this.#lookForStreams(text);
    this.#tail = window.slice(-TAIL);
  }

  #lookForNames(text: string): void {
    const plain = text.includes("#") ? plainNames(text) : text;
    for (const [name, warning] of PDF_NAMES)
      if (!this.#found.has(warning) && name.test(plain)) this.#found.add(warning);
  }

  /** Streams of objects (7.5.7) hide names from whoever looks at the bytes alone. */
  #lookForStreams(text: string): void {
    let rest = text;
    let before = this.#tail;
    while (rest !== "") {
      if (this.#stream) {
        // The word may be cut through by the border of two chunks.
        const found = (this.#streamTail + rest).indexOf("endstream");
        const end = found < 0 ? rest.length : Math.max(0, found - this.#streamTail.length);
        if (this.#streamSize < MOST_STREAM) {
          this.#stream.push(Buffer.from(rest.slice(0, end), "latin1"));
          this.#streamSize += end;
        }
        if (found < 0) {
          this.#streamTail = (this.#streamTail + rest).slice(-8);
          return;
        }
        this.#openStream();
        before = "";
        rest = rest.slice(end);
        continue;
      }
      const window = before + rest;
      const begins = this.#streamBegin(window, before.length);
      if (begins === null) return;
      this.#stream = [];
      this.#streamSize = 0;
      this.#streamTail = "";
      rest = window.slice(begins);
      before = "";
    }
  }

  /** Where the bytes of the next stream of objects begin, after what was looked at before. */
  #streamBegin(window: string, seen: number): number | null {
    for (const found of window.matchAll(/\bstream\r?\n/g)) {
      const begins = found.index + found[0].length;
      // Its dictionary stands before it, and is short.
      if (begins > seen && window.slice(Math.max(0, found.index - 600), found.index).includes("/ObjStm"))
        return begins;
    }
    return null;
  }

  #openStream(): void {
    const bytes = Buffer.concat(this.#stream ?? []);
    this.#stream = null;
    if (this.#opened >= MOST_OPENED) return;
    try {
      const opened = inflateSync(bytes, {
        maxOutputLength: MOST_OPENED - this.#opened,
        finishFlush: 2, // Z_SYNC_FLUSH: what there is of it
      });
      this.#opened += opened.length;
      this.#lookForNames(`${opened.toString("latin1")} `);
    } catch {
      // Another filter, damaged, or larger than anything honest: that it could not be looked at is said.
      this.#found.add("pdf_encrypted");
    }
  }
}
