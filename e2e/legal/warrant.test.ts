import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { checkAccessible } from "../support/accessible.ts";
import { admin } from "../support/admin.ts";
import { CANARY_MARK } from "../support/canary.ts";
import { pageOf } from "../support/desk.ts";
import { built, giveReason, goTo } from "./acts.ts";
import { type Packet, sha512sum, textsOf, unpack, verify } from "./packet.ts";
import { ago, aPdf, type LegalStage, type LegalThread, makeLegalStage } from "./stage.ts";

/**
 * A warrant from the letter to the recipient's disk, by two counsels and a recipient who has no account. Each test goes on
 * where the one before ended.
 */
test.describe.configure({ mode: "serial", timeout: 120_000 });

let stage: LegalStage;
let thread: LegalThread;
let first: Page;
let second: Page;
const contexts: BrowserContext[] = [];
const folder = mkdtempSync(join(tmpdir(), "unseal-delivered-"));
let [requestId, productionId] = ["", ""];
const sent = { link: "", code: "" };
const zip = join(folder, "packet.zip");
const keys = { vkey: "", logVkey: "" };
let packet: Packet;
/** Answers that held content, and where content was seen that is no reading. */
const seen = { read: 0, strays: [] as string[] };

test.beforeAll(async ({ browser }) => {
  stage = await makeLegalStage();
  thread = await stage.deliver();
  const opened = await Promise.all([pageOf(browser, stage.first), pageOf(browser, stage.second)]);
  contexts.push(...opened.map(({ context }) => context));
  [first, second] = [opened[0].page, opened[1].page];
  for (const page of [first, second]) watch(page);
});
test.afterAll(async () => {
  await Promise.all(contexts.map((one) => one.close()));
  packet?.forget();
  rmSync(folder, { recursive: true, force: true });
});

/** What was said may be in the answer to a reading of a collection, and in no other answer and no address. */
function watch(page: Page): void {
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname === "/api/live") return;
    if (response.url().includes(CANARY_MARK)) seen.strays.push("an address");
    response.text().then(
      (text) => {
        if (!text.toLowerCase().includes(CANARY_MARK)) return;
        if (/^\/api\/collection-views\/[^/]+\/read$/.test(pathname)) seen.read++;
        else seen.strays.push(`${response.request().method()} ${pathname}`);
      },
      // An answer without a body, or one that the page no longer waits for.
      () => {},
    );
  });
}

/** The page from its top: what lies below a bar that stays is not to be pressed there. */
async function check(page: Page, name: string): Promise<void> {
  await page.evaluate(() => window.scrollTo(0, 0));
  await checkAccessible(page, name);
}

/** A clock of UTC as the form takes it. */
const clock = (ms: number): string => ago(ms).slice(0, 16);

test("a warrant is registered from its letter, with the order attached", async () => {
  await first.goto("/lawful-requests/new");
  const choose = (label: string, value: string) =>
    first.getByLabel(label, { exact: true }).selectOption(value);
  const fill = (label: string, value: string) =>
    first.getByLabel(new RegExp(`^${label}(?: .if known.)?$`)).fill(value);
  await choose("Type", "warrant");
  await fill("Jurisdiction", "US");
  await choose("Signed by", "judge");
  await choose("How it came", "post");
  await choose("Agency in the directory", stage.agency.id);
  await fill("Officer", "Officer Sample");
  await fill("Reference", `W-${thread.threadId.slice(-6)}`);
  await choose("Time zone of who asks", "UTC");
  await fill("Received", clock(86_400_000));
  await fill("Signed on", clock(2 * 86_400_000));
  for (const category of ["Subscriber", "Traffic", "Content"])
    await first.getByRole("checkbox", { name: new RegExp(`^${category}`) }).check();
  await fill("From", clock(30 * 86_400_000));
  await fill("Until", clock(0));
  await first.getByLabel(/^Platform/).selectOption(stage.platform.id);
  await first.getByLabel(/^Accounts/).fill(thread.account);
  await first
    .locator("input[type=file]")
    .setInputFiles({ name: "order.pdf", mimeType: "application/pdf", buffer: aPdf() });
  await first.getByRole("button", { name: "Register it" }).click();
  await first.getByRole("link", { name: /^Go to the request/ }).click();
  await expect(first).toHaveURL(/\/lawful-requests\/[0-9a-f-]{36}/);
  requestId = new URL(first.url()).pathname.split("/").at(-1) ?? "";
});

