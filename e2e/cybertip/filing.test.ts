import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { admin } from "../support/admin.ts";
import { CANARY } from "../support/canary.ts";
import { pageOf } from "../support/desk.ts";
import { call } from "../support/http.ts";
import { signIn } from "../support/session.ts";
import { hire } from "../support/staff.ts";
import { approve, file, filedNumber, handIn, openReport, reason, startReport, writeReport } from "./acts.ts";
import { type FilingStage, makeFilingStage } from "./stage.ts";

test.describe.configure({ timeout: 120_000 });
let stage: FilingStage;
let contexts: BrowserContext[] = [];
test.beforeAll(async () => {
  stage = await makeFilingStage();
});
test.afterAll(() => stage.end());
test.afterEach(async () => {
  await Promise.all(contexts.map((one) => one.close()));
  contexts = [];
});

type Browser = Parameters<typeof pageOf>[0];
async function pagesFor(browser: Browser): Promise<[writer: Page, approver: Page]> {
  const opened = await Promise.all([
    pageOf(browser, stage.people.writer),
    pageOf(browser, stage.people.approver),
  ]);
  contexts.push(...opened.map(({ context }) => context));
  return [opened[0].page, opened[1].page];
}

test("a report of words alone is written, approved by another and filed once", async ({ browser }) => {
  const [writer, approver] = await pagesFor(browser);
  const { caseId } = await stage.deliver();
  const address = await startReport(writer, caseId);
  await openReport(writer);
  await writeReport(writer);
  await expect(writer.getByText("Nothing would be refused.")).toBeVisible();
  await handIn(writer);
  // Whoever wrote it is offered no approval.
  await expect(writer.getByRole("button", { name: /^Approve/ })).toHaveCount(0);
  await approve(approver, address);
  const number = await file(approver, address);
  const { report, xml, problems } = stage.received(number);
  expect(problems).toEqual([]);
  expect(report.state).toBe("finished");
  expect(xml).toContain("<chatImIncident>");
  expect(xml).toMatch(CANARY);
  expect(xml).toContain("safety@example.org");
  const filed = stage.ncmec.reports().filter((one) => one.state === "finished" && one.reportId === number);
  expect(filed).toHaveLength(1);
});

test("a restricted case leaves everybody else's lists", async ({ browser }) => {
  const [writer] = await pagesFor(browser);
  const outsider = await hire(["specialist", "lead"], { queues: [stage.queue] });
  const { caseId } = await stage.deliver();
  await startReport(writer, caseId);
  const cookie = await signIn(outsider);
  expect((await call("GET", `/api/cases/${caseId}`, { cookie })).status).toBe(404);
  const lists = await call("GET", "/api/queues", { cookie });
  expect(lists.text).not.toContain(stage.queue);
});

test("a file is looked at for a reason of its own, and only then counts as viewed", async ({ browser }) => {
  const [writer, approver] = await pagesFor(browser);
  const { caseId, file: picture } = await stage.deliverMedia();
  const address = await startReport(writer, caseId);
  await openReport(writer);
  await writeReport(writer);
  await expect(writer.getByText("Not viewed by us").first()).toBeVisible();
  await writer.getByText("Files are sealed.").click();
  await writer.getByLabel("Why files must be looked at").fill(reason("Tell what the file is"));
  await writer.getByRole("button", { name: "Unseal the files" }).click();
  await expect(writer.getByText("Asked for approval").first()).toBeVisible();
  await approver.goto("/approvals");
  await approver.getByRole("button", { name: "Approve" }).first().click();
  await approver.getByRole("dialog").getByRole("button", { name: "Approve", exact: true }).click();
  await writer.getByRole("button", { name: "Open what was approved" }).click();
  await writer.getByRole("button", { name: "Fetch it, blurred and grey" }).click();
  await writer.getByRole("button", { name: "Show it clearly" }).click();
  await expect(writer.getByText("Shown clearly: on record as viewed by us.")).toBeVisible();
  await expect(writer.getByText("Viewed by us", { exact: true }).first()).toBeVisible();
  await handIn(writer);
  await approve(approver, address);
  const number = await file(approver, address);
  const { details, problems, report } = stage.received(number);
  expect(problems).toEqual([]);
  const picturesOwn = details.filter((one) => one.includes("<fileViewedByEsp>true</fileViewedByEsp>"));
  expect(picturesOwn).toHaveLength(1);
  expect(details.join("")).not.toContain("<exifViewedByEsp>true");
  // The picture, and the transcript as a table and as text.
  expect(report.files).toHaveLength(3);
  expect(report.files.some(({ bytes }) => bytes === picture.bytes.length)).toBe(true);
});

