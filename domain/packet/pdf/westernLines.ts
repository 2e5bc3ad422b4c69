import { escaped } from "./byteCodes.ts";
import type { ByteFont } from "./fileFonts.ts";

const BREAK = 10;
const SPACE = 32;

/**
 * Breaks Western text into lines. A space at which a line is broken stays at its end, so that the text reads back whole.
 *
 * @param codes bytes of the font, and line feeds
 * @param limit in thousandths of the size
 * @returns lines as the insides of literal strings
 */
export function westernLines(font: ByteFont, codes: string, limit: number): string[] {
  const { widths, used } = font;
  const lines: string[] = [];
  let from = 0;
  let width = 0;
  let space = -1;
  let upToSpace = 0;
  for (let i = 0; i < codes.length; i++) {
    const code = codes.charCodeAt(i) & 0xff;
    if (code === BREAK) {
      lines.push(escaped(codes.slice(from, i)));
      from = i + 1;
      width = 0;
      space = -1;
      continue;
    }
    used[code] = 1;
    width += widths[code] ?? 0;
    if (code === SPACE) {
      space = i;
      upToSpace = width;
    } else if (width > limit && i > from) {
      const to = space >= from ? space + 1 : i;
      lines.push(escaped(codes.slice(from, to)));
      width = space >= from ? width - upToSpace : (widths[code] ?? 0);
      from = to;
      space = -1;
    }
  }
  lines.push(escaped(codes.slice(from)));
  return lines;
}
