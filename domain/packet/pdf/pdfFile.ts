import { deflateSync } from "node:zlib";

const PIECE = 64 * 1024;

/**
 * A PDF as it is written, from front to back (ISO 32000-1, 7.5): objects as they come, then their table. Of what was
 * written, only the objects' places are kept.
 */
export class PdfFile {
  readonly #offsets: number[] = [0];
  #waiting: Uint8Array[] = [];
  #size = 0;
  #at = 0;

  constructor() {
    this.#put("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
  }

  /** A number for an object that is written later. */
  reserve(): number {
    this.#offsets.push(-1);
    return this.#offsets.length - 1;
  }

  /** Writes an object. @param body in Latin-1 */
  object(id: number, body: string): void {
    this.#offsets[id] = this.#at;
    this.#put(`${id} 0 obj\n${body}\nendobj\n`);
  }

  /** Writes a stream as it is: the ZIP around the packet deflates it once. */
  stream(id: number, entries: string, content: string | Uint8Array): void {
    const bytes = typeof content === "string" ? Buffer.from(content, "latin1") : content;
    this.#offsets[id] = this.#at;
    this.#put(`${id} 0 obj\n<<${entries}/Length ${bytes.length}>>\nstream\n`);
    this.#bytes(bytes);
    this.#put("\nendstream\nendobj\n");
  }

  /** Writes a stream deflated: for what is small by itself or packs well. */
  packed(id: number, entries: string, content: string | Uint8Array): void {
    const bytes = typeof content === "string" ? Buffer.from(content, "latin1") : content;
    this.stream(id, `${entries}/Filter/FlateDecode`, deflateSync(bytes, { level: 6 }));
  }

  /**
   * Writes the table of objects and the end.
   *
   * @param id 32 hexadecimal digits that name the file
   * @throws where an object was reserved and not written
   */
  end(root: number, info: number, id: string): void {
    const start = this.#at;
    const count = this.#offsets.length;
    let table = "0000000000 65535 f \n";
    for (let i = 1; i < count; i++) {
      const offset = this.#offsets[i] ?? -1;
      if (offset < 0) throw new Error(`Object ${i} of a PDF was not written.`);
      table += `${String(offset).padStart(10, "0")} 00000 n \n`;
    }
    this.#put(`xref\n0 ${count}\n${table}`);
    this.#put(`trailer\n<</Size ${count}/Root ${root} 0 R/Info ${info} 0 R/ID[<${id}><${id}>]>>\n`);
    this.#put(`startxref\n${start}\n%%EOF\n`);
  }

  /** What was written since, once it is worth handing on. @param all however little it is */
  take(all = false): Uint8Array | null {
    if (this.#size === 0 || (!all && this.#size < PIECE)) return null;
    const piece = Buffer.concat(this.#waiting, this.#size);
    this.#waiting = [];
    this.#size = 0;
    return piece;
  }

  #put(text: string): void {
    this.#bytes(Buffer.from(text, "latin1"));
  }

  #bytes(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    this.#size += bytes.length;
    this.#at += bytes.length;
  }
}

/** A text of PDF: UTF-16 with its mark, in hexadecimal. Lone surrogates become U+FFFD. */
export function textString(text: string): string {
  return `<FEFF${hexOf(text)}>`;
}

/** A text as UTF-16 (big endian) in hexadecimal. */
export function hexOf(text: string): string {
  return Buffer.from(text.toWellFormed(), "utf16le").swap16().toString("hex").toUpperCase();
}
