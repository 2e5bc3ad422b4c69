import { expect, test } from "vitest";
import { keepUp } from "./keepUp.ts";
import type { Part } from "./parts.ts";

/** Parts that end when the test says so. */
function parts() {
  const made: { end: () => void; fail: () => void; come: () => void; stopped: boolean }[] = [];
  const start = (): Part => {
    const ended = Promise.withResolvers<{ code: number | null; signal: string | null }>();
    const ready = Promise.withResolvers<void>();
    ready.promise.catch(() => {});
    const part = {
      end: () => ended.resolve({ code: 1, signal: null }),
      fail: () => {
        ready.reject(new Error("not up"));
        ended.resolve({ code: 1, signal: null });
      },
      come: () => ready.resolve(),
      stopped: false,
    };
    made.push(part);
    return {
      name: "web",
      ready: ready.promise,
      ended: ended.promise,
      stop: async () => {
        part.stopped = true;
        ended.resolve({ code: 0, signal: null });
      },
    };
  };
  return { made, start };
}

test("a part that ends by itself is started again, and the newest is the one that is stopped", async () => {
  const { made, start } = parts();
  const told: string[] = [];
  const kept = keepUp(start, (line) => told.push(line), 1);
  made[0]?.come();
  await kept.ready;
  made[0]?.end();
  await expect.poll(() => made.length).toBe(2);
  expect(told).toEqual(["the web process ended by itself; starting it again"]);
  await kept.stop();
  expect(made.map(({ stopped }) => stopped)).toEqual([false, true]);
  expect(made).toHaveLength(2);
});

test("one that keeps ending is given up, so that a process manager is told", async () => {
  const { made, start } = parts();
  const kept = keepUp(start, () => {}, 1);
  made[0]?.come();
  for (let i = 0; i < 6; i++) {
    await expect.poll(() => made.length).toBe(i + 1);
    made[i]?.end();
  }
  expect(await kept.ended).toEqual({ code: 1, signal: null });
  expect(made).toHaveLength(6);
});

test("one that does not come up at the very start is not tried again: its message stands", async () => {
  const { made, start } = parts();
  const kept = keepUp(start, () => {}, 1);
  made[0]?.fail();
  await expect(kept.ready).rejects.toThrow("not up");
  expect(await kept.ended).toEqual({ code: 1, signal: null });
  expect(made).toHaveLength(1);
});

test("what is stopped while it waits to start stays down, and the wait ends with it", async () => {
  const { made, start } = parts();
  const told: string[] = [];
  const kept = keepUp(start, (line) => told.push(line), 3_600_000);
  made[0]?.come();
  await kept.ready;
  made[0]?.end();
  await expect.poll(() => told).toHaveLength(1);
  await kept.stop();
  expect(made).toHaveLength(1);
});
