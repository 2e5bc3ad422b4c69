import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CollectedMessage, idWithoutNames, prepareMessage, withoutNames } from "../prepare.ts";
import { asciiOf, fold, foldText } from "./fold.ts";
import { Patterns } from "./patterns.ts";
import { burnIn, type Cut, makeRedactor, originalRange } from "./redactor.ts";
import { type Rule, ruleProblem } from "./shapes.ts";
import { findSurvivors } from "./survivors.ts";

const third = (label: string, names: string[], ids: string[] = []) => ({ label, names, ids });
const without = (text: string, names: string[], ids: string[] = [], named: string[] = []) =>
  withoutNames(text, makeRedactor([], [third("Participant 2", names, ids)], named)).text;
const GONE = "[REDACTED: third party, Participant 2]";
const rule = (kind: Rule["kind"], words: string | null = null): Rule => ({ kind, words, reason: kind });
const by = (text: string, ...rules: Rule[]) => {
  const redactor = makeRedactor(rules, []);
  return burnIn(text, redactor.cuts(text)).text;
};
const anyText = fc.string({ unit: fc.nat(0xffff).map((n) => String.fromCharCode(n)), maxLength: 30 });
const letters = fc.string({
  unit: fc.constantFrom("a", "b", "á", "\u200b", "@", " ", "ß", "😀", "\u0301", "\u0345", "\u0323"),
  maxLength: 24,
});

describe("a third party's name", () => {
  test.each([
    ["ask Marigold about it", ["Marigold"], `ask ${GONE} about it`],
    ["ask MARIGOLD's sister", ["Marigold"], `ask ${GONE}'s sister`],
    ["ask @marigold_9!", ["@Marigold_9"], `ask ${GONE}!`],
    ["ask mari\u200Bgo\u00ADld", ["Marigold"], `ask ${GONE}`],
    ["ask Zoe", ["Zoë"], `ask ${GONE}`],
    ["ask Zoe\u0308 now", ["ZOË"], `ask ${GONE} now`],
    ["ask Ｍarigold", ["Marigold"], `ask ${GONE}`],
    ["ask M\u0336a\u0336rigold", ["Marigold"], `ask ${GONE}`],
    ["ask Strasse", ["STRAẞE"], `ask ${GONE}`],
    ["ask 😀Mo😀 there", ["😀Mo😀"], `ask ${GONE} there`],
    ["ask 👩‍👧🌵", ["👩‍👧🌵"], `ask ${GONE}`],
    ["שאל את מרגלית היום", ["מרגלית"], `שאל את ${GONE} היום`],
    ["שלום למרגלית", ["מרגלית"], `שלום ל${GONE}`],
    ["اسأل زنبقة", ["زنبقة"], `اسأل ${GONE}`],
    ["\u202Eask Marigold\u202C", ["Marigold"], `\u202Eask ${GONE}\u202C`],
    ["我见过百合了", ["百合"], `我见过${GONE}了`],
    ["나리가 왔다", ["나리"], `${GONE}가 왔다`],
    ["Mari Gold Smith", ["Mari Gold"], `${GONE} Smith`],
    ["hi Mari\r\n  Gold,\nbye", ["Mari Gold"], `hi ${GONE},\nbye`],
    ["hi\n\nMári\u00A0\tGóld, bye", ["Mari  Gold"], `hi\n\n${GONE}, bye`],
    ["thread dm:acc-77:acc-12345", [], "thread dm:acc-77:acc-12345"],
  ])("does not survive in %j", (text, names, expected) => expect(without(text, names)).toBe(expected));

  test("ids go wherever they stand by themselves, with an underscore beside them too", () => {
    expect(without("dm_acc-12345_x", [], ["acc-12345"])).toBe(`dm_${GONE}_x`);
    expect(without("acc-123456", [], ["acc-12345"])).toBe("acc-123456");
  });

  test("goes from an id of the platform's however short the account's id is, and stays where it is only a number", () => {
    const redactor = makeRedactor([], [third("Participant 2", ["Lily"], ["77"])], ["42"]);
    expect(idWithoutNames("dm:42:77", redactor)).toBe(`dm:42:${GONE}`);
    expect(idWithoutNames("dm-177", redactor)).toBe("dm-177");
    expect(withoutNames("77 of them", redactor).text).toBe("77 of them");
  });

  test.each([
    ["marigolds", ["Marigold"]],
    ["the end at 7", ["the", "7"]],
    ["Bo", ["Bo"]],
    ["marigold_9", ["Marigold"]],
  ])("takes nothing else out of %j", (text, names) => expect(without(text, names)).toBe(text));

  test("that says too little is found behind an @", () =>
    expect(without("hi @bo!", ["Bo"])).toBe(`hi ${GONE}!`));

  test("that is part of a named account's stays there, and nowhere else", () =>
    expect(without("Lily Stone and Lily", ["Lily"], [], ["Lily Stone"])).toBe(`Lily Stone and ${GONE}`));

  test("that two share is nobody's in particular", () => {
    const redactor = makeRedactor([], [third("Participant 1", ["Lily"]), third("Participant 2", ["lily"])]);
    expect(withoutNames("Lily", redactor).text).toBe("[REDACTED: third party]");
  });

  test("is the longest of several", () => {
    const redactor = makeRedactor(
      [],
      [third("Participant 1", ["Mari"]), third("Participant 2", ["Mari Gold"])],
    );
    expect(withoutNames("Mari Gold", redactor).text).toBe(GONE);
  });
});

