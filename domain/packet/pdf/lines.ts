import type { RedactedText } from "../model.ts";
import { isWesternLines, toByteCodes } from "./byteCodes.ts";
import type { FileFonts } from "./fileFonts.ts";
import { type MixedLine, mixedLines } from "./mixedLines.ts";
import type { TextStyle } from "./styles.ts";
import { westernLines } from "./westernLines.ts";

/** A line that is one string of bytes, escaped, or one that is drawn piece by piece. */
export type Line = string | MixedLine;

const NO_MARKS: RedactedText["marks"] = [];

/**
 * Breaks a text into lines: at its own breaks, at spaces, and within what is wider than a line.
 *
 * @param width in points
 */
export function linesOf(
  fonts: FileFonts,
  text: string,
  style: TextStyle,
  width: number,
  marks: RedactedText["marks"] = NO_MARKS,
): Line[] {
  if (marks.length === 0 && isWesternLines(text))
    return westernLines(fonts.byte[style.font], toByteCodes(text), (width * 1000) / style.size);
  return mixedLines(fonts, text, marks, style, width);
}
