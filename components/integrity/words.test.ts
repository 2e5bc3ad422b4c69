import { expect, test } from "vitest";
import type { LogState } from "../../contracts/integrity.ts";
import { healthOf } from "./words.ts";

const NOW = "2026-03-04T12:00:00.000Z";
const ago = (seconds: number) => new Date(Date.parse(NOW) - seconds * 1000).toISOString();
const SINK = {
  name: "w",
  kind: "witness",
  lastSize: 9,
  deliveredAt: ago(1),
  triedAt: ago(1),
  failures: 0,
  problem: null,
  nextTryAt: null,
} as const;
const WELL: LogState = {
  strict: false,
  waiting: 0,
  waitingSince: null,
  now: NOW,
  sequencer: { state: "running", problem: null, since: ago(100), seenAt: ago(2), instance: "i" },
  head: { size: 9, root: "00", signedAt: ago(1) },
  keys: [],
  sinks: [SINK],
};

test("a log that grows is well, and says so when nobody outside sees it", () => {
  expect(healthOf(WELL)).toMatchObject({ tone: "ok" });
  expect(healthOf({ ...WELL, sinks: [] }).detail).toContain("nobody outside");
});

test.each([
  [
    "stopped",
    { sequencer: { ...WELL.sequencer, state: "stopped", problem: "tree-differs" } },
    "danger",
    /tree differs/,
  ],
  ["silent", { sequencer: { ...WELL.sequencer, seenAt: ago(60) } }, "warn", /silent/],
  ["late", { waiting: 3, waitingSince: ago(20) }, "warn", /longer/],
  [
    "never",
    { head: null, waiting: 3, sequencer: { ...WELL.sequencer, state: "never" } },
    "warn",
    /signed yet/,
  ],
  ["cut off", { sinks: [{ ...SINK, failures: 2 }] }, "warn", /one place outside/],
] as const)("a log that is %s does not look well", (_, change, tone, title) => {
  const health = healthOf({ ...WELL, ...change } as LogState);
  expect(health.tone).toBe(tone);
  expect(health.title).toMatch(title);
});

test("in strict mode a stopped sequencer is told to stop openings", () => {
  const stopped = { ...WELL.sequencer, state: "stopped", problem: "clock" } as const;
  expect(healthOf({ ...WELL, strict: true, sequencer: stopped }).detail).toContain("nothing can be opened");
});
