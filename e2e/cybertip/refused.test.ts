import { expect, test } from "@playwright/test";
import { pageOf } from "../support/desk.ts";
import { approve, file, handIn, openReport, startReport, writeReport } from "./acts.ts";
import { type FilingStage, makeFilingStage } from "./stage.ts";

test.describe.configure({ timeout: 120_000 });
let stage: FilingStage;
test.beforeAll(async () => {
  stage = await makeFilingStage();
});
test.afterAll(() => stage.end());

test("what NCMEC refuses is told why, corrected, approved anew and filed", async ({ browser }) => {
  const [{ page: writer }, { page: approver }] = await Promise.all([
    pageOf(browser, stage.people.writer),
    pageOf(browser, stage.people.approver),
  ]);
  const { caseId } = await stage.deliver();
  const address = await startReport(writer, caseId);
  await openReport(writer);
  await writeReport(writer);
  await handIn(writer);
  await approve(approver, address);
  stage.ncmec.faults.add({ on: "/submit", kind: "code", done: false, times: 1, code: 4100 });
  await approver.goto(`${address}?tab=filing`);
  await approver.getByRole("button", { name: "File it through the service" }).click();
  await expect(approver.getByText("NCMEC's service refused the report. Nothing was filed.")).toBeVisible({
    timeout: 30_000,
  });
  // Its words may quote the report: they are sealed with it.
  await expect(approver.getByRole("button", { name: "Read its answer" })).toHaveCount(0);

  await writer.goto(address);
  await openReport(writer);
  const said = writer.getByRole("region", { name: "Answers of the service" });
  await said.getByRole("button", { name: "Read its answer" }).click();
  await expect(said.getByText("On purpose")).toBeVisible();
  await writer.getByRole("button", { name: "Change it" }).click();
  await writer.getByLabel("Type of incident").selectOption("Unsolicited Obscene Material Sent to a Child");
  await handIn(writer);
  await approve(approver, address);
  const { xml, problems } = stage.received(await file(approver, address));
  expect(problems).toEqual([]);
  expect(xml).toContain("Unsolicited Obscene Material Sent to a Child");
});
