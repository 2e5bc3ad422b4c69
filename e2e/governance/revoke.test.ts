import { expect, type Page, test } from "@playwright/test";
import { CANARIES } from "../support/canary.ts";
import { pageOf } from "../support/desk.ts";
import { answer, askOnPage, card, content, makeStage, type Stage } from "./stage.ts";

let stage: Stage;
test.beforeAll(async () => {
  stage = await makeStage("Revoking");
});

/** Notes in the page itself when no word of the thread is in it any more: no polling from outside is as exact. */
const watchForEnd = (page: Page) =>
  page.evaluate((mark) => {
    const done = new MutationObserver(() => {
      if (document.documentElement.outerHTML.includes(mark)) return;
      document.documentElement.dataset.goneAt = String(Date.now());
      done.disconnect();
    });
    done.observe(document.documentElement, { subtree: true, childList: true, characterData: true });
  }, "zqcanary");

test("a grant that somebody else revokes takes its content from the open page within a second", async ({
  browser,
}) => {
  const { caseId, number } = await stage.decided();
  const asker = await stage.person(["moderator"]);
  const [a, b] = await Promise.all([pageOf(browser, asker), pageOf(browser, await stage.person(["lead"]))]);
  await askOnPage(a.page, caseId);
  await b.page.goto("/approvals");
  await expect(card(b.page, number)).toBeVisible();
  await answer(b.page, number, "Approve");
  await a.page.getByRole("button", { name: "Open what was approved" }).click();
  await expect(content(a.page)).toBeVisible();

  await b.page.getByRole("tab", { name: /Running grants/ }).click();
  await b.page.getByRole("button", { name: new RegExp(`^Revoke.*${asker.name}, case ${number}$`) }).click();
  await watchForEnd(a.page);
  const revoked = b.page.waitForResponse(/\/api\/grants\/[^/]+\/revoke$/);
  await b.page
    .getByRole("dialog")
    .getByLabel(/^Reason/)
    .fill("The matter was settled elsewhere.");
  await b.page.getByRole("dialog").getByRole("button", { name: "Revoke", exact: true }).click();
  await revoked;
  const doneAt = Date.now();
  await expect(a.page.getByText("The view was ended")).toBeVisible();
  // How busy the machine was before it was done is no part of the promise.
  const goneAt = Number(await a.page.evaluate(() => document.documentElement.dataset.goneAt));
  expect(goneAt - doneAt).toBeLessThan(1_000);
  expect((await a.page.content()).match(CANARIES)).toBeNull();
  // The page says so plainly, and offers nothing that would open it again.
  await expect(a.page.getByText("The grant was revoked, or the policy no longer allows it.")).toBeVisible();
  await expect(a.page.getByRole("article", { name: /^Grant:/ })).toHaveCount(0);
  await Promise.all([a.context.close(), b.context.close()]);
});

test("one’s own grant can be given back from one’s account, and wipes one’s own page", async ({
  browser,
}) => {
  const { caseId } = await stage.deliver();
  const { page, context } = await pageOf(browser, await stage.person(["moderator"]));
  await page.goto(`/cases/${caseId}`);
  await page
    .getByRole("button", { name: /^Claim/ })
    .first()
    .click();
  await expect(page.getByText(/Claimed by you/)).toBeVisible();
  await page.keyboard.press("o");
  await expect(content(page)).toBeVisible();
  const other = await context.newPage();
  await other.goto("/account");
  await other.getByRole("button", { name: /^Revoke/ }).click();
  await other.getByRole("dialog").getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(other.getByText("No grant of yours runs.")).toBeVisible();
  await expect(content(page)).toHaveCount(0);
  await expect(page.getByText("The view was ended")).toBeVisible();
  await context.close();
});
