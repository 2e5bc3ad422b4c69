import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Person } from "../test/world.ts";
import { DAY, type Desk, HOUR, person, type Worker } from "./test/month.ts";
import { makePartitionsSince, makeScene, type Scene } from "./test/scene.ts";
import type { Participant } from "./test/stream.ts";
import { watchForMisuse } from "./watch.ts";

let scene: Scene;
const insiders = new Map<string, string>();
let exporter: Person;

/**
 * Published insider cases, replayed among a month of honest work by the others: each insider does their own honest work
 * besides. What was published is the pattern; every account, thread and number here is made up.
 */
beforeAll(async () => {
  scene = await makeScene(11, 30);
  await makePartitionsSince(scene.world, scene.end - 560 * DAY);
  const free = scene.workers.filter(
    (worker) => worker.starts < 12 && worker.hours === 8 && worker.since === 0,
  );
  const take = (name: string, at: number): Worker => {
    const worker = free[at] as Worker;
    insiders.set(name, worker.id);
    return worker;
  };
  journalists(take("video platform", 0));
  godView(take("God View", 1));
  technician(take("camera company", 2));
  for (const [i, name] of ["microblog, first", "microblog, second"].entries()) prominent(take(name, 3 + i));
  prober(take("prober", 5));
  await nightOwl(take("night", 6), free.slice(8, 14));
  minorSeeker(
    take(
      "minors",
      free.findIndex((one, at) => at > 6 && one.desks.every((desk) => desk.minors < 0.2)),
    ),
  );
  exporter = scene.officers[0] as Person;
  for (let i = 0; i < 14; i++)
    scene.stream.act({
      staff: exporter.id,
      roles: ["compliance_officer"],
      action: "audit.exported",
      outcome: "done",
      at: scene.end - 10 * HOUR + i * 60_000,
    });
  await scene.stream.write();
  await watchForMisuse({ until: new Date(scene.end), thorough: true });
}, 300_000);
afterAll(() => scene.world.end());

const other = (desk: Desk, name: string): Participant => ({
  ...person(desk, name, scene.random),
  ageBand: "adult",
});

/** At a time of the shift of that day, so that nothing but the pattern stands out. */
const inShift = (worker: Worker, daysAgo: number): number =>
  scene.end - daysAgo * DAY + (worker.starts + 1 + scene.random.next() * 6) * HOUR;

/**
 * December 2022: employees of a video platform looked up journalists' accounts, and those near them, to find their sources.
 * Here: three accounts day after day, then their contacts, then the contacts' contacts.
 */
function journalists(worker: Worker): void {
  const desk = worker.desks[0] as Desk;
  for (const who of ["a", "b", "c"]) {
    const journalist = other(desk, `journalist-${who}`);
    for (let day = 12; day >= 1; day--)
      open(worker, desk, inShift(worker, day), [journalist, other(desk, `near-${who}-${day}`)]);
    let from = other(desk, `near-${who}-3`);
    for (let step = 1; step <= 4; step++) {
      const next = other(desk, `contact-${who}-${step}`);
      open(worker, desk, inShift(worker, 2), [from, next]);
      from = next;
    }
  }
}

/** 2014: employees of a car-hailing company looked at where acquaintances and celebrities were, many a day, for no case. */
function godView(worker: Worker): void {
  const desk = worker.desks[0] as Desk;
  for (let day = 4; day >= 1; day--)
    for (let i = 0; i < 140; i++)
      open(
        worker,
        desk,
        inShift(worker, day),
        [other(desk, `looked-${day}-${i}`), other(desk, `up-${day}-${i}`)],
        false,
      );
}

/** 2021: a technician of a camera company had opened the same households thousands of times over years, working alone. */
function technician(worker: Worker): void {
  const desk = worker.desks[0] as Desk;
  for (let household = 0; household < 5; household++)
    for (let day = 1; day <= 540; day += scene.random.whole(9, 20))
      open(worker, desk, inShift(worker, day), [
        other(desk, `household-${household}`),
        other(desk, `guest-${household}-${day}`),
      ]);
}