describe("rules", () => {
  test.each([
    ["write to a.b+c@mail.example.org.", "email", "write to [REDACTED: email]."],
    ["a@b and @c", "email", "a@b and @c"],
    ["call +1 (555) 010-0199 now", "phone", "call [REDACTED: phone] now"],
    ["on 2026-05-01 at 192.0.2.10", "phone", "on 2026-05-01 at 192.0.2.10"],
    ["٠٥٥٥٠١٠٠١٩٩", "phone", "[REDACTED: phone]"],
    ["see https://example.org/a?b=c#d, ok", "url", "see [REDACTED: url], ok"],
    ["see example.org/x and www.example.net", "url", "see [REDACTED: url] and [REDACTED: url]"],
    ["hi @some_one and @other.", "handle", "hi [REDACTED: handle] and [REDACTED: handle]."],
  ] as const)("%j by %s", (text, kind, expected) => expect(by(text, rule(kind))).toBe(expected));

  test("words, one handle, an expression", () => {
    expect(by("The Blue House stands", rule("literal", "blue house"))).toBe("The [REDACTED: literal] stands");
    expect(by("@one one @two", rule("handle", "@one"))).toBe("[REDACTED: handle] [REDACTED: handle] @two");
    expect(by("AB-12 ab-345", rule("regex", "ab-[0-9]{3}"))).toBe("AB-12 [REDACTED: regex]");
  });

  test.each([
    ["regex", "(a"],
    ["regex", "(?=a)"],
    ["regex", "a*"],
    ["literal", "\u200b "],
    ["literal", "x".repeat(501)],
  ] as const)("%s %j is refused with a reason", (kind, words) =>
    expect(ruleProblem({ kind, words })).toMatch(/\.$/),
  );

  test("no expression and no text stalls a redaction", () => {
    const started = performance.now();
    const long = `${"a".repeat(60_000)}!`;
    by(long, rule("regex", "(a+)+$"), rule("email"), rule("url"), rule("phone"), rule("handle"));
    by("@a.".repeat(20_000), rule("email"), rule("handle"), rule("url"));
    by("1 (".repeat(20_000), rule("phone"));
    without("\u0336".repeat(60_000), ["Marigold"]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe("burning in", () => {
  const cut = (start: number, end: number, reason = "r"): Cut => ({
    start,
    end,
    reason,
    by: "hand",
    rule: null,
  });

  test("what overlaps becomes one, with each reason once, the hand's before the rule's", () => {
    const burnt = burnIn("abcdefgh", [
      { start: 1, end: 4, reason: "b", by: "rule", rule: "url" },
      cut(3, 6, "a"),
      cut(5, 6, "b"),
    ]);
    expect(burnt.text).toBe("a[REDACTED: a; b]gh");
    expect(burnt.cuts).toHaveLength(1);
    expect(burnt.cuts[0]).toMatchObject({
      start: 1,
      end: 6,
      by: "hand",
      mark: { id: "R1", start: 1, end: 17 },
    });
  });

  test("no character is halved, and a place outside the text harms nothing", () =>
    expect(burnIn("a😀b", [cut(2, 2), cut(2, 3), cut(90, 99), cut(-5, 0)]).text).toBe("a[REDACTED: r]b"));

  test("a reason cannot end its label", () =>
    expect(burnIn("ab", [cut(0, 1, "x]\n\u202E[REDACTED: y")]).text).toBe("[REDACTED: x REDACTED: y]b"));

  test("whatever is cut is gone, the rest stays, and places are found again", () => {
    fc.assert(
      fc.property(
        anyText,
        fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 5 }),
        fc.nat(200),
        fc.nat(200),
        (text, ranges, a, b) => {
          const burnt = burnIn(
            text,
            ranges.map(([start, length]) => cut(start, start + length)),
          );
          let rest = "";
          let from = 0;
          for (const { mark } of burnt.cuts) {
            rest += burnt.text.slice(from, mark.start);
            from = mark.end;
          }
          rest += burnt.text.slice(from);
          const kept = [...text.split("").keys()].filter(
            (i) => !burnt.cuts.some((c) => c.start <= i && i < c.end),
          );
          expect(rest).toBe(kept.map((i) => text[i]).join(""));
          const [start, end] = [Math.min(a, b), Math.max(a, b)].map((n) => Math.min(n, burnt.text.length));
          const was = originalRange(burnt, { start: start ?? 0, end: end ?? 0 });
          expect(was.start).toBeLessThanOrEqual(was.end);
          const cutAgain = burnIn(text, [...burnt.cuts, cut(was.start, was.end)]);
          // What lay outside the stretch is still there.
          for (const i of kept) if (i < was.start || i >= was.end) expect(cutAgain.text).toContain(text[i]);
        },
      ),
      { numRuns: 500 },
    );
  });
});

test("no word of ASCII that stands in a folded text is missed where only letters of ASCII are looked at", () => {
  fc.assert(
    fc.property(fc.oneof(anyText, letters), (text) => {
      const bare = asciiOf(text);
      if (bare === null) return;
      for (const run of foldText(text).match(/[\0-\x7f]+/g) ?? []) expect(bare).toContain(run);
    }),
    { numRuns: 20_000 },
  );
  expect(["Zo\u00EB", "m\u200Bari", "a\u0301", "stra\u00DFe"].map(asciiOf)).toEqual([null, null, null, null]);
});

test("a text is folded without losing where its letters came from", () => {
  fc.assert(
    fc.property(fc.oneof(anyText, letters), (text) => {
      const folded = fold(text);
      let last = 0;
      for (let i = 0; i < folded.text.length; i++) {
        const [from, to] = [folded.from?.[i] ?? i, folded.to?.[i] ?? i + 1];
        expect(from).toBeGreaterThanOrEqual(last);
        expect(to).toBeLessThanOrEqual(text.length);
        last = from;
      }
      expect(foldText(text)).toBe(folded.text);
      expect(foldText(folded.text)).toBe(folded.text);
    }),
    { numRuns: 500 },
  );
});

test("many patterns are found wherever one of them stands", () => {
  const unit = fc.constantFrom("a", "b", "c");
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ unit, minLength: 1, maxLength: 4 }), { maxLength: 8 }),
      fc.string({ unit, maxLength: 40 }),
      (patterns, text) => {
        const found: string[] = [];
        new Patterns(patterns).walk(text, (i, start, end) => found.push(`${i} ${start} ${end}`));
        const expected = patterns.flatMap((pattern, i) =>
          [...text.split("").keys()]
            .filter((at) => text.startsWith(pattern, at))
            .map((at) => `${i} ${at} ${at + pattern.length}`),
        );
        expect(found.toSorted()).toEqual(expected.toSorted());
      },
    ),
    { numRuns: 500 },
  );
});

