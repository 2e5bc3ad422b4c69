import { createHash, randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { NoticeFeed } from "../../../contracts/legal/notices.ts";
import type { Problem } from "../../../contracts/problem.ts";
import { workerSql } from "../../../db/worker-client.ts";
import { acknowledgeNotice, takeNotices } from "../../intake/notices.ts";
import { platformKeyHash } from "../../intake/platformActor.ts";
import { makeWorld, type Person, type World } from "../../test/world.ts";
import { received } from "../test/preservation.ts";
import { barNotice } from "./barNotice.ts";
import { listNotices } from "./listNotices.ts";
import { planNotices } from "./planNotices.ts";
import { reviewGag } from "./reviewGag.ts";
import { sendNotice } from "./sendNotice.ts";
import { setNoticePolicy } from "./setNoticePolicy.ts";

const WHY = "The court's order was read, and it says so in its second part.";
const code = (word: string) => ({ code: word });
const silent = { code: "UN032" };

let world: World;
let counsel: Person;
let second: Person;
let officer: Person;
let key: string;
beforeAll(async () => {
  world = await makeWorld();
  counsel = await world.person(["legal_counsel"]);
  second = await world.person(["legal_counsel"]);
  officer = await world.person(["compliance_officer"]);
  key = `uns_${randomBytes(32).toString("base64url")}`;
  await world.admin`select intake.add_key('example-platform', 'test', ${platformKeyHash(key)}, null, '{notices:read}')`;
});
afterAll(() => world.end());

const FEED = "http://localhost/api/intake/v1/notices";
const headers = () => ({ authorization: `Bearer ${key}`, "content-type": "application/json" });
const fetchFeed = async () =>
  (await (await takeNotices(new Request(FEED, { headers: headers() }))).json()) as NoticeFeed;
const fed = async (account: string) => (await fetchFeed()).notices.find((one) => one.account.id === account);
const deliver = async (id: string, textSha256: string, deliveredAt = new Date().toISOString()) => {
  const response = await acknowledgeNotice(
    new Request(`${FEED}/${id}/delivered`, {
      method: "POST",
      headers: headers(),
      body: JSON.stringify({ deliveredAt, channel: "email", textSha256 }),
    }),
    id,
  );
  return (await response.json()) as Problem & { state?: string };
};
const asOwner = (statement: string) =>
  world.admin.begin(async (tx) => {
    await tx`set local role unseal_owner`;
    return (await tx.unsafe(statement)).count;
  });

/** A subpoena with a notice planned for its account. */
async function planned({
  policy = "before",
  type = "subpoena",
  childSafety = false,
  account = `p-${randomUUID()}`,
} = {}) {
  const requestId = await received(world, counsel, { type, accounts: [account], policy, childSafety });
  await planNotices(counsel.actor, requestId, { template: "before" });
  const { notices } = await listNotices(counsel.actor, requestId);
  const [notice] = notices;
  if (!notice) throw new Error("no notice was planned");
  return {
    account,
    requestId,
    notice,
    send: () => sendNotice(counsel.actor, notice.id, { textSha256: notice.textSha256 }),
  };
}
const gag = (until: string | null) => ({
  policy: "before" as const,
  gag: { reference: "Order 1", until },
  reason: WHY,
});
const SOON = new Date(Date.now() + 86_400_000).toISOString();

describe("a notice", () => {
  test("is sent when the platform says that it delivered it, word for word, and not before", async () => {
    const { account, requestId, notice, send } = await planned();
    expect(notice).toMatchObject({
      state: "planned",
      template: "before",
      templateVersion: "2026-1",
      accountId: account,
    });
    expect(createHash("sha256").update(notice.text).digest("hex")).toBe(notice.textSha256);
    expect(notice.text).toContain("Example Police");
    expect(notice.text).not.toContain("Officer Example");
    expect(await fed(account)).toBeUndefined();
    await expect(sendNotice(counsel.actor, notice.id, { textSha256: "0".repeat(64) })).rejects.toMatchObject(
      code("notice-moved"),
    );
    await send();
    await expect(send()).rejects.toMatchObject(code("notice-gone"));
    expect(await deliver(notice.id, notice.textSha256)).toMatchObject(code("notice-unknown"));
    expect(await fed(account)).toMatchObject({ id: notice.id, text: notice.text });
    const state = async () => (await listNotices(officer.actor, requestId)).notices[0];
    expect(await state()).toMatchObject({ state: "handed_over", sentAt: null, accountId: null });
    expect(await deliver(notice.id, "0".repeat(64))).toMatchObject(code("notice-text-differs"));
    expect(await deliver(notice.id, notice.textSha256, "2020-01-01T00:00:00Z")).toMatchObject(
      code("notice-time"),
    );
    const first = await deliver(notice.id, notice.textSha256);
    expect(first).toMatchObject({ state: "sent", channel: "email" });
    expect(await deliver(notice.id, notice.textSha256)).toEqual(first);
    expect(await state()).toMatchObject({ state: "sent", channel: "email" });
    expect(await fed(account)).toBeUndefined();
    const [event] = await world.events("legal.notice_sent");
    expect(event?.detail).toMatchObject({
      noticeId: notice.id,
      template: "before",
      version: "2026-1",
      channel: "email",
      afterBar: false,
    });
    expect(JSON.stringify(await world.events("legal.notice_sent"))).not.toContain(account);
    for (const change of [
      "sent_at = now()",
      "body = 'x', body_sha256 = sha256('x')",
      "state = 'planned', sent_at = null, channel = null, acknowledged_at = null",
    ])
      await expect(
        asOwner(`update legal.notices set ${change} where id = '${notice.id}'`),
        change,
      ).rejects.toMatchObject(silent);
  });

  test("after the answer goes after the answer; what counsel bars stays barred", async () => {
    const { requestId, notice, send } = await planned({ policy: "after" });
    await expect(send()).rejects.toMatchObject(code("notice-too-early"));
    expect((await listNotices(counsel.actor, requestId)).notices[0]).toMatchObject({
      dueAt: null,
      may: { send: false },
    });
    await barNotice(counsel.actor, notice.id, {
      reason: "Telling this account would put somebody in danger.",
    });
    await workerSql()`select legal.keep_notices_in_mind()`;
    await expect(send()).rejects.toMatchObject(code("notice-gone"));
    expect((await listNotices(counsel.actor, requestId)).notices[0]).toMatchObject({
      state: "barred",
      barredWhy: "counsel",
    });
  });

  test("is for counsel to plan and send, and for nobody else", async () => {
    const { requestId, notice } = await planned();
    await expect(
      sendNotice(officer.actor, notice.id, { textSha256: notice.textSha256 }),
    ).rejects.toMatchObject(code("wrong-role"));
    for (const role of ["moderator", "administrator", "auditor"] as const) {
      const person = await world.person([role]);
      await expect(listNotices(person.actor, requestId), role).rejects.toMatchObject(code("wrong-role"));
    }
  });
});

describe("nothing goes, by whatever function,", () => {
  const force = (id: string, to: string) =>
    asOwner(`update legal.notices set state = '${to}', released_by = '${counsel.id}', released_at = now(),
      handed_over_at = now() where id = '${id}'`);

  test.each([
    ["in a matter of child safety", { policy: "barred", childSafety: true }, "child_safety"],
    ["under a European order", { policy: "not_applicable", type: "epoc" }, "authority_informs"],
    ["where the policy bars it", { policy: "barred" }, "policy_bars"],
  ] as const)("%s", async (_, given, why) => {
    const account = `p-${randomUUID()}`;
    const requestId = await received(world, counsel, { type: "subpoena", accounts: [account], ...given });
    await expect(planNotices(counsel.actor, requestId, { template: "after" })).rejects.toMatchObject(
      code("notice-policy"),
    );
    const [made] = await world.admin`
      insert into legal.notices (request_id, account, platform_id, platform_participant_id, template, template_version, subject, body,
        body_sha256, planned_by)
      values (${requestId}, 1, ${world.platformId}, ${account}, 'after', '1', 'x', 'x', sha256('x'), ${counsel.id}) returning id`;
    await expect(
      sendNotice(counsel.actor, made?.id, { textSha256: createHash("sha256").update("x").digest("hex") }),
    ).rejects.toMatchObject(code("notice-barred"));
    for (const to of ["released", "handed_over"])
      await expect(force(made?.id, to)).rejects.toMatchObject(silent);
    expect((await listNotices(counsel.actor, requestId)).notices[0]).toMatchObject({
      state: "barred",
      barredWhy: why,
    });
  });

  test("to an account of a thread that was reported to NCMEC", async () => {
    const { account, notice, requestId, send } = await planned();
    const found = await world.case({ accounts: ["p-other", account] });
    const writer = await world.person(["specialist"], { clearances: ["child_safety"] });
    await world.admin`insert into cybertip.reports (case_id, thread_id, platform_id, region, kind, started_by, due_at)
      values (${found.id}, ${found.threadId}, ${world.platformId}, 'eu', 'report', ${writer.id}, now())`;
    await expect(send()).rejects.toMatchObject(code("notice-barred"));
    await expect(force(notice.id, "released")).rejects.toMatchObject(silent);
    expect((await listNotices(counsel.actor, requestId)).notices[0]?.barredWhy).toBe("cybertip_reported");
  });

  test("to an account that was reported after the notice was let go: it is called back, on record", async () => {
    const { account, requestId, send } = await planned();
    await send();
    const found = await world.case({ accounts: ["p-other", account] });
    const writer = await world.person(["specialist"], { clearances: ["child_safety"] });
    await world.admin`insert into cybertip.reports (case_id, thread_id, platform_id, region, kind, started_by, due_at)
      values (${found.id}, ${found.threadId}, ${world.platformId}, 'eu', 'report', ${writer.id}, now())`;
    expect(await fed(account)).toBeUndefined();
    expect((await listNotices(counsel.actor, requestId)).notices[0]).toMatchObject({
      state: "barred",
      barredWhy: "cybertip_reported",
      releasedAt: null,
    });
    expect((await world.events("legal.notice_called_back")).at(-1)).toMatchObject({
      detail: { why: "cybertip_reported", handedOver: false },
    });
  });

  test("behind notices that the platform never acknowledges: what it has not fetched comes first", async () => {
    const stuck = await planned();
    await stuck.send();
    expect(await fed(stuck.account)).toBeDefined();
    const fresh = await planned();
    await fresh.send();
    const take = () =>
      world.admin`select intake.take_notices(${platformKeyHash(key)}, 1, '{}') as told`.then(
        ([row]) => row?.told,
      );
    const told = await take();
    expect(told.notices.map((one: { account: { id: string } }) => one.account.id)).toEqual([fresh.account]);
    expect(told.more).toBe(true);
  });

  test("under an order not to tell; what was let go is called back, and what was handed over is served no more", async () => {
    const released = await planned();
    await released.send();
    await setNoticePolicy(counsel.actor, released.requestId, gag(SOON));
    expect(await fed(released.account)).toBeUndefined();
    await expect(released.send()).rejects.toMatchObject(code("notice-barred"));
    await expect(force(released.notice.id, "handed_over")).rejects.toMatchObject(silent);
    expect((await listNotices(counsel.actor, released.requestId)).notices[0]).toMatchObject({
      state: "barred",
      barredWhy: "gagged",
      barredUntil: SOON,
    });

    const handed = await planned();
    await handed.send();
    expect(await fed(handed.account)).toBeDefined();
    await setNoticePolicy(counsel.actor, handed.requestId, gag(null));
    expect(await fed(handed.account)).toBeUndefined();
    // What the platform had delivered by then is not made unsaid.
    expect(await deliver(handed.notice.id, handed.notice.textSha256)).toMatchObject({ state: "sent" });
    const [event] = await world.events("legal.notice_sent");
    expect(event?.detail).toMatchObject({ noticeId: handed.notice.id, afterBar: true });
  });

  test("when the order arrives at the same moment: it is seen, or it comes after the platform has the notice", async () => {
    const before = await planned();
    await before.send();
    const gagging = await world.admin.reserve();
    await gagging`begin`;
    await gagging`update legal.requests set gag_reference = 'Order 2', gag_indefinite = true where id = ${before.requestId}`;
    const taking = fetchFeed();
    await expect
      .poll(
        async () =>
          (
            await world.admin`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
          ).length,
      )
      .toBe(1);
    await gagging`commit`;
    gagging.release();
    expect((await taking).notices.map((one) => one.account.id)).not.toContain(before.account);

    const rounds = await Promise.all([1, 2, 3].map(() => planned()));
    await Promise.all(rounds.map((one) => one.send()));
    const [feed] = await Promise.all([
      fetchFeed(),
      ...rounds.map((one) => setNoticePolicy(counsel.actor, one.requestId, gag(null))),
    ]);
    for (const { account, notice } of rounds) {
      const [row] =
        await world.admin`select state, handed_over_at from legal.notices where id = ${notice.id}`;
      const served = feed.notices.some((one) => one.account.id === account);
      expect([row?.state, row?.handed_over_at !== null]).toEqual(
        served ? ["barred", true] : ["planned", false],
      );
    }
    for (const { account } of rounds) expect(await fed(account)).toBeUndefined();
  });
});

describe("an order not to tell", () => {
  test("ends early only when two counsel say so, each for themselves", async () => {
    const { account, requestId, send } = await planned();
    await setNoticePolicy(counsel.actor, requestId, gag(null));
    const lifted = { policy: "before" as const, gag: null, reason: WHY };
    await expect(setNoticePolicy(counsel.actor, requestId, lifted)).rejects.toMatchObject(
      code("gag-needs-two"),
    );
    await expect(setNoticePolicy(counsel.actor, requestId, gag(SOON))).rejects.toMatchObject(
      code("gag-needs-two"),
    );
    await expect(
      asOwner(
        `update legal.requests set gag_indefinite = false, gag_reference = null where id = '${requestId}'`,
      ),
    ).rejects.toMatchObject(silent);
    const say = (who: Person, outcome: "lifted" | "still_barred") =>
      reviewGag(who.actor, requestId, { outcome, reason: WHY });
    expect(await say(counsel, "lifted")).toEqual({ ended: false });
    await expect(say(counsel, "lifted")).rejects.toMatchObject(code("own-request"));
    expect(await say(second, "still_barred")).toEqual({ ended: false });
    expect(await say(second, "lifted")).toEqual({ ended: false });
    expect(await say(counsel, "lifted")).toEqual({ ended: true });
    await expect(say(counsel, "lifted")).rejects.toMatchObject(code("no-gag"));
    await send();
    expect(await fed(account)).toBeDefined();
  });

  test("that came between leaves a notice that the platform has as it was, word for word", async () => {
    const { account, requestId, notice, send } = await planned();
    await send();
    const handed = await fed(account);
    await setNoticePolicy(counsel.actor, requestId, gag(SOON));
    await world.admin`update legal.notices set state = 'planned', barred_why = null where id = ${notice.id}`;
    await expect(
      asOwner(`update legal.notices set body = body || '.', body_sha256 = sha256(convert_to(body || '.', 'UTF8'))
        where id = '${notice.id}'`),
    ).rejects.toMatchObject(silent);
    await planNotices(counsel.actor, requestId, { template: "delayed" });
    const [kept] = await world.admin`select body_sha256 from legal.notices where id = ${notice.id}`;
    expect(kept?.body_sha256.toString("hex")).toBe(handed?.textSha256);
  });

  test("is changed while the job calls it to mind, and neither waits for the other in a circle", async () => {
    const { requestId } = await planned();
    await setNoticePolicy(counsel.actor, requestId, gag(SOON));
    const round = await world.admin.begin(async (tx) => {
      await tx`select from legal.requests where id = ${requestId} for update`;
      const going = workerSql()`select legal.keep_notices_in_mind()`.then(
        () => null,
        (error: unknown) => error,
      );
      await new Promise((resolve) => setTimeout(resolve, 200));
      await tx`select from legal.gags where request_id = ${requestId} for update`;
      return { going };
    });
    expect(await round.going).toBeNull();
  });

  test("is called to mind before it ends and when it has no end; when it has ended, notices may go again", async () => {
    const { requestId, notice, send } = await planned();
    await setNoticePolicy(counsel.actor, requestId, gag(SOON));
    const remind = () => workerSql()`select legal.keep_notices_in_mind()`;
    const told = () =>
      world.admin`select kind, days_left from access.notices where lawful_request_id = ${requestId} order by id`;
    await remind();
    await remind();
    expect(await told()).toEqual([{ kind: "gag_ending", days_left: 1 }]);
    const open = await planned();
    await setNoticePolicy(counsel.actor, open.requestId, gag(null));
    await remind();
    await world.admin`update legal.gags set review_due_at = now() + interval '5 days' where request_id = ${open.requestId}`;
    await remind();
    const [review] =
      await world.admin`select kind, days_left from access.notices where lawful_request_id = ${open.requestId}`;
    expect({ ...review }).toEqual({ kind: "gag_review", days_left: 7 });
    // Its day passes: as the clock cannot be turned, by somebody who may alter tables.
    await world.admin.begin(async (tx) => {
      await tx`alter table legal.requests disable trigger keep_gag`;
      await tx`update legal.requests set gag_until = now() - interval '1 minute' where id = ${requestId}`;
      await tx`alter table legal.requests enable trigger keep_gag`;
    });
    const page = await listNotices(counsel.actor, requestId);
    expect(page).toMatchObject({ barredWhy: null, gag: { inForce: false }, suggested: "delayed" });
    expect(page.notices[0]).toMatchObject({ state: "planned", id: notice.id, dueAt: expect.any(String) });
    expect(await send()).toEqual({ state: "released" });
  });
});