test("nothing is given before the agency was called back at a number of the directory", async () => {
  await goTo(first, requestId, "work");
  await expect(first.getByRole("button", { name: "Collect", exact: true })).toHaveCount(0);
  await goTo(first, requestId, "verification");
  await first.getByRole("button", { name: "Record a call" }).click();
  const dialog = first.getByRole("dialog");
  await dialog.getByLabel(/^Called at/).fill(clock(120_000));
  await dialog.getByLabel("Spoke with").fill("The desk officer");
  await dialog.getByText("Passed", { exact: true }).click();
  await dialog.getByLabel("Note").fill("They know the matter and the officer.");
  await dialog.getByRole("button", { name: "Record it" }).click();
  await expect(dialog).toBeHidden();
  await first.getByRole("button", { name: "Document", exact: true }).first().click();
  await dialog.getByText("Passed", { exact: true }).click();
  await dialog.getByLabel("Note").fill("Seal and signature are those of the court.");
  await dialog.getByRole("button", { name: "Record it" }).click();
  await expect(dialog).toBeHidden();
});

test("content is given only once a second counsel has approved it", async () => {
  await first.goto(`/lawful-requests/${requestId}`);
  await first.getByRole("button", { name: "Record that we acknowledged it" }).click();
  await first.getByRole("dialog").getByRole("button", { name: "Record it" }).click();
  await first.getByRole("button", { name: "Take it into review" }).click();
  await first.getByRole("dialog").getByRole("button", { name: "Take it" }).click();
  await expect(first.getByRole("dialog")).toBeHidden();
  await expect(first.getByRole("button", { name: "Approve it" })).toHaveCount(0);
  await second.goto(`/lawful-requests/${requestId}`);
  await second.getByRole("button", { name: "Approve it" }).click();
  await second.getByRole("dialog").getByRole("button", { name: "Approve it" }).click();
  await expect(second.getByText("Approved", { exact: true }).first()).toBeVisible();
});

test("what it covers is collected and opens nothing by itself", async () => {
  await goTo(first, requestId, "work");
  await check(first, "collections and packets");
  await first.getByRole("button", { name: "Collect", exact: true }).click();
  await check(first, "collecting");
  await first.getByRole("dialog").getByRole("button", { name: "Collect", exact: true }).click();
  await expect(first).toHaveURL(/\/collections\/[0-9a-f-]{36}/);
  await expect(first.getByRole("region", { name: "Sealed thread" })).toBeVisible();
  expect((await first.content()).toLowerCase()).not.toContain(CANARY_MARK);
  await check(first, "collection, sealed");
});

test("the review is done by keyboard alone: redacted, set aside, ruled out, taken back, handed in", async () => {
  const open = first.getByRole("region", { name: /^Open view/ });
  const dialog = first.getByRole("dialog");
  const key = (name: string): Promise<void> => first.keyboard.press(name);
  const decide = async (reason: string): Promise<void> => {
    await expect(dialog).toBeVisible();
    await dialog.getByLabel("Reason").focus();
    await first.keyboard.type(reason);
    // From the words to the buttons below them.
    await key("Tab");
    await key("Tab");
    await key("Enter");
    await expect(dialog).toBeHidden();
  };
  await key("v");
  await expect(open).toBeVisible();
  await expect(open.locator("[data-watermark]")).toHaveCount(1);
  // Third parties stand under a number, in what others wrote of them as well.
  await expect(open.getByText("Participant 1").first()).toBeVisible();
  await expect(open).not.toContainText(thread.secret.thirdParty);
  await check(first, "collection, open");

  const to = async (words: string): Promise<void> => {
    await key("j");
    await expect(open.locator("[aria-current] [data-hostile]").last()).toContainText(words);
  };
  await to(thread.produced[1] ?? "");
  await to("Placeholder number");
  await to(thread.secret.byHand);
  await key("r");
  await expect(open.getByText("1 word marked")).toBeVisible();
  await key("ArrowRight");
  await key("Enter");
  await decide("personal data not asked for");
  await expect(open.getByText("[REDACTED: personal data not asked for]")).toBeVisible();

  await to(thread.secret.privileged);
  await key("o");
  await decide("A mistake of the keyboard.");
  await expect(open.getByText("Withheld: out of scope")).toBeVisible();
  await key("t");
  await decide("It is privileged, not out of scope.");
  await expect(open.getByText("Withheld: out of scope")).toHaveCount(0);
  await key("p");
  await decide("Between the account and its counsel.");
  await expect(open.getByText("Withheld: privileged")).toBeVisible();

  await key("w");
  await expect(dialog).toBeVisible();
  await dialog.getByLabel("These words").focus();
  await key("ArrowRight");
  await key("ArrowRight");
  await expect(dialog.getByLabel("Phone numbers")).toBeChecked();
  await dialog.getByLabel("Reason").focus();
  await first.keyboard.type("a number not asked for");
  await dialog.getByRole("button", { name: "Try it on this page" }).press("Enter");
  await expect(dialog.getByText(/^It finds 1 place in 1 message/)).toBeVisible();
  await dialog.getByRole("button", { name: "Add the rule" }).press("Enter");
  await expect(dialog).toBeHidden();
  await expect(open.getByText("[REDACTED: a number not asked for]")).toBeVisible();
  await check(first, "collection, decided");

  await key("Escape");
  await expect(first.getByRole("region", { name: "Sealed thread" })).toBeVisible();
  expect((await first.content()).toLowerCase()).not.toContain(CANARY_MARK);
  await key("ControlOrMeta+Enter");
  await expect(dialog.getByText("1 message set aside: privileged")).toBeVisible();
  await dialog.getByRole("checkbox").focus();
  await key("Space");
  await dialog.getByRole("button", { name: "Hand in", exact: true }).press("Enter");
  await expect(first.getByText("Handed in", { exact: true }).first()).toBeVisible();
});

