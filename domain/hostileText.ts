import { codePointName, invisibleName } from "./invisibleNames.ts";
import { profileOf, type TextProfile, type WordHint, wordHint } from "./lookalikes.ts";

/**
 * Message content is hostile: it may reverse the line it stands on, hide words in characters that draw nothing, or
 * pile marks over its neighbours. This file splits a text into segments that a page can draw for what they are.
 * The segments' `text`, joined, is the very text that came in.
 */
export type Segment =
  | { kind: "text"; text: string }
  | { kind: "break"; text: string }
  | {
      kind: "invisible";
      text: string;
      /** Short, for the token: `RLO`. */
      label: string;
      /** Long, for its title: `U+202E right-to-left override`. */
      name: string;
      count: number;
      /** Printable text smuggled in tag characters or variation selectors. */
      hidden: string | null;
    }
  | { kind: "marks"; text: string; count: number }
  | ({ kind: "word"; text: string } & WordHint);

/** How many stacking marks one letter may carry before the rest is counted and not drawn. */
export const DRAWN_MARKS = 4;

const MARK = "[[\\p{Mn}\\p{Me}]--\\p{DI}]";
const JOINING =
  "[\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Nko}\\p{Script=Devanagari}\\p{Script=Bengali}" +
  "\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}" +
  "\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}\\p{Script=Myanmar}]";
/** Marks that are drawn although Unicode files them under format controls (the Arabic number signs and their kin). */
const DRAWN_FORMAT = "[\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2\\u{110BD}\\u{110CD}]";
const UNSEEN = `[[[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{DI}\\p{Noncharacter_Code_Point}\\u2800\\uFFFC]--${DRAWN_FORMAT}]--[\\t\\n]]`;
const SELECTOR = "[\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}]";

/**
 * One alternative a kind, first match wins:
 * emoji of UTS #51 (with the joiners, selectors and tags that belong to them) and joiners that a script needs stay text.
 */
const SPECIAL = new RegExp(
  [
    "(?<emoji>\\p{RGI_Emoji}|\\p{Extended_Pictographic}[\\uFE0E\\uFE0F]?\\p{Emoji_Modifier}?" +
      "(?:\\u200D\\p{Extended_Pictographic}[\\uFE0E\\uFE0F]?\\p{Emoji_Modifier}?)*|[#*0-9]\\uFE0F?\\u20E3)",
    `(?<joiner>(?<=${JOINING}\\p{M}*)[\\u200C\\u200D](?=${JOINING}))`,
    `(?<ideographic>(?<=\\p{Unified_Ideograph})${SELECTOR}(?!${SELECTOR}))`,
    "(?<line>\\r\\n|\\n)",
    "(?<tags>[\\u{E0000}-\\u{E007F}]+)",
    `(?<selectors>${SELECTOR}+)`,
    `(?<unseen>(?<one>${UNSEEN})\\k<one>*)`,
    `(?<marks>${MARK}+)`,
  ].join("|"),
  "gv",
);
const WORD =
  /[\p{L}\p{M}\p{Nd}\u24B6-\u24E9\u{1F130}-\u{1F149}\u{1F150}-\u{1F169}\u{1F170}-\u{1F189}]+(?:['’ʼ][\p{L}\p{M}\p{Nd}]+)*/gu;

/**
 * Splits a hostile text into segments. Never throws; lone surrogates, NUL and unfinished sequences included.
 * Takes time linear in the length of the text.
 */
export function segmentHostileText(text: string): Segment[] {
  const profile = profileOf(text);
  const segments: Segment[] = [];
  let plainFrom = 0;
  const flush = (until: number): void => {
    if (until > plainFrom) pushWords(segments, text.slice(plainFrom, until), profile);
    plainFrom = until;
  };
  for (const match of text.matchAll(SPECIAL)) {
    const found = match.groups ?? {};
    const start = match.index;
    const end = start + match[0].length;
    if (found.emoji !== undefined || found.joiner !== undefined || found.ideographic !== undefined) continue;
    if (found.marks !== undefined) {
      // Marks with nothing to sit on would land on whatever is drawn before them.
      const drawn = start > plainFrom ? nthCodePointEnd(match[0], DRAWN_MARKS) : 0;
      if (drawn === match[0].length) continue;
      flush(start + drawn);
      const rest = match[0].slice(drawn);
      segments.push({ kind: "marks", text: rest, count: [...rest].length });
    } else {
      flush(start);
      segments.push(control(match[0], found));
    }
    plainFrom = end;
  }
  flush(text.length);
  return segments;
}

function control(text: string, found: Record<string, string | undefined>): Segment {
  if (found.line !== undefined) return { kind: "break", text };
  const points = [...text].map((character) => character.codePointAt(0) ?? 0);
  const count = points.length;
  if (found.tags !== undefined)
    return {
      kind: "invisible",
      text,
      label: "TAG",
      name: "tag characters",
      count,
      hidden: printable(points.map((point) => point - 0xe0000)),
    };
  if (found.selectors !== undefined)
    return {
      kind: "invisible",
      text,
      label: "VS",
      name: "variation selectors",
      count,
      hidden: count > 1 ? printable(points.map(selectorByte)) : null,
    };
  const point = points[0] ?? 0;
  const { label, name } = invisibleName(point);
  return { kind: "invisible", text, label, name: `${codePointName(point)} ${name}`, count, hidden: null };
}

/** Variation selectors 1 to 256 have been used to carry bytes: the first sixteen are 0 to 15, the supplement the rest. */
function selectorByte(point: number): number {
  return point < 0xe0100 ? point - 0xfe00 : point - 0xe0100 + 16;
}

function printable(bytes: number[]): string | null {
  const shown = bytes.filter((byte) => byte >= 0x20 && byte < 0x7f);
  return shown.length > 0 ? String.fromCharCode(...shown.slice(0, 500)) : null;
}

function nthCodePointEnd(text: string, n: number): number {
  let end = 0;
  let seen = 0;
  for (const character of text) {
    if (seen === n) return end;
    end += character.length;
    seen += 1;
  }
  return end;
}

function pushWords(segments: Segment[], text: string, profile: TextProfile): void {
  let from = 0;
  const pushText = (until: number): void => {
    if (until > from) segments.push({ kind: "text", text: text.slice(from, until) });
  };
  for (const match of text.matchAll(WORD)) {
    const hint = wordHint(match[0], profile);
    if (!hint) continue;
    pushText(match.index);
    segments.push({ kind: "word", text: match[0], ...hint });
    from = match.index + match[0].length;
  }
  pushText(text.length);
}

/**
 * Cuts a long text for drawing: at most `units` UTF-16 units, never inside a surrogate pair nor before a mark that
 * belongs to the letter before. Returns the whole text when it is short enough.
 */
export function foldHostileText(text: string, units: number): { head: string; folded: number } {
  if (text.length <= units) return { head: text, folded: 0 };
  let cut = units;
  const last = text.charCodeAt(cut - 1);
  if (last >= 0xd800 && last <= 0xdbff) cut -= 1;
  // A pile of marks can be longer than the fold: look a bounded way ahead.
  for (let step = 0; step < 64 && cut < text.length; step += 1) {
    const next = String.fromCodePoint(text.codePointAt(cut) ?? 0);
    if (!/\p{M}|\p{Emoji_Modifier}|\u200D/u.test(next)) break;
    cut += next.length;
  }
  return { head: text.slice(0, cut), folded: text.length - cut };
}