test("a file that nobody looked at is reported as not viewed; one that changed stops the filing until a person acts", async ({
  browser,
}) => {
  const [writer, approver] = await pagesFor(browser);
  const { caseId, file: picture } = await stage.deliverMedia();
  const address = await startReport(writer, caseId);
  await openReport(writer);
  await writeReport(writer);
  await handIn(writer);
  await approve(approver, address);
  stage.change(picture, Buffer.from("Placeholder of another file."));
  await approver.goto(`${address}?tab=filing`);
  await approver.getByRole("button", { name: "File it through the service" }).click();
  await expect(approver.getByText("A file is not the one that was flagged")).toBeVisible({ timeout: 30_000 });
  stage.change(picture, picture.bytes);
  await approver.getByRole("button", { name: "Try again" }).click();
  const { details, problems } = stage.received(await filedNumber(approver));
  expect(problems).toEqual([]);
  expect(details.join("")).not.toContain("<fileViewedByEsp>true");
});

test("a batch names one file and the accounts that shared it", async ({ browser }) => {
  const [writer, approver] = await pagesFor(browser);
  const { caseId } = await stage.deliverMedia();
  const address = await startReport(writer, caseId, "batch");
  await openReport(writer);
  await writeReport(writer);
  await writer
    .getByLabel("Type of incident")
    .selectOption("Child Pornography (possession, manufacture, and distribution)");
  await writer.getByRole("button", { name: "Another: person reported" }).click();
  const second = writer.getByRole("group").filter({ hasText: "Person reported 2" }).last();
  const fields = second.getByRole("list", { name: /Fields to add/ });
  await fields.getByRole("button", { name: "Account id" }).click();
  await writer.getByLabel("Account id").last().fill("account-of-another-case");
  await handIn(writer);
  await approve(approver, address);
  const { xml, report, problems } = stage.received(await file(approver, address));
  expect(problems).toEqual([]);
  expect(xml).toContain('<batchedReport reason="VIRAL_POTENTIAL_MEME"');
  expect(xml.match(/<personOrUserReported>/g)).toHaveLength(2);
  expect(report.files).toHaveLength(1);
});

test("an answer that is lost on the way neither files twice nor loses the receipt", async ({ browser }) => {
  const [writer, approver] = await pagesFor(browser);
  const { caseId } = await stage.deliver();
  const address = await startReport(writer, caseId);
  await openReport(writer);
  await writeReport(writer);
  await handIn(writer);
  await approve(approver, address);
  const before = stage.ncmec.reports().filter(({ state }) => state === "finished").length;
  stage.ncmec.faults.add({ on: "/finish", kind: "reset", done: true, times: 1 });
  const number = await file(approver, address);
  expect(stage.received(number).report.state).toBe("finished");
  expect(stage.ncmec.reports().filter(({ state }) => state === "finished")).toHaveLength(before + 1);
  await expect(approver.getByText(/In doubt: the service may have done it/).first()).toBeVisible();
});

