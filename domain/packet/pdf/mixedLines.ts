import bidiFactory from "bidi-js";
import type { RedactedText } from "../model.ts";
import { escaped, toByteCodes } from "./byteCodes.ts";
import { calmLines } from "./calmLines.ts";
import { BYTE_FONTS, type FileFonts, GLYPH_FONTS } from "./fileFonts.ts";
import type { GlyphFontName, PlacedGlyph, ShapedCluster, ShapedWord } from "./fonts.ts";
import { IS_BREAKABLE, IS_SPECIAL, IS_TURNED, traitsIn, traitsOf } from "./pointTraits.ts";
import { type Look, PLAIN, type ShownParagraph, shownParagraphs } from "./shownText.ts";
import type { TextStyle } from "./styles.ts";
import { type TextRun, textRuns } from "./textRuns.ts";

/** A line that is drawn piece by piece; places are in points from its beginning. */
export interface MixedLine {
  readonly drawn: readonly Drawn[];
  readonly boxes: readonly { readonly x: number; readonly width: number; readonly look: Look }[];
  readonly width: number;
}

export interface Drawn {
  readonly x: number;
  readonly y: number;
  readonly look: Look;
  /** Name of the font on the page. */
  readonly font: string;
  /** The operand of `Tj`. */
  readonly text: string;
}

/** What is not divided: a character or what is drawn as one, or a word that fits into a line. Widths are in thousandths of the size. */
interface Cluster {
  readonly run: TextRun;
  readonly start: number;
  readonly end: number;
  readonly width: number;
  readonly glyphs: readonly PlacedGlyph[];
  /** See `ShapedWord`. */
  readonly even: string;
  readonly mayBreakBefore: boolean;
  readonly isSpace: boolean;
}

