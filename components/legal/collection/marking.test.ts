import fc from "fast-check";
import { expect, test } from "vitest";
import { moveMark, piecesOf, spanOfWords, wordsOf } from "./marking.ts";

test("what is drawn is the text, and each piece says where it stands", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 60 });
  const marks = fc.array(fc.tuple(fc.nat(80), fc.nat(80)), { maxLength: 4 });
  fc.assert(
    fc.property(text, marks, (said, ends) => {
      const spans = ends.map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
      const { pieces, folded } = piecesOf(said, spans, 1_000);
      expect(folded).toBe(0);
      expect(pieces.map(({ segment }) => segment.text).join("")).toBe(said);
      let at = 0;
      for (const { from, to, segment } of pieces) {
        expect(from).toBe(at);
        expect(said.slice(from, to)).toBe(segment.text);
        at = to;
      }
    }),
  );
});

test("no unit of a redaction is drawn without its mark, and no letter beside it with one", () => {
  const said = "Meet Sample Person at noon";
  const mark = { from: 5, to: 18, reason: "third party" };
  const { pieces } = piecesOf(said, [mark], 1_000);
  const marked = pieces.filter(({ marks }) => marks.length > 0).map(({ segment }) => segment.text);
  expect(marked.join("")).toBe("Sample Person");
});

test("a token that a mark touches is marked whole", () => {
  const said = "a\u202E\u202E\u202Eb";
  const { pieces } = piecesOf(said, [{ from: 2, to: 3 }], 1_000);
  expect(pieces.map(({ segment, marks }) => [segment.kind, marks.length])).toEqual([
    ["text", 0],
    ["invisible", 1],
    ["text", 0],
  ]);
});

test("keys move over words, not over blanks, and stop at both ends", () => {
  const said = "Call 555-0100, please";
  const words = wordsOf(said);
  expect(words.map(({ from, to }) => said.slice(from, to)).join("|")).not.toMatch(/\s/);
  const start = moveMark({ anchor: 0, head: 0 }, -1, false, words.length);
  expect(start).toEqual({ anchor: 0, head: 0 });
  const second = moveMark(start, 1, false, words.length);
  const more = moveMark(moveMark(second, 1, true, words.length), 99, true, words.length);
  expect(more).toEqual({ anchor: 1, head: words.length - 1 });
  const span = spanOfWords(words, more);
  expect(span && said.slice(span.from, span.to)).toBe("555-0100, please");
  expect(spanOfWords([], { anchor: 0, head: 0 })).toBeNull();
});
