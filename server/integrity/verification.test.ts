import { afterAll, beforeAll, expect, test } from "vitest";
import { makeWorld, type Person, type World } from "../test/world.ts";
import { askVerification } from "./askVerification.ts";
import { cancelVerification } from "./cancelVerification.ts";
import { readIntegrity } from "./readIntegrity.ts";
import { runVerification } from "./runVerification.ts";

let world: World;
let officer: Person;
beforeAll(async () => {
  world = await makeWorld();
  officer = await world.person(["compliance_officer"], { queues: [] });
});
afterAll(() => world.end());

const refused = (code: string) => expect.objectContaining({ name: "Refusal", code });

test.each(["moderator", "specialist", "lead", "legal_counsel"] as const)(
  "a %s may neither see the state of the log nor have it checked",
  async (role) => {
    const { actor } = await world.person([role]);
    await expect(readIntegrity(actor)).rejects.toEqual(refused("wrong-role"));
    await expect(askVerification(actor)).rejects.toEqual(refused("wrong-role"));
    const running = await askVerification(officer.actor);
    await expect(cancelVerification(actor, running.id)).rejects.toEqual(refused("wrong-role"));
    await cancelVerification(officer.actor, running.id);
    const denied = await world.admin`select distinct action from audit.events
      where outcome = 'denied' and actor_id = ${officer.id} is false and action like 'log.%' order by 1`;
    expect(denied.map(({ action }) => action)).toEqual([
      "log.state_read",
      "log.verification_asked",
      "log.verification_cancelled",
    ]);
  },
);

test("of two that ask at once, one check is made, and its result is an event", async () => {
  const auditor = await world.person(["auditor"], { queues: [] });
  const asked = await Promise.all([askVerification(officer.actor), askVerification(auditor.actor)]);
  expect(asked[0]?.id).toBe(asked[1]?.id);
  expect(asked.filter(({ started }) => started)).toHaveLength(1);
  expect(
    await world.admin`select from graphile_worker.jobs where task_identifier = 'verify_log'`,
  ).not.toEqual([]);
  expect(await runVerification()).toBe(true);
  expect(await runVerification()).toBe(false);
  const { verifications, log } = await readIntegrity(officer.actor);
  expect(verifications[0]).toMatchObject({ id: asked[0]?.id, state: "sound", result: { findings: [] } });
  expect(log).toMatchObject({ head: null, strict: false, sequencer: { state: "never" } });
  const [event] = await world.events("log.verified");
  expect(event).toMatchObject({
    actor_kind: "system",
    outcome: "done",
    detail: { verification: asked[0]?.id, state: "sound", findings: [] },
  });
});

test("a check that was cancelled, or that another worker took up, is not ended by the first", async () => {
  const { id } = await askVerification(officer.actor);
  const take = () => world.admin`select audit.take_up_verification() as taken`.then(([row]) => row?.taken);
  const first = await take();
  expect(first.id).toBe(id);
  expect(await take()).toBeNull();
  await world.admin`update audit.verifications set seen_at = now() - interval '2 minutes' where id = ${id}`;
  const second = await take();
  expect(second.run).not.toBe(first.run);
  const report = (run: string) =>
    world.admin`select audit.report_verification(${id}, ${run}, 'events', 1, 2) as on`.then(([r]) => r?.on);
  expect(await report(first.run)).toBe(false);
  expect(await report(second.run)).toBe(true);
  await cancelVerification(officer.actor, id);
  await cancelVerification(officer.actor, id);
  expect(await report(second.run)).toBe(false);
  const [ended] =
    await world.admin`select audit.end_verification(${id}, ${second.run}, 'sound', '{}') as done`;
  expect(ended?.done).toBe(false);
  const cancelled = (await world.events("log.verification_cancelled")).filter((e) => e.outcome === "done");
  expect(cancelled.filter((e) => e.detail.verification === id)).toHaveLength(1);
});

test("an event that was changed makes the log unsound, and the event says so", async () => {
  await world.admin`update audit.events set reason = 'changed' where id = (select id from audit.events order by id limit 1)`;
  await askVerification(officer.actor);
  await world.admin`insert into audit.events (id, at, actor_kind, action, outcome, leaf_salt)
    values (unseal.uuid7(), now(), 'staff', 'view.opened', 'done', '\\x00')`;
  await runVerification();
  const [event] = await world.events("log.verified");
  expect(event).toMatchObject({ outcome: "failed", detail: { state: "unsound" } });
  expect(event?.detail.findings).toMatchObject([{ kind: "event-unlogged", count: 1 }]);
});
