import { expect, test } from "@playwright/test";
import postgres, { type Sql } from "postgres";
import type { Role } from "../../domain/vocabulary.ts";
import { makeOffice } from "../legal/stage.ts";
import { admin } from "../support/admin.ts";
import { canary } from "../support/canary.ts";
import { hire } from "../support/staff.ts";
import { target } from "../target.ts";
import { addressWith, PAGES } from "../unauthorized-access/pageTable.ts";
import { searchFiles } from "./atRest.ts";
import { type Covering, viewsOf } from "./coverage.ts";
import {
  claimNext,
  driveCounsel,
  driveEndings,
  driveLead,
  driveModerator,
  driveOfficer,
  driveSpecialist,
  leaveBySigningOut,
  visitEverything,
} from "./drive.ts";
import { findCanaries } from "./forms.ts";
import { forget, type Person, sitDown } from "./person.ts";
import type { Recorder, Sighting } from "./recorder.ts";
import { type Sown, sow } from "./sow.ts";

/**
 * Promise 9: content never strays. Every text of these threads holds a canary; the console is driven as each role, with
 * everything on record that a browser sends, receives, shows and keeps. Then it is searched. What rests on the server is
 * searched when all tests are through: e2e/after-everything.
 */
test.describe.configure({ mode: "serial" });

let sown: Sown;
let listener: Sql;
const announced: string[] = [];
const recorders = new Map<string, Recorder>();
const profiles: string[] = [];

test.beforeAll(async () => {
  listener = postgres(target().adminUrl, { max: 1, onnotice: () => {} });
  await listener.listen("unseal_live", (payload) => announced.push(payload));
  sown = await sow("Canary");
});
test.afterAll(async () => {
  await listener.end();
  await Promise.all(profiles.map(forget));
});

/** Somebody sits down, does something, and leaves; what their browser kept is kept for the search. */
async function as(
  roles: readonly Role[],
  act: (person: Person) => Promise<void>,
  place: Parameters<typeof hire>[1] = {},
): Promise<void> {
  const member = await hire(roles, { queues: [sown.front, sown.restricted], ...place });
  if (roles.includes("auditor"))
    await admin()`update staff.members set reads_from = now() - interval '1 day', reads_until = now() + interval '1 day'
      where id = ${member.id}`;
  const person = await sitDown(member);
  recorders.set(`${roles[0]} ${recorders.size}`, person.recorder);
  try {
    await act(person);
  } finally {
    profiles.push(await person.leave());
  }
}

async function everyAddress(): Promise<string[]> {
  const [opened] = await admin()`
    select id, actor_id, case_id, thread_id from audit.events where action = 'view.opened' order by id desc limit 1`;
  const idOf = (page: string) =>
    page.startsWith("/queues")
      ? sown.front
      : page.startsWith("/cases")
        ? sown.threads[1]?.caseId
        : page.includes("/events/")
          ? opened?.id
          : page.includes("/staff/")
            ? opened?.actor_id
            : page.startsWith("/threads")
              ? opened?.thread_id
              : opened?.case_id;
  return PAGES.map(({ page }) => addressWith(page, idOf(page)));
}

test("a moderator works through cases, leaves, comes back, decides and undoes", async () => {
  test.setTimeout(120_000);
  await as(["moderator"], async (person) => {
    await driveModerator(person, sown);
    await visitEverything(person, await everyAddress());
    await leaveBySigningOut(person);
  });
});

test("views end by their clock, with the claim, out of sight and with the session", async () => {
  test.setTimeout(120_000);
  const colleague = await hire(["moderator"], { queues: [sown.front] });
  for (let n = 0; n < 4; n++) await sown.deliver({ severity: "high" });
  await as(["moderator"], async (person) => {
    await claimNext(person, sown);
    await driveEndings(person, sown, colleague);
  });
});

