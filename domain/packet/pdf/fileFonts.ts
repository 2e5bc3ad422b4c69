import { CHARACTER_OF_BYTE } from "./byteCodes.ts";
import type { ByteFontName, GlyphFontName, PdfFace, PdfFonts, ShapedWord } from "./fonts.ts";
import { hexOf, type PdfFile } from "./pdfFile.ts";
import { IS_EMOJI, traitsOf } from "./pointTraits.ts";
import { subsetOf } from "./subset.ts";
import type { TrueType } from "./trueType.ts";

/** More glyphs than this are not numbered in one file: the next file begins then. */
const ENOUGH_GLYPHS = 40_000;
const MOST_GLYPHS = 65_535;
/** Planes of which the faces have characters. */
const LETTERS = 0x20000;

/** One face addressed with single bytes. Glyphs that are used are marked; the others are not embedded. */
export class ByteFont {
  /** Of each byte, in thousandths of the size. */
  readonly widths = new Uint16Array(256);
  readonly used = new Uint8Array(256);
  readonly #face: TrueType;

  constructor(face: TrueType) {
    this.#face = face;
    CHARACTER_OF_BYTE.forEach((character, byte) => {
      this.widths[byte] = character === 0 ? 0 : thousandths(face, face.advanceOf(face.glyphOf(character)));
    });
  }

  /** How wide text is, in thousandths of the size; marks its glyphs. */
  measure(codes: string): number {
    let width = 0;
    for (let i = 0; i < codes.length; i++) {
      const code = codes.charCodeAt(i) & 0xff;
      width += this.widths[code] ?? 0;
      this.used[code] = 1;
    }
    return width;
  }

