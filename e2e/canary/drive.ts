import { expect, type Page } from "@playwright/test";
import { admin } from "../support/admin.ts";
import { CANARIES } from "../support/canary.ts";
import { call } from "../support/http.ts";
import { signIn } from "../support/session.ts";
import { settled } from "../support/settled.ts";
import type { Member } from "../support/staff.ts";
import type { Person } from "./person.ts";
import type { Sown } from "./sow.ts";

const openView = (page: Page) => page.getByRole("region", { name: /^Open view/ });
const sealed = (page: Page) => page.getByRole("region", { name: "Sealed thread" });
const claimed = (page: Page) => expect(page.getByText("Claimed by you").first()).toBeVisible();

/** Claims the next case of the queue, once the queue is there: its name alone is drawn before the page listens. */
export async function claimNext({ page }: Person, { front }: Sown): Promise<void> {
  await page.goto(`/queues/${front}`);
  await settled(page);
  await page.keyboard.press("n");
  await claimed(page);
}

/** What is on the page once a view is open: at least one canary, and the view's mark. */
async function lookAtOpen({ page, look }: Person, where: string): Promise<void> {
  await expect(openView(page).locator("[data-hostile]").first()).toBeVisible();
  const { viewId, text } = await look(where);
  expect(viewId, where).not.toBeNull();
  expect(text.match(CANARIES)?.length ?? 0, where).toBeGreaterThan(0);
}

/** What is on the page once nothing is open any more: not one canary. The search decides; this waits for the page. */
async function lookAtSealed({ page, look }: Person, where: string): Promise<void> {
  await expect(openView(page)).toHaveCount(0);
  expect((await look(where)).viewId, where).toBeNull();
}

async function openPreset(person: Person, where: string): Promise<void> {
  await expect(sealed(person.page)).toBeVisible();
  await person.page.keyboard.press("o");
  await lookAtOpen(person, where);
}

async function writeReason(page: Page): Promise<void> {
  await page.keyboard.press("w");
  await page.keyboard.type("The report speaks of what was said around this message.");
}