/** 2019: two employees of a microblog, whose work was another, opened prominent accounts by the thousand. */
function prominent(worker: Worker): void {
  const foreign = scene.desks.find((desk) => !worker.desks.includes(desk)) as Desk;
  for (let day = 6; day >= 1; day--)
    for (let i = 0; i < 6; i++)
      open(worker, foreign, inShift(worker, day), [
        other(foreign, `known-${foreign.id}-${i}`),
        other(foreign, `fan-${worker.id}-${day}-${i}`),
      ]);
}

/** Somebody tries what is within reach, and claims later what they had looked for before. */
function prober(worker: Worker): void {
  const act = { staff: worker.id, roles: ["moderator"] } as const;
  for (let i = 0; i < 24; i++) {
    const caseId = scene.stream.id(scene.end - 20 * HOUR);
    const at = scene.end - 20 * HOUR + i * 120_000;
    scene.stream.act({ ...act, action: "case.read", outcome: "denied", code: "not-found", at, caseId });
    if (i < 8)
      scene.stream.act({ ...act, action: "case.claimed", outcome: "done", at: at + 6 * HOUR, caseId });
  }
}

/** Somebody of a queue that is worked in by day only opens cases there at night. */
async function nightOwl(worker: Worker, colleagues: readonly Worker[]): Promise<void> {
  const desk = { ...(scene.desks[0] as Desk), id: await scene.world.queue("Office hours") };
  for (const one of [worker, ...colleagues]) {
    await scene.world
      .admin`insert into triage.queue_members (staff_id, queue_id) values (${one.id}, ${desk.id})`;
    for (let day = 27; day >= 1; day--)
      for (let i = 0; i < 4; i++)
        open(one, desk, inShift(one, day), [other(desk, `office-${one.id}-${day}-${i}`)]);
  }
  for (let i = 0; i < 14; i++)
    open(worker, desk, scene.end - DAY + (2.2 + i * 0.1) * HOUR, [
      other(desk, `night-${i}`),
      other(desk, `owl-${i}`),
    ]);
}

/** Somebody picks out cases with minors, in a queue where they are few. */
function minorSeeker(worker: Worker): void {
  const desk = worker.desks[0] as Desk;
  for (let day = 20; day >= 1; day--)
    for (let i = 0; i < 9; i++)
      open(worker, desk, inShift(worker, day), [
        { ...person(desk, `young-${day}-${i}`, scene.random), ageBand: "minor" },
        other(desk, `beside-${day}-${i}`),
      ]);
}

function open(
  worker: Worker,
  desk: Desk,
  at: number,
  participants: readonly Participant[],
  decided = true,
): void {
  scene.stream.open({
    staff: worker.id,
    queue: desk.id,
    region: desk.regions[0] as string,
    at,
    participants,
    decided,
  });
}

async function found(subject: string | undefined) {
  return scene.world.admin<
    { detector: string; explanation: string; owner_id: string; evidence: number; severity: number }[]
  >`
    select s.*, (select count(*)::int from access.signal_evidence e where e.signal_id = s.id) as evidence
      from access.signals s where s.subject_id = ${subject ?? null} order by detector`;
}

describe("each published pattern is flagged, by the detector that is made for it", () => {
  test.each([
    ["video platform", ["same_participant", "contact_graph"]],
    ["God View", ["volume", "undecided"]],
    ["camera company", ["same_participant"]],
    ["microblog, first", ["outside_queue"]],
    ["microblog, second", ["outside_queue"]],
    ["prober", ["denials", "lookups"]],
    ["night", ["hours"]],
    ["minors", ["skew"]],
  ])("%s", async (name, detectors) => {
    const signals = await found(insiders.get(name));
    expect(signals.map(({ detector }) => detector)).toEqual(expect.arrayContaining(detectors));
    for (const signal of signals) {
      expect(signal.explanation).toMatch(/\d/);
      expect(signal.evidence).toBeGreaterThan(0);
      expect(signal.owner_id).not.toBeNull();
    }
  });

  test("an officer's exports are a signal too, and never their own to work on", async () => {
    const [signal] = await found(exporter.id);
    expect(signal).toMatchObject({ detector: "exports" });
    expect(signal?.owner_id).not.toBe(exporter.id);
  });
});

test("the honest others stay quiet beside them", async () => {
  const known = [...insiders.values(), exporter.id];
  const signals = await scene.world.admin`
    select detector, explanation from access.signals where subject_id <> all (${known}::uuid[])`;
  expect(signals.length).toBeLessThan(3);
});
