import { getEventListeners } from "node:events";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { beginDraining, draining } from "../../environment/shutdown.ts";
import { readMe } from "../staff/readMe.ts";
import { makeWorld, type Person, type World } from "../test/world.ts";
import { openStream } from "./openStream.ts";

vi.mock("../staff/readMe.ts", { spy: true });

let world: World;
let moderator: Person;
beforeAll(async () => {
  world = await makeWorld();
  moderator = await world.person(["moderator"]);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.mocked(readMe).mockReset();
});
afterAll(() => world.end());

/** Opens a stream. @returns all that it says until it ends */
async function open(signal = new AbortController().signal): Promise<{ said: Promise<string> }> {
  const stream = await openStream(moderator.actor, signal);
  return { said: new Response(stream).text() };
}

/** Has the session asked for again at once, instead of after a quarter of a minute. */
function hurry(): void {
  const real = globalThis.setInterval;
  vi.spyOn(globalThis, "setInterval").mockImplementation(((run: () => void, ms: number) =>
    real(run, ms === 15_000 ? 20 : ms)) as typeof setInterval);
}

test("a session that cannot be asked about is not said to have ended, and its stream does not go on", async () => {
  hurry();
  const { said } = await open();
  vi.mocked(readMe).mockRejectedValue(new Error("The database is away."));
  expect(await said).not.toContain("session_ended");
});

test("a session that has ended is said to have ended", async () => {
  hurry();
  const { said } = await open();
  vi.mocked(readMe).mockResolvedValue(null);
  expect(await said).toContain("session_ended");
});

test("what is not listened to any more leaves nothing behind", async () => {
  const before = getEventListeners(draining(), "abort").length;
  const leaving = new AbortController();
  const { said } = await open(leaving.signal);
  expect(getEventListeners(draining(), "abort").length).toBe(before + 1);
  leaving.abort();
  await said;
  expect(getEventListeners(draining(), "abort").length).toBe(before);
});

test("a process that is told to end is not held up by open pages, also not by one that comes now", async () => {
  const { said } = await open();
  beginDraining();
  expect(await said).not.toContain("session_ended");
  expect(await (await open()).said).toMatch(/^retry/);
});