const bidi = bidiFactory();
const ONLY_TURNED = /^[[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC !"'*\-.:;?_\u2026]--\p{N}]*$/v;
/** Words whose shape is kept; beyond it, all are forgotten. */
const KEPT_WORDS = 10_000;

/** Breaks text of any kind into lines (see `linesOf`). */
export function mixedLines(
  fonts: FileFonts,
  text: string,
  marks: RedactedText["marks"],
  style: TextStyle,
  width: number,
): MixedLine[] {
  const lines: MixedLine[] = [];
  const limit = (width * 1000) / style.size;
  for (const paragraph of shownParagraphs(fonts, text, marks)) {
    const traits = traitsIn(paragraph.text);
    if ((traits & (IS_SPECIAL | IS_TURNED)) === 0 && paragraph.looks.every(({ look }) => look === PLAIN)) {
      lines.push(...calmLines(fonts, paragraph.text, style, limit));
      continue;
    }
    const { levels, base } = levelsOf(paragraph, traits);
    const clusters = textRuns(fonts, paragraph, levels).flatMap((run) =>
      clustersOf(fonts, paragraph.text, run, style, limit),
    );
    let from = 0;
    do {
      const to = lineEnd(clusters, from, limit);
      lines.push(drawnLine(paragraph.text, clusters.slice(from, to), base, style, limit));
      from = to;
    } while (from < clusters.length);
  }
  return lines;
}

/** Directions by UAX #9. Our own words in brackets do not decide which way a paragraph runs. */
function levelsOf(
  { text, looks }: ShownParagraph,
  traits: number,
): { levels: Uint8Array | null; base: number } {
  if ((traits & IS_TURNED) === 0) return { levels: null, base: 0 };
  // Nothing but letters from right to left and what goes with either: all of it is, and need not be worked out.
  if (ONLY_TURNED.test(text)) return { levels: new Uint8Array(text.length).fill(1), base: 1 };
  const base = firstStrong(text, looks);
  return { levels: bidi.getEmbeddingLevels(text, base === 1 ? "rtl" : "ltr").levels, base };
}

/** Which way the first letter runs that somebody wrote (UAX #9, P2 and P3). */
function firstStrong(text: string, looks: ShownParagraph["looks"]): number {
  for (const [i, { from, look }] of looks.entries()) {
    if (look !== PLAIN) continue;
    for (const character of text.slice(from, looks[i + 1]?.from)) {
      const type = bidi.getBidiCharTypeName(character);
      if (type === "L") return 0;
      if (type === "R" || type === "AL") return 1;
    }
  }
  return 0;
}

function clustersOf(
  fonts: FileFonts,
  text: string,
  run: TextRun,
  style: TextStyle,
  limit: number,
): Cluster[] {
  const clusters: Cluster[] = [];
  // A character before the run decides whether a line may be broken before it.
  let before = run.start > 0 ? text.charCodeAt(run.start - 1) : 0;
  let breakable = run.start > 0 && (traitsOf(text.codePointAt(run.start - 1) ?? 0) & IS_BREAKABLE) !== 0;
  const add = (start: number, end: number, width: number, glyphs: readonly PlacedGlyph[], even = "") => {
    const own = (traitsOf(text.codePointAt(start) ?? 0) & IS_BREAKABLE) !== 0;
    clusters.push({
      run,
      start,
      end,
      width,
      glyphs,
      even,
      isSpace: text.charCodeAt(start) === SPACE,
      mayBreakBefore: before === SPACE || own || breakable,
    });
    before = text.charCodeAt(end - 1);
    breakable = own;
  };
  if (run.face === "byte") {
    const font = fonts.byte[style.font];
    const divide = (start: number, end: number) => {
      const width = font.measure(toByteCodes(text.slice(start, end)));
      if (width <= limit) add(start, end, width, NO_GLYPHS);
      else
        for (let i = start; i < end; i++) add(i, i + 1, font.measure(toByteCodes(text.charAt(i))), NO_GLYPHS);
    };
    eachWord(text, run.start, run.end, divide);
    return clusters;
  }
  const { face } = run;
  if (run.shaped)
    eachWord(text, run.start, run.end, (start, end) => {
      const word = shapedWord(fonts, face, text.slice(start, end), run.level % 2 === 1);
      if (word.width <= limit && !word.breakable) add(start, end, word.width, word.glyphs, word.even);
      else for (const one of word.clusters) add(start + one.start, start + one.end, one.width, one.glyphs);
    });
  else
    for (let i = run.start; i < run.end; ) {
      const point = text.codePointAt(i) ?? 0;
      const length = point > 0xffff ? 2 : 1;
      const width = fonts.glyph[face].widthOfPoint(point);
      const number = fonts.glyph[face].ofPoint(point);
      add(i, i + length, width, [{ number, nominal: width, advance: width, x: 0, y: 0 }]);
      i += length;
    }
  return clusters;
}

const SPACE = 32;
const NO_GLYPHS: readonly PlacedGlyph[] = [];

/** Calls for each stretch of spaces, and of what is none. */
function eachWord(text: string, from: number, to: number, call: (start: number, end: number) => void): void {
  let start = from;
  for (let i = from + 1; i <= to; i++)
    if (i === to || (text.charCodeAt(i) === SPACE) !== (text.charCodeAt(i - 1) === SPACE)) {
      call(start, i);
      start = i;
    }
}

/** A word as the shaper gives it. People use the same words again and again. */
function shapedWord(fonts: FileFonts, face: GlyphFontName, word: string, turned: boolean): ShapedWord {
  const key = `${face} ${turned ? "<" : ">"}${word}`;
  const known = fonts.shaped.get(key);
  if (known) return known;
  const font = fonts.glyph[face];
  const scale = 1000 / font.face.unitsPerEm;
  const shaped = font.shape(word, turned);
  const byCluster = Map.groupBy(turned ? shaped.toReversed() : shaped, ({ at }) => at);
  const starts = [...byCluster.keys()].sort((a, b) => a - b);
  const clusters = starts.map((start, i): ShapedCluster => {
    const end = starts[i + 1] ?? word.length;
    const glyphs = byCluster.get(start) ?? [];
    const words = wordsOf(word.slice(start, end), glyphs.length, turned);
    const placed = glyphs.map((one, n) => ({
      number: font.ofText(one.glyph, words[n] ?? ""),
      nominal: font.widthOf(one.glyph),
      advance: one.advance * scale,
      x: one.x * scale,
      y: one.y * scale,
    }));
    return { start, end, width: placed.reduce((sum, one) => sum + one.advance, 0), glyphs: placed };
  });
  if (fonts.shaped.size >= KEPT_WORDS) fonts.shaped.clear();
  const glyphs = clusters.flatMap((one) => one.glyphs);
  const shapedWord: ShapedWord = {
    clusters,
    width: clusters.reduce((sum, one) => sum + one.width, 0),
    glyphs,
    even: glyphs.every(standsEvenly)
      ? (turned ? glyphs.toReversed() : glyphs).map((one) => one.number).join("")
      : "",
    breakable: (traitsIn(word) & IS_BREAKABLE) !== 0,
  };
  fonts.shaped.set(key, shapedWord);
  return shapedWord;
}

/** A thousandth is what rounding makes of widths. */
function standsEvenly({ x, y, nominal, advance }: PlacedGlyph): boolean {
  return x === 0 && y === 0 && Math.abs(nominal - advance) <= 1;
}

/** Nothing to see, and no reader takes it for the glyph's number, as some do where a glyph stands for no text at all. */
const NOTHING = "\u200B";

/** Divides a cluster's text among its glyphs, so that reading them one after the other gives the text. */
function wordsOf(text: string, glyphs: number, turned: boolean): string[] {
  const points = [...text];
  if (points.length >= glyphs) {
    const rest = points.slice(glyphs - 1).join("");
    return [...points.slice(0, glyphs - 1), turned ? presentationOf(rest) : rest];
  }
  const taken = [...text.normalize("NFD")];
  if (taken.length > glyphs) return wordsOf(taken.join(""), glyphs, turned);
  return [...taken, ...Array.from({ length: glyphs - taken.length }, () => NOTHING)];
}

const PRESENTATION = new Map<string, string>();
for (let point = 0xfefc; point >= 0xfb50; point--) {
  const form = String.fromCodePoint(point);
  const letters = form.normalize("NFKC");
  if (point < 0xfe00 || point > 0xfe6f)
    if (letters !== form && letters.length > 1) PRESENTATION.set(letters, form);
}

/**
 * A ligature of Arabic as the one character that Unicode has for it: readers which turn what they find from right to left
 * would turn the letters within it, too.
 */
function presentationOf(text: string): string {
  return text.length > 1 ? (PRESENTATION.get(text) ?? text) : text;
}

/** Where the line that begins at `from` ends: before what no longer fits, at the last place that may be broken. */
function lineEnd(clusters: readonly Cluster[], from: number, limit: number): number {
  let width = 0;
  let place = -1;
  for (let i = from; i < clusters.length; i++) {
    const cluster = clusters[i];
    if (!cluster) break;
    if (i > from && cluster.mayBreakBefore) place = i;
    width += cluster.width;
    if (width <= limit || cluster.isSpace || i === from) continue;
    if (place > from) return place;
    if (cluster.width > 0) return i;
  }
  return clusters.length;
}

function drawnLine(
  text: string,
  clusters: readonly Cluster[],
  base: number,
  style: TextStyle,
  limit: number,
): MixedLine {
  const parts: { run: TextRun; level: number; clusters: Cluster[] }[] = [];
  // Spaces at the end of a line stand where the paragraph ends (UAX #9, L1).
  let tail = clusters.length;
  while (tail > 0 && clusters[tail - 1]?.isSpace) tail--;
  clusters.forEach((cluster, i) => {
    const level = i >= tail ? base : cluster.run.level;
    const last = parts[parts.length - 1];
    if (last && last.run === cluster.run && last.level === level) last.clusters.push(cluster);
    else parts.push({ run: cluster.run, level, clusters: [cluster] });
  });
  // Stretches are drawn where they are seen, but in the order in which they are read, and each from left to right: that is
  // what readers expect who turn words around. `ActualText` would say it outright; MuPDF loses whole lines to it.
  const places = new Map<object, number>();
  const unit = style.size / 1000;
  const total = clusters.reduce((sum, cluster) => sum + cluster.width, 0);
  let x = base === 1 ? (limit - total) * unit : 0;
  const drawn: Drawn[] = [];
  const boxes: { x: number; width: number; look: Look }[] = [];
  for (const part of reordered(parts)) {
    const { run } = part;
    const width = part.clusters.reduce((sum, cluster) => sum + cluster.width, 0) * unit;
    places.set(part, x);
    if (run.look !== PLAIN) {
      const last = boxes[boxes.length - 1];
      if (last && last.look === run.look && Math.abs(last.x + last.width - x) < 0.01) last.width += width;
      else boxes.push({ x, width, look: run.look });
    }
    x += width;
  }
  for (const part of parts) {
    const { run } = part;
    const from = places.get(part) ?? 0;
    if (run.face === "byte") {
      const start = part.clusters[0]?.start ?? 0;
      const end = part.clusters[part.clusters.length - 1]?.end ?? 0;
      drawn.push({
        x: from,
        y: 0,
        look: run.look,
        font: BYTE_FONTS[style.font],
        text: `(${escaped(toByteCodes(text.slice(start, end)))})`,
      });
    } else drawGlyphs(drawn, part, GLYPH_FONTS[run.face], from, unit);
  }
  return { drawn, boxes, width: total * unit };
}

function drawGlyphs(
  drawn: Drawn[],
  part: { run: TextRun; level: number; clusters: Cluster[] },
  font: string,
  from: number,
  unit: number,
): void {
  const turned = part.level % 2 === 1;
  let pen = 0;
  let moved = 0;
  let start = { x: 0, y: 0 };
  let numbers = "";
  const flush = () => {
    if (numbers === "") return;
    drawn.push({
      x: from + start.x * unit,
      y: start.y * unit,
      look: part.run.look,
      font,
      text: `<${numbers}>`,
    });
    numbers = "";
  };
  const place = (x: number, y: number) => {
    if (numbers !== "" && Math.abs(x - moved) <= 2 && y === start.y) return;
    flush();
    start = { x, y };
    moved = x;
  };
  for (const cluster of turned ? part.clusters.toReversed() : part.clusters) {
    if (cluster.even !== "") {
      place(pen, 0);
      numbers += cluster.even;
      moved += cluster.width;
      pen += cluster.width;
      continue;
    }
    for (const glyph of turned ? cluster.glyphs.toReversed() : cluster.glyphs) {
      place(pen + glyph.x, glyph.y);
      numbers += glyph.number;
      moved += glyph.nominal;
      pen += glyph.advance;
    }
  }
  flush();
}

/** From the highest level down to the lowest odd one, what is at that level or higher is turned (UAX #9, L2). */
function reordered<Part extends { level: number }>(parts: Part[]): Part[] {
  let highest = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (const { level } of parts) {
    highest = Math.max(highest, level);
    if (level % 2 === 1) lowest = Math.min(lowest, level);
  }
  const order = [...parts];
  for (let level = highest; level >= lowest; level--) {
    for (let i = 0; i < order.length; i++) {
      if ((order[i]?.level ?? 0) < level) continue;
      let end = i;
      while (end < order.length && (order[end]?.level ?? 0) >= level) end++;
      order.splice(i, end - i, ...order.slice(i, end).reverse());
      i = end;
    }
  }
  return order;
}
