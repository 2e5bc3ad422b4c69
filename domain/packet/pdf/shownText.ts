import { segmentHostileText } from "../../hostileText.ts";
import type { RedactedText } from "../model.ts";
import { isWesternLines } from "./byteCodes.ts";
import type { FileFonts } from "./fileFonts.ts";

/** How a stretch is drawn: as it is, as our name for a character that cannot be seen, or as a redaction. */
export const PLAIN = 0;
export const NAMED = 1;
export const REDACTED = 2;
export type Look = typeof PLAIN | typeof NAMED | typeof REDACTED;

/** A paragraph as it is shown: no character in it is invisible or turns its neighbours. */
export interface ShownParagraph {
  text: string;
  /** Where looks begin, in order. */
  looks: { from: number; look: Look }[];
}

/**
 * What is shown of a text: line breaks divide it, characters that cannot be seen (or that none of the faces has) are named
 * in brackets, stretches that stand for redactions are told apart from the same words typed by somebody.
 */
export function shownParagraphs(
  fonts: FileFonts,
  text: string,
  marks: RedactedText["marks"],
): ShownParagraph[] {
  const paragraphs: ShownParagraph[] = [{ text: "", looks: [] }];
  const push = (shown: string, look: Look): void => {
    const paragraph = paragraphs[paragraphs.length - 1];
    if (!paragraph || shown === "") return;
    if (paragraph.looks[paragraph.looks.length - 1]?.look !== look)
      paragraph.looks.push({ from: paragraph.text.length, look });
    paragraph.text += shown;
  };
  const show = (words: string, look: Look): void => {
    if (isWesternLines(words)) {
      words.split("\n").forEach((line, i) => {
        if (i > 0 && look === PLAIN) paragraphs.push({ text: "", looks: [] });
        else if (i > 0) push(" ", look);
        push(line, look);
      });
      return;
    }
    for (const segment of segmentHostileText(words)) {
      if (segment.kind === "break" && look === PLAIN) paragraphs.push({ text: "", looks: [] });
      else if (segment.kind === "break") push(" ", look);
      else if (segment.kind === "marks") push(`[+${segment.count} marks]`, NAMED);
      else if (segment.kind === "invisible") push(nameOf(segment), look === PLAIN ? NAMED : look);
      else pushDrawable(fonts, segment.text.replaceAll("\t", "    "), look, push);
    }
  };
  let at = 0;
  for (const mark of marks) {
    show(text.slice(at, mark.start), PLAIN);
    show(text.slice(mark.start, mark.end), REDACTED);
    at = mark.end;
  }
  show(text.slice(at), PLAIN);
  return paragraphs;
}

function nameOf(segment: { label: string; name: string; count: number; hidden: string | null }): string {
  const point = /^U\+[0-9A-F]+/.exec(segment.name)?.[0];
  const name = point && point !== segment.label ? `${point} ${segment.label}` : segment.label;
  const times = segment.count > 1 ? ` \u00D7${segment.count}` : "";
  return `[${name}${times}${segment.hidden === null ? "" : `: "${segment.hidden}"`}]`;
}

/** Marks, joiners, selectors and tags: they are drawn with what they follow, or not at all. */
const FOLLOWS = /[\p{M}\p{Join_Control}\u{E0020}-\u{E007F}]/u;

function pushDrawable(
  fonts: FileFonts,
  text: string,
  look: Look,
  push: (text: string, look: Look) => void,
): void {
  let from = 0;
  for (let i = 0; i < text.length; ) {
    const point = text.codePointAt(i) ?? 0;
    const length = point > 0xffff ? 2 : 1;
    if (point > 0xff && !fonts.has(point) && !FOLLOWS.test(String.fromCodePoint(point))) {
      push(text.slice(from, i), look);
      push(`[U+${point.toString(16).toUpperCase().padStart(4, "0")}]`, look === PLAIN ? NAMED : look);
      from = i + length;
    }
    i += length;
  }
  push(text.slice(from), look);
}