describe("a message", () => {
  const at = new Date("2026-05-01T10:00:00Z");
  const revision = (n: number, body: string | null) => ({
    revision: n,
    editedAt: n === 1 ? null : at,
    deletedAt: null,
    receivedAt: at,
    body,
  });
  const message = (more: Partial<CollectedMessage>): CollectedMessage => ({
    bates: "UNS-000001",
    conversation: "c0001",
    messageId: "m-1",
    category: "content",
    kind: "text",
    sender: "A1",
    sentAt: at,
    revisions: [revision(1, "placeholder")],
    attachments: [],
    hand: [],
    ...more,
  });
  const redactor = makeRedactor([rule("email")], [third("Participant 2", ["Marigold"], ["acc-12345"])]);

  test("an edit does not bring back what was taken out by hand", () => {
    const made = prepareMessage(
      message({
        revisions: [
          revision(1, "the violet door"),
          revision(2, "say: the violet door!"),
          revision(3, "VIÓLET"),
        ],
        hand: [{ revision: 2, start: 9, end: 15, reason: "privileged" }],
      }),
      redactor,
    );
    expect(made.revisions.map(({ body }) => body?.text)).toEqual([
      "the [REDACTED: privileged] door",
      "say: the [REDACTED: privileged] door!",
      "[REDACTED: privileged]",
    ]);
    expect(made.redactions.map(({ id, field, by, length }) => [id, field, by, length])).toEqual([
      ["UNS-000001/R1", "revision 1", "hand", 6],
      ["UNS-000001/R2", "revision 2", "hand", 6],
      ["UNS-000001/R3", "body", "hand", 6],
    ]);
    expect(JSON.stringify(made)).not.toMatch(/violet|VIÓLET/);
  });

  test("a name is not seen across what was taken out", () => {
    const named = makeRedactor([rule("literal", "falcon")], [third("Participant 2", ["Mari Gold"])]);
    const made = prepareMessage(message({ revisions: [revision(1, "Mari falcon Gold")] }), named);
    const [produced] = made.revisions;
    expect(produced?.body?.text).toBe("Mari [REDACTED: literal] Gold");
    expect(findSurvivors(named).text(produced?.body ?? "")).toBe(0);
  });

  test("names go from ids too, and only traffic says nothing", () => {
    const made = prepareMessage(
      message({ messageId: "acc-12345/7", revisions: [revision(1, "Marigold")] }),
      redactor,
    );
    expect(made.messageId).toBe(`${GONE}/7`);
    const traffic = prepareMessage(
      message({ category: "traffic", revisions: [revision(1, "words")] }),
      redactor,
    );
    expect(traffic.revisions[0]?.body).toBeNull();
    expect(JSON.stringify(traffic)).not.toContain("words");
  });

  test("a label does not set a name free that stood within a word", () => {
    const made = prepareMessage(
      message({
        revisions: [revision(1, "xMarigold")],
        hand: [{ revision: 1, start: 0, end: 1, reason: "r" }],
      }),
      redactor,
    );
    expect(made.revisions[0]?.body?.text).not.toContain("Marigold");
  });

  test("no name survives, whatever was written around it, and the last check agrees", () => {
    const names = ["Marigold", "ab", "a b", "áb", "😀b", "ßa", "@bab"];
    const many = makeRedactor(
      [rule("email")],
      names.map((name, i) => third(`Participant ${i + 1}`, [name], [`id-${i}00`])),
    );
    const check = findSurvivors(many);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(letters, fc.constantFrom(...names, "id-200", "MARI\u200bGOLD")), { maxLength: 6 }),
        fc.array(fc.tuple(fc.nat(30), fc.nat(8)), { maxLength: 3 }),
        (parts, hands) => {
          const made = prepareMessage(
            message({
              revisions: [revision(1, parts.join(" "))],
              hand: hands.map(([start, length]) => ({
                revision: 1,
                start,
                end: start + length,
                reason: "r",
              })),
            }),
            many,
          );
          const body = made.revisions[0]?.body;
          if (!body) throw new Error("There is a body.");
          expect(check.text(body)).toBe(0);
        },
      ),
      { numRuns: 1000 },
    );
    expect(check.text("so mari\u200bGOLD said")).toBe(1);
  });
});

