import { expect, test } from "@playwright/test";
import { pageOf } from "../support/desk.ts";
import { reason } from "./acts.ts";
import { type FilingStage, makeFilingStage } from "./stage.ts";

let stage: FilingStage;
test.beforeAll(async () => {
  stage = await makeFilingStage();
});
test.afterAll(() => stage.end());

test("a report is started, written and handed in by keyboard alone", async ({ browser }) => {
  const { caseId } = await stage.deliver();
  const { page, context } = await pageOf(browser, stage.people.writer);
  await page.goto(`/cases/${caseId}`);
  await page.getByRole("button", { name: "Report to NCMEC" }).press("Enter");
  await page.getByRole("button", { name: "Start the report" }).press("Enter");
  await expect(page).toHaveURL(/\/cybertips\/[0-9a-f-]{36}/);
  await page.getByLabel("Reason").focus();
  await page.keyboard.type(reason("Write the report without a mouse"));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Open report" })).toBeVisible();
  await page.getByRole("button", { name: "Fill in what is known" }).press("Enter");
  await expect(page.getByText("changes not yet saved")).toBeVisible();
  // The next problem is the type, which nobody guesses.
  await page.keyboard.press("ControlOrMeta+.");
  await expect(page.getByLabel("Type of incident")).toBeFocused();
  await page.keyboard.type("Online");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByText(/^Revision 1/)).toBeVisible();
  // What is added has the focus at once.
  await page
    .getByRole("list", { name: "Fields to add: Person reported" })
    .getByRole("button", { name: "Vehicle" })
    .press("Enter");
  await expect(page.getByLabel("Vehicle")).toBeFocused();
  await page.keyboard.type("Placeholder vehicle");
  await page.getByRole("button", { name: "Hand in for approval" }).press("Enter");
  await expect(page.getByText("It was handed in as it stands")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("region", { name: "Sealed report" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await expect(page).toHaveURL(/\/cybertips$/);
  await page
    .getByText(/^Report \d+: case/)
    .first()
    .waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/cybertips\/[0-9a-f-]{36}/);
  await context.close();
});
