import { createHash, randomBytes, randomUUID } from "node:crypto";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { participantId } from "../../domain/ids.ts";
import { checkAccessible as check } from "../support/accessible.ts";
import { admin } from "../support/admin.ts";
import { pageOf } from "../support/desk.ts";
import { call, jsonOf } from "../support/http.ts";
import { signIn } from "../support/session.ts";
import { hire } from "../support/staff.ts";
import { claim, decide } from "../unauthorized-access/scene.ts";
import { goTo } from "./acts.ts";
import { ago, type LegalStage, makeLegalStage, must, recordCall, refused } from "./stage.ts";

test.describe.configure({ timeout: 90_000 });
let stage: LegalStage;
let first: Page;
let second: Page;
let contexts: BrowserContext[] = [];
test.beforeAll(async ({ browser }) => {
  stage = await makeLegalStage();
  const opened = await Promise.all([pageOf(browser, stage.first), pageOf(browser, stage.second)]);
  contexts = opened.map(({ context }) => context);
  [first, second] = [opened[0].page, opened[1].page];
});
test.afterAll(() => Promise.all(contexts.map((one) => one.close())));

type Detail = {
  state: string;
  dueAt: string;
  dueRule: string;
  receivedAt: string;
  scopeVersion: number;
  digest: string;
};
const read = (requestId: string) => must<Detail>(stage.first, "GET", `/api/lawful-requests/${requestId}`);
const hours = ({ dueAt, receivedAt }: Detail): number =>
  (Date.parse(dueAt) - Date.parse(receivedAt)) / 3_600_000;

test("an emergency disclosure is refused on a genuine mailbox alone, and given once it was called back and a second person looked", async () => {
  const { account } = await stage.deliver();
  const requestId = await stage.register(
    {
      type: "emergency_disclosure",
      emergency: true,
      issuer: "police",
      channel: "email",
      officerPhone: "+1 202 555 0199",
      receivedAt: ago(3_600_000),
      issuedAt: null,
    },
    account,
  );
  const at = `/api/lawful-requests/${requestId}`;
  await must(stage.first, "POST", `${at}/review`, {});
  const { scopeVersion, digest } = await read(requestId);
  const ask = { scopeVersion, digest };
  // Nobody approves it, and nothing is collected, however genuine the mail looks.
  expect(await refused(stage.second, `${at}/approve`, ask)).toMatch(/call-back|verif|agency|second-person/);
  expect(await refused(stage.first, `${at}/collections`, {})).toBe("request-not-approved");
  await goTo(second, requestId, "verification");
  await expect(second.getByText("What it needs before anything is given")).toBeVisible();
  await expect(second.getByRole("button", { name: "Approve it" })).toHaveCount(0);
  await check(second, "emergency, not verified");

  await recordCall(stage.first, requestId, stage.agency.numberId);
  // Whoever called back is not the second person as well.
  const look = {
    kind: "second_person",
    outcome: "passed",
    note: "The danger is told plausibly and in detail.",
  };
  expect(await refused(stage.first, `${at}/verifications`, look)).toMatch(/second-person|own/);
  expect(await refused(stage.second, `${at}/approve`, ask)).toMatch(/second-person|verif/);

  await second.reload();
  await second.getByRole("button", { name: "Second person", exact: true }).first().click();
  const dialog = second.getByRole("dialog");
  await dialog.getByText("Passed", { exact: true }).click();
  await dialog.getByLabel("Note").fill(look.note);
  await dialog.getByRole("button", { name: "Record it" }).click();
  await expect(dialog).toBeHidden();
  await second.getByRole("button", { name: "Approve it" }).click();
  await dialog.getByRole("button", { name: "Approve it" }).click();
  await expect(second.getByText("Approved", { exact: true }).first()).toBeVisible();
  expect((await read(requestId)).state).toBe("approved");
  await must(stage.first, "POST", `${at}/collections`, {});
});