test("a specialist opens wider windows of a restricted case", async () => {
  await as(
    ["specialist"],
    async (person) => {
      await driveSpecialist(person, sown);
      await visitEverything(person, await everyAddress());
    },
    { clearances: ["child_safety"] },
  );
});

test("a lead opens and releases", async () => {
  await as(["lead"], async (person) => {
    await driveLead(person, sown);
    await visitEverything(person, await everyAddress());
  });
});

test("an officer reads the log in every way there is", async () => {
  await as(["compliance_officer"], async (person) => {
    await driveOfficer(person, sown);
    await visitEverything(person, await everyAddress());
  });
});

test("counsel reviews what a request covers", async () => {
  const office = await makeOffice(sown.platformId);
  const account = sown.threads[1]?.flag.thread.participants[0]?.id ?? "";
  const requestId = await office.register({ type: "warrant" }, account);
  await office.verifyAndApprove(requestId);
  await as(["legal_counsel"], (person) => driveCounsel(person, requestId));
});

for (const role of ["legal_counsel", "administrator", "auditor"] as const) {
  test(`${role} visits every page`, async () => {
    await as([role], async (person) => {
      await visitEverything(person, await everyAddress());
    });
  });
}

/** What was seen, by everybody. */
const sightings = (): Sighting[] => [...recorders.values()].flatMap((one) => one.sightings);

/** Sightings in places where none may be. */
const astray = (all: readonly Sighting[]) => all.filter(({ allowedPlace }) => !allowedPlace);

/** Sightings that no view covers, or that came before or after the one that does. */
function uncovered(all: readonly Sighting[], views: ReadonlyMap<string, Covering>): string[] {
  const puts = new Map(sown.register.map((put) => [put.canary, put]));
  return all.flatMap(({ canary: seen, viewId, staffId, at, where, form }) => {
    if (!seen) return form === "plain" ? [`${where}: a mark that is no canary`] : [`${where}: ${form}`];
    const put = puts.get(seen);
    const covering = [...views.values()].filter(
      (view) =>
        view.id === viewId &&
        view.staffId === staffId &&
        view.committed &&
        view.events === 1 &&
        put !== undefined &&
        view.covers(put) &&
        at >= view.openedAt &&
        // A page may take a moment to draw and to wipe; an answer does not come after the end at all.
        at <= view.endsAt + 1_000,
    );
    return covering.length === 1
      ? []
      : [`${where}: ${put?.what ?? "unknown"} under ${covering.length} views (${viewId})`];
  });
}

const staffIds = () => [...recorders.values()].map(({ staffId }) => staffId);

test("promise 9, content never strays: nothing was seen but in the answer to a reading and on the page of an open view", () => {
  expect(astray(sightings()).map(({ where, form, canary: seen }) => `${where}: ${form} ${seen}`)).toEqual([]);
});

test("each sighting is covered by exactly one committed view of the one who saw it", async () => {
  const all = sightings();
  expect(all.length).toBeGreaterThan(300);
  expect(new Set(uncovered(all, await viewsOf(staffIds())))).toEqual(new Set());
});

