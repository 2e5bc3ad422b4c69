import { expect, test } from "@playwright/test";
import { admin } from "../support/admin.ts";
import { CANARY } from "../support/canary.ts";
import { type Desk, makeDesk, pageOf } from "../support/desk.ts";
import { settled } from "../support/settled.ts";

let desk: Desk;
test.beforeAll(async () => {
  desk = await makeDesk("Keyboard");
  await desk.deliver();
  await desk.deliver();
});

test("a whole case is worked by keyboard alone: sign in, queue, claim, open, decide, undo, next", async ({
  page,
}) => {
  const moderator = await desk.person(["moderator"]);
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel(/e-?mail/i).focus();
  await page.keyboard.type(moderator.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(moderator.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/queues$/);

  await expect(page.getByText(/Keyboard/).first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/queues/${desk.queue}`));
  await expect(page.getByRole("heading", { name: /Keyboard/ })).toBeVisible();

  await page.keyboard.press("n");
  await expect(page).toHaveURL(/\/cases\//);
  await expect(page.getByText(/Claimed by you/)).toBeVisible();
  expect(await page.content()).not.toMatch(CANARY);

  await page.keyboard.press("o");
  const view = page.getByRole("region", { name: /Open view/ });
  await expect(view).toBeVisible();
  await expect(view.getByText(/Placeholder message 13 zqcanary/)).toBeVisible();
  await expect(view.getByText(/Placeholder words zqcanary/)).toBeVisible();
  expect(await page.title()).not.toMatch(CANARY);

  const first = page.url();
  await page.keyboard.press("x");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page).not.toHaveURL(first);
  await expect(page.getByText(/Claimed by you/)).toBeVisible();
  expect(await page.content()).not.toMatch(CANARY);
  await page.keyboard.press("u");
  await expect(page).toHaveURL(first);
  await expect(page.getByText(/Claimed by you/)).toBeVisible();
  const [row] =
    await admin()`select state, claimed_by from triage.cases where id = ${first.split("/").at(-1) ?? ""}`;
  expect(row).toEqual({ state: "open", claimed_by: moderator.id });
});

test("the shortcut sheet opens on ? and closes on Escape, from every page", async ({ browser }) => {
  const { page, context } = await pageOf(browser, await desk.person(["moderator"]));
  for (const path of ["/queues", `/queues/${desk.queue}`, "/audit"]) {
    await page.goto(path);
    await settled(page);
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: /shortcuts/i })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await context.close();
});
