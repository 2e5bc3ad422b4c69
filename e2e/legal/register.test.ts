import { randomBytes } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import type { Role } from "../../domain/vocabulary.ts";
import { checkAccessible as check } from "../support/accessible.ts";
import { pageOf } from "../support/desk.ts";
import { settled } from "../support/settled.ts";
import { hire } from "../support/staff.ts";
import { ago, aPdf, type LegalStage, makeLegalStage, must, refused } from "./stage.ts";

const DAY = 86_400_000;
test.describe.configure({ timeout: 120_000 });
let stage: LegalStage;
/** An account that a thread of ours names. */
let account: string;
test.beforeAll(async () => {
  stage = await makeLegalStage();
  account = (await stage.deliver()).account;
});

/** What a letter always says, typed in. */
async function fillLetter(page: Page, reference: string): Promise<void> {
  await page.getByLabel("Agency, as the letter names it").fill(stage.agency.name);
  await page.getByLabel("Officer", { exact: true }).fill("Officer Sample");
  await page.getByLabel("Reference", { exact: true }).fill(reference);
}

test("a request is registered and moved on by keyboard alone", async ({ browser }) => {
  const { page, context } = await pageOf(browser, stage.first);
  await page.goto("/account");
  await settled(page);
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await expect(page).toHaveURL(/\/lawful-requests$/);
  await settled(page);
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/\/lawful-requests\/new$/);
  const rule = page.getByRole("complementary", { name: "What the law makes of it" });
  await expect(rule).toContainText("our goal is 10 business days");
  await page.getByLabel("Type", { exact: true }).selectOption({ label: "EPOC" });
  await page.getByLabel("Jurisdiction").fill("DE");
  await expect(rule).toContainText("10 days from receipt");
  await expect(rule).toContainText("Berlin");
  // A court may ask for everything, and only the authority tells the person.
  await expect(page.getByLabel("Notice to the account")).toHaveValue("not_applicable");
  await page.getByLabel("It is an emergency").press("Space");
  await expect(rule).toContainText("8 hours from receipt");
  await page.getByLabel("It is an emergency").press("Space");
  const reference = `EPOC-${randomBytes(4).toString("hex")}`;
  await fillLetter(page, reference);
  await page.getByRole("combobox", { name: "Platform" }).selectOption(stage.platform.id);
  await page.getByLabel(/^Accounts:/).focus();
  await page.keyboard.type(`${account}, ${account}\nnobody-of-ours`);
  await expect(page.getByText("2 accounts. 1 repeat left out.")).toBeVisible();
  await page.getByRole("button", { name: "Register it" }).press("Enter");
  await expect(page).toHaveURL(/\/lawful-requests\/[0-9a-f-]{36}$/);
  await expect(page.getByText("1 account not known to us")).toBeVisible();
  // The moment at which it was received is the same, whosever clocks tell it.
  await expect(page.getByText(/^(just now|[1-3] min ago)$/).first()).toBeVisible();

  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Record it" }).press("Enter");
  // What an EPOC names is kept before anything is decided of it.
  await expect(page.getByText("Next: freeze what it names")).toBeVisible();
  await page.keyboard.press("n");
  await page.getByRole("button", { name: "Freeze its accounts" }).press("Enter");
  await dialog.getByLabel("Reason").focus();
  await page.keyboard.type("Kept on receipt, as the regulation has it.");
  await dialog.getByRole("button", { name: "Freeze them" }).press("Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Next: take it into review")).toBeVisible();
  await page.keyboard.press("n");
  await dialog.getByRole("button", { name: "Take it" }).press("Enter");
  await expect(page.getByText("Next: find out whether it is real")).toBeVisible();
  await page.keyboard.press("2");
  await expect(page.getByRole("tab", { name: /^Is it real/ })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("b");
  await expect(page).toHaveURL(/\/lawful-requests$/);
  await settled(page);
  await page.keyboard.press("/");
  await page.keyboard.type(reference);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`q=${reference}`));
  const rows = page.getByRole("list", { name: "Lawful requests, newest first" });
  await expect(rows.getByRole("link")).toHaveCount(1);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/lawful-requests\/[0-9a-f-]{36}$/);
  await context.close();
});

