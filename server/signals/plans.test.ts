import { afterAll, beforeAll, expect, test } from "vitest";
import { makeWorld, type World } from "../test/world.ts";
import { DAY } from "./test/month.ts";

/** A year and more of openings by two hundred people, so that a window of weeks is a small part of them. */
const OPENINGS = 80_000;
const DAYS = 400;

let world: World;
let end: Date;
beforeAll(async () => {
  world = await makeWorld();
  end = new Date(Math.floor(Date.now() / DAY) * DAY);
  const { admin } = world;
  const id = (of: string, n: string) => `md5('${of}' || ${n})::uuid`;
  await admin.unsafe(`
    create temporary table drawn as
    select n, ${id("view", "n")} as view_id, ${id("staff", "n % 200")} as staff_id, ${id("case", "n")} as case_id,
           ${id("thread", "n")} as thread_id, ${id("queue", "n % 200 / 20")} as queue_id,
           timestamptz '${end.toISOString()}' - interval '1 second' - n * (interval '${DAYS} days' / ${OPENINGS}) as at
      from generate_series(1, ${OPENINGS}) n`);
  await admin`insert into access.openings
    select view_id, staff_id, case_id, thread_id, queue_id, 'eu', at, true, false, n % 9 = 0, false, '{DE}' from drawn`;
  await admin.unsafe(`insert into access.opened_accounts (account, view_id, staff_id, thread_id, case_id, queue_id, opened_at)
    select ${id("account", "(n * 2 + x) % 60000")}, view_id, staff_id, thread_id, case_id, queue_id, at
      from drawn, generate_series(0, 1) x on conflict do nothing`);
  await admin`insert into access.opening_hours
    select staff_id, queue_id, date_trunc('hour', at, 'UTC'), count(*), count(*) from drawn group by 1, 2, 3`;
  await admin`analyze`;
}, 300_000);
afterAll(() => world.end());

/** Scans of a table from end to end, and by which index, so far. */
async function scans() {
  await world.admin`select pg_stat_force_next_flush()`;
  await world.admin`select 1`;
  const tables = await world.admin<{ name: string; scans: number }[]>`
    select relname as name, seq_scan::int as scans from pg_stat_user_tables
     where schemaname = 'access' and relname in ('openings', 'opened_accounts', 'opening_hours')`;
  const indexes = await world.admin<{ name: string; scans: number }[]>`
    select indexrelname as name, idx_scan::int as scans from pg_stat_user_indexes where schemaname = 'access'`;
  return {
    whole: tables.reduce((sum, one) => sum + one.scans, 0),
    by: new Map(indexes.map((one) => [one.name, one.scans])),
  };
}

test.each([
  ["measure_volume", ["opening_hours_by_hour"]],
  ["measure_hours", ["opening_hours_by_hour"]],
  ["measure_same_participant", ["opened_accounts_by_time", "opening_hours_of_queue"]],
  ["measure_skew", ["openings_by_time"]],
  ["measure_undecided", ["openings_by_time"]],
  ["measure_outside_queue", ["openings_by_time"]],
  ["measure_contact_graph", ["opened_accounts_by_time"]],
])("%s reads its window by %j and no table from end to end", async (name, indexes) => {
  // One connection: what it did is told to itself.
  const before = await scans();
  const [row] = await world.admin.unsafe(`select access.${name}($1::timestamptz) as counted`, [
    end.toISOString(),
  ]);
  const after = await scans();
  expect(JSON.stringify(row?.counted).length).toBeGreaterThan(100);
  expect(after.whole - before.whole).toBe(0);
  for (const index of indexes) expect(after.by.get(index), index).toBeGreaterThan(before.by.get(index) ?? 0);
});
