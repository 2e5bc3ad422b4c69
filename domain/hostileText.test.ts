import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldHostileText, type Segment, segmentHostileText } from "./hostileText.ts";

const join = (segments: Segment[]): string => segments.map((segment) => segment.text).join("");
const kinds = (text: string): string[] => segmentHostileText(text).map((segment) => segment.kind);
const tokens = (text: string): string[] =>
  segmentHostileText(text).flatMap((segment) => (segment.kind === "invisible" ? [segment.label] : []));

/** Any sequence of UTF-16 units, lone surrogates included, leaning towards the nasty ones. */
const anyText = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.string({ unit: "binary" }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) },
      {
        weight: 3,
        arbitrary: fc.constantFrom(
          "a",
          "раураl",
          "\u0301",
          "\u0301".repeat(9),
          "\u202e",
          "\u2066",
          "\u200b\u200b",
          "\u200d",
          "\ufe0f",
          "\u{e0041}\u{e0042}",
          "\r\n",
          "\n",
          "\r",
          "\0",
          "\ud83d",
          "\ude00",
          "👨‍👩‍👧",
          "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
          "می‌خواهم",
          "क्‍ष",
          "𝐟𝐫𝐞𝐞",
          " ",
        ),
      },
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(""));

describe("segmentHostileText", () => {
  it("gives back the very text when its segments are joined", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(join(segmentHostileText(text))).toBe(text);
      }),
      { numRuns: 3000 },
    );
  });

  it("leaves no bidi control, lone surrogate or C0 control in what is drawn as text", () => {
    const controls = "[[\\p{Cc}\\p{Cs}\\p{Bidi_Control}]--[\\t\\n]]";
    const dangerous = new RegExp(controls, "v");
    fc.assert(
      fc.property(anyText, (text) => {
        for (const segment of segmentHostileText(text))
          if (segment.kind === "text" || segment.kind === "word")
            expect(dangerous.test(segment.text)).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it("draws at most four stacking marks in a row", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const segment of segmentHostileText(text))
          if (segment.kind === "text" || segment.kind === "word")
            expect(/[\u0300-\u034e\u0350-\u036f]{5,}/u.test(segment.text)).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it("names bidi controls", () => {
    expect(tokens("pay \u202etxt.exe\u202c now")).toEqual(["RLO", "PDF"]);
    expect(segmentHostileText("\u202e")[0]).toMatchObject({
      name: "U+202E right-to-left override",
      count: 1,
    });
  });

  it("counts repeats of one invisible character as one token", () => {
    expect(segmentHostileText("a\u200b\u200b\u200bb")).toEqual([
      { kind: "text", text: "a" },
      {
        kind: "invisible",
        text: "\u200b\u200b\u200b",
        label: "ZWSP",
        name: "U+200B zero width space",
        count: 3,
        hidden: null,
      },
      { kind: "text", text: "b" },
    ]);
  });

  it("caps zalgo and counts what it leaves out", () => {
    const segments = segmentHostileText(`z${"\u0334".repeat(41)}a`);
    expect(segments.map((segment) => segment.kind)).toEqual(["text", "marks", "text"]);
    expect(segments[1]).toMatchObject({ count: 37 });
  });

  it("draws no mark that has no letter to sit on", () => {
    expect(kinds("\u0301x")).toEqual(["marks", "text"]);
    expect(kinds("a\u200b\u0301x")).toEqual(["text", "invisible", "marks", "text"]);
  });

  it("leaves emoji sequences, flags, keycaps and skin tones whole", () => {
    for (const emoji of ["👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇩🇪", "1️⃣", "👍🏽", "❤️", "❤️‍🔥", "🧑🏿‍🚀"])
      expect(kinds(`so ${emoji} ok`)).toEqual(["text"]);
  });

  it("leaves the joiners that Persian and Devanagari need", () => {
    expect(kinds("می‌خواهم")).toEqual(["text"]);
    expect(kinds("क्‍ष")).toEqual(["text"]);
    expect(tokens("fr\u200cee")).toEqual(["ZWNJ"]);
  });

  it("shows text smuggled in tag characters and in variation selectors", () => {
    const tag = [..."hidden"].map((c) => String.fromCodePoint(0xe0000 + c.charCodeAt(0))).join("");
    expect(segmentHostileText(`hello${tag}`)[1]).toMatchObject({ label: "TAG", count: 6, hidden: "hidden" });
    const selectors = [..."hi!"].map((c) => String.fromCodePoint(0xe0100 + c.charCodeAt(0) - 16)).join("");
    expect(segmentHostileText(`😀${selectors}`)[1]).toMatchObject({ label: "VS", count: 3, hidden: "hi!" });
  });

  it("shows lone surrogates, NUL and private use for what they are", () => {
    expect(tokens("\ud83d \0 \ue000")).toEqual(["U+D83D", "NUL", "U+E000"]);
  });

  it("hints at words that mix alphabets, and says what they pass for", () => {
    expect(segmentHostileText("see pаypal.example")).toContainEqual({
      kind: "word",
      text: "pаypal",
      hint: "mixed",
      scripts: ["Latin", "Cyrillic"],
      readsLike: "paypal",
    });
  });

  it("hints at a word wholly in lookalike letters among Latin ones, not at honest Russian or Greek", () => {
    expect(segmentHostileText("send to расе please")).toContainEqual(
      expect.objectContaining({ kind: "word", hint: "lookalike", readsLike: "pace" }),
    );
    expect(kinds("он сора не хочет, see you")).toEqual(["text"]);
    expect(kinds("Привет, как дела?")).toEqual(["text"]);
    expect(kinds("Καλημέρα")).toEqual(["text"]);
  });

  it("reads decorative letters, and leaves fullwidth letters in East Asian text alone", () => {
    expect(segmentHostileText("𝐟𝐫𝐞𝐞 stuff")[0]).toMatchObject({ hint: "styled", readsLike: "free" });
    expect(segmentHostileText("ꜰʀᴇᴇ")[0]).toMatchObject({ hint: "styled", readsLike: "free" });
    expect(kinds("テレビＴＶ")).toEqual(["text"]);
  });

  it("takes linear time on long runs of marks, joiners and overrides", () => {
    const took = (text: string): number => {
      const times = [1, 2, 3].map(() => {
        const start = performance.now();
        expect(join(segmentHostileText(text))).toBe(text);
        return performance.now() - start;
      });
      return Math.min(...times);
    };
    for (const unit of [
      "a\u0301\u0302\u0303\u0304\u0305\u0306",
      "\u202e\u202d",
      "ف\u064e\u064f\u200c",
      "👨‍",
    ]) {
      const small = took(unit.repeat(1_000));
      const large = took(unit.repeat(10_000));
      // Ten times the text: well below the hundred times of a quadratic scan.
      expect(large).toBeLessThan(Math.max(small, 5) * 45);
    }
  }, 60_000);
});

describe("foldHostileText", () => {
  it("keeps a short text and cuts a long one at a character, counting the rest", () => {
    expect(foldHostileText("short", 10)).toEqual({ head: "short", folded: 0 });
    expect(foldHostileText("abc😀def", 4)).toEqual({ head: "abc", folded: 5 });
    expect(foldHostileText("abce\u0301f", 4)).toEqual({ head: "abce\u0301", folded: 1 });
  });

  it("never loses or splits anything", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 60 }), (text, units) => {
        const { head, folded } = foldHostileText(text, units);
        expect(text.startsWith(head)).toBe(true);
        expect(head.length + folded).toBe(text.length);
      }),
    );
  });
});
