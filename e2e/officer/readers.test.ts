import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { admin } from "../support/admin.ts";
import { CANARY } from "../support/canary.ts";
import { type Desk, makeDesk, pageOf } from "../support/desk.ts";
import { call } from "../support/http.ts";
import { signIn } from "../support/session.ts";
import type { Member } from "../support/staff.ts";

let desk: Desk;
let threadId: string;
let caseId: string;
let reader: Member;
const REASON = "The reporter wrote twice, so I look at it once more";
test.beforeAll(async () => {
  desk = await makeDesk("Readers");
  caseId = (await desk.deliver()).caseId;
  const [row] = await admin()`select thread_id as id from triage.cases where id = ${caseId}`;
  threadId = row?.id;
  reader = await desk.person(["moderator"]);
  const cookie = await signIn(reader);
  await call("POST", `/api/cases/${caseId}/claim`, { cookie });
  const view = await call("POST", `/api/cases/${caseId}/views`, {
    cookie,
    body: { purpose: "user_report_review", scope: "flagged_window", reason: REASON },
  });
  const { viewId } = JSON.parse(view.text) as { viewId: string };
  expect((await call("POST", `/api/views/${viewId}/read`, { cookie })).status).toBe(200);
  const refused = await signIn(await desk.person(["specialist"]));
  const body = { purpose: "user_report_review", scope: "flagged_window", preset: true };
  expect((await call("POST", `/api/cases/${caseId}/views`, { cookie: refused, body })).status).toBe(409);
  const decision = { outcome: "no_violation", action: "none", policyId: null, note: null };
  expect((await call("POST", `/api/cases/${caseId}/decisions`, { cookie, body: decision })).status).toBe(201);
});

test("an officer is told in one look who read a thread, and comes there from the case", async ({
  browser,
}) => {
  const { page, context } = await pageOf(browser, await desk.person(["compliance_officer"]));
  await page.goto(`/audit/cases/${caseId}`);
  await page.getByRole("link", { name: "Who read the thread" }).click();
  await expect(page).toHaveURL(new RegExp(`/threads/${threadId}/readers$`));
  await expect(page.getByText("1 person")).toBeVisible();
  const views = page.getByRole("region", { name: "Views" });
  for (const words of [
    reader.name,
    "Moderator",
    "11 messages",
    REASON,
    "No violation",
    "ended by the decision",
  ])
    await expect(views.getByText(words).first()).toBeVisible();
  await expect(page.getByText(/not your claim/).first()).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV" }).click();
  const file = await readFile(await (await download).path(), "utf8");
  expect(file).toContain(REASON);
  expect(file + (await page.content())).not.toMatch(CANARY);
  const events = await admin()`select action, detail from audit.events
    where thread_id = ${threadId} and action like 'audit.%' order by id`;
  expect(events.map(({ action }) => action)).toEqual(["audit.searched", "audit.exported"]);
  await context.close();
});

test("what is printed for the person concerned names nobody of the staff and no address", async ({
  browser,
}) => {
  const officer = await desk.person(["compliance_officer"]);
  const { page, context } = await pageOf(browser, officer, { timezoneId: "Europe/Berlin" });
  await page.goto(`/threads/${threadId}/readers?for=person`);
  await page.getByRole("button", { name: "Draw it up" }).click();
  await page.getByRole("article").waitFor();
  await page.emulateMedia({ media: "print" });
  const paper = page.locator("body");
  const onPaper = { useInnerText: true };
  for (const words of [
    "Staff member A, moderator",
    "Staff member B, specialist",
    /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC \(\d+ \w+ \d{4} at \d\d:\d\d:\d\d/,
    "No rule was found to be broken.",
  ])
    await expect(paper).toContainText(words, onPaper);
  const [session] = await admin()`select id from staff.sessions where staff_id = ${reader.id}`;
  const people = [reader, officer].flatMap(({ name, email, id }) => [name, email, id]);
  for (const secret of [...people, session?.id, REASON, "Draw it up", /\b\d{1,3}(\.\d{1,3}){3}\b|::1/])
    await expect(paper).not.toContainText(secret, onPaper);
  expect(await page.content()).not.toMatch(CANARY);
  // Nothing of the document is left behind by another tab of the same browser.
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(
    "Staff member",
  );

  await page.emulateMedia({ media: "screen" });
  await page.getByRole("checkbox", { name: /Include what staff wrote/ }).check();
  await page.getByRole("button", { name: "Draw it up anew" }).click();
  await expect(page.getByRole("article").getByText(REASON)).toBeVisible();
  const made =
    await admin()`select detail from audit.events where action = 'audit.exported' and actor_id = ${officer.id} order by id`;
  expect(made.map(({ detail }) => detail.filters.of)).toEqual(["readers", "readers-with-reasons"]);
  await context.close();
});

test("a moderator is not told who read a thread, not even the one they read", async ({ browser }) => {
  const { page, context } = await pageOf(browser, reader);
  await page.goto(`/threads/${threadId}/readers`);
  await expect(page.getByText("Your role does not lead here")).toBeVisible();
  expect(await page.content()).not.toContain(REASON);
  await context.close();
});

test("the page about a staff member says what they read and why, and leads to the thread", async ({
  browser,
}) => {
  const { page, context } = await pageOf(browser, await desk.person(["compliance_officer"]));
  await page.goto(`/audit/staff/${reader.id}`);
  await expect(page.getByText(/1 view of 1 thread: User report review 1/)).toBeVisible();
  await page.getByRole("link", { name: "Who read the thread" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Who read this thread" })).toBeVisible();
  await context.close();
});
