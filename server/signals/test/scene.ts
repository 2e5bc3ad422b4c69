import { randomUUID } from "node:crypto";
import { makeWorld, type Person, type World } from "../../test/world.ts";
import { watchForMisuse } from "../watch.ts";
import { DAY, type Desk, fiftyModerators, honestMonth, officersMonth, type Worker } from "./month.ts";
import { type Dice, dice } from "./random.ts";
import { Stream } from "./stream.ts";

const DESKS: readonly Omit<Desk, "id">[] = [
  { regions: ["eu", "uk"], countries: ["DE", "FR", "GB", "ES", "IT", "PL"], minors: 0.08 },
  { regions: ["us"], countries: ["US", "CA", "MX"], minors: 0.12 },
  { regions: ["eu", "us", "apac"], countries: ["US", "JP", "DE", "IN", "BR"], minors: 0.72 },
  { regions: ["apac", "mea"], countries: ["IN", "JP", "ID", "PH", "ZA"], minors: 0.1 },
  { regions: ["latam", "us"], countries: ["BR", "MX", "US", "AR"], minors: 0.1 },
];

export interface Scene {
  readonly world: World;
  readonly stream: Stream;
  readonly random: Dice;
  readonly desks: readonly Desk[];
  readonly workers: readonly Worker[];
  readonly officers: readonly Person[];
  /** Midnight (UTC) at which the month begins and ends. */
  readonly start: number;
  readonly end: number;
}

/** Fifty moderators in five queues and three officers, and a month of their honest work, written. */
export async function makeScene(seed: number, days: number, moderators = 50): Promise<Scene> {
  const world = await makeWorld();
  const { admin } = world;
  const random = dice(seed);
  const end = Math.floor(Date.now() / DAY) * DAY;
  const start = end - days * DAY;
  await makePartitionsSince(world, start);
  const queues = await Promise.all(DESKS.map((_, i) => world.queue(`Queue ${i + 1}`)));
  const desks = DESKS.map((desk, i) => ({ ...desk, id: queues[i] as string }));
  const ids = Array.from({ length: moderators }, () => randomUUID());
  await admin`insert into staff.members (id, email, name, roles, regions)
    select x.id, x.id || '@staff.example.org', 'Moderator ' || x.n, '{moderator}', triage.known_regions()
      from unnest(${ids}::uuid[]) with ordinality x(id, n)`;
  const workers = fiftyModerators(ids, desks, random);
  const members = workers.flatMap((worker) => worker.desks.map((desk) => [worker.id, desk.id] as const));
  await admin`insert into triage.queue_members (staff_id, queue_id)
    select * from unnest(${members.map(([id]) => id)}::uuid[], ${members.map(([, id]) => id)}::uuid[]) on conflict do nothing`;
  const officers = await Promise.all(
    Array.from({ length: 3 }, () => world.person(["compliance_officer"], { queues: [] })),
  );
  const stream = new Stream(admin, world.platformId, seed);
  honestMonth(stream, workers, start, days, random);
  officersMonth(
    stream,
    officers.map(({ id }) => id),
    start,
    days,
    random,
  );
  await stream.write();
  return { world, stream, random, desks, workers, officers, start, end };
}

/** Partitions for the past: the product makes them for the months to come. */
export async function makePartitionsSince({ admin }: World, since: number): Promise<void> {
  for (const month of await admin<{ month: Date; name: string }[]>`
    select m as month, to_char(m at time zone 'UTC', 'YYYY_MM') as name
      from generate_series(date_trunc('month', ${new Date(since)}::timestamptz, 'UTC'), now(), interval '1 month') m`) {
    const next = new Date(Date.UTC(month.month.getUTCFullYear(), month.month.getUTCMonth() + 1, 1));
    for (const parent of ["access.views", "audit.events"])
      await admin.unsafe(
        `create table if not exists ${parent}_${month.name} partition of ${parent}
           for values from ('${idFloor(month.month)}') to ('${idFloor(next)}')`,
      );
  }
}

const idFloor = (at: Date) => {
  const hex = at.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
};

/** Judges each day as the worker does at its end, and has officers conclude what was raised. @returns detectors, one a signal */
export async function watchDays(scene: Scene, from: number, until: number): Promise<string[]> {
  const raised: string[] = [];
  for (let day = from; day < until; day += DAY) {
    await watchForMisuse({ until: new Date(day + DAY), thorough: true });
    raised.push(...(await concludeAll(scene)));
  }
  return raised;
}

async function concludeAll({ world, officers }: Scene): Promise<string[]> {
  const open = await world.admin<{ id: string; subject: string; detector: string }[]>`
    select id, subject_id as subject, detector from access.signals where state <> 'resolved'`;
  for (const { id, subject } of open) {
    const officer = officers.find((one) => one.id !== subject) as Person;
    const [done] = await world.admin`
      select access.own_signal(${officer.actor as never}::jsonb, ${id}) as owned,
             access.resolve_signal(${officer.actor as never}::jsonb, ${id}, 'explained', 'Looked at the shift plan: honest work.') as resolved`;
    if (!done?.owned.ok || !done?.resolved.ok) throw new Error(`Not concluded: ${JSON.stringify(done)}`);
  }
  return open.map(({ detector }) => detector);
}
