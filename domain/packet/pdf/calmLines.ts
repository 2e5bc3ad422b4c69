import { byteOfUnit, escaped } from "./byteCodes.ts";
import { BYTE_FONTS, type FileFonts, GLYPH_FONTS } from "./fileFonts.ts";
import type { GlyphFontName } from "./fonts.ts";
import type { Drawn, MixedLine } from "./mixedLines.ts";
import { IS_BREAKABLE, traitsOf } from "./pointTraits.ts";
import { PLAIN } from "./shownText.ts";
import type { TextStyle } from "./styles.ts";

const SPACE = 32;

/**
 * Breaks a paragraph in which each character is drawn by itself and all run from left to right. Most text in most scripts
 * is such, and takes a way that makes nothing for a single character.
 *
 * @param limit in thousandths of the size
 */
export function calmLines(fonts: FileFonts, text: string, style: TextStyle, limit: number): MixedLine[] {
  const lines: MixedLine[] = [];
  const bytes = fonts.byte[style.font];
  let from = 0;
  let width = 0;
  /** Where the line may be broken, and how wide it is up to there. */
  let place = 0;
  let upToPlace = 0;
  for (let i = 0; i < text.length; ) {
    const point = text.codePointAt(i) ?? 0;
    const length = point > 0xffff ? 2 : 1;
    const code = point > 0xffff ? 0 : byteOfUnit(point);
    const breakable = code === 0 && (traitsOf(point) & IS_BREAKABLE) !== 0;
    if (breakable) {
      place = i;
      upToPlace = width;
    }
    const own = code === 0 ? fonts.glyph[fonts.faceOf(point)].widthOfPoint(point) : (bytes.widths[code] ?? 0);
    width += own;
    if (width > limit && i > from && code !== SPACE) {
      const to = place > from ? place : i;
      lines.push(drawn(fonts, text, from, to, style));
      width = place > from ? width - upToPlace : own;
      from = to;
    }
    i += length;
    if (breakable || code === SPACE) {
      place = i;
      upToPlace = width;
    }
  }
  lines.push(drawn(fonts, text, from, text.length, style));
  return lines;
}

function drawn(fonts: FileFonts, text: string, from: number, to: number, style: TextStyle): MixedLine {
  const pieces: Drawn[] = [];
  const bytes = fonts.byte[style.font];
  const unit = style.size / 1000;
  let x = 0;
  let width = 0;
  let start = 0;
  let face: GlyphFontName | "byte" | null = null;
  let piece = "";
  const flush = () => {
    if (face === null || piece === "") return;
    pieces.push({
      x: start * unit,
      y: 0,
      look: PLAIN,
      font: face === "byte" ? BYTE_FONTS[style.font] : GLYPH_FONTS[face],
      text: face === "byte" ? `(${escaped(piece)})` : `<${piece}>`,
    });
    piece = "";
  };
  for (let i = from; i < to; ) {
    const point = text.codePointAt(i) ?? 0;
    const code = point > 0xffff ? 0 : byteOfUnit(point);
    const kind: GlyphFontName | "byte" = code === 0 ? fonts.faceOf(point) : "byte";
    if (kind !== face) {
      flush();
      face = kind;
      start = x;
    }
    if (kind === "byte") {
      bytes.used[code] = 1;
      width = bytes.widths[code] ?? 0;
      piece += String.fromCharCode(code);
    } else {
      const font = fonts.glyph[kind];
      width = font.widthOfPoint(point);
      piece += font.ofPoint(point);
    }
    x += width;
    i += point > 0xffff ? 2 : 1;
  }
  flush();
  return { drawn: pieces, boxes: [], width: x * unit };
}
