import { afterAll, beforeAll, expect, test } from "vitest";
import { parseFlag } from "../../server/intake/parseFlag.ts";
import { type Door, openDoor } from "../../server/intake/test/door.ts";
import { serveIntake } from "../../server/intake/test/serve.ts";
import { testDatabase } from "../test/database.ts";
import { seedDemo } from "./demo.ts";
import { DEMO_STAFF } from "./demoStaff.ts";
import { syntheticFlags } from "./syntheticFlags.ts";

let door: Door;
let served: Awaited<ReturnType<typeof serveIntake>>;
beforeAll(async () => {
  door = await openDoor({ empty: true });
  served = await serveIntake();
});
afterAll(async () => {
  await served.close();
  await door.close();
});

const counts = async () =>
  (
    await door.admin`
      select (select count(*)::int from staff.members) as members, (select count(*)::int from triage.queues) as queues,
             (select count(*)::int from triage.queue_routes) as routes, (select count(*)::int from triage.threads) as threads,
             (select count(*)::int from triage.flags) as flags, (select count(*)::int from triage.policies) as policies,
             (select count(*)::int from triage.queue_members) as memberships`
  )[0];

test("fills an empty database through the real intake, also when it was interrupted before", async () => {
  const seed = () => seedDemo({ adminUrl: door.database.adminUrl, baseUrl: served.url });
  // Interrupted: nothing answers where intake should be, after staff and queues were made.
  await expect(
    seedDemo({ adminUrl: door.database.adminUrl, baseUrl: "http://127.0.0.1:9" }),
  ).rejects.toThrow();
  const accounts = await seed();
  const filled = await counts();
  expect(filled).toMatchObject({ members: DEMO_STAFF.length, threads: 300 });
  expect(filled?.flags).toBeGreaterThan(320);
  expect(accounts).toHaveLength(DEMO_STAFF.length);
  for (const { password } of accounts) expect(password.length).toBeGreaterThanOrEqual(16);
  expect(new Set(accounts.map((a) => a.password)).size).toBe(accounts.length);

  const governance = () => door.admin`
    select (select array_agg(state order by number) from access.policy_versions) as policies,
           (select count(*)::int from access.watch_list) as watched,
           (select count(*)::int from staff.platform_accounts) as own,
           (select count(*)::int from access.policy_rules r join access.policy_versions v on v.id = r.version_id
             where v.state = 'proposed' and r.role = 'moderator' and r.scope = 'wider_window') as wider,
           (select count(*)::int from triage.cases c where cardinality(access.subjects_of(c)) > 1) as conflicted`;
  const [governed] = await governance();
  expect(governed).toMatchObject({ policies: ["active", "proposed"], watched: 1, own: 1, wider: 8 });
  expect(governed?.conflicted).toBeGreaterThan(0);
  expect(governed?.conflicted).toBeLessThan(10);

  const requests = () => door.admin`
    select array_agg(state order by number) as states, (select count(*)::int from legal.holds) as holds,
           (select count(*)::int from legal.erasures) as erasures,
           (select count(*)::int from legal.agency_numbers where confirmed_by is not null) as confirmed
      from legal.requests`;
  const [legal] = await requests();
  expect(legal).toMatchObject({ holds: 1, erasures: 1, confirmed: 2 });
  expect(new Set(legal?.states)).toEqual(
    new Set(["in_review", "received", "preserved", "needs_info", "rejected"]),
  );

  const again = await seed();
  expect((await requests())[0]).toEqual(legal);
  expect((await governance())[0]).toEqual(governed);
  expect(await counts()).toEqual(filled);
  expect(again.map((a) => a.email)).toEqual(accounts.map((a) => a.email));
  const keys =
    await door.admin`select revoked_at is null as usable from intake.platform_keys order by created_at`;
  expect(keys.map((k) => k.usable)).toEqual([false, false, false, true]);
});

test("every role is there, and enough people for what needs two", () => {
  const count = (role: string) => DEMO_STAFF.filter((member) => member.role === role).length;
  expect(count("moderator")).toBeGreaterThanOrEqual(3);
  for (const role of ["specialist", "compliance_officer", "legal_counsel", "administrator"])
    expect(count(role)).toBeGreaterThanOrEqual(2);
  for (const role of ["lead", "auditor"]) expect(count(role)).toBeGreaterThanOrEqual(1);
});

test("never fills a database that holds somebody else's staff, cases or platforms", async () => {
  const { default: postgres } = await import("postgres");
  const other = await testDatabase();
  const sql = postgres(other.adminUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`select staff.create_member('real@staff.example.org', 'Real', '{moderator}', '{eu}', '{}', '{en}')`;
    await expect(seedDemo({ adminUrl: other.adminUrl, baseUrl: served.url })).rejects.toThrow(
      /empty databases only/,
    );
    const [row] = await sql`
      select (select count(*)::int from staff.members) + (select count(*)::int from triage.queues)
           + (select count(*)::int from intake.platforms) as n`;
    expect(row?.n).toBe(1);
  } finally {
    await sql.end();
    await other.drop();
  }
});

test("made-up flags are ones that intake takes, the same for the same seed, on reserved domains alone", () => {
  const now = Date.UTC(2026, 2, 1);
  const made = () => [...syntheticFlags({ seed: 5, threads: 400, now, secondFlags: 0.2 })];
  const flags = made();
  expect(flags).toEqual(made());
  expect(flags).not.toEqual([...syntheticFlags({ seed: 6, threads: 400, now, secondFlags: 0.2 })]);
  for (const flag of flags) expect(parseFlag(Buffer.from(JSON.stringify(flag)), now)).toHaveProperty("flag");
  const text = JSON.stringify(flags);
  for (const [, host = ""] of text.matchAll(/(?:@|https?:\/\/)([a-z0-9.-]+\.[a-z]+)/g))
    expect(host).toMatch(/(^|\.)example(\.org)?$/);
});
