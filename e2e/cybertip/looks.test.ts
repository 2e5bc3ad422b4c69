import { expect, test } from "@playwright/test";
import { checkAccessible as check } from "../support/accessible.ts";
import { pageOf } from "../support/desk.ts";
import { approve, file, handIn, openReport, startReport, writeReport } from "./acts.ts";
import { type FilingStage, makeFilingStage } from "./stage.ts";

test.describe.configure({ timeout: 240_000 });
let stage: FilingStage;
test.beforeAll(async () => {
  stage = await makeFilingStage();
});
test.afterAll(() => stage.end());

test("no page of CyberTip reports breaks WCAG 2.2 AA, complains, or is too wide", async ({ browser }) => {
  const { caseId } = await stage.deliverMedia();
  const { page, context } = await pageOf(browser, stage.people.writer);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));

  await page.goto(`/cases/${caseId}`);
  await page.getByRole("button", { name: "Report to NCMEC" }).click();
  await check(page, "starting a report");
  await page.keyboard.press("Escape");
  const address = await startReport(page, caseId);
  await check(page, "sealed report");
  await openReport(page);
  await check(page, "empty report");
  await writeReport(page);
  await page.getByLabel("Time of the incident").fill("2999-01-01T00:00:00");
  const reported = page.getByRole("list", { name: "Fields to add: Person reported" });
  await reported.getByRole("button", { name: "IP address" }).click();
  await expect(page.getByText(/Write an IPv4|It is required/).first()).toBeVisible();
  await page.getByLabel("Why it is urgent").fill("Placeholder of a reason.");
  await page.getByRole("button", { name: "Show the messages of this view" }).click();
  await page.getByText("Files are sealed.").click();
  await check(page, "report with problems");
  await page
    .getByRole("button", { name: /^Close/ })
    .first()
    .click();
  await page.getByRole("tab", { name: "History" }).click();
  await check(page, "history of a report");
  expect(complaints).toEqual([]);
  await context.close();

  const text = await stage.deliver();
  const [writer, approver] = await Promise.all([
    pageOf(browser, stage.people.writer),
    pageOf(browser, stage.people.approver),
  ]);
  const filed = await startReport(writer.page, text.caseId);
  await openReport(writer.page);
  await writeReport(writer.page);
  await handIn(writer.page);
  await approver.page.goto(filed);
  await openReport(approver.page);
  await check(approver.page, "report to approve");
  await approve(approver.page, filed);
  await file(approver.page, filed);
  await check(approver.page, "filed report");
  await approver.page.goto("/cybertips");
  await approver.page
    .getByText(/^Report \d+: case/)
    .first()
    .waitFor();
  await check(approver.page, "register");
  await approver.page.getByRole("tab", { name: "Figures" }).click();
  await approver.page.getByRole("heading", { name: "Filed by month" }).waitFor();
  await check(approver.page, "figures");

  const counsel = await pageOf(browser, stage.people.counsel);
  await counsel.page.goto(`${filed}?tab=keeping`);
  await check(counsel.page, "what is kept");
  await counsel.page.getByRole("button", { name: "Keep it longer" }).click();
  await check(counsel.page, "keeping it longer");
  await counsel.page.keyboard.press("Escape");
  await counsel.page.getByRole("tab", { name: "What it says" }).click();
  await check(counsel.page, "not for counsel to read");
  expect(address).not.toBe(filed);
  await Promise.all([writer.context.close(), approver.context.close(), counsel.context.close()]);
});