describe("the last check", () => {
  const redactor = makeRedactor(
    [],
    [third("Participant 1", ['Mari "Gold"', "content", "Über Lilie"], ["20260501"])],
  );
  const check = () => findSurvivors(redactor, ["violet door"], '{"content":').file();

  test.each([
    ['{"body":"so Mari \\"Gold\\" said"}', 1],
    ['"so mari ""gold"" said"', 1],
    ["the violet door", 1],
    ["über lilie", 1],
    ['{"content":"placeholder"}', 0],
    ["20260501", 0],
    ["ultraviolet doors", 0],
  ])("in %j finds what stands there", (text, least) => {
    for (const size of [1, 2, 3, 1000]) {
      const bytes = Buffer.from(text);
      const file = check();
      for (let i = 0; i < bytes.length; i += size) file.add(bytes.subarray(i, i + size));
      expect(Math.min(1, file.end())).toBe(least);
    }
  });

  test("sees what runs over the border of what is looked at at once, and nothing that does not stand alone there", () => {
    for (let before = 65_480; before < 65_560; before++) {
      const file = check();
      file.add(`${".".repeat(before)}violet door${".".repeat(100)}`);
      file.add("z".repeat(70_000));
      expect(file.end()).toBeGreaterThan(0);
      const other = check();
      other.add(`${"x".repeat(before)}violet door${"x".repeat(100)}`);
      other.add("z".repeat(70_000));
      expect(other.end()).toBe(0);
    }
  });

  test("takes nothing for a survivor that the engine rightly left", () => {
    const kept = makeRedactor([rule("literal", "@bob")], [third("Participant 1", ["Lily"])], ["Lily Stone"]);
    const body = burnIn("Lily Stone, Lily, @bob, bob", kept.cuts("Lily Stone, Lily, @bob, bob"));
    expect(body.text).toBe("Lily Stone, [REDACTED: third party, Participant 1], [REDACTED: literal], bob");
    const last = findSurvivors(kept, ["@bob"]);
    expect(last.text(body)).toBe(0);
    expect(last.text("Lily")).toBe(1);
    const file = last.file();
    file.add('{"display_name":"Lily Stone","body":"bob"}');
    expect(file.end()).toBe(0);
  });

  test("an id loses the words of a literal rule as well", () => {
    const literal = makeRedactor([rule("literal", "violet")], []);
    expect(withoutNames("dm:violet:7", literal).text).toBe("dm:[REDACTED: literal]:7");
  });
});
