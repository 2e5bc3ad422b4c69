import { expect, test } from "@playwright/test";
import { admin } from "../support/admin.ts";
import { pageOf } from "../support/desk.ts";
import { answer, askOnPage, card, content, makeStage, ownRequest, reason, type Stage } from "./stage.ts";

let stage: Stage;
test.beforeAll(async () => {
  stage = await makeStage("Approvals");
});

test("a request says beforehand what it takes, is approved by another person, and opens what was asked", async ({
  browser,
}) => {
  const { caseId, number } = await stage.decided();
  const [asker, approver] = await Promise.all([stage.person(["moderator"]), stage.person(["specialist"])]);
  const [a, b] = await Promise.all([pageOf(browser, asker), pageOf(browser, approver)]);
  await b.page.goto("/approvals");
  await a.page.goto(`/cases/${caseId}`);
  await a.page.getByText("Open it for another purpose").click();
  await expect(a.page.getByText(/Somebody else must approve it first/)).toBeVisible();
  const why = reason();
  await askOnPage(a.page, caseId, { why });
  await expect(ownRequest(a.page)).toContainText("Waiting for approval");

  // It comes to the approver by itself, with figures and the reason, and without a word of the thread.
  await expect(card(b.page, number)).toBeVisible();
  await expect(card(b.page, number)).toContainText(why);
  await expect(card(b.page, number)).toContainText("11 messages, 2 participants");
  expect(await b.page.content()).not.toContain("zqcanary");
  await answer(b.page, number, "Approve");
  await expect(b.page.getByText(`${asker.name} can open it now.`, { exact: true })).toBeVisible();
  await expect(card(b.page, number)).toHaveCount(0);

  await expect(ownRequest(a.page)).toContainText("Approved");
  await a.page.keyboard.press("t");
  await expect(content(a.page)).toBeVisible();
  await expect(a.page.getByText(/4 views left/)).toBeVisible();
  expect(new URL(a.page.url()).search).toBe("");
  const [view] = await admin()`
    select g.requirement, g.purpose from access.views v join access.grants g on g.id = v.grant_id
     where v.staff_id = ${asker.id} and v.case_id = ${caseId}`;
  expect(view).toEqual({ requirement: "one_approver", purpose: "second_decision" });

  // Closed, the grant still runs and says what is left of it.
  await a.page.getByRole("button", { name: "Close view" }).click();
  const grant = a.page.getByRole("article", { name: /^Grant:/ });
  await expect(grant).toContainText("4 views left");
  await grant.getByRole("button", { name: "Open again" }).click();
  await expect(content(a.page)).toBeVisible();
  await expect(a.page.getByText(/3 views left/)).toBeVisible();
  await Promise.all([a.context.close(), b.context.close()]);
});

test("whoever is denied reads why", async ({ browser }) => {
  const { caseId, number } = await stage.decided();
  const [a, b] = await Promise.all([
    pageOf(browser, await stage.person(["moderator"])),
    pageOf(browser, await stage.person(["lead"])),
  ]);
  await askOnPage(a.page, caseId);
  await b.page.goto("/approvals");
  await card(b.page, number).getByRole("button", { name: "Deny" }).click();
  // A denial without a reason is not sent.
  await b.page.getByRole("dialog").getByRole("button", { name: "Deny", exact: true }).click();
  await expect(b.page.getByRole("dialog")).toBeVisible();
  await b.page.keyboard.press("Escape");
  await answer(b.page, number, "Deny", "The first decision explains it well enough.");
  await expect(ownRequest(a.page)).toContainText("Denied");
  await expect(ownRequest(a.page)).toContainText("The first decision explains it well enough.");
  await expect(a.page.getByRole("button", { name: "Open what was approved" })).toHaveCount(0);
  await Promise.all([a.context.close(), b.context.close()]);
});

test("an approver asks back, the answer comes to them, and the request waits on", async ({ browser }) => {
  const { caseId, number } = await stage.decided();
  const [a, b] = await Promise.all([
    pageOf(browser, await stage.person(["moderator"])),
    pageOf(browser, await stage.person(["specialist"])),
  ]);
  await askOnPage(a.page, caseId);
  await b.page.goto("/approvals");
  await answer(b.page, number, "Ask back", "Which of the two decisions do you mean?");
  await expect(ownRequest(a.page)).toContainText("Which of the two decisions");
  await a.page.getByLabel("Your answer").fill("The later one.");
  await a.page.getByRole("button", { name: "Answer" }).click();
  await expect(card(b.page, number)).toContainText("The later one.");
  await expect(card(b.page, number).getByRole("button", { name: "Approve" })).toBeVisible();
  await Promise.all([a.context.close(), b.context.close()]);
});

test("where two approvers are needed, one is not enough, and each counts once", async ({ browser }) => {
  const { caseId, number } = await stage.decided();
  const [a, b, c] = await Promise.all([
    pageOf(browser, await stage.person(["specialist"])),
    pageOf(browser, await stage.person(["specialist"])),
    pageOf(browser, await stage.person(["lead"])),
  ]);
  await askOnPage(a.page, caseId, { scope: "Whole thread" });
  await expect(ownRequest(a.page)).toContainText("0 of 2 have approved");
  await Promise.all([b.page.goto("/approvals"), c.page.goto("/approvals")]);
  // One's own request is not among what one may answer.
  await a.page.goto("/approvals");
  await expect(card(a.page, number)).toHaveCount(0);
  await a.page.getByRole("tab", { name: "Asked by me" }).click();

  await answer(b.page, number, "Approve");
  await expect(
    b.page.getByText("1 of 2 have approved; somebody else must too.", { exact: true }),
  ).toBeVisible();
  await expect(ownRequest(a.page)).toContainText("1 of 2 have approved");
  await expect(card(c.page, number)).toContainText("1 of 2 have approved");
  await answer(c.page, number, "Approve");
  await expect(ownRequest(a.page)).toContainText("Approved");
  await ownRequest(a.page).getByRole("link", { name: "Go to the case to open it" }).click();
  await a.page.getByRole("button", { name: "Open what was approved" }).click();
  await expect(a.page.getByText(/24 messages of 24/)).toBeVisible();
  await Promise.all([a, b, c].map(({ context }) => context.close()));
});