test("a page of content is wiped when it is left, and sealed when one comes back", async () => {
  await first.keyboard.press("v");
  await expect(first.getByRole("region", { name: /^Open view/ })).toBeVisible();
  await first.goto(`/lawful-requests/${requestId}`);
  await first.goBack();
  await expect(first.getByRole("region", { name: "Sealed thread" })).toBeVisible();
  expect((await first.content()).toLowerCase()).not.toContain(CANARY_MARK);
  const stored = await first.evaluate(async () =>
    JSON.stringify([{ ...localStorage, ...sessionStorage }, await caches.keys(), history.state]),
  );
  expect(stored.toLowerCase()).not.toContain(CANARY_MARK);
});

test("the packet is built in the background, with its progress told", async () => {
  await goTo(first, requestId, "work");
  await first.getByRole("button", { name: "Build the packet" }).click();
  await first
    .getByRole("dialog")
    .getByLabel(/^A note/)
    .fill("All times are UTC.");
  await first.getByRole("dialog").getByRole("button", { name: "Build it" }).click();
  await expect(first).toHaveURL(/\/productions\/[0-9a-f-]{36}/);
  productionId = new URL(first.url()).pathname.split("/").at(-1) ?? "";
  await built(stage.first, productionId);
  await first.goto(`/lawful-requests/${requestId}/productions/${productionId}?tab=build`);
  await expect(first.getByText("It is whole and signed, and waits for a second counsel")).toBeVisible();
  await check(first, "packet, built");
  await first.getByRole("tab", { name: "Custody" }).click();
  await check(first, "custody");
});

test("whoever built it cannot release it; another counsel compares and does", async () => {
  const address = `/lawful-requests/${requestId}/productions/${productionId}`;
  await first.goto(`${address}?tab=compare`);
  await expect(first.getByText("What stands out")).toBeVisible();
  await expect(first.getByRole("button", { name: "Release it" })).toHaveCount(0);
  await second.goto(address);
  await expect(second.getByText("1 attachment that could not be had any more")).toBeVisible();
  await check(second, "comparison");
  await second.getByLabel("I have compared what was asked for with what is in the packet.").check();
  await second.getByRole("button", { name: "Release it" }).click();
  await expect(second.getByText("Released", { exact: true }).first()).toBeVisible();
});

test("link and code are shown once, for two ways", async () => {
  await first.goto(`/lawful-requests/${requestId}/productions/${productionId}`);
  await first.getByRole("button", { name: "Make a link" }).click();
  const dialog = first.getByRole("dialog");
  await dialog.getByLabel(/^Recipient/).fill("Officer Sample");
  await expect(dialog.getByRole("list", { name: "Confirmed numbers" })).toContainText("202");
  await check(first, "making a link");
  await dialog.getByRole("button", { name: "Make the link" }).click();
  await expect(first.getByRole("heading", { name: /shown once, now/ })).toBeVisible();
  await check(first, "link and code");
  const [link, code] = await first.locator("code.select-all").allTextContents();
  sent.link = link ?? "";
  sent.code = code ?? "";
  expect(sent.code.replaceAll(/\D/g, "")).toHaveLength(10);
  await first.getByRole("button", { name: "I have passed them on" }).click();
  await first.reload();
  await expect(first.getByText("Not fetched yet")).toBeVisible();
  expect(await first.content()).not.toContain(sent.code);
});

