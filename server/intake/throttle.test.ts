import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openStream, Throttle } from "./throttle.ts";

beforeEach(() => vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => vi.useRealTimers());

test("lets a burst through, then as many as the rate says, each key for itself", () => {
  const throttle = new Throttle(2, 3);
  expect([1, 2, 3].map(() => throttle.take("a"))).toEqual([0, 0, 0]);
  expect(throttle.take("a")).toBe(1);
  expect(throttle.take("b")).toBe(0);
  vi.advanceTimersByTime(500);
  expect([throttle.wait("a"), throttle.take("a"), throttle.take("a")]).toEqual([0, 0, 1]);
  vi.advanceTimersByTime(60_000);
  expect([1, 2, 3, 4].map(() => throttle.take("a"))).toEqual([0, 0, 0, 1]);
});

test("asking costs nothing, and made-up keys do not fill the memory", () => {
  const throttle = new Throttle(1, 1, 100);
  for (let i = 0; i < 5; i++) expect(throttle.wait("a")).toBe(0);
  expect(throttle.take("a")).toBe(0);
  for (let i = 0; i < 99; i++) throttle.take(`made-up-${i}`);
  expect(throttle.take("a")).toBe(1);
  for (let i = 0; i < 100; i++) throttle.take(`more-${i}`);
  expect(throttle.take("a")).toBe(0);
});

test("a stream is counted out once, however often it ends", () => {
  const open = Array.from({ length: 8 }, () => openStream("key"));
  expect(open.every((close) => close !== null)).toBe(true);
  expect(openStream("key")).toBeNull();
  expect(openStream("other")).not.toBeNull();
  open[0]?.();
  open[0]?.();
  expect(openStream("key")).not.toBeNull();
  expect(openStream("key")).toBeNull();
});