  write(file: PdfFile, id: number): void {
    const glyphs = [0];
    const codes = new Uint8Array(256);
    const texts: [string, string][] = [];
    let first = 255;
    let last = 0;
    CHARACTER_OF_BYTE.forEach((character, byte) => {
      if (this.used[byte] === 0 || character === 0) return;
      codes[byte] = glyphs.length;
      glyphs.push(this.#face.glyphOf(character));
      texts.push([byte.toString(16).padStart(2, "0"), String.fromCharCode(character)]);
      first = Math.min(first, byte);
      last = Math.max(last, byte);
    });
    if (first > last) first = last = 32;
    const name = `${tagOf(glyphs)}+${this.#face.name}`;
    const toUnicode = file.reserve();
    const descriptor = file.reserve();
    file.object(
      id,
      `<</Type/Font/Subtype/TrueType/BaseFont/${name}/FirstChar ${first}/LastChar ${last}` +
        `/Widths[${[...this.widths.subarray(first, last + 1)].join(" ")}]` +
        `/FontDescriptor ${descriptor} 0 R/ToUnicode ${toUnicode} 0 R>>`,
    );
    file.packed(toUnicode, "", toUnicodeOf(texts, "<00><FF>"));
    writeDescriptor(file, descriptor, this.#face, name, subsetOf(this.#face, glyphs, codes));
  }
}

/**
 * One face addressed with numbers of two bytes. A number is given to a glyph together with the text that it stands for, so
 * that the text can be read from the PDF however the glyph came about.
 */
export class GlyphFont {
  readonly shape: PdfFace["shape"];
  readonly face: TrueType;
  /** By number: the glyph and its text. Number 0 is the missing glyph. */
  readonly #numbered: { glyph: number; text: string }[] = [{ glyph: 0, text: "\uFFFD" }];
  #byPoint: Uint16Array | null = null;
  readonly #byText = new Map<string, number>();
  readonly #firstOf = new Map<number, number>();

  constructor({ face, shape }: PdfFace) {
    this.face = face;
    this.shape = shape;
  }

  get full(): boolean {
    return this.#numbered.length > ENOUGH_GLYPHS;
  }

  get isUsed(): boolean {
    return this.#numbered.length > 1;
  }

  /** In thousandths of the size. */
  widthOf(glyph: number): number {
    return Math.round((this.face.advanceOf(glyph) * 1000) / this.face.unitsPerEm);
  }

  /** The same of the glyph that stands for a character by itself. */
  widthOfPoint(point: number): number {
    return this.widthOf(this.face.glyphOf(point));
  }

  /** The number of the glyph that stands for a character by itself, in hexadecimal. */
  ofPoint(point: number): string {
    this.#byPoint ??= new Uint16Array(LETTERS);
    const known = this.#byPoint[point] ?? 0;
    if (known !== 0) return hex4(known);
    const number = this.#add(this.face.glyphOf(point), String.fromCodePoint(point));
    this.#byPoint[point] = number;
    return hex4(number);
  }

  /** The number of the glyph that stands for a stretch of text, which is empty where another glyph stands for it. */
  ofText(glyph: number, text: string): string {
    const key = `${glyph} ${text}`;
    const known = this.#byText.get(key);
    if (known !== undefined) return hex4(known);
    const number = this.#add(glyph, text);
    this.#byText.set(key, number);
    return hex4(number);
  }

  #add(glyph: number, text: string): number {
    const number = this.#numbered.length;
    if (number > MOST_GLYPHS) return this.#firstOf.get(glyph) ?? 0;
    this.#numbered.push({ glyph, text });
    if (!this.#firstOf.has(glyph)) this.#firstOf.set(glyph, number);
    return number;
  }

  write(file: PdfFile, id: number): void {
    const glyphs: number[] = [];
    const place = new Map<number, number>();
    const map = new Uint8Array(2 * this.#numbered.length);
    this.#numbered.forEach(({ glyph }, number) => {
      let at = place.get(glyph);
      if (at === undefined) {
        at = glyphs.length;
        place.set(glyph, at);
        glyphs.push(glyph);
      }
      map[2 * number] = at >> 8;
      map[2 * number + 1] = at & 0xff;
    });
    const name = `${tagOf(glyphs)}+${this.face.name}`;
    const descendant = file.reserve();
    const descriptor = file.reserve();
    const mapId = file.reserve();
    const toUnicode = file.reserve();
    file.object(
      id,
      `<</Type/Font/Subtype/Type0/BaseFont/${name}/Encoding/Identity-H/DescendantFonts[${descendant} 0 R]/ToUnicode ${toUnicode} 0 R>>`,
    );
    file.object(
      descendant,
      `<</Type/Font/Subtype/CIDFontType2/BaseFont/${name}` +
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>" +
        `/FontDescriptor ${descriptor} 0 R/CIDToGIDMap ${mapId} 0 R` +
        `/W[0[${this.#numbered.map(({ glyph }) => this.widthOf(glyph)).join(" ")}]]>>`,
    );
    file.packed(mapId, "", map);
    const texts = this.#numbered.map(({ text }, number): [string, string] => [hex4(number), text]);
    file.packed(toUnicode, "", toUnicodeOf(texts, "<0000><FFFF>"));
    writeDescriptor(file, descriptor, this.face, name, subsetOf(this.face, glyphs));
  }
}

/** The fonts of one file. What a page names `F1` and so on is the same on every page. */
export class FileFonts {
  readonly byte: Readonly<Record<ByteFontName, ByteFont>>;
  readonly glyph: Readonly<Record<GlyphFontName, GlyphFont>>;
  /** Words that were shaped before, for `mixedLines`. */
  readonly shaped = new Map<string, ShapedWord>();

  readonly #faces: Uint8Array;

