import { expect, type Page, test } from "@playwright/test";
import { revokeSessions } from "../../server/staff/operator.ts";
import { admin } from "../support/admin.ts";
import { CANARY } from "../support/canary.ts";
import { type Desk, makeDesk } from "../support/desk.ts";
import type { Member } from "../support/staff.ts";

let desk: Desk;
test.beforeAll(async () => {
  desk = await makeDesk("Door");
});

async function signIn(page: Page, { email, password }: Pick<Member, "email" | "password">): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

const signedIn = (page: Page) => expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();

test("a wrong password is told without a word about whether the address is known", async ({ page }) => {
  const member = await desk.person(["moderator"]);
  const told: string[] = [];
  for (const email of [member.email, "nobody-of-ours@staff.example.org"]) {
    await page.goto("/sign-in");
    await signIn(page, { email, password: "not the password" });
    await expect(page.getByRole("alert").filter({ hasText: /wrong/ })).toBeVisible();
    told.push((await page.getByRole("alert").filter({ hasText: /wrong/ }).textContent()) ?? "");
    await expect(page.getByLabel("Password")).toHaveValue("");
    await expect(page.getByLabel("Password")).toBeFocused();
  }
  expect(told[0]).toBe(told[1]);
});

test("signing in leads to the page that was asked for, and never to another site", async ({ browser }) => {
  const member = await desk.person(["moderator"]);
  const { caseId } = await desk.deliver();
  const own = `/cases/${caseId}`;
  for (const [next, leadsTo] of [
    [own, own],
    ["https://evil.example.org/", "/queues"],
    ["//evil.example.org/queues", "/queues"],
    ["/\\evil.example.org", "/queues"],
    ["/queues/..//evil.example.org", "/queues"],
    ["javascript:alert(1)", "/queues"],
    ["/api/audit/export?format=csv", "/queues"],
    ["/api/auth/signout", "/queues"],
  ] as const) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).host));
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    const { host } = new URL(page.url());
    await signIn(page, member);
    await signedIn(page);
    await expect(page, next).toHaveURL(new RegExp(`${leadsTo}$`));
    expect(
      asked.filter((one) => one !== host),
      next,
    ).toEqual([]);
    await context.close();
  }
});

test("a page that is asked for without a session comes back after signing in", async ({ page }) => {
  const { caseId } = await desk.deliver();
  await page.goto(`/cases/${caseId}`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  expect(await page.content()).not.toMatch(CANARY);
  await signIn(page, await desk.person(["moderator"]));
  await expect(page).toHaveURL(new RegExp(`/cases/${caseId}$`));
});

test("a revoked session is told so, and one signs in again where one was", async ({ page }) => {
  const member = await desk.person(["moderator"]);
  await page.goto("/sign-in");
  await signIn(page, member);
  await signedIn(page);
  await page.goto(`/queues/${desk.queue}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText(/\d+ open/)).toBeVisible();
  await revokeSessions(admin(), member.id);
  await expect(page.getByText("Your session has ended")).toBeVisible();
  await signIn(page, member);
  await expect(page).toHaveURL(new RegExp(`/queues/${desk.queue}$`));
});

test("signing out shuts every tab of the browser", async ({ browser }) => {
  const context = await browser.newContext();
  const [one, two] = [await context.newPage(), await context.newPage()];
  await one.goto("/sign-in");
  await signIn(one, await desk.person(["moderator"]));
  await signedIn(one);
  await two.goto("/queues");
  await signedIn(two);
  await one.getByRole("button", { name: /^Signed in as/ }).click();
  await one.getByRole("menuitem", { name: "Sign out" }).click();
  for (const page of [one, two])
    await expect(page.getByRole("heading", { name: "Sign in to Unseal" })).toBeVisible();
  await two.goto("/queues");
  await expect(two).toHaveURL(/\/sign-in/);
  await context.close();
});

test("pages that a role has no right to say so, and lead on", async ({ page }) => {
  await page.goto("/sign-in");
  await signIn(page, await desk.person(["legal_counsel"]));
  await expect(page).toHaveURL(/\/lawful-requests$/);
  await expect(page.getByRole("link", { name: "Queues" })).toHaveCount(0);
  await page.goto("/queues");
  await expect(page.getByText("Your role does not lead here")).toBeVisible();
  await page.goto("/nowhere");
  await expect(page.getByText("There is no such page")).toBeVisible();
  await page.getByRole("link", { name: "Start page" }).click();
  await expect(page).toHaveURL(/\/lawful-requests$/);
});