/** The whole of a moderator's day: queues, claim, open, close, reopen, leave, come back, decide, undo, go on. */
export async function driveModerator(person: Person, sown: Sown): Promise<void> {
  const { page, look } = person;
  await expect(page).toHaveURL(/\/queues$/);
  await page
    .getByRole("link", { name: /Canary/ })
    .first()
    .waitFor();
  await look("queues");
  await page.goto(`/queues/${sown.front}`);
  await expect(page.getByText("5 open")).toBeVisible();
  await look("queue");
  await page.keyboard.press("n");
  await claimed(page);
  await expect(sealed(page)).toBeVisible();
  const { text } = await look("case, sealed");
  expect(text).not.toMatch(CANARIES);

  await openPreset(person, "view by preset");
  await page.keyboard.press("j");
  await page.keyboard.press("f");
  await page.keyboard.press("Escape");
  await lookAtSealed(person, "view closed");

  await writeReason(page);
  await page.getByRole("button", { name: "Open the flagged window" }).click();
  await lookAtOpen(person, "view by a written reason");
  await sown.edit(sown.threads[0] as Sown["threads"][number]);
  await expect(page.getByRole("heading", { name: "2 flags" })).toBeVisible();
  await lookAtOpen(person, "view, after an edit has arrived");
  await page.keyboard.press("Escape");
  await openPreset(person, "view that shows the edit");

  await page.reload();
  await lookAtSealed(person, "case, loaded again");
  await claimed(page);
  await openPreset(person, "view before leaving by address");
  await page.goto("/audit");
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  await look("own acts, after leaving by address");
  await page.goBack();
  await lookAtSealed(person, "case, reached by going back");
  await claimed(page);
  await openPreset(person, "view before leaving by link");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Queues" }).click();
  await expect(page).toHaveURL(/\/queues$/);
  await look("queues, after leaving by link");
  await page.goBack();
  await lookAtSealed(person, "case, reached by going back inside the console");

  await page.getByRole("button", { name: "Raise a flag" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("Another rule may be touched here as well.");
  await look("dialog for a flag");
  await page.getByRole("button", { name: "Raise the flag" }).click();
  await expect(page.getByRole("heading", { name: "3 flags" })).toBeVisible();
  await look("case with a flag by staff");

  await openPreset(person, "view before the decision");
  const first = page.url();
  await page.keyboard.press("v");
  await look("view with the policies");
  await page.keyboard.press("Escape");
  await decideNothingWrong(person);
  await expect(page).not.toHaveURL(first);
  await claimed(page);
  await look("next case, with the undo");
  await page.keyboard.press("u");
  await expect(page).toHaveURL(first);
  await claimed(page);
  await lookAtSealed(person, "case, undone");
  await decideNothingWrong(person);
  await expect(page).not.toHaveURL(first);
  await claimed(page);
}

async function decideNothingWrong({ page }: Person): Promise<void> {
  await page.keyboard.press("x");
  await page.getByLabel(/^Note/).fill("Nothing of concern in what was flagged.");
  await page.keyboard.press("ControlOrMeta+Enter");
}

/** A view that ends by itself: by its clock, by a lost claim, out of sight, by the end of the session. */
export async function driveEndings(person: Person, sown: Sown, colleague: Member): Promise<void> {
  const { page, look } = person;
  await openPreset(person, "view before the page is out of sight");
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect(page.getByText("Covered while this page is out of sight.")).toBeVisible();
  await look("view, covered");
  await page.evaluate(() => {
    Reflect.deleteProperty(document, "visibilityState");
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await lookAtOpen(person, "view, in sight again");
  await page.keyboard.press("Escape");

  await page.route("**/api/views/*/read", async (route) => {
    const viewId = new URL(route.request().url()).pathname.split("/")[3] ?? "";
    await admin()`update access.views set expires_at = clock_timestamp() + interval '6 seconds' where id = ${viewId}`;
    await route.continue();
  });
  await openPreset(person, "view that is about to run out");
  await expect(page.getByText("The view has run out")).toBeVisible({ timeout: 15_000 });
  await lookAtSealed(person, "view, run out");
  await page.unroute("**/api/views/*/read");

  await openPreset(person, "view whose claim will be lost");
  const caseId = page.url().split("/").at(-1) ?? "";
  await admin()`update triage.cases set claim_expires_at = now() - interval '1 second' where id = ${caseId}`;
  await call("POST", `/api/cases/${caseId}/claim`, { cookie: await signIn(colleague) });
  await expect(page.getByText("You no longer hold this case")).toBeVisible();
  await lookAtSealed(person, "case, claim lost");

  await claimNext(person, sown);
  await openPreset(person, "view before escalating");
  const escalated = page.url();
  await page.keyboard.press("e");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page).not.toHaveURL(escalated);
  await claimed(page);
  await openPreset(person, "view before the session is revoked");
  await admin()`select staff.revoke_sessions(${person.member.id})`;
  await expect(page).toHaveURL(/\/sign-in/);
  await look("sign-in page, session revoked");
}

/** Wider scopes, each with a reason of its own. */
export async function driveSpecialist(person: Person, sown: Sown): Promise<void> {
  const { page } = person;
  await page.goto(`/cases/${sown.secret.caseId}`);
  await page
    .getByRole("button", { name: /^Claim/ })
    .first()
    .click();
  await claimed(page);
  await person.look("restricted case, sealed");
  for (const [scope, button] of [
    ["Wider window", "Open the wider window"],
    ["Whole thread", "Open the whole thread"],
  ] as const) {
    await page.getByText("More than the flagged window").click();
    await page.getByRole("group", { name: "Scope" }).getByText(scope, { exact: true }).click();
    await page.getByLabel(/^Reason/).fill("The report speaks of the whole conversation.");
    await page.getByRole("button", { name: button }).click();
    await lookAtOpen(person, scope);
    await page.keyboard.press("Escape");
    await lookAtSealed(person, `${scope}, closed`);
  }
}

/** Collects what a request covers, reads a page of it, decides, and leaves. */
export async function driveCounsel(person: Person, requestId: string): Promise<void> {
  const { page, look } = person;
  await page.goto(`/lawful-requests/${requestId}?part=work`);
  await page.getByRole("button", { name: "Collect", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Collect", exact: true }).click();
  await expect(sealed(page)).toBeVisible();
  expect((await look("collection, sealed")).text).not.toMatch(CANARIES);
  await page.keyboard.press("v");
  await lookAtOpen(person, "page of a collection");
  await page.keyboard.press("p");
  await page.getByRole("dialog").getByLabel("Reason").fill("Between the account and its counsel.");
  await look("dialog of a decision");
  await page.getByRole("button", { name: "Set it aside" }).click();
  await expect(page.getByText("Withheld: privileged")).toBeVisible();
  await lookAtOpen(person, "page of a collection, decided");
  await page.keyboard.press("Escape");
  await lookAtSealed(person, "page of a collection, closed");
  await page.getByRole("tab", { name: "Decisions" }).click();
  await expect(page.getByText("Message set aside: privileged", { exact: true })).toBeVisible();
  await look("decisions");
  await page.getByRole("tab", { name: "How it was collected" }).click();
  await look("query of a collection");
}

/** Opens, and lets the case go. */
export async function driveLead(person: Person, sown: Sown): Promise<void> {
  const { page } = person;
  await claimNext(person, sown);
  await openPreset(person, "lead's view");
  await page.keyboard.press("Shift+R");
  await expect(page).toHaveURL(/\/queues\//);
  await person.look("queue, after releasing");
}

/** Everything an officer can reach: lists, filters, records, trails, files. */
export async function driveOfficer(person: Person, sown: Sown): Promise<void> {
  const { page, look } = person;
  await expect(page).toHaveURL(/\/compliance$/);
  await look("desk");
  await page.goto("/audit");
  await page.getByRole("list", { name: "Events, newest first" }).waitFor();
  await look("log");
  for (const query of ["?action=view.opened", "?outcome=denied", "?purpose=user_report_review"]) {
    await page.goto(`/audit${query}`);
    await settled(page);
    await look(`log ${query}`);
  }
  await page.goto("/audit?action=view.opened");
  await page.getByRole("list", { name: "Events, newest first" }).waitFor();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Full record" })).toBeVisible();
  await expect(
    page
      .getByRole("dialog")
      .getByText(/SHA-256|leaf/i)
      .first(),
  ).toBeVisible();
  await look("full record");
  await page.keyboard.press("Escape");
  for (const format of ["CSV", "NDJSON"]) {
    await page.keyboard.press("e");
    await page
      .getByRole("dialog")
      .getByText(new RegExp(`^${format}`))
      .click();
    const download = page.waitForEvent("download");
    await page.getByRole("dialog").getByRole("link", { name: "Export" }).click();
    await (await download).path();
  }
  await page.goto(`/cases/${sown.threads[0]?.caseId}`);
  await expect(
    page
      .getByText("Your role sees what is on the outside and never opens a thread.")
      .or(page.getByText(/^Decided: it stays sealed/)),
  ).toBeVisible();
  await look("case, as an officer sees it");
}

/** Every page that there is, by its address, whether it is theirs or not. */
export async function visitEverything(person: Person, addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    await person.page.goto(address);
    await settled(person.page);
    await person.look(address.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ":id"));
  }
}

/** Signs out by the menu. */
export async function leaveBySigningOut({ page, look }: Person): Promise<void> {
  await page.getByRole("button", { name: /^Signed in as/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in to Unseal" })).toBeVisible();
  await look("sign-in page, signed out");
}
