import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeWorld, type World } from "../test/world.ts";
import { claimCase } from "../triage/claimCase.ts";
import { listEvents } from "./listEvents.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.end());

describe("who sees what of the log", () => {
  test("a moderator sees their own acts and cannot read another's", async () => {
    const [one, other] = await Promise.all([world.person(["moderator"]), world.person(["moderator"])]);
    const found = await world.case();
    await claimCase(one.actor, found.id);
    await expect(claimCase(other.actor, found.id)).rejects.toMatchObject({ code: "claimed-by-another" });
    await listEvents(one.actor, { limit: 50 });
    const page = await listEvents(one.actor, { limit: 50 });
    expect(page.reach).toEqual({ staffId: one.id, whole: false, from: null, until: null });
    expect(page.events.map((e) => [e.action, e.outcome, e.actor?.id])).toEqual([
      ["case.claimed", "done", one.id],
    ]);
  });
});
