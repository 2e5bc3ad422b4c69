import { afterEach, expect, test, vi } from "vitest";
import { watchForMisuse } from "../../server/signals/watch.ts";
import { watchNight } from "./watchForMisuse.ts";

vi.mock("../../server/signals/watch.ts", () => ({
  watchForMisuse: vi.fn(async () => ({ observed: 0, raised: 0, joined: 0 })),
}));
afterEach(() => {
  vi.useRealTimers();
});

test("a night that was missed while no worker ran is judged by the next", async () => {
  vi.useFakeTimers({ now: new Date("2026-03-10T00:35:00Z") });
  await watchNight();
  const asked = vi.mocked(watchForMisuse).mock.calls.map(([options]) => options);
  expect(asked.map(({ until }) => until?.toISOString())).toEqual(
    [4, 5, 6, 7, 8, 9, 10].map((day) => `2026-03-${String(day).padStart(2, "0")}T00:00:00.000Z`),
  );
  expect(asked.map(({ thorough }) => thorough)).toEqual([false, false, false, false, false, false, true]);
});
