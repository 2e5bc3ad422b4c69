import { expect, test } from "@playwright/test";
import { answer, askOnPage, card, makeStage, reason } from "../governance/stage.ts";
import { admin } from "../support/admin.ts";
import { type Desk, makeDesk, pageOf } from "../support/desk.ts";
import { check } from "./check.ts";

let desk: Desk;
test.beforeAll(async () => {
  desk = await makeDesk("Looks");
  await desk.deliver({ severity: "critical" });
  await desk.deliver({ source: "classifier" });
});

test("no page that a moderator meets breaks WCAG 2.2 AA", async ({ browser }) => {
  test.setTimeout(120_000);
  const { caseId } = await desk.deliver();
  const { page, context } = await pageOf(browser, await desk.person(["moderator"]));
  await page.goto("/queues");
  await check(page, "queues");
  await page.goto(`/queues/${desk.queue}`);
  await check(page, "queue");
  await page.goto(`/cases/${caseId}`);
  await check(page, "case, not claimed");
  await page
    .getByRole("button", { name: /^Claim/ })
    .first()
    .click();
  await expect(page.getByText(/Claimed by you/).first()).toBeVisible();
  await check(page, "case, claimed");
  await page.keyboard.press("o");
  await expect(page.getByRole("region", { name: /Open view/ })).toBeVisible();
  await check(page, "case, open");
  await page.keyboard.press("v");
  await check(page, "case, violation chosen");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await check(page, "shortcut sheet");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("dialog").waitFor();
  await check(page, "command palette");
  await page.goto("/cases/00000000-0000-4000-8000-000000000000");
  await check(page, "no such case");
  await page.goto("/nowhere");
  await check(page, "no such page");
  await context.close();
});

test("no page that an officer meets breaks WCAG 2.2 AA", async ({ browser }) => {
  test.setTimeout(120_000);
  const { page, context } = await pageOf(browser, await desk.person(["compliance_officer"]));
  const [event] = await admin()`
    select id, actor_id, case_id from audit.events where action = 'view.opened' order by id desc limit 1`;
  const [flagged] = await admin()`select id as case_id, thread_id from triage.cases order by id desc limit 1`;
  await page.goto("/audit");
  await check(page, "log");
  await page.keyboard.press("e");
  await page.getByRole("dialog").waitFor();
  await check(page, "export");
  for (const [name, path] of [
    ["record", `/audit/events/${event?.id}`],
    ["trail of a case", `/audit/cases/${event?.case_id}`],
    ["trail of a staff member", `/audit/staff/${event?.actor_id}`],
    ["no event fits", "/audit?outcome=failed&action=keys.rotated"],
    ["compliance desk", "/compliance"],
    ["readers of a thread", `/threads/${flagged?.thread_id}/readers`],
  ] as const) {
    await page.goto(path);
    await check(page, name);
  }
  await page.getByRole("link", { name: "For the person concerned" }).click();
  await page.getByRole("button", { name: "Draw it up" }).click();
  await page.getByRole("article").waitFor();
  await check(page, "document for the person concerned");
  await page.goto("/integrity");
  await check(page, "integrity");
  await page.getByRole("button", { name: "Verify now" }).click();
  await page.getByText("The log is sound").first().waitFor({ timeout: 30_000 });
  await check(page, "integrity, verified");
  await page.setViewportSize({ width: 390, height: 900 });
  await page.getByRole("navigation", { name: "Main" }).getByRole("button").click();
  await page.getByRole("menu").waitFor();
  await check(page, "navigation of a phone");
  await context.close();
});

