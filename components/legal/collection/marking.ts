import { foldHostileText, type Segment, segmentHostileText } from "../../../domain/hostileText.ts";

/** A part of a text, from the first to before the last, in UTF-16 units: as redactions are recorded. */
export type Span = { from: number; to: number };

/** A piece of a text as it is drawn: where it stands, and which of the marks lie over it. */
export type Piece<Mark extends Span> = { segment: Segment; from: number; to: number; marks: readonly Mark[] };

/**
 * Splits a text into what is drawn: the segments of hostile text, cut where a mark begins or ends. What is drawn as one
 * token cannot be cut: a mark that touches it lies over all of it.
 *
 * @param units how much is drawn; the rest is folded
 */
export function piecesOf<Mark extends Span>(
  text: string,
  marks: readonly Mark[],
  units: number,
): { pieces: Piece<Mark>[]; folded: number } {
  const { head, folded } = foldHostileText(text, units);
  const cuts = [...new Set(marks.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const pieces: Piece<Mark>[] = [];
  const push = (segment: Segment, from: number, to: number): void => {
    pieces.push({ segment, from, to, marks: marks.filter((mark) => mark.from < to && mark.to > from) });
  };
  let from = 0;
  for (const segment of segmentHostileText(head)) {
    const to = from + segment.text.length;
    if (segment.kind !== "text" && segment.kind !== "word") push(segment, from, to);
    else {
      let begin = from;
      for (const cut of [...cuts.filter((one) => one > from && one < to), to]) {
        push({ ...segment, text: text.slice(begin, cut) }, begin, cut);
        begin = cut;
      }
    }
    from = to;
  }
  return { pieces, folded };
}

const WORDS = new Intl.Segmenter("en", { granularity: "word" });

/** The words of a text and what stands between them, blanks left out: what a redaction by keys moves over. */
export function wordsOf(text: string): Span[] {
  const words: Span[] = [];
  for (const { segment, index } of WORDS.segment(text))
    if (/\S/u.test(segment)) words.push({ from: index, to: index + segment.length });
  return words;
}

/** Moves one end of a mark by a word. `anchor` and `head` are places among the words; `extend` lets the anchor stand. */
export function moveMark(
  { anchor, head }: { anchor: number; head: number },
  by: number,
  extend: boolean,
  count: number,
): { anchor: number; head: number } {
  const next = Math.max(0, Math.min(count - 1, head + by));
  return { anchor: extend ? anchor : next, head: next };
}

/** What a mark over words covers. Null where there are none. */
export function spanOfWords(words: readonly Span[], mark: { anchor: number; head: number }): Span | null {
  const first = words[Math.min(mark.anchor, mark.head)];
  const last = words[Math.max(mark.anchor, mark.head)];
  return first && last ? { from: first.from, to: last.to } : null;
}

/**
 * What of a drawn text is selected, in the text's own units. Null when nothing is, or when the selection reaches out of
 * the text: of two messages each is redacted by itself.
 */
export function selectedSpan(element: HTMLElement, selection: Selection | null): Span | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!element.contains(range.startContainer) || !element.contains(range.endContainer)) return null;
  const from = placeOf(range.startContainer, range.startOffset, "from");
  const to = placeOf(range.endContainer, range.endOffset, "to");
  return from === null || to === null || from >= to ? null : { from, to };
}

function placeOf(node: Node, offset: number, side: "from" | "to"): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  const piece = element?.closest<HTMLElement>("[data-from]");
  if (piece) {
    if (node.nodeType === Node.TEXT_NODE && piece.dataset.whole === undefined)
      // What a hint says beside a word is no part of the text.
      return Math.min(Number(piece.dataset.to), Number(piece.dataset.from) + offset);
    return Number(side === "from" ? piece.dataset.from : piece.dataset.to);
  }
  // Between two pieces.
  const at = node.childNodes[side === "from" ? offset : offset - 1];
  if (!(at instanceof HTMLElement)) return null;
  const near = at.matches("[data-from]") ? at : at.querySelector<HTMLElement>("[data-from]");
  const told = side === "from" ? near?.dataset.from : near?.dataset.to;
  return told === undefined ? null : Number(told);
}
