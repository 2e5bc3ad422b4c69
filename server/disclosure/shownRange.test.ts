import fc from "fast-check";
import { expect, test } from "vitest";
import { burnIn, type Cut, originalRange } from "../../domain/packet/redact/redactor.ts";
import { shownRange } from "./readCollectionView.ts";

const places = fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 5 });
const burnt = fc.tuple(fc.string({ unit: "grapheme", maxLength: 60 }), places).map(([text, ends]) => ({
  text,
  shown: burnIn(
    text,
    ends.map(
      ([a, b]): Cut => ({
        start: Math.min(a, b),
        end: Math.max(a, b),
        reason: "third party",
        by: "rule",
        rule: "third-party-name",
      }),
    ),
  ),
}));

test("no unit that was to go is left outside a mark, wherever names stand", () => {
  fc.assert(
    fc.property(burnt, fc.nat(60), fc.nat(60), ({ text, shown }, a, b) => {
      const [start, end] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)];
      fc.pre(start < end);
      const { from, to } = shownRange(shown, start, end);
      const back = originalRange(shown, { start: from, end: to });
      expect(back.start).toBeLessThanOrEqual(start);
      expect(back.end).toBeGreaterThanOrEqual(end);
    }),
  );
});

test("a stretch without a name in it is shown as it was sent", () => {
  fc.assert(
    fc.property(burnt, fc.nat(60), fc.nat(60), ({ text, shown }, a, b) => {
      const [start, end] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)];
      fc.pre(start < end && !shown.cuts.some((cut) => cut.start < end && cut.end > start));
      const { from, to } = shownRange(shown, start, end);
      expect(shown.text.slice(from, to)).toBe(text.slice(start, end));
    }),
  );
});
