import { describe, expect, test } from "vitest";
import { againstPeers } from "./againstPeers.ts";
import { findContactGraph } from "./contactGraph.ts";
import { findSameParticipant } from "./sameParticipant.ts";
import { findSkew } from "./skew.ts";
import { findVolume } from "./volume.ts";
import { chance, count, percent } from "./words.ts";

const SPAN = { from: "2026-03-02T00:00:00.000Z", until: "2026-03-03T00:00:00.000Z" };
const people = (n: number) => Array.from({ length: n }, (_, i) => `person-${i}`);

describe("against peers", () => {
  test("nobody is held against themselves: with nobody else there is no judgement", () => {
    expect(againstPeers([{ staff: "a", stratum: "q", n: 50, k: 50 }])).toEqual([]);
  });

  test("a queue in which it is usual explains itself, and the same share elsewhere does not", () => {
    const tallies = people(12).flatMap((staff) => [
      { staff, stratum: "minors", n: 60, k: 42 },
      { staff, stratum: "general", n: 60, k: 6 },
    ]);
    const inMinors = againstPeers([...tallies, { staff: "x", stratum: "minors", n: 80, k: 56 }]);
    expect(inMinors.find((one) => one.staff === "x")?.tail).toBeGreaterThan(0.1);
    const inGeneral = againstPeers([...tallies, { staff: "x", stratum: "general", n: 80, k: 56 }]);
    expect(inGeneral.find((one) => one.staff === "x")?.tail).toBeLessThan(1e-9);
  });

  test("where colleagues differ much, being different proves less", () => {
    const of = (ks: number[]) =>
      againstPeers([
        ...ks.map((k, i) => ({ staff: `p${i}`, stratum: "q", n: 100, k })),
        { staff: "x", stratum: "q", n: 100, k: 40 },
      ]);
    const alike = of(Array.from({ length: 20 }, () => 15)).find((one) => one.staff === "x");
    const unlike = of(Array.from({ length: 20 }, (_, i) => (i % 2 ? 3 : 27))).find(
      (one) => one.staff === "x",
    );
    expect(unlike?.spread).toBeGreaterThan((alike?.spread ?? 1) * 3);
    expect(unlike?.tail).toBeGreaterThan((alike?.tail ?? 1) * 100);
  });
});

describe("volume", () => {
  const days = (cases: (i: number) => number) =>
    people(10).flatMap((staff, i) =>
      Array.from({ length: 20 }, (_, d) => ({
        staff,
        queue: "q",
        day: `2026-02-${String(d + 1).padStart(2, "0")}`,
        cases: cases(i + d),
      })),
    );
  const today = (cases: number) => [
    ...days((i) => 40 + (i % 15)),
    { staff: "x", queue: "q", day: "2026-03-02", cases },
  ];

  test("a day like nobody's is found, with its numbers in words", () => {
    const [found] = findVolume(today(300), "2026-03-02", SPAN);
    expect(found).toMatchObject({ subject: "x", detector: "volume", pattern: "q", numbers: { cases: 300 } });
    expect(found?.explanation).toMatch(
      /Opened 300 cases of one queue on 2026-03-02 \(UTC\)\. Colleagues in that queue open \d+ a day/,
    );
  });

  test.each([60, 75])("a long day of %i is none", (cases) => {
    expect(findVolume(today(cases), "2026-03-02", SPAN)).toEqual([]);
  });

  test("too few colleagues to compare with are none", () => {
    expect(
      findVolume(
        today(300).filter(({ staff }) => ["x", "person-1", "person-2"].includes(staff)),
        "2026-03-02",
        SPAN,
      ),
    ).toEqual([]);
  });
});

describe("the same participant", () => {
  const row = { staff: "x", account: "a", cases: 7, views: 9, since: "2026-01-01T00:00:00.000Z" };
  test("most days of an account with a small part of the work", () => {
    const found = findSameParticipant([{ ...row, days: 8, everybody: 9, share: 0.08 }], 5_000, SPAN);
    expect(found).toMatchObject([{ pattern: "a", from: row.since }]);
  });
  test("somebody who does half of the queue's work meets everybody again: none", () => {
    expect(findSameParticipant([{ ...row, days: 8, everybody: 12, share: 0.5 }], 5_000, SPAN)).toEqual([]);
  });
  test("alone for years: so many days are asked about, and it is said that chance cannot be told", () => {
    const [found] = findSameParticipant([{ ...row, days: 40, everybody: 40, share: 1 }], 5_000, SPAN);
    expect(found?.explanation).toContain("chance cannot be told");
  });
});

describe("the contact graph", () => {
  const accounts = people(15)
    .concat("x")
    .map((staff) => ({ staff, stratum: "q", n: 200 }));
  const link = (account: string, ...threads: string[]) => ({ staff: "x", account, stratum: "q", threads });
  test("from account to account is a chain", () => {
    const chain = Array.from({ length: 7 }, (_, i) => link(`a${i}`, `t${i}`, `t${i + 1}`));
    expect(findContactGraph(accounts, chain, SPAN)).toMatchObject([
      { subject: "x", numbers: { links: 7, longest: 7, threads: 8 } },
    ]);
  });
  test("one who writes to hundreds is a star and no chain", () => {
    const star = [
      link("spammer", ...Array.from({ length: 60 }, (_, i) => `t${i}`)),
      link("other", "t100", "t101"),
    ];
    expect(findContactGraph(accounts, star, SPAN)).toEqual([]);
  });
});

test("a skew is told by attribute, and a region only among those who have a choice of it", () => {
  const cell = (staff: string, region: string, n: number, minor: number) => ({
    staff,
    queue: "q",
    region,
    block: 2,
    n,
    minor,
    prominent: 0,
    countries: {},
  });
  const honest = people(15).flatMap((staff) => [cell(staff, "eu", 60, 6), cell(staff, "us", 60, 6)]);
  const found = findSkew([...honest, cell("x", "eu", 100, 70), cell("only-eu", "eu", 120, 12)], SPAN);
  expect(found.map(({ subject, pattern }) => [subject, pattern])).toEqual([["x", "minor"]]);
});

test("numbers are said as people say them", () => {
  expect([chance(0.0004), chance(3e-7), chance(1e-15)]).toEqual([
    "about 1 in 3,000",
    "less than 1 in a million",
    "less than 1 in a million million",
  ]);
  expect([count(1, "case"), count(1234, "case"), percent(0.074)]).toEqual(["1 case", "1,234 cases", "7.4 %"]);
});
