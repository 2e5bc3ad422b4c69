import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROLES } from "../../domain/vocabulary.ts";
import { listEvents } from "../audit/listEvents.ts";
import { openView } from "../disclosure/openView.ts";
import { makePartitionsSince } from "../signals/test/scene.ts";
import { Stream } from "../signals/test/stream.ts";
import { watchForMisuse } from "../signals/watch.ts";
import { makeWorld, type Person, type World } from "../test/world.ts";
import { claimCase } from "../triage/claimCase.ts";
import { giveVerdict } from "./giveVerdict.ts";
import { listReviews } from "./listReviews.ts";
import { readReview } from "./readReview.ts";

let world: World;
let officers: [Person, Person, Person];
beforeAll(async () => {
  world = await makeWorld();
  const officer = () => world.person(["compliance_officer"], { queues: [] });
  officers = [await officer(), await officer(), await officer()];
});
afterAll(() => world.end());

const DAY = 86_400_000;
const NOTE = "The reason fits the flags and the decision.";
const refused = (code: string) => expect.objectContaining({ name: "Refusal", code });
const monday = (weeksAgo: number) => {
  const today = Math.floor(Date.now() / DAY) * DAY;
  return today - ((new Date(today).getUTCDay() + 6) % 7) * DAY - weeksAgo * 7 * DAY;
};

async function view(by: Person): Promise<string> {
  const found = await world.case();
  await claimCase(by.actor, found.id);
  const opened = await openView(by.actor, found.id, {
    purpose: "user_report_review",
    scope: "flagged_window",
    reason: "Checking the reported messages for threats.",
    preset: false,
  });
  return opened.viewId;
}

/** A review that is due, of a moderator's view, as the signals' evidence requires it. */
async function due(by?: Person, kind = "signal"): Promise<{ id: string; subject: Person; viewId: string }> {
  const subject = by ?? (await world.person(["moderator"]));
  const viewId = await view(subject);
  const [made] = await world.admin`
    insert into access.reviews (kind, view_id, subject_id, due_at) values (${kind}, ${viewId}, ${subject.id}, now() + interval '5 days') returning id`;
  return { id: made?.id as string, subject, viewId };
}