test("everything that a view covers was seen, in its answer and on the page, and nothing else ever", async () => {
  const all = sightings();
  const views = [...(await viewsOf(staffIds())).values()];
  const read = new Set(all.filter(({ where }) => where.startsWith("answer ")).map(({ viewId }) => viewId));
  expect(read.size).toBeGreaterThan(12);
  const expected = new Set<string>();
  for (const view of views.filter(({ id }) => read.has(id))) {
    const covered = sown.register.filter((put) => view.covers(put)).map((put) => put.canary);
    expect(covered.length).toBeGreaterThan(10);
    const under = all.filter(({ viewId }) => viewId === view.id);
    for (const place of ["answer ", "page, "]) {
      const seen = new Set(
        under.filter(({ where }) => where.startsWith(place)).map(({ canary: one }) => one),
      );
      expect(
        [...covered].filter((one) => !seen.has(one)),
        `${place}${view.id}`,
      ).toEqual([]);
    }
    for (const one of covered) expected.add(one);
  }
  const seen = new Set(all.map(({ canary: one }) => one));
  const unseen = sown.register.filter((put) => !expected.has(put.canary));
  expect(unseen.filter(({ what }) => what === "location").length).toBeGreaterThan(10);
  expect(unseen.filter(({ what }) => what === "body").length).toBeGreaterThan(50);
  expect(unseen.filter((put) => seen.has(put.canary))).toEqual([]);
  // Words, names and both revisions of the message that was edited are among what was seen.
  for (const what of ["body", "identity", "words"] as const)
    expect(
      sown.register.filter((put) => put.what === what && seen.has(put.canary)).length,
      what,
    ).toBeGreaterThan(0);
  const edited = sown.register.find(({ revision }) => revision === 2);
  const both = sown.register.filter(({ owner, what }) => owner === edited?.owner && what === "body");
  expect(both.map((put) => [put.revision, seen.has(put.canary)])).toEqual([
    [1, true],
    [2, true],
  ]);
});

test("enough was on record for this to mean something", () => {
  expect([...recorders.keys()].map((name) => name.split(" ")[0])).toEqual([
    "moderator",
    "moderator",
    "specialist",
    "lead",
    "compliance_officer",
    "legal_counsel",
    "legal_counsel",
    "administrator",
    "auditor",
  ]);
  for (const [name, { seen }] of recorders) {
    expect(seen.exchanges, name).toBeGreaterThan(30);
    expect(seen.bytes, name).toBeGreaterThan(200_000);
    expect(seen.streams, name).toBeGreaterThan(0);
  }
  const [first] = recorders.values();
  expect(first?.seen.payloads).toBeGreaterThan(0);
  expect(first?.seen.beacons).toBeGreaterThan(0);
});

test("nothing rests in a browser's profile: not in its cache, history, storage or session", async () => {
  expect(profiles.length).toBe(recorders.size);
  for (const profile of profiles) {
    const searched = await searchFiles(profile);
    expect(searched.places).toBeGreaterThan(20);
    expect(searched.found.map(({ where, form }) => `${where}: ${form}`)).toEqual([]);
  }
});

test("nothing was announced but ids", () => {
  expect(announced.length).toBeGreaterThan(20);
  expect(announced.flatMap((payload) => findCanaries(Buffer.from(payload)))).toEqual([]);
  for (const payload of announced) {
    const { type, ...ids } = JSON.parse(payload) as Record<string, string>;
    expect(type).toMatch(/^[a-z_]+$/);
    for (const [name, id] of Object.entries(ids)) {
      expect(name).toMatch(/Id$/);
      expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    }
  }
});

test("a sighting under another's view, too late, too early or under none would be found", async () => {
  const views = await viewsOf(staffIds());
  const [one] = sightings().filter(({ where }) => where.startsWith("answer "));
  if (!one) throw new Error("Nothing was read.");
  const end = views.get(one.viewId ?? "")?.endsAt ?? 0;
  expect(uncovered([one], views)).toEqual([]);
  const location = sown.register.find(({ what }) => what === "location")?.canary ?? "";
  for (const [what, changed] of [
    ["of another", { ...one, staffId: [...recorders.values()].at(-1)?.staffId ?? "" }],
    ["too late", { ...one, at: end + 5_000 }],
    ["too early", { ...one, at: one.at - 3_600_000 }],
    ["of no view", { ...one, viewId: null }],
    ["of an invented view", { ...one, viewId: "01980000-0000-7000-8000-000000000000" }],
    ["of a place that no view covers", { ...one, canary: location }],
    ["of an unknown canary", { ...one, canary: canary() }],
    ["in another form", { ...one, canary: null, form: "base64 of UTF-8" }],
  ] as const) {
    expect(uncovered([changed], views).length, what).toBe(1);
  }
});
