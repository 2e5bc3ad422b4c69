import { escaped, isWestern, toByteCodes } from "./byteCodes.ts";
import { BYTE_FONTS, type FileFonts } from "./fileFonts.ts";
import type { Line } from "./lines.ts";
import type { MixedLine } from "./mixedLines.ts";
import type { PdfFile } from "./pdfFile.ts";
import { REDACTED } from "./shownText.ts";
import { FIRST_LINE, HALF_LINE, HALF_LINES, PAGE, STYLES, type TextStyle } from "./styles.ts";

/** Pages below one node of the tree of pages. */
const PAGES_A_NODE = 64;

/** Short blocks are not divided between pages. */
const KEPT_TOGETHER = 16;

const TOP = 804;
const FOOT = 36;
/** Room for "of" and the number of pages, which is known at the end. */
const TOTAL_WIDTH = 32;

/** Something that stands on a line by itself; `height` in half lines. */
export interface Row {
  readonly x: number;
  readonly style: TextStyle;
  readonly line: Line;
  readonly height: number;
  /** What stands on the same line besides, by the operators that draw it at a height. */
  readonly beside?: (y: number) => string;
  /** Number of a record that begins here within another's block, such as a file of a message. */
  readonly bates?: string | null;
}

export interface Stamps {
  /** On top of every page, left; the range of Bates numbers stands on the right. */
  readonly top: string;
  /** At the foot of every page, left; the page's number stands on the right. */
  readonly foot: string;
}

/**
 * Pages of one file, each written as soon as it is full. A page is stamped with the numbers of the records that it shows,
 * those included that began before it.
 */
export class Pages {
  readonly #file: PdfFile;
  readonly #fonts: FileFonts;
  readonly #stamps: Stamps;
  readonly #total: number;
  readonly #root: number;
  readonly #structure: number;
  readonly #document: number;
  readonly #nodes: { id: number; pages: number[] }[] = [];
  readonly #elements: number[] = [];
  #content: string[] = [];
  #left = HALF_LINES;
  #first: string | null = null;
  #last: string | null = null;
  #style: TextStyle | null = null;
  #x = Number.NaN;
  #y = Number.NaN;
  #count = 0;

  constructor(file: PdfFile, fonts: FileFonts, stamps: Stamps) {
    this.#file = file;
    this.#fonts = fonts;
    this.#stamps = stamps;
    this.#root = file.reserve();
    this.#total = file.reserve();
    this.#structure = file.reserve();
    this.#document = file.reserve();
  }

  /** Pages that are begun. */
  get count(): number {
    return this.#count + (this.#content.length > 0 ? 1 : 0);
  }

  /** How many pages there would be with this block, and a line of ours after it. */
  countWith(rows: readonly Row[]): number {
    const height = heightOf(rows);
    let pages = this.#count + 1;
    let left = this.#left;
    const turn = () => {
      pages += 1;
      left = HALF_LINES;
    };
    if (turnsBefore(height, left)) turn();
    for (const row of rows) {
      if (row.height > left) turn();
      left -= row.height;
    }
    if (turnsBefore(2, left - 1)) turn();
    return pages;
  }

  /** Sets a block of lines, on several pages if need be. @param bates the record's number; null for what is ours */
  block(rows: readonly Row[], bates: string | null): void {
    if (turnsBefore(heightOf(rows), this.#left)) this.#endPage();
    let goesOn = false;
    let shown = bates;
    for (const row of rows) {
      shown = row.bates ?? shown;
      if (row.height > this.#left) {
        this.#endPage();
        goesOn = true;
      }
      if (shown !== null) {
        this.#first ??= shown;
        this.#last = shown;
      }
      const y = FIRST_LINE - HALF_LINE * (HALF_LINES - this.#left);
      if (goesOn && shown !== null) this.#draw(this.#stamp(`${shown} \u2026`, PAGE.left, y));
      goesOn = false;
      if (row.beside) this.#draw(row.beside(y));
      this.#row(row, y);
      this.#left -= row.height;
    }
    this.#left -= 1;
  }

  /** Ends the last page and writes all that holds the pages together. @returns the entries of the catalogue */
  end(): string {
    if (this.#content.length > 0 || this.#count === 0) this.#endPage();
    const { width, height } = PAGE;
    const of = escaped(codesOf(`of ${this.#count}`));
    const size = STYLES.stamp.size;
    this.#fonts.byte.regular.measure(`of ${this.#count}`);
    const fonts = this.#fonts.write(this.#file);
    this.#file.stream(
      this.#total,
      `/Type/XObject/Subtype/Form/BBox[0 -3 60 10]/Resources<</Font<<${fonts}>>>>`,
      `BT /F1 ${size} Tf ${STYLES.stamp.colour} (${of})Tj ET`,
    );
    for (const node of this.#nodes)
      this.#file.object(
        node.id,
        `<</Type/Pages/Parent ${this.#root} 0 R/Count ${node.pages.length}/Kids[${references(node.pages)}]>>`,
      );
    this.#file.object(
      this.#root,
      `<</Type/Pages/Count ${this.#count}/MediaBox[0 0 ${width} ${height}]` +
        `/Resources<</Font<<${fonts}>>/XObject<</T ${this.#total} 0 R>>>>` +
        `/Kids[${references(this.#nodes.map(({ id }) => id))}]>>`,
    );
    this.#file.object(
      this.#document,
      `<</Type/StructElem/S/Document/P ${this.#structure} 0 R/K[${references(this.#elements)}]>>`,
    );
    this.#file.object(
      this.#structure,
      `<</Type/StructTreeRoot/K ${this.#document} 0 R/ParentTree<</Nums[${this.#elements
        .map((id, page) => `${page}[${id} 0 R]`)
        .join("")}]>>/ParentTreeNextKey ${this.#count}>>`,
    );
    return `/Pages ${this.#root} 0 R/MarkInfo<</Marked true>>/StructTreeRoot ${this.#structure} 0 R`;
  }

