import { expect, test } from "vitest";
import { makeScene, watchDays } from "./scene.ts";

const DAYS = 30;
const OFFICERS = 3;

/**
 * The honest month, for one seed. (A test file a seed: one process serves one database.) Each day is judged as the worker
 * judges it at its end, and officers conclude whatever was raised, so that whatever comes again counts again.
 */
export function testHonestMonth(seed: number): void {
  test(`an honest month of fifty moderators raises fewer than one false signal an officer and day (seed ${seed})`, {
    timeout: 300_000,
  }, async ({ annotate }) => {
    const scene = await makeScene(seed, DAYS);
    try {
      const raised = await watchDays(scene, scene.start, scene.end);
      const [seen] = await scene.world.admin<{ written: number; observed: number; people: number }[]>`
          select (select count(*)::int from access.views where opened_at < ${new Date(scene.end)}) as written,
                 (select count(*)::int from access.openings) as observed,
                 (select count(distinct staff_id)::int from access.openings) as people`;
      // It was a month of work, and all of it was judged.
      expect(seen?.written).toBeGreaterThan(20_000);
      expect(seen?.observed).toBe(seen?.written);
      expect(seen?.people).toBe(50);
      const told = `seed ${seed}: ${seen?.written} views, ${raised.length} signals (${[...new Set(raised)].join(", ")})`;
      await annotate(told);
      expect(raised.length / (OFFICERS * DAYS), told).toBeLessThan(1);
    } finally {
      await scene.world.end();
    }
  });
}
