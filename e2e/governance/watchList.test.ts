import { type Browser, expect, test } from "@playwright/test";
import { pageOf } from "../support/desk.ts";
import { exampleFlag } from "../support/flags.ts";
import { call } from "../support/http.ts";
import { signIn } from "../support/session.ts";
import { makeStage, type Stage } from "./stage.ts";

let stage: Stage;
test.beforeAll(async () => {
  stage = await makeStage("Curiosity");
});

/** What a specialist sees of a case they hold, with what differs from case to case taken out. */
async function seenBy(browser: Browser, caseId: string): Promise<string> {
  const { page, context } = await pageOf(browser, await stage.person(["specialist"]));
  const answers: (string | Promise<string>)[] = [];
  page.on("response", (response) => {
    if (response.url().includes("/api/"))
      // A stream has no end to wait for; it carries ids only.
      answers.push(response.url().endsWith("/api/live") ? "" : response.text().catch(() => ""));
  });
  await page.goto(`/cases/${caseId}`);
  await page
    .getByRole("button", { name: /^Claim/ })
    .first()
    .click();
  await expect(page.getByText(/Claimed by you/)).toBeVisible();
  await expect(page.getByText(/Two other people must approve it first/)).toBeVisible();
  const text = (await page.getByRole("region", { name: "Sealed thread" }).textContent()) ?? "";
  const everything = `${(await Promise.all(answers)).join()}${await page.content()}`;
  expect(/watch.?list|journalist|newspaper/i.exec(everything)?.[0]).toBeUndefined();
  // Else it is theirs for as long as the lease lasts.
  await page.keyboard.press("Shift+R");
  await expect(page).toHaveURL(/\/queues\//);
  await context.close();
  return text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, "·");
}

test("a watch-listed participant’s thread looks like any other that needs two approvers", async ({
  browser,
}) => {
  const [listed, colleague] = [exampleFlag(), exampleFlag()];
  const [first, second] = [await stage.deliverFlag(listed), await stage.deliverFlag(colleague)];
  const officer = await stage.person(["compliance_officer"]);
  const { page, context } = await pageOf(browser, officer);
  await page.goto("/watch-list");
  await page.getByRole("button", { name: "Add an account" }).click();
  const dialog = page.getByRole("dialog");
  await dialog
    .getByRole("combobox", { name: "Platform" })
    .selectOption({ label: await platformOf(first.caseId) });
  const account = listed.thread.participants[1]?.id ?? "";
  await dialog.getByLabel(/^Account/).fill(account);
  await dialog.getByLabel("Reason").fill("Writes for a newspaper of the region.");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  const entry = page.getByRole("row", { name: new RegExp(account) });
  await expect(entry).toContainText("Counts");

  // Somebody else's own account, for comparison: it too needs two approvers.
  const owner = await pageOf(browser, await stage.person(["moderator"]));
  await owner.page.goto("/account");
  await owner.page
    .getByRole("combobox", { name: "Platform" })
    .selectOption({ label: await platformOf(second.caseId) });
  await owner.page.getByLabel(/^Account/).fill(colleague.thread.participants[1]?.id ?? "");
  await owner.page.getByRole("button", { name: "Record it" }).click();
  await expect(owner.page.getByRole("button", { name: /^It is mine no more/ })).toBeVisible();

  expect(await seenBy(browser, first.caseId)).toBe(await seenBy(browser, second.caseId));

  await entry.getByRole("button", { name: /^End/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End it" }).click();
  await expect(entry).toContainText("Ended");
  const specialist = await pageOf(browser, await stage.person(["specialist"]));
  await specialist.page.goto(`/cases/${first.caseId}`);
  await specialist.page
    .getByRole("button", { name: /^Claim/ })
    .first()
    .click();
  await expect(specialist.page.getByText(/Claimed by you/)).toBeVisible();
  await expect(specialist.page.getByRole("button", { name: "Open the flagged window" })).toBeVisible();
  await expect(specialist.page.getByText(/Two other people must approve/)).toHaveCount(0);
  await Promise.all([context, owner.context, specialist.context].map((one) => one.close()));
});

/** The name under which forms offer a case's platform. */
async function platformOf(caseId: string): Promise<string> {
  const cookie = await signIn(await stage.person(["specialist"]));
  const answer = await call("GET", `/api/cases/${caseId}`, { cookie });
  return (JSON.parse(answer.text) as { thread: { platform: string } }).thread.platform;
}
