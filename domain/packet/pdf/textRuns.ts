import { byteOfUnit } from "./byteCodes.ts";
import type { FileFonts } from "./fileFonts.ts";
import type { GlyphFontName } from "./fonts.ts";
import { FOLLOWS, IS_HEBREW, IS_JOINED, IS_LETTER, IS_REGIONAL, traitsOf } from "./pointTraits.ts";
import { type Look, PLAIN, type ShownParagraph } from "./shownText.ts";

/** A stretch that is drawn with one face, in one direction, with one look. */
export interface TextRun {
  start: number;
  end: number;
  readonly level: number;
  readonly look: Look;
  /** `byte`: written with single bytes. */
  face: GlyphFontName | "byte";
  /** Whether characters change with their neighbours. */
  shaped: boolean;
  /** Of its letters, as far as it matters for shaping: a trait, 0 while there are none. */
  script: number;
}

const MAY_BE_EMOJI = /[\p{Emoji}]/u;
const SCRIPTS = IS_JOINED | IS_HEBREW | IS_LETTER;
const SELECTOR_EMOJI = 0xfe0f;
const KEYCAP = 0x20e3;

/** Divides a paragraph. @param levels of UAX #9, by UTF-16 unit; null where all is from left to right */
export function textRuns(fonts: FileFonts, paragraph: ShownParagraph, levels: Uint8Array | null): TextRun[] {
  const { text, looks } = paragraph;
  const runs: TextRun[] = [];
  let lookAt = 0;
  for (let i = 0; i < text.length; ) {
    const point = text.codePointAt(i) ?? 0;
    const length = point > 0xffff ? 2 : 1;
    while ((looks[lookAt + 1]?.from ?? Number.POSITIVE_INFINITY) <= i) lookAt++;
    add(fonts, text, runs, i, point, levels?.[i] ?? 0, looks[lookAt]?.look ?? PLAIN);
    i += length;
  }
  return runs;
}

function add(
  fonts: FileFonts,
  text: string,
  runs: TextRun[],
  i: number,
  point: number,
  level: number,
  look: Look,
): void {
  const end = i + (point > 0xffff ? 2 : 1);
  let before = runs[runs.length - 1];
  const next = text.codePointAt(end) ?? 0;
  const western = point < 0x10000 && byteOfUnit(point) !== 0;
  if (western && level % 2 === 0 && next < 0x300) {
    if (before && before.face === "byte" && before.level === level && before.look === look) before.end = end;
    else runs.push({ start: i, end, level, look, face: "byte", shaped: false, script: 0 });
    return;
  }
  const traits = traitsOf(point);
  const follows = (traits & FOLLOWS) !== 0;
  if (follows && before && before.look === look) {
    before = apart(text, runs, before, i);
    if (before.face === "emoji" || !isDrawn(point) || fonts.glyph[faceOf(before)].face.glyphOf(point) !== 0) {
      before.face = faceOf(before);
      before.end = end;
      before.shaped = true;
      return;
    }
  }
  const face = chooseFace(fonts, point, next, western, level);
  const script = traits & SCRIPTS;
  const shaped = level % 2 === 1 || script === IS_JOINED || follows || (traits & IS_REGIONAL) !== 0;
  if (
    before &&
    before.face === face &&
    before.level === level &&
    before.look === look &&
    (script === 0 || before.script === 0 || before.script === script)
  ) {
    before.end = end;
    before.shaped ||= shaped;
    before.script ||= script;
  } else runs.push({ start: i, end, level, look, face, shaped, script });
}

/** What a mark follows, as a run by itself if it was within one that is written with bytes. */
function apart(text: string, runs: TextRun[], before: TextRun, end: number): TextRun {
  if (before.face !== "byte") return before;
  const start = end - ((text.codePointAt(end - 2) ?? 0) > 0xffff ? 2 : 1);
  if (start === before.start) return before;
  before.end = start;
  const own: TextRun = { ...before, start, end };
  runs.push(own);
  return own;
}

function faceOf(run: TextRun): GlyphFontName {
  return run.face === "byte" ? "regular" : run.face;
}

/** Selectors, joiners and tags have no shape of their own. */
function isDrawn(point: number): boolean {
  return !((point >= 0xfe00 && point <= 0xfe0f) || point === 0x200c || point === 0x200d || point >= 0xe0000);
}

function chooseFace(
  fonts: FileFonts,
  point: number,
  next: number,
  western: boolean,
  level: number,
): TextRun["face"] {
  const asEmoji =
    (next === SELECTOR_EMOJI || next === KEYCAP) && MAY_BE_EMOJI.test(String.fromCodePoint(point));
  if (asEmoji && fonts.glyph.emoji.face.glyphOf(point) !== 0) return "emoji";
  return western && level % 2 === 0 ? "byte" : fonts.faceOf(point);
}