  constructor(fonts: PdfFonts) {
    this.#faces = FACES_OF.get(fonts) ?? new Uint8Array(LETTERS);
    FACES_OF.set(fonts, this.#faces);
    this.byte = { regular: new ByteFont(fonts.regular.face), bold: new ByteFont(fonts.bold.face) };
    this.glyph = {
      regular: new GlyphFont(fonts.regular),
      emoji: new GlyphFont(fonts.emoji),
      letters: new GlyphFont(fonts.letters),
      rest: new GlyphFont(fonts.rest),
    };
  }

  /** Whether any face has a character. */
  has(point: number): boolean {
    return this.glyph[this.faceOf(point)].face.glyphOf(point) !== 0;
  }

  /** The face of a character that is not Western, or stands where single bytes cannot. */
  faceOf(point: number): GlyphFontName {
    const known = point < LETTERS ? (this.#faces[point] ?? 0) : 0;
    if (known !== 0) return FACES[known - 1] ?? "regular";
    const face = this.#chooseFace(point);
    if (point < LETTERS) this.#faces[point] = FACES.indexOf(face) + 1;
    return face;
  }

  #chooseFace(point: number): GlyphFontName {
    const has = (name: GlyphFontName) => this.glyph[name].face.glyphOf(point) !== 0;
    if ((traitsOf(point) & IS_EMOJI) !== 0 && has("emoji")) return "emoji";
    // One face for all letters of a kind, of which the regular one has some.
    if (point >= 0x1d400 && point <= 0x1d7ff && has("letters")) return "letters";
    if (has("regular")) return "regular";
    if (point > 0x2000 && has("emoji")) return "emoji";
    if (has("rest")) return "rest";
    return has("letters") ? "letters" : "regular";
  }

  /** Whether so many glyphs are numbered that the next file should begin. */
  get full(): boolean {
    return Object.values(this.glyph).some((one) => one.full);
  }

  /** Writes what was used. @returns the entries of the pages' dictionary of fonts */
  write(file: PdfFile): string {
    let entries = "";
    const add = (name: string, font: ByteFont | GlyphFont) => {
      const id = file.reserve();
      font.write(file, id);
      entries += `/${name} ${id} 0 R`;
    };
    add(BYTE_FONTS.regular, this.byte.regular);
    add(BYTE_FONTS.bold, this.byte.bold);
    for (const name of FACES) if (this.glyph[name].isUsed) add(GLYPH_FONTS[name], this.glyph[name]);
    return entries;
  }
}

const FACES = ["regular", "emoji", "letters", "rest"] as const satisfies readonly GlyphFontName[];

/** Which face has which character: the same in every file that is written with the same faces. */
const FACES_OF = new WeakMap<PdfFonts, Uint8Array>();

/** What pages call the fonts. */
export const BYTE_FONTS = { regular: "F1", bold: "F2" } as const;
export const GLYPH_FONTS = { regular: "F3", emoji: "F4", letters: "F5", rest: "F6" } as const;

function thousandths(face: TrueType, units: number): number {
  return Math.round((units * 1000) / face.unitsPerEm);
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function hex4(number: number): string {
  return `${HEX[number >> 8]}${HEX[number & 0xff]}`;
}

/** Six letters that tell subsets of one face apart (ISO 32000-1, 9.6.4): from the glyphs, so that they are the same again. */
function tagOf(glyphs: readonly number[]): string {
  let sum = 0x811c9dc5;
  for (const glyph of glyphs) sum = Math.imul(sum ^ glyph, 0x01000193) >>> 0;
  let tag = "";
  for (let i = 0; i < 6; i++) {
    tag += String.fromCharCode(65 + (sum % 26));
    sum = Math.floor(sum / 26);
  }
  return tag;
}

function writeDescriptor(file: PdfFile, id: number, face: TrueType, name: string, bytes: Uint8Array): void {
  const embedded = file.reserve();
  const units = (n: number) => thousandths(face, n);
  // 4: symbolic, which says that codes find their glyphs through the font itself.
  file.object(
    id,
    `<</Type/FontDescriptor/FontName/${name}/Flags 4/FontBBox[${face.box.map(units).join(" ")}]/ItalicAngle 0` +
      `/Ascent ${units(face.ascent)}/Descent ${units(face.descent)}/CapHeight ${units(face.ascent)}/StemV 80/FontFile2 ${embedded} 0 R>>`,
  );
  file.packed(embedded, `/Length1 ${bytes.length}`, bytes);
}

/** A CMap that says which text each code stands for (ISO 32000-1, 9.10.3). */
function toUnicodeOf(texts: readonly [code: string, text: string][], range: string): string {
  const lines = [
    "/CIDInit/ProcSet findresource begin 12 dict begin begincmap",
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def",
    "/CMapName/Adobe-Identity-UCS def/CMapType 2 def",
    `1 begincodespacerange ${range} endcodespacerange`,
  ];
  for (let from = 0; from < texts.length; from += 100) {
    const block = texts.slice(from, from + 100);
    lines.push(`${block.length} beginbfchar`);
    for (const [code, text] of block) lines.push(`<${code}><${hexOf(text)}>`);
    lines.push("endbfchar");
  }
  lines.push("endcmap CMapName currentdict/CMap defineresource pop end end");
  return lines.join("\n");
}