test("a range that ends before it begins, and a form that names nobody, are told where they stand", async ({
  browser,
}) => {
  const { page, context } = await pageOf(browser, stage.first);
  await page.goto("/lawful-requests/new");
  await fillLetter(page, "RANGE-1");
  await page.getByLabel(/^From/).fill("2026-03-04T12:00");
  await page.getByLabel(/^Until/).fill("2026-03-01T12:00");
  await expect(page.getByText("The range ends before it begins.", { exact: false }).first()).toBeVisible();
  await page.getByRole("button", { name: "Register it" }).click();
  await expect(page.getByText("The date range ends before it begins")).toBeVisible();
  await expect(page).toHaveURL(/\/new$/);
  await context.close();
});

test("a false officer is called out as the letter is typed, and gets nothing for pressing", async ({
  browser,
}) => {
  const { page, context } = await pageOf(browser, stage.first);
  const { domains } = (
    await must<{ agencies: { id: string; domains: string[] }[] }>(stage.first, "GET", "/api/agencies")
  ).agencies.find(({ id }) => id === stage.agency.id) as { domains: string[] };
  await page.goto("/lawful-requests/new");
  await page.getByLabel("Type", { exact: true }).selectOption({ label: "Emergency disclosure" });
  await expect(page.getByLabel("It is an emergency")).toBeChecked();
  await page.getByLabel("Agency in the directory").selectOption({ label: `${stage.agency.name} (US)` });
  await fillLetter(page, "URGENT-1");
  // The letter l for the digit it looks like.
  await page.getByLabel(/^Officer’s email/).fill(`officer@${domains[0]?.replace("police", "po1ice")}`);
  await expect(page.getByText("The sender’s domain is a look-alike")).toBeVisible();
  await page.getByLabel("Content", { exact: false }).first().check();
  await page.getByRole("combobox", { name: "Platform" }).selectOption(stage.platform.id);
  await page.getByLabel(/^Accounts:/).fill(account);
  await page.getByRole("button", { name: "Register it" }).click();
  await expect(page).toHaveURL(/\/lawful-requests\/[0-9a-f-]{36}$/);
  await expect(page.getByText("Do not disclose anything to this requester")).toBeVisible();
  const requestId = page.url().split("/").at(-1) ?? "";
  await must(stage.first, "POST", `/api/lawful-requests/${requestId}/review`, {});
  await page.reload();
  await expect(page.getByText("Next: find out whether it is real")).toBeVisible();
  await page.getByRole("button", { name: "Other acts" }).click();
  await expect(page.getByRole("menuitem", { name: "Reject it" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Approve it" })).toHaveCount(0);
  const { scopeVersion, digest } = await must<{ scopeVersion: number; digest: string }>(
    stage.second,
    "GET",
    `/api/lawful-requests/${requestId}`,
  );
  expect(
    await refused(stage.second, `/api/lawful-requests/${requestId}/approve`, { scopeVersion, digest }),
  ).toMatch(/^verify-/);
  await context.close();
});

test("a document is taken with its warnings, called off, and refused in words", async ({ browser }) => {
  const requestId = await stage.register({ type: "subpoena", categories: ["subscriber"] }, account);
  const { page, context } = await pageOf(browser, stage.first);
  await page.goto(`/lawful-requests/${requestId}`);
  const choose = page.getByLabel("Choose documents");
  await choose.setInputFiles([
    { name: "order.pdf", mimeType: "application/pdf", buffer: aPdf() },
    { name: "../../../etc/order.pdf", mimeType: "application/pdf", buffer: Buffer.from("no PDF at all") },
    { name: "nothing.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) },
  ]);
  const way = page.getByRole("list", { name: "Documents on their way" });
  await expect(way.getByText("Attached")).toHaveCount(2);
  await expect(way.getByText("The document is empty", { exact: false })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Documents (2)" })).toBeVisible();
  // What it is by its bytes, whatever it is called; and nothing of a path is left in its name.
  const kept = page.getByRole("listitem").filter({ hasText: "SHA-256" });
  await expect(kept).toHaveCount(2);
  for (const one of await kept.all()) await expect(one).not.toContainText("etc");
  await kept.filter({ hasText: "It is no PDF" }).getByRole("button", { name: "Take it out" }).click();
  await expect(page.getByRole("dialog", { name: "It was warned of" })).toBeVisible();
  await context.close();
});

test("officers read the register and change nothing; nobody else is let in", async ({ browser }) => {
  const requestId = await stage.register({ type: "warrant", receivedAt: ago(DAY) }, account);
  const officer = await pageOf(browser, await hire(["compliance_officer"]));
  await officer.page.goto("/lawful-requests");
  await settled(officer.page);
  await expect(officer.page.getByRole("link", { name: /New lawful request/ })).toHaveCount(0);
  await officer.page.goto(`/lawful-requests/${requestId}`);
  await expect(officer.page.getByText("You read it; legal counsel works on it")).toBeVisible();
  for (const name of ["Other acts", "Add accounts", "Attach documents"])
    await expect(officer.page.getByRole("button", { name, exact: true })).toHaveCount(0);
  await officer.page.goto("/lawful-requests/new");
  await expect(officer.page.getByText("Your role does not lead here")).toBeVisible();
  await officer.context.close();
  for (const role of ["moderator", "lead", "specialist", "administrator", "auditor"] satisfies Role[]) {
    const { page, context } = await pageOf(browser, await hire([role]));
    await page.goto(`/lawful-requests/${requestId}`);
    await expect(page.getByText("Your role does not lead here"), role).toBeVisible();
    await expect(page.getByRole("link", { name: "Lawful requests" }), role).toHaveCount(0);
    await context.close();
  }
});

test("no page of the register breaks WCAG 2.2 AA, complains, or is too wide", async ({ browser }) => {
  test.setTimeout(240_000);
  const held = await stage.register({ type: "preservation_2703f" }, account);
  await must(stage.first, "POST", `/api/lawful-requests/${held}/holds`, {
    kind: "2703f",
    reason: "Preservation was asked for until process is served.",
  });
  const asked = await stage.register({ type: "civil_subpoena", issuer: "party", rangeFrom: null }, account);
  const { page, context } = await pageOf(browser, stage.second);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  for (const [name, path] of [
    ["register", "/lawful-requests"],
    ["deadlines", "/lawful-requests?tab=deadlines"],
    ["figures", "/lawful-requests?tab=figures"],
    ["the letter", `/lawful-requests/${asked}`],
    ["is it real", `/lawful-requests/${asked}?part=verification`],
    ["scope", `/lawful-requests/${asked}?part=scope`],
    ["holds of a request", `/lawful-requests/${held}?part=holds`],
    ["notices", `/lawful-requests/${asked}?part=notices`],
    ["agencies", "/agencies"],
    ["holds", "/holds"],
  ] as const) {
    await page.goto(path);
    await check(page, name);
  }
  await page.goto("/lawful-requests/new");
  await page.getByLabel("Type", { exact: true }).selectOption({ label: "Civil subpoena" });
  await page.getByLabel(/^Officer’s email/).fill("somebody@mail.example.com");
  await check(page, "new request, with warnings");
  await page.goto(`/lawful-requests/${asked}?part=verification`);
  await page.getByRole("button", { name: "Second person" }).first().click();
  await page.getByRole("dialog").waitFor();
  await check(page, "a check");
  expect(complaints).toEqual([]);
  await context.close();
});