test("a recipient without an account is told nothing before the code is right, then downloads and acknowledges", async ({
  browser,
}) => {
  const context = await browser.newContext({ acceptDownloads: true });
  contexts.push(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(sent.link);
  await expect(page.getByLabel("Code")).toBeVisible();
  expect(page.url()).not.toContain("#");
  const told = await page.content();
  for (const word of ["LR-", "warrant", "Police", "account", stage.first.name])
    expect(told.replaceAll(/<script[\s\S]*?<\/script>/g, "")).not.toContain(word);
  await check(page, "delivery, before the code");
  await page.getByLabel("Code").fill("00000 00000");
  await page.getByRole("button", { name: "Open" }).click();
  await expect(page.getByText("Link and code do not open")).toBeVisible();
  await expect(page.getByText("LR-")).toHaveCount(0);
  await page.getByLabel("Code").fill(sent.code);
  await page.getByRole("button", { name: "Open" }).click();
  await expect(page.getByRole("heading", { name: /^LR-\d{6}-VOL001$/ })).toBeVisible();
  await check(page, "delivery, opened");
  const codes = await page.getByRole("region", { name: "The packet" }).locator("code").allTextContents();
  [keys.vkey = "", keys.logVkey = ""] = codes.slice(2);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download" }).click(),
  ]);
  await download.saveAs(zip);
  await expect(page.getByText("The file is the packet, bit for bit")).toBeVisible();
  await page.getByLabel("The ZIP file").setInputFiles(zip);
  await expect(page.getByText("The file is the packet, bit for bit")).toBeVisible();
  await page.getByLabel("Your name").fill("O. Sample");
  await page.getByRole("button", { name: "I have received it" }).click();
  await expect(page.getByText("The hash that you gave is the packet’s.")).toBeVisible();
  await page.goto("/verify-a-packet");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await check(page, "how to verify a packet");
  expect(complaints).toEqual([]);

  await first.reload();
  await expect(first.getByText("The hash they gave is the packet’s")).toBeVisible();
  await check(first, "deliveries");
});

test("each try, download and acknowledgement of the recipient is an event", async () => {
  const events = await admin()<{ action: string; outcome: string }[]>`
    select action, outcome from audit.events
     where detail ->> 'productionId' = ${productionId} and action like 'legal.deliver%' order by id`;
  const kinds = events.map(({ action, outcome }) => `${action} ${outcome}`);
  expect(kinds.filter((one) => one.endsWith(" denied")).length).toBeGreaterThan(0);
  expect(new Set(kinds).size).toBeGreaterThan(3);
});

test("other people's programs accept the packet: unzip, sha512sum, and our verifier with two keys and nothing else", async () => {
  packet = await unpack(zip);
  await sha512sum(packet);
  const { code, said } = await verify(zip, keys.vkey, keys.logVkey);
  expect({ code, said: code === 0 ? "" : said }).toEqual({ code: 0, said: "" });
  // A packet of which one bit is another's is refused.
  expect((await verify(zip, keys.logVkey, keys.vkey)).code).not.toBe(0);
});

test("nothing that was redacted, withheld or belongs to a third party is anywhere in the packet, the PDF included", async () => {
  const texts = await textsOf(packet);
  const all = [...texts.values()].join("\n");
  for (const word of thread.produced) expect(all).toContain(word);
  const pdf = [...texts].filter(([name]) => name.endsWith(".pdf read")).map(([, text]) => text);
  expect(pdf.join("").replaceAll(/\s/g, "")).toContain(thread.produced[0]);
  expect(pdf.join("")).toContain("REDACTED");
  const { thirdParty, thirdPartyAccount, phone, byHand, privileged } = thread.secret;
  for (const [name, text] of texts) {
    const folded = text.normalize("NFKC").toLowerCase().replaceAll(/\s/g, "");
    for (const secret of [thirdParty, thirdPartyAccount, phone, byHand, privileged])
      expect(folded.includes(secret.toLowerCase().replaceAll(/\s/g, "")), `${name}: ${secret}`).toBe(false);
  }
  const lines = (name: string): string => texts.get(`data/${name}`) ?? "";
  expect(lines("withheld.csv")).toContain("privileged");
  expect(lines("redactions.csv")).toContain("personal data not asked for");
});

test("what was said strayed nowhere while all this was done", () => {
  expect(seen.strays).toEqual([]);
  expect(seen.read).toBeGreaterThan(4);
});

test("a released packet can be sent once more, and recalled until it is fetched", async () => {
  await first.getByRole("button", { name: "Make a link" }).click();
  const dialog = first.getByRole("dialog");
  await dialog.getByLabel(/^Recipient/).fill("Officer Other");
  await dialog.getByRole("button", { name: "Make the link" }).click();
  await expect(first.getByRole("heading", { name: /shown once, now/ })).toBeVisible();
  const [link] = await first.locator("code.select-all").allTextContents();
  await first.getByRole("button", { name: "I have passed them on" }).click();
  await first.getByRole("button", { name: "Recall it" }).click();
  await giveReason(first, "Sent to the wrong desk.", "Recall it");
  await expect(first.getByText("Recalled", { exact: true }).first()).toBeVisible();
  const context = await first.context().browser()?.newContext();
  if (!context) throw new Error("There is no browser.");
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(link ?? "");
  await page.getByLabel("Code").fill(sent.code);
  await page.getByRole("button", { name: "Open" }).click();
  await expect(page.getByText("Link and code do not open")).toBeVisible();
  await expect(page.getByText("LR-")).toHaveCount(0);
});
