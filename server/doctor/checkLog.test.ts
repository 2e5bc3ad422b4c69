import { rename } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askVerification } from "../integrity/askVerification.ts";
import { runVerification } from "../integrity/runVerification.ts";
import { type FeedWorld, feedWorld } from "../siem/test/feedWorld.ts";
import { checkLog } from "./checkLog.ts";

let world: FeedWorld;
let head: string;
beforeAll(async () => {
  world = await feedWorld();
  head = `${process.env.LOG_SIGNING_KEY_FILE}.head`;
  await world.events(300);
  const officer = await world.person(["compliance_officer"], { queues: [] });
  await askVerification(officer.actor);
  await world.settled();
  // What was signed last is written at most once a second, and in full when the sequencer ends.
  await world.stop();
});
afterAll(() => world.close());

const check = () => checkLog(world.urls.audit, () => {});

test("a log that cannot be held against a kept checkpoint gets no clean bill", async () => {
  expect(await check()).toEqual([]);
  await rename(head, `${head}.away`);
  await expect(check()).rejects.toThrow(/cannot be told.*\.head/);
  await rename(`${head}.away`, head);
});

test("a log that was cut with its checkpoints is not sound to `verify now`", async () => {
  await world.admin`delete from audit.events where id in (select event_id from audit.leaves where log_index >= 150)`;
  await world.admin`delete from audit.tiles`;
  await world.admin`delete from audit.leaves where log_index >= 150`;
  await world.admin`delete from audit.checkpoints where size > 150`;
  expect(await runVerification()).toBe(true);
  const [event] = await world.acts("log.verified");
  expect(event?.detail.state).toBe("unsound");
  expect(event?.detail.findings).toContainEqual(expect.objectContaining({ kind: "log-shorter" }));
});
