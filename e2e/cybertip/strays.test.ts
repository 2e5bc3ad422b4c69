import { expect, test } from "@playwright/test";
import { CANARY_MARK } from "../support/canary.ts";
import { pageOf } from "../support/desk.ts";
import { approve, file, handIn, openReport, startReport, writeReport } from "./acts.ts";
import { type FilingStage, makeFilingStage } from "./stage.ts";

test.describe.configure({ timeout: 120_000 });
let stage: FilingStage;
test.beforeAll(async () => {
  stage = await makeFilingStage();
});
test.afterAll(() => stage.end());

/** The only answers that may hold what a report or its thread says. */
const READINGS = [/\/draft\/read$/, /\/prefill$/, /\/api\/views\/[^/]+\/read$/];

test("what a report says is in no address, title, storage or answer but those of its readings", async ({
  browser,
}) => {
  const { caseId } = await stage.deliver();
  const { page, context } = await pageOf(browser, stage.people.writer);
  const strays: string[] = [];
  const read = new Set<string>();
  const looking: Promise<void>[] = [];
  page.on("request", (request) => {
    if (request.url().includes(CANARY_MARK)) strays.push("an address");
  });
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname === "/api/live") return;
    looking.push(
      response.text().then(
        (text) => {
          if (!text.toLowerCase().includes(CANARY_MARK)) return;
          const reading = READINGS.find((one) => one.test(pathname));
          if (reading && response.headers()["cache-control"]?.includes("no-store")) read.add(reading.source);
          else strays.push(`${response.request().method()} ${pathname}`);
        },
        // An answer without a body, or one that the page no longer waits for.
        () => {},
      ),
    );
  });
  const address = await startReport(page, caseId);
  await openReport(page);
  await writeReport(page);
  await page.getByRole("button", { name: "Show the messages of this view" }).click();
  await expect(page.getByText(/Placeholder message 13/).first()).toBeVisible();
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByText(/^Revision 1/)).toBeVisible();
  expect(await page.title()).not.toContain(CANARY_MARK);
  const stored = await page.evaluate(async () => {
    const caches_ = await caches.keys();
    const bases = await indexedDB.databases();
    return JSON.stringify({ ...localStorage, ...sessionStorage, caches_, bases, state: history.state });
  });
  expect(stored).not.toContain(CANARY_MARK);
  await handIn(page);
  for (const tab of ["Filing", "Keeping", "History"]) {
    await page.getByRole("tab", { name: tab }).click();
    await page.waitForLoadState("networkidle", { timeout: 1_500 }).catch(() => {});
  }
  await page.getByRole("tab", { name: "What it says" }).click();
  await page
    .getByRole("button", { name: /^Close/ })
    .first()
    .click();
  await openReport(page);
  const approver = await pageOf(browser, stage.people.approver);
  await approve(approver.page, address);
  await file(approver.page, address);
  await page.goto("/cybertips?which=all");
  await page
    .getByText(/^Report \d+: case/)
    .first()
    .waitFor();
  await Promise.all(looking);
  expect(strays).toEqual([]);
  // Each reading was seen to hold it: had the watch slept, nothing would have been found anywhere.
  expect(read.size).toBe(READINGS.length);
  expect((await page.content()).toLowerCase()).not.toContain(CANARY_MARK);
  await Promise.all([context.close(), approver.context.close()]);
});
