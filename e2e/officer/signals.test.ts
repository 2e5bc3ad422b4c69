import { expect, type Page, test } from "@playwright/test";
import { checkAccessible } from "../support/accessible.ts";
import { CANARY } from "../support/canary.ts";
import { type Desk, makeDesk, pageOf } from "../support/desk.ts";
import { makeScene, type Scene } from "../unauthorized-access/scene.ts";
import { aReview, aSignal } from "../unauthorized-access/signalRoutes.ts";

let desk: Desk;
let scene: Scene;
test.beforeAll(async () => {
  desk = await makeDesk("Signals");
  scene = await makeScene();
});

/** As everywhere, and wide again afterwards, for what is done next. */
async function check(page: Page, name: string): Promise<void> {
  await checkAccessible(page, name);
  await page.setViewportSize({ width: 1440, height: 900 });
}

test("an officer takes a signal on and concludes it in writing, with the keyboard", async ({ browser }) => {
  test.setTimeout(90_000);
  const signalId = await aSignal(scene);
  const { page, context } = await pageOf(browser, await desk.person(["compliance_officer"]));
  await page.goto("/signals");
  await expect(page.getByText(/Opened 120 cases of one queue/).first()).toBeVisible();
  await check(page, "signals");
  await page.goto(`/signals?signal=${signalId}`);
  await expect(page.getByRole("heading", { name: "The numbers" })).toBeVisible();
  await check(page, "a signal");
  await page.getByRole("button", { name: "Take it on" }).press("Enter");
  await page.getByText("False signal", { exact: true }).click();
  await page.getByLabel("What you found, and how").fill("..");
  await page.getByRole("button", { name: "Conclude", exact: true }).press("Enter");
  await expect(page.getByText("The note does not say why")).toBeVisible();
  await page
    .getByLabel("What you found, and how")
    .fill("The queue was merged that day; the numbers mislead.");
  await page.getByRole("button", { name: "Conclude", exact: true }).press("Enter");
  await expect(page.getByText("the numbers mislead").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Conclude", exact: true })).toHaveCount(0);
  await page.goto("/signals?state=resolved");
  await expect(page.getByText("False signal").first()).toBeVisible();
  expect(await page.content()).not.toMatch(CANARY);
  await context.close();
});

test("an officer reviews a view without seeing a word of it, and a signal comes of the verdict", async ({
  browser,
}) => {
  test.setTimeout(90_000);
  const reviewId = await aReview(scene);
  const { page, context } = await pageOf(browser, await desk.person(["compliance_officer"]));
  await page.goto("/reviews");
  await expect(page.getByText("Drawn by lot").first()).toBeVisible();
  await check(page, "reviews");
  await page.goto(`/reviews?review=${reviewId}`);
  await expect(page.getByRole("heading", { name: "Your verdict" })).toBeVisible();
  await check(page, "a review");
  expect(await page.content()).not.toMatch(CANARY);
  await page.getByText("Questionable", { exact: true }).click();
  await page
    .getByLabel("What you held against what")
    .fill("The reason names threats; the flags are about spam.");
  await page.getByRole("button", { name: "Give the verdict" }).press("Enter");
  await page.getByRole("link", { name: "the signal it raised" }).click();
  await expect(page.getByText(/found it questionable/).first()).toBeVisible();
  await context.close();
});

test("nobody else is offered the pages or let in", async ({ browser }) => {
  for (const role of ["moderator", "lead", "administrator"] as const) {
    const { page, context } = await pageOf(browser, await desk.person([role]));
    await page.goto("/signals");
    await expect(page.getByText("Your role does not lead here")).toBeVisible();
    await expect(page.getByRole("link", { name: "Signals" })).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1, name: "Signals of misuse" })).toHaveCount(0);
    await context.close();
  }
});