describe("which acts are reviewed", () => {
  test("a week is drawn by lot: some of each person, seeded by the log, the same for whoever draws again", async () => {
    const start = monday(1);
    await makePartitionsSince(world, start - 7 * DAY);
    const stream = new Stream(world.admin, world.platformId, 5);
    const people = await Promise.all(Array.from({ length: 4 }, () => world.person(["moderator"])));
    const counts = [3, 60, 260, 1500];
    for (const [i, person] of people.entries())
      for (let n = 0; n < (counts[i] as number); n++)
        stream.open({
          staff: person.id,
          queue: world.queueId,
          region: "eu",
          at: start + 1000 + (n * 6.9 * DAY) / 1500,
          participants: [],
          decided: true,
        });
    for (let n = 0; n < 45; n++)
      stream.act({
        staff: officers[0].id,
        roles: ["compliance_officer"],
        action: "audit.searched",
        outcome: "done",
        at: start + n * 3_600_000,
      });
    await stream.write();

    const draws = await Promise.all(
      [1, 2, 3].map(() =>
        world.admin`select access.draw_weeks() as weeks`.then(([row]) => row?.weeks as number),
      ),
    );
    expect(draws.reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(1);
    const day = new Date(start).toISOString().slice(0, 10);
    const [week] =
      await world.admin`select *, week::text as day from access.review_weeks where week = ${day}`;
    expect(week).toMatchObject({ views: 1 + 2 + 6 + 20, searches: 3 });

    // Whoever has the log draws again: seed = SHA-256(event id ‖ its salt), the lot SHA-256(seed ‖ id).
    const [event] = await world.admin<{ id: string; leaf_salt: Buffer; at: Date }[]>`
      select id, leaf_salt, at from audit.events where id = ${week?.event_id}`;
    if (!event) throw new Error("The week names no event.");
    const bytes = (id: string) => Buffer.from(id.replaceAll("-", ""), "hex");
    const seed = createHash("sha256").update(bytes(event.id)).update(event.leaf_salt).digest();
    expect(seed.equals(week?.seed)).toBe(true);
    expect(event.at.getTime()).toBeGreaterThanOrEqual(start + 7 * DAY);
    const busy = people[3] as Person;
    const views = await world.admin<
      { id: string }[]
    >`select id from access.views where staff_id = ${busy.id}`;
    const lot = (id: string) => createHash("sha256").update(seed).update(bytes(id)).digest("hex");
    const again = views
      .map(({ id }) => id)
      .sort((a, b) => (lot(a) < lot(b) ? -1 : 1))
      .slice(0, 20);
    const drawn = await world.admin<{ id: string }[]>`
      select view_id as id from access.reviews where kind = 'sampled' and subject_id = ${busy.id}`;
    expect(drawn.map(({ id }) => id).sort()).toEqual(again.sort());
    expect((await world.events("review.drawn")).map((one) => one.detail.week)).toContain(day);
  });

  test("every view for a threat to life is, and every one that a signal names", async () => {
    const moderator = await world.person(["moderator"]);
    const viewId = await view(moderator);
    const stream = new Stream(world.admin, world.platformId, 6);
    const urgent = stream.open({
      staff: moderator.id,
      queue: world.queueId,
      region: "eu",
      at: Date.now() - 1000,
      participants: [],
      decided: true,
      purpose: "threat_to_life",
    });
    await stream.write();
    await watchForMisuse({ thorough: false, until: new Date(Date.now() + 1000) });
    const kinds =
      await world.admin`select kind, view_id from access.reviews where subject_id = ${moderator.id}`;
    expect(kinds).toEqual([{ kind: "break_glass", view_id: urgent.viewId }]);
    await world.admin`select access.raise_signal(${{ subject: moderator.id, detector: "volume", version: 1, pattern: "x", severity: 2, from: new Date(), until: new Date(), numbers: {}, explanation: "Made up for this test, with views.", newEvidence: 1, views: [viewId] } as never}::jsonb)`;
    const [named] = await world.admin`select signal_id from access.reviews where view_id = ${viewId}`;
    expect(named?.signal_id).not.toBeNull();
  });

  test("views of an account that is put on the watch-list later are, and every export of the log", async () => {
    const moderator = await world.person(["moderator"]);
    const stream = new Stream(world.admin, world.platformId, 7);
    const seen = stream.open({
      staff: moderator.id,
      queue: world.queueId,
      region: "eu",
      at: Date.now() - 2 * DAY,
      participants: [{ account: "in-the-news", ageBand: "adult", country: "DE" }],
      decided: true,
    });
    const exported = stream.act({
      staff: officers[0].id,
      roles: ["compliance_officer"],
      action: "audit.exported",
      outcome: "done",
      at: Date.now() - DAY,
    });
    await stream.write();
    await watchForMisuse({ thorough: false, back: "3 days" });
    await world.admin`insert into access.watch_list (platform_id, participant_id, category, reason, added_by)
      values (${world.platformId}, 'in-the-news', 'in_the_news', 'In the news since today.', ${officers[0].id})`;
    for (const _ of [1, 2]) await world.admin`select access.require_due_reviews()`;
    const made = await world.admin`select kind, coalesce(view_id, event_id) as act from access.reviews
      where kind in ('watch_list', 'officer_export') order by kind`;
    expect(made).toEqual([
      { kind: "officer_export", act: exported },
      { kind: "watch_list", act: seen.viewId },
    ]);
  });
});

describe("who reviews", () => {
  test.each(ROLES.filter((role) => role !== "compliance_officer"))(
    "%s sees nothing of reviews",
    async (role) => {
      const { id } = await due();
      const person = await world.person([role]);
      for (const call of [
        () => listReviews(person.actor, { state: "due", limit: 50 }),
        () => readReview(person.actor, id),
        () => giveVerdict(person.actor, id, { verdict: "appropriate", note: NOTE }),
      ])
        await expect(call()).rejects.toEqual(refused("wrong-role"));
    },
  );

  test("an officer reads what was opened and why, what was flagged and decided, and no content", async () => {
    const { id, viewId, subject } = await due();
    const { review } = await readReview(officers[0].actor, id);
    expect(review).toMatchObject({
      subject: { id: subject.id },
      viewId,
      purpose: "user_report_review",
      reason: "Checking the reported messages for threats.",
      messages: 11,
      flags: [{ source: "user_report" }],
      verdict: null,
    });
    expect(JSON.stringify(review)).not.toContain("Placeholder");
    const looks = (await world.events("review.read")).filter((event) => event.detail.reviewId === id);
    expect(looks).toMatchObject([{ actor_id: officers[0].id, outcome: "done" }]);
  });

  test("nobody reviews their own act: an officer's search is another's to review", async () => {
    const [self, other] = officers;
    await listEvents(self.actor, { limit: 5, action: "case.decided" });
    const [event] = (await world.events("audit.searched")).filter((one) => one.actor_id === self.id);
    const [made] = await world.admin`insert into access.reviews (kind, event_id, subject_id, due_at)
      values ('officer_search', ${event?.id}, ${self.id}, now() + interval '5 days') returning id`;
    const id = made?.id as string;
    expect(
      (await listReviews(self.actor, { state: "due", limit: 100 })).reviews.map((one) => one.id),
    ).not.toContain(id);
    await expect(readReview(self.actor, id)).rejects.toEqual(refused("not-found"));
    await expect(giveVerdict(self.actor, id, { verdict: "appropriate", note: NOTE })).rejects.toEqual(
      refused("not-found"),
    );
    await expect(
      world.admin`update access.reviews set state = 'done', verdict = 'appropriate', note = 'x', reviewed_at = now(), reviewer_id = subject_id where id = ${id}`,
    ).rejects.toMatchObject({ code: "23514" });
    expect((await readReview(other.actor, id)).review).toMatchObject({
      action: "audit.searched",
      filters: { action: "case.decided" },
    });
    await giveVerdict(other.actor, id, { verdict: "appropriate", note: NOTE });
  });

  test("nor what they approved", async () => {
    const { id, viewId } = await due();
    const [approver, other] = officers;
    // The approval itself is tested where approvals are; here it is made to have been theirs.
    await world.admin`
      with asked as (
        insert into access.requests (staff_id, session_id, case_id, thread_id, purpose, scope, reason, policy_version_id, needs,
          minutes, view_limit, state, expires_at, approved_at, usable_until, grant_id)
        select v.staff_id, v.session_id, v.case_id, v.thread_id, v.purpose, v.scope, v.reason,
               (select p.id from access.policy_versions p where p.state = 'active'), 1, 30, 5, 'used', now(), now(), now(), v.grant_id
          from access.views v where v.id = ${viewId} returning id, staff_id)
      insert into access.approvals (request_id, requester_id, staff_id, session_id, answer, place)
      select a.id, a.staff_id, ${approver.id}, ${approver.sessionId}, 'approved', 1 from asked a`;
    await expect(readReview(approver.actor, id)).rejects.toEqual(refused("not-found"));
    await expect(giveVerdict(approver.actor, id, { verdict: "appropriate", note: NOTE })).rejects.toEqual(
      refused("not-found"),
    );
    expect((await readReview(other.actor, id)).review.id).toBe(id);
  });
});

describe("the verdict", () => {
  test("of two officers at once one gives it, and nobody changes it afterwards", async () => {
    const { id } = await due();
    const outcome = await Promise.allSettled(
      officers.map(({ actor }) => giveVerdict(actor, id, { verdict: "appropriate", note: NOTE })),
    );
    const codes = outcome.map((one) => (one.status === "fulfilled" ? "done" : one.reason.code)).sort();
    expect(codes).toEqual(["already-reviewed", "already-reviewed", "done"]);
    await expect(
      world.admin`update access.reviews set verdict = 'misuse' where id = ${id}`,
    ).rejects.toMatchObject({ code: "UN010" });
    const given = (await world.events("review.given")).filter((event) => event.detail.reviewId === id);
    expect(given.filter((event) => event.outcome === "done")).toHaveLength(1);
    expect(given.filter((event) => event.outcome === "denied")).toHaveLength(2);
  });

  test.each(["questionable", "misuse"] as const)(
    "%s raises a signal that stands on the view",
    async (verdict) => {
      const { id, subject, viewId } = await due();
      const { signalId } = await giveVerdict(officers[0].actor, id, { verdict, note: NOTE });
      const [signal] =
        await world.admin`select s.*, e.ref_id from access.signals s join access.signal_evidence e on e.signal_id = s.id where s.id = ${signalId}`;
      expect(signal).toMatchObject({
        subject_id: subject.id,
        detector: "review",
        severity: verdict === "misuse" ? 4 : 2,
        ref_id: viewId,
      });
      expect((await readReview(officers[1].actor, id)).review).toMatchObject({
        verdict,
        raisedId: signalId,
        note: NOTE,
      });
    },
  );

  test("needs words that say something", async () => {
    const { id } = await due();
    await expect(
      giveVerdict(officers[0].actor, id, { verdict: "misuse", note: "............" }),
    ).rejects.toEqual(refused("note-without-substance"));
  });

  test("that does not come in time lifts the review, again and again", async () => {
    const { id } = await due();
    for (const level of [2, 3, 3]) {
      await world.admin`update access.reviews set due_at = now() - interval '1 minute' where id = ${id}`;
      await world.admin`select access.escalate_reviews()`;
      const [now] =
        await world.admin`select level, due_at > now() as later from access.reviews where id = ${id}`;
      expect(now).toEqual({ level, later: true });
    }
    expect(
      (await world.events("review.escalated")).filter((event) => event.detail.reviewId === id),
    ).toHaveLength(3);
  });
});

test("pages of due reviews are cut by key: none is lost, none is repeated", async () => {
  const all = (await listReviews(officers[2].actor, { state: "due", limit: 100 })).reviews.map(
    (one) => one.id,
  );
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listReviews(officers[2].actor, { state: "due", limit: 7, cursor });
    seen.push(...page.reviews.map((one) => one.id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen.length).toBeGreaterThan(10);
  expect(seen).toEqual(all);
  await expect(listReviews(officers[2].actor, { state: "due", limit: 7, cursor: "x" })).rejects.toMatchObject(
    { code: "bad-cursor" },
  );
});
