import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { admin } from "../support/admin.ts";
import { CANARY } from "../support/canary.ts";
import { type Desk, makeDesk, pageOf } from "../support/desk.ts";
import { call } from "../support/http.ts";
import { signIn } from "../support/session.ts";
import { settled } from "../support/settled.ts";

let desk: Desk;
let caseId: string;
let number: number;
test.beforeAll(async () => {
  desk = await makeDesk("Officer");
  const receipt = await desk.deliver();
  caseId = receipt.caseId;
  const [row] = await admin()`select number from triage.cases where id = ${caseId}`;
  number = Number(row?.number);
  const moderator = await desk.person(["moderator"]);
  const cookie = await signIn(moderator);
  await call("POST", `/api/cases/${caseId}/claim`, { cookie });
  const view = await call("POST", `/api/cases/${caseId}/views`, {
    cookie,
    body: {
      purpose: "user_report_review",
      scope: "flagged_window",
      reason: '=HYPERLINK("https://example.org") looks odd, reading it',
    },
  });
  expect(view.status).toBe(201);
  const { viewId } = JSON.parse(view.text) as { viewId: string };
  expect((await call("POST", `/api/views/${viewId}/read`, { cookie })).status).toBe(200);
});

test("an officer sees who read a case, when, from where and why, and not a word of it", async ({
  browser,
}) => {
  const { page, context } = await pageOf(browser, await desk.person(["compliance_officer"]));
  await page.goto("/audit");
  await expect(page.getByRole("heading", { level: 1, name: /audit/i })).toBeVisible();
  await settled(page);
  await page.keyboard.press("/");
  await page.keyboard.type(String(number));
  await page.keyboard.press("Enter");
  await expect(page.getByText(/looks odd, reading it/).first()).toBeVisible();
  expect(await page.content()).not.toMatch(CANARY);

  await page.goto(`/audit/cases/${caseId}`);
  await expect(page.getByText(/looks odd, reading it/).first()).toBeVisible();
  await expect(page.getByText(/11 messages|11/).first()).toBeVisible();
  expect(await page.content()).not.toMatch(CANARY);
  await context.close();
});

test("an export is formula-safe, free of content, and itself in the log", async ({ browser }) => {
  const officer = await desk.person(["compliance_officer"]);
  const cookie = await signIn(officer);
  const csv = await call("GET", `/api/audit/export?format=csv&case=${caseId}`, { cookie });
  expect(csv.status).toBe(200);
  expect(csv.text).toContain("looks odd, reading it");
  expect(csv.text).not.toMatch(/(^|,|")=HYPERLINK/m);
  expect(csv.text).not.toMatch(CANARY);
  const ndjson = await call("GET", `/api/audit/export?format=ndjson&case=${caseId}`, { cookie });
  for (const line of ndjson.text.trim().split("\n")) expect(() => JSON.parse(line)).not.toThrow();
  expect(ndjson.text).not.toMatch(CANARY);

  const { page, context } = await pageOf(browser, officer);
  await page.goto(`/audit?caseNumber=${number}`);
  await settled(page);
  await page.keyboard.press("e");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  const download = page.waitForEvent("download");
  await dialog
    .getByRole("button", { name: /export|download/i })
    .or(dialog.getByRole("link", { name: /export|download/i }))
    .last()
    .click();
  const file = await (await download).path();
  expect((await readFile(file, "utf8")).length).toBeGreaterThan(100);
  await context.close();
});

test("a moderator sees their own acts in the log and nobody else's", async ({ browser }) => {
  const curious = await desk.person(["moderator"]);
  const { page, context } = await pageOf(browser, curious);
  await page.goto("/audit");
  await expect(page.getByText(/your own acts/i).first()).toBeVisible();
  expect(await page.content()).not.toContain("looks odd, reading it");
  await context.close();
});