  #draw(operators: string): void {
    this.#content.push(operators);
    this.#style = null;
    this.#x = Number.NaN;
  }

  #row({ x, style, line }: Row, y: number): void {
    if (typeof line !== "string") {
      this.#draw(mixedOperators(line, style, x, y));
      return;
    }
    if (this.#style !== style) this.#content.push(`${styleOperators(style)}\n`);
    // The apostrophe goes to the next line and shows: most lines cost nothing else.
    if (this.#x === x && this.#y - y === 2 * HALF_LINE) this.#content.push(`(${line})'\n`);
    else this.#content.push(`1 0 0 1 ${x} ${y} Tm(${line})Tj\n`);
    this.#style = style;
    this.#x = x;
    this.#y = y;
  }

  #stamp(text: string, x: number, y: number): string {
    return stampOperators(this.#fonts, text, x, y);
  }

  #endPage(): void {
    const node = this.#node();
    const page = this.#file.reserve();
    const content = this.#file.reserve();
    const element = this.#file.reserve();
    const number = this.#count + 1;
    const range =
      this.#first === null
        ? ""
        : this.#first === this.#last
          ? this.#first
          : `${this.#first} \u2013 ${this.#last}`;
    const pageOf = `Page ${number}`;
    const totalAt = PAGE.right - TOTAL_WIDTH;
    const operators =
      `${2 * HALF_LINE} TL .5 w .8 G\n/Artifact BMC ${PAGE.left} ${TOP - 6} m ${PAGE.right} ${TOP - 6} l S BT\n` +
      this.#stamp(this.#stamps.top, PAGE.left, TOP) +
      this.#stamp(range, PAGE.right - this.#widthOf(range), TOP) +
      `ET EMC\n/P<</MCID 0>>BDC BT\n${this.#content.join("")}ET EMC\n/Artifact BMC BT\n` +
      this.#stamp(this.#stamps.foot, PAGE.left, FOOT) +
      this.#stamp(pageOf, totalAt - 2.5 - this.#widthOf(pageOf), FOOT) +
      `ET q 1 0 0 1 ${totalAt} ${FOOT} cm /T Do Q EMC\n`;
    this.#file.stream(content, "", operators);
    this.#file.object(
      page,
      `<</Type/Page/Parent ${node.id} 0 R/Contents ${content} 0 R/StructParents ${this.#count}/Tabs/S>>`,
    );
    this.#file.object(element, `<</Type/StructElem/S/P/P ${this.#document} 0 R/Pg ${page} 0 R/K 0>>`);
    node.pages.push(page);
    this.#elements.push(element);
    this.#count += 1;
    this.#content = [];
    this.#left = HALF_LINES;
    this.#first = this.#last = null;
    this.#style = null;
    this.#x = Number.NaN;
  }

  #widthOf(text: string): number {
    return points((this.#fonts.byte.regular.measure(codesOf(text)) * STYLES.stamp.size) / 1000);
  }

  #node(): { id: number; pages: number[] } {
    const last = this.#nodes[this.#nodes.length - 1];
    if (last && last.pages.length < PAGES_A_NODE) return last;
    const node = { id: this.#file.reserve(), pages: [] };
    this.#nodes.push(node);
    return node;
  }
}

/** A small quiet text at a place, within a text object. */
export function stampOperators(fonts: FileFonts, text: string, x: number, y: number): string {
  const codes = codesOf(text);
  fonts.byte.regular.measure(codes);
  return `1 0 0 1 ${x} ${y} Tm ${styleOperators(STYLES.stamp)}(${escaped(codes)})Tj\n`;
}

/** A line that is drawn piece by piece, from within a text object. Redactions are black boxes, names of characters grey. */
export function mixedOperators(line: MixedLine, style: TextStyle, x: number, y: number): string {
  let operators = line.boxes.length > 0 ? "ET " : "";
  for (const box of line.boxes)
    operators += `${box.look === REDACTED ? "0 g" : ".9 g"} ${points(x + box.x)} ${points(y - 2.6)} ${points(box.width)} 10.4 re f\n`;
  if (line.boxes.length > 0) operators += "BT ";
  for (const one of line.drawn) {
    const colour = one.look === REDACTED ? "1 g" : style.colour;
    operators +=
      `1 0 0 1 ${points(x + one.x)} ${points(y + one.y)} Tm/${one.font} ${style.size} Tf ${colour} ` +
      `${one.text}Tj\n`;
  }
  return operators;
}

export function styleOperators(style: TextStyle): string {
  return `/${BYTE_FONTS[style.font]} ${style.size} Tf ${style.colour}`;
}

/** A length in points with two decimals, as PDF writes numbers. */
export function points(length: number): number {
  return Math.round(length * 100) / 100;
}

/** What is ours is Western; of what is not, a question mark is left. */
export function codesOf(text: string): string {
  if (isWestern(text)) return toByteCodes(text);
  return toByteCodes([...text].map((one) => (isWestern(one) ? one : "?")).join(""));
}

/** Whether a block begins on a new page. @param left half lines on this one */
function turnsBefore(height: number, left: number): boolean {
  return height > left && (height <= KEPT_TOGETHER || left < 6);
}

function heightOf(rows: readonly Row[]): number {
  return rows.reduce((sum, { height }) => sum + height, 0);
}

function references(ids: readonly number[]): string {
  return ids.map((id) => `${id} 0 R`).join(" ");
}