test("no page of access governance breaks WCAG 2.2 AA", async ({ browser }) => {
  test.setTimeout(240_000);
  const stage = await makeStage("Looks of governance");
  const moderator = await pageOf(browser, await stage.person(["moderator"]));
  const asked = await stage.decided();
  await askOnPage(moderator.page, asked.caseId);
  await check(moderator.page, "case, request waiting");

  const specialist = await pageOf(browser, await stage.person(["specialist"]));
  await specialist.page.goto("/approvals");
  await check(specialist.page, "inbox");
  await card(specialist.page, asked.number).getByRole("button", { name: "Approve" }).click();
  await check(specialist.page, "answer to a request");
  await specialist.page.keyboard.press("Escape");
  await answer(specialist.page, asked.number, "Ask back", "Which decision do you mean?");
  await moderator.page.goto("/approvals?tab=mine");
  await check(moderator.page, "own requests, one with a question");

  const { caseId } = await stage.deliver();
  await specialist.page.goto(`/cases/${caseId}`);
  await specialist.page.getByRole("button", { name: "Break the glass" }).click();
  const dialog = specialist.page.getByRole("dialog");
  await check(specialist.page, "before the glass is broken");
  await dialog.getByLabel(/^Reason/).fill(`${reason()} Somebody gave a time and a place, and it is soon.`);
  await dialog.getByRole("checkbox").check();
  await dialog.getByRole("button", { name: "Break the glass", exact: true }).click();
  await expect(specialist.page.getByText("Opened by breaking the glass.")).toBeVisible();
  await check(specialist.page, "case, glass broken");
  await specialist.page.goto("/account");
  await check(specialist.page, "own account");

  const { page, context } = await pageOf(browser, await stage.person(["compliance_officer"]));
  for (const path of [
    "/approvals",
    "/approvals?tab=grants",
    "/break-glass",
    "/break-glass?show=open",
    "/watch-list",
    "/account",
    "/access-policy",
  ]) {
    await page.goto(path);
    await check(page, path);
  }
  await page.goto("/break-glass?show=open");
  await page
    .getByRole("button", { name: /^Review/ })
    .first()
    .click();
  await check(page, "review");
  await page.keyboard.press("Escape");
  await page.goto("/watch-list");
  await page.getByRole("button", { name: "Add an account" }).click();
  await check(page, "adding to the watch list");
  await page.keyboard.press("Escape");
  await page.goto("/access-policy?tab=simulator");
  await page.getByLabel("Number of the case").fill(String(asked.number));
  await page.getByLabel("Purpose").selectOption({ label: "Second decision" });
  await page.getByRole("button", { name: "Say who and how" }).click();
  await page.getByRole("row").nth(1).waitFor();
  await check(page, "simulator, a case");
  await page.getByText("A made-up situation").click();
  await page.getByRole("button", { name: "Say how" }).click();
  await check(page, "simulator, made up");
  await page.goto("/access-policy");
  await page.getByRole("button", { name: "Begin a draft" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("Looked at and withdrawn.");
  await page.getByRole("dialog").getByRole("button", { name: "Begin", exact: true }).click();
  await page.getByRole("button", { name: "Edit" }).click();
  await check(page, "draft");
  await page.getByRole("button", { name: "Change: Lead, Appeal, Flagged window" }).click();
  await check(page, "rule");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByRole("button", { name: "Withdraw", exact: true }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("It was only begun to be looked at.");
  await page.getByRole("dialog").getByRole("button", { name: "Withdraw", exact: true }).click();
  await expect(page.getByRole("article", { name: /^Version/ })).toContainText("Withdrawn");
  await Promise.all([moderator.context.close(), specialist.context.close(), context.close()]);
});

test("no page that anybody meets at the door breaks WCAG 2.2 AA", async ({ browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const path of ["/sign-in", "/sign-in?ended=1", "/api/docs"]) {
    await page.goto(path);
    await check(page, path);
  }
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill("nobody-of-ours@staff.example.org");
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await check(page, "sign-in refused");
  await context.close();

  const counsel = await pageOf(browser, await desk.person(["legal_counsel"]));
  await counsel.page.goto("/queues");
  await check(counsel.page, "forbidden");
  await counsel.page.goto("/audit");
  await check(counsel.page, "own acts");
  await counsel.context.close();
});
