import { segmentHostileText } from "../../hostileText.ts";
import type { RedactedText } from "../model.ts";
import type { FileFonts } from "./fileFonts.ts";
import { FOLLOWS, IS_SPECIAL, traitsIn, traitsOf } from "./pointTraits.ts";

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
    words.split(/\r?\n/).forEach((one, i) => {
      if (i > 0 && look === PLAIN) paragraphs.push({ text: "", looks: [] });
      else if (i > 0) push(" ", look);
      // What is special is so within its word: the rest need not be looked at as closely.
      if ((traitsIn(one) & IS_SPECIAL) === 0) pushDrawable(fonts, one, look, push);
      else
        for (const word of one.match(/ +|[^ ]+/g) ?? [])
          for (const [shown, own] of shownWord(fonts, word)) push(shown, look === PLAIN ? own : look);
    });
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

type ShownWord = readonly (readonly [text: string, look: Look])[];

/** Words whose way to be shown is kept; beyond it, all are forgotten. The same emoji are sent again and again. */
const KEPT_WORDS = 5_000;
const shownWords = new WeakMap<FileFonts, Map<string, ShownWord>>();

function shownWord(fonts: FileFonts, word: string): ShownWord {
  let kept = shownWords.get(fonts);
  if (!kept || kept.size > KEPT_WORDS) {
    kept = new Map();
    shownWords.set(fonts, kept);
  }
  const known = kept.get(word);
  if (known) return known;
  const shown: [string, Look][] = [];
  const push = (text: string, look: Look) => shown.push([text, look]);
  if ((traitsIn(word) & IS_SPECIAL) === 0) pushDrawable(fonts, word, PLAIN, push);
  else
    for (const segment of segmentHostileText(word)) {
      if (segment.kind === "marks") push(`[+${segment.count} marks]`, NAMED);
      else if (segment.kind === "invisible") push(nameOf(segment), NAMED);
      else pushDrawable(fonts, segment.text, PLAIN, push);
    }
  kept.set(word, shown);
  return shown;
}

function nameOf(segment: { label: string; name: string; count: number; hidden: string | null }): string {
  const point = /^U\+[0-9A-F]+/.exec(segment.name)?.[0];
  const name = point && point !== segment.label ? `${point} ${segment.label}` : segment.label;
  const times = segment.count > 1 ? ` \u00D7${segment.count}` : "";
  return `[${name}${times}${segment.hidden === null ? "" : `: "${segment.hidden}"`}]`;
}

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
    if (point === TAB || (point > 0xff && (traitsOf(point) & FOLLOWS) === 0 && !isDrawn(fonts, point))) {
      push(text.slice(from, i), look);
      if (point === TAB) push("    ", look);
      else push(`[U+${point.toString(16).toUpperCase().padStart(4, "0")}]`, look === PLAIN ? NAMED : look);
      from = i + length;
    }
    i += length;
  }
  push(text.slice(from), look);
}

const TAB = 9;
const SEPARATORS = [0x2028, 0x2029];

function isDrawn(fonts: FileFonts, point: number): boolean {
  return !SEPARATORS.includes(point) && fonts.has(point);
}