test("an EPOC is due in ten days, in eight hours in an emergency, and the person is never told by us", async () => {
  const { account } = await stage.deliver();
  const facts = {
    type: "epoc",
    jurisdiction: "DE",
    localZone: "Europe/Berlin",
    noticePolicy: "not_applicable",
  };
  const requestId = await stage.register(facts, account);
  const detail = await read(requestId);
  expect(detail.dueRule).toBe("epoc_10_days");
  expect(hours(detail)).toBeGreaterThan(9 * 24);
  expect(hours(detail)).toBeLessThanOrEqual(11 * 24);
  const urgent = await read(
    await stage.register(
      { ...facts, emergency: true, receivedAt: ago(60_000), issuedAt: ago(120_000) },
      account,
    ),
  );
  expect(urgent.dueRule).toBe("epoc_emergency_8_hours");
  expect(hours(urgent)).toBe(8);

  await goTo(first, requestId, "notices");
  await expect(first.getByText("Nobody may be told now")).toBeVisible();
  await expect(first.getByRole("button", { name: /^Plan/ })).toHaveCount(0);
  await check(first, "EPOC, notices");
  const at = `/api/lawful-requests/${requestId}`;
  const other = await call("POST", `${at}/notice-policy`, {
    cookie: stage.first.cookie,
    body: { policy: "after", gag: null, reason: "The person should be told." },
  });
  expect(jsonOf<{ code: string }>(other).code).toBe("notice-not-ours");
  await first.goto(`/lawful-requests/${requestId}`);
  await expect(first.getByText(/due in (9|10) d/).first()).toBeVisible();
});

test("a preservation outlives an erasure request, which is carried out once the hold is released by two", async () => {
  const { account, threadId, caseId } = await stage.deliver();
  // What is open in triage would stand in the way of an erasure by itself.
  const moderator = await hire(["moderator"], { queues: [stage.queue] });
  const by = { member: moderator, cookie: await signIn(moderator) };
  await claim(by, caseId);
  const decision = await decide(by, caseId);
  // The seconds in which it may be taken back are over.
  await admin()`update triage.decisions set undo_until = clock_timestamp() where id = ${decision}`;
  const requestId = await stage.register(
    { type: "preservation_2703f", issuer: "police", issuedAt: null, rangeFrom: null, rangeTo: null },
    account,
  );
  await goTo(first, requestId, "holds");
  await first.getByRole("button", { name: /^Freeze/ }).click();
  const dialog = first.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("Asked for by the agency, until its order comes.");
  await dialog.getByRole("button", { name: /^Freeze/ }).click();
  await expect(dialog).toBeHidden();
  await check(first, "holds of a request");

  const key = `uns_${randomBytes(32).toString("base64url")}`;
  const [platform] = await admin()`select slug from intake.platforms where id = ${stage.platform.id}`;
  await admin()`select intake.add_key(${platform?.slug}, 'erasures',
    ${createHash("sha256").update(key).digest()}, null, ${["erasures:write"]})`;
  const authorization = `Bearer ${key}`;
  const id = `erasure-${randomUUID()}`;
  const asked = await call("POST", "/api/intake/v1/erasures", {
    headers: { authorization },
    body: { id, account: { id: account } },
  });
  expect(asked.status).toBeLessThan(300);
  type Receipt = { state: string; ground: { law: string; words: string } | null };
  const receipt = async (): Promise<Receipt> =>
    jsonOf<Receipt>(await call("GET", `/api/intake/v1/erasures/${id}`, { headers: { authorization } }));
  await expect.poll(async () => (await receipt()).state, { timeout: 40_000 }).toBe("deferred");
  const told = await receipt();
  expect(told.ground?.law).toMatch(/17\(3\)/);
  // The platform is not told of the request, since it would tell the person.
  expect(JSON.stringify(told)).not.toMatch(/police|preserv|LR-/i);
  const messages = async (): Promise<number> => {
    const [row] = await admin()`select count(*)::int as n from sealed.messages where thread_id = ${threadId}`;
    return row?.n;
  };
  expect(await messages()).toBeGreaterThan(0);
  await first.goto("/holds?tab=erasures");
  await check(first, "holds and erasures");

  const [hold] = (
    await must<{ holds: { id: string }[] }>(stage.first, "GET", `/api/lawful-requests/${requestId}/holds`)
  ).holds;
  const reason = { reason: "The agency wrote that it needs nothing of it any more." };
  const release = `/api/holds/${hold?.id}/release`;
  expect(await must(stage.first, "POST", release, reason)).toMatchObject({ releaseAsked: true });
  expect(await refused(stage.first, release, reason)).toBeTruthy();
  expect(await messages()).toBeGreaterThan(0);
  expect(await must(stage.second, "POST", release, reason)).toMatchObject({ state: "released" });
  await expect.poll(async () => (await receipt()).state, { timeout: 60_000 }).toBe("done");
  const [left] = await admin()`select count(*)::int as n from sealed.messages
    where thread_id = ${threadId} and sender_id = ${participantId(threadId, account)} and body_ct is not null`;
  expect(left?.n).toBe(0);
});