test("a report is exported, filed by hand and kept for a year", async ({ browser }) => {
  const [writer, approver] = await pagesFor(browser);
  const { caseId } = await stage.deliverMedia();
  const address = await startReport(writer, caseId);
  await openReport(writer);
  await writeReport(writer);
  await handIn(writer);
  await approve(approver, address);
  await approver.goto(`${address}?tab=filing`);
  await approver.getByRole("button", { name: "Export it for filing by hand" }).click();
  const dialog = approver.getByRole("dialog");
  await dialog.getByLabel("Reason").fill(reason("File it by hand"));
  const [download] = await Promise.all([
    approver.waitForEvent("download"),
    dialog.getByRole("button", { name: "Export", exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.zip$/);
  await expect(dialog).toBeHidden();
  await approver.getByRole("button", { name: "Record that it was filed by hand" }).click();
  await dialog.getByLabel("NCMEC’s report number").fill("987654321");
  await dialog.getByLabel("When it was filed").fill(new Date().toISOString());
  await dialog.getByRole("button", { name: "Record it" }).click();
  expect(await filedNumber(approver)).toBe("987654321");
  await approver.getByRole("tab", { name: "Keeping" }).click();
  await expect(approver.getByText("Preservation for one year from filing")).toBeVisible();
});

test("a supplement cites the report that it adds to", async ({ browser }) => {
  const [writer, approver] = await pagesFor(browser);
  const { caseId } = await stage.deliver();
  const first = await startReport(writer, caseId);
  await openReport(writer);
  await writeReport(writer);
  await handIn(writer);
  await approve(approver, first);
  const number = await file(approver, first);

  await writer.goto(`${first}?tab=history`);
  await writer.getByRole("button", { name: "Start a supplement" }).click();
  await expect(writer).not.toHaveURL(new RegExp(first));
  const second = new URL(writer.url()).pathname;
  await openReport(writer);
  await writeReport(writer);
  await handIn(writer);
  await approve(approver, second);
  const later = await file(approver, second);
  expect(later).not.toBe(number);
  const { xml, problems } = stage.received(later);
  expect(problems).toEqual([]);
  expect(xml).toContain(number);
});

test("what law enforcement wants destroyed is asked for by counsel, confirmed by another, and proved", async ({
  browser,
}) => {
  const [writer, approver] = await pagesFor(browser);
  const { caseId } = await stage.deliver();
  const address = await startReport(writer, caseId);
  await openReport(writer);
  await writeReport(writer);
  await handIn(writer);
  await approve(approver, address);
  await file(approver, address);
  const { page: counsel, context } = await pageOf(browser, stage.people.counsel);
  contexts.push(context);
  await counsel.goto(`${address}?tab=keeping`);
  await counsel.getByRole("button", { name: "Ask for destruction" }).click();
  const dialog = counsel.getByRole("dialog");
  await dialog.getByLabel("Reference of the request").fill("LE-1");
  await dialog.getByLabel("Reason").fill("A sample agency has asked for it.");
  await dialog.getByRole("button", { name: "Ask for it" }).click();
  await expect(counsel.getByText("Somebody else has to confirm it.")).toBeVisible();
  await expect(counsel.getByRole("button", { name: "Confirm: destroy it" })).toHaveCount(0);
  await approver.goto(`${address}?tab=keeping`);
  await approver.getByRole("button", { name: "Confirm: destroy it" }).click();
  await expect(approver.getByText("Destroyed", { exact: true })).toBeVisible();
  const [download] = await Promise.all([
    counsel.waitForEvent("download"),
    counsel.reload().then(() => counsel.getByRole("link", { name: "The proof" }).click()),
  ]);
  expect(download.suggestedFilename()).toBe("destruction-proof.json");
  await approver.getByRole("tab", { name: "What it says" }).click();
  await expect(approver.getByText("What this report said has been destroyed")).toBeVisible();
});

test("what would be refused cannot be handed in, and each message leads to its field", async ({
  browser,
}) => {
  const [writer] = await pagesFor(browser);
  const { caseId } = await stage.deliver();
  await startReport(writer, caseId);
  await openReport(writer);
  await writeReport(writer);
  const time = writer.getByLabel("Time of the incident");
  await time.fill("2026-01-01T00:00:00");
  const problems = writer.getByRole("list", { name: /^What would be refused/ });
  await expect(problems.getByText(/Add the time zone/)).toBeVisible();
  await expect(writer.getByRole("button", { name: "Hand in for approval" })).toBeDisabled();
  await problems.getByText(/Add the time zone/).click();
  await expect(time).toBeFocused();
  await writer.getByRole("button", { name: "It is UTC" }).click();
  await expect(problems.getByText(/Add the time zone/)).toHaveCount(0);
  await time.fill("2999-01-01T00:00:00Z");
  await expect(problems.getByText(/lies in the future/)).toBeVisible();
});

test("what is written is saved by itself, wiped with its view, and there again when it is opened anew", async ({
  browser,
}) => {
  const [writer, approver] = await pagesFor(browser);
  const { caseId } = await stage.deliver();
  const address = await startReport(writer, caseId);
  await openReport(writer);
  await writeReport(writer);
  await writer.getByLabel("Platform", { exact: true }).fill("Sample Messenger zqwiped");
  await expect(writer.getByText(/^Revision \d/)).toBeVisible({ timeout: 15_000 });
  await writer.keyboard.press("Escape");
  await writer.getByRole("button", { name: /^Close/ }).click();
  await expect(writer.getByRole("region", { name: "Sealed report" })).toBeVisible();
  expect(await writer.content()).not.toContain("zqwiped");
  await writer.getByRole("button", { name: "Go on" }).click();
  await expect(writer.getByLabel("Platform", { exact: true })).toHaveValue("Sample Messenger zqwiped");

  // Of two who write at once, neither loses a word unasked.
  await approver.goto(address);
  await openReport(approver);
  await approver.getByLabel("About the time").fill("Placeholder of the second writer.");
  await approver.keyboard.press("ControlOrMeta+s");
  await expect(approver.getByText(/^Revision 2/)).toBeVisible();
  await writer.getByLabel("About the time").fill("Placeholder of the first writer.");
  await writer.keyboard.press("ControlOrMeta+s");
  await expect(writer.getByText("Somebody else has saved meanwhile").first()).toBeVisible();
  await writer.getByRole("button", { name: "Save mine on top" }).click();
  await expect(writer.getByText(/^Revision 3/)).toBeVisible();
  // Whoever goes elsewhere before it is saved finds it saved all the same.
  await writer.getByLabel("About the time").fill("Placeholder that is left in a hurry.");
  await writer.getByRole("link", { name: "CyberTip reports" }).click();
  await expect(writer).toHaveURL(/\/cybertips$/);
  const revisions = async () => {
    const [row] = await admin()`select count(*)::int as n from cybertip.revisions
      where report_id = ${address.split("/").at(-1) ?? ""}`;
    return row?.n;
  };
  await expect.poll(revisions).toBe(4);
  expect(await writer.content()).not.toContain("left in a hurry");
});