test("an approver who comes too late is told so, and what they wrote is not lost", async ({ browser }) => {
  const { caseId, number } = await stage.decided();
  const [a, b] = await Promise.all([
    pageOf(browser, await stage.person(["moderator"])),
    pageOf(browser, await stage.person(["specialist"])),
  ]);
  await askOnPage(a.page, caseId);
  await b.page.goto("/approvals");
  await card(b.page, number).getByRole("button", { name: "Approve" }).click();
  await b.page.getByRole("dialog").getByRole("textbox").fill("Looks right to me.");
  await ownRequest(a.page).getByRole("button", { name: "Withdraw" }).click();
  await expect(ownRequest(a.page)).toHaveCount(0);
  await b.page.getByRole("dialog").getByRole("button", { name: "Approve", exact: true }).click();
  await expect(b.page.getByRole("alert").filter({ hasText: "This request is closed" })).toBeVisible();
  await expect(b.page.getByRole("dialog").getByRole("textbox")).toHaveValue("Looks right to me.");
  await b.page.keyboard.press("Escape");
  await expect(card(b.page, number)).toHaveCount(0);
  await Promise.all([a.context.close(), b.context.close()]);
});

test("an approver who lost the right meanwhile is told what can have changed", async ({ browser }) => {
  const { caseId, number } = await stage.decided();
  const approver = await stage.person(["specialist"]);
  const [a, b] = await Promise.all([
    pageOf(browser, await stage.person(["moderator"])),
    pageOf(browser, approver),
  ]);
  await askOnPage(a.page, caseId);
  await b.page.goto("/approvals");
  await card(b.page, number).getByRole("button", { name: "Approve" }).click();
  await admin()`delete from triage.queue_members where staff_id = ${approver.id}`;
  await b.page.getByRole("dialog").getByRole("button", { name: "Approve", exact: true }).click();
  await expect(b.page.getByText("You may not answer this request any more")).toBeVisible();
  await Promise.all([a.context.close(), b.context.close()]);
});

test("an approval that no longer holds is told on the case, though the form for a reason is folded", async ({
  browser,
}) => {
  const { caseId, number } = await stage.decided();
  const approver = await stage.person(["specialist"]);
  const [a, b] = await Promise.all([
    pageOf(browser, await stage.person(["moderator"])),
    pageOf(browser, approver),
  ]);
  await askOnPage(a.page, caseId);
  await b.page.goto("/approvals");
  await answer(b.page, number, "Approve");
  await a.page.goto(`/cases/${caseId}`);
  await expect(ownRequest(a.page)).toContainText("Approved");
  await admin()`delete from triage.queue_members where staff_id = ${approver.id}`;
  await a.page.getByRole("button", { name: "Open what was approved" }).click();
  await expect(
    a.page.getByRole("alert").filter({ hasText: "This needs somebody else’s approval" }),
  ).toBeVisible();
  await expect(ownRequest(a.page)).toContainText("Waiting for approval");
  await Promise.all([a.context.close(), b.context.close()]);
});

test("a reason that says nothing is met with words that help, in the place where it was written", async ({
  browser,
}) => {
  const { caseId } = await stage.decided();
  const { page, context } = await pageOf(browser, await stage.person(["moderator"]));
  await page.goto(`/cases/${caseId}`);
  await page.getByText("Open it for another purpose").click();
  const field = page.getByLabel(/^Reason/);
  for (const thin of ["..........", "​⁠​⁠​⁠​⁠​⁠​⁠"]) {
    await field.fill(thin);
    await page.getByRole("button", { name: "Ask for approval" }).click();
    await expect(page.getByText(/The reason does not say why/)).toBeVisible();
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveValue(thin);
  }
  await expect(ownRequest(page)).toHaveCount(0);
  await context.close();
});

test("a ticket opens at once where policy asks for one, and its number must look like one", async ({
  browser,
}) => {
  const { caseId } = await stage.decided();
  const { page, context } = await pageOf(browser, await stage.person(["specialist"]));
  await page.goto(`/cases/${caseId}`);
  await page.getByText("Open it for another purpose").click();
  await page.getByRole("group", { name: "Purpose" }).getByText("Second decision", { exact: true }).click();
  await expect(page.getByText(/with the number of the ticket that it belongs to/)).toBeVisible();
  await page.getByLabel(/^Reason/).fill(reason());
  await page.getByLabel(/^Ticket/).fill("whatever");
  await page.getByRole("button", { name: "Open the flagged window" }).click();
  await expect(page.getByText(/That is no ticket’s number/)).toBeVisible();
  await page.getByLabel(/^Ticket/).fill("TRUST-12");
  await page.getByRole("button", { name: "Open the flagged window" }).click();
  await expect(content(page)).toBeVisible();
  await context.close();
});
