import { foldText } from "./fold.ts";

/** Scripts that put no blank between words: a name stands in the middle of a sentence. */
const UNSPACED =
  "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]";
const BEGINS_UNSPACED = new RegExp(`^${UNSPACED}`, "u");
/** Hangul takes its particles at the end of a word. */
const ENDS_OPEN = new RegExp(`(?:${UNSPACED}|\\p{Script=Hangul})$`, "u");
const DENSE = new RegExp(`${UNSPACED}|\\p{Script=Hangul}`, "gu");
const WORD = /[\p{L}\p{N}\p{M}_]/u;
const LETTER_OR_DIGIT = /[\p{L}\p{N}\p{M}]/u;
/** "And", "to", "in", "the": letters that are written together with the word that follows. */
const JOINED_BEFORE =
  /(?<![\p{L}\p{N}\p{M}_])[\u05D1\u05D4\u05D5\u05DB\u05DC\u05DE\u05E9\u0648\u0641\u0628\u0644\u0643\u0627]{1,3}$/u;
const BEGINS_JOINED = /^[\p{Script=Hebrew}\p{Script=Arabic}]/u;

/** What a pattern is, which says where it may stand. */
export type PatternKind =
  /** A name or words: whole words. */
  | "words"
  /** An id: the underscore separates ids as it separates nothing in a name. */
  | "id";

/** Whether a stretch of a folded text stands by itself, as a whole word does. */
export function standsAlone(text: string, start: number, end: number, kind: PatternKind): boolean {
  const found = text.slice(start, end);
  const inside = kind === "id" ? LETTER_OR_DIGIT : WORD;
  const before = lastCharacter(text, start);
  if (
    before &&
    inside.test(before) &&
    inside.test(firstCharacter(found, 0)) &&
    !BEGINS_UNSPACED.test(found)
  ) {
    const joined = BEGINS_JOINED.test(found) && JOINED_BEFORE.test(text.slice(Math.max(0, start - 8), start));
    if (!joined) return false;
  }
  const after = firstCharacter(text, end);
  return !(
    after &&
    inside.test(after) &&
    inside.test(lastCharacter(found, found.length)) &&
    !ENDS_OPEN.test(found)
  );
}

function firstCharacter(text: string, at: number): string {
  return at < text.length ? String.fromCodePoint(text.codePointAt(at) ?? 0) : "";
}

function lastCharacter(text: string, end: number): string {
  if (end <= 0) return "";
  const low = text.charCodeAt(end - 1);
  const pair = low >= 0xdc00 && low <= 0xdfff && end > 1;
  return text.slice(pair ? end - 2 : end - 1, end);
}

/** Words that everybody writes: an account that calls itself so is found with an @ before it. */
const COMMON = new Set(
  (
    "the and you your for are was not but all any can had her him his how man new now old one our out day get has may " +
    "say she too two use who why yes that this with have from they will what been good much some time very when come " +
    "here just like long make many more only over such take than them well were then there these would about which their"
  ).split(" "),
);

/**
 * Whether a folded name says so much that it can be looked for by itself. One that does not (`Bo`, `7`, `the`) would take out
 * half of what everybody writes: it is found where an @ stands before it.
 */
export function isTelling(folded: string): boolean {
  if (COMMON.has(folded.trim())) return false;
  const letters = folded.match(/\p{L}/gu)?.length ?? 0;
  const digits = folded.match(/\p{N}/gu)?.length ?? 0;
  const dense = folded.match(DENSE)?.length ?? 0;
  const pictures = folded.match(/\p{Extended_Pictographic}/gu)?.length ?? 0;
  if (letters === 0 && pictures === 0) return digits >= 6;
  // A syllable of Hangul is two or three letters once it is taken apart.
  return letters + digits >= 3 || dense >= 2 || pictures >= 2 || (pictures === 1 && letters >= 1);
}

/** A name as it is looked for: folded, one blank between words, none at its ends, without the @ that handles are written with. */
export function patternOf(name: string): string {
  return foldText(name).trim().replace(/\s+/gu, " ").replace(/^@+/, "");
}
