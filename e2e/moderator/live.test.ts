import { expect, test } from "@playwright/test";
import { type Desk, makeDesk, pageOf } from "../support/desk.ts";
import { exampleFlag, flagAgain } from "../support/flags.ts";

let desk: Desk;
test.beforeAll(async () => {
  desk = await makeDesk("Live");
});

test("a case that another moderator claims shows it at once, and a flag that arrives appears", async ({
  browser,
}) => {
  const flag = exampleFlag();
  const { caseId } = await desk.deliverFlag(flag);
  const [one, two] = await Promise.all([desk.person(["moderator"]), desk.person(["moderator"])]);
  const [a, b] = await Promise.all([pageOf(browser, one), pageOf(browser, two)]);
  await a.page.goto(`/queues/${desk.queue}`);
  await expect(a.page.getByText("1 open")).toBeVisible();

  await b.page.goto(`/cases/${caseId}`);
  await b.page
    .getByRole("button", { name: /^Claim/ })
    .first()
    .click();
  await expect(b.page.getByText(/Claimed by you/)).toBeVisible();
  await expect(a.page.getByText(two.name)).toBeVisible();

  await desk.deliver();
  await expect(a.page.getByText("2 open")).toBeVisible();

  await desk.deliverFlag(
    flagAgain(flag, { source: "classifier", detector: { name: "example-detector", version: "1" } }),
  );
  await expect(b.page.getByText("2 flags")).toBeVisible();
  await Promise.all([a.context.close(), b.context.close()]);
});

test("of two who claim the same row, one is told kindly and goes on", async ({ browser }) => {
  const { caseId } = await desk.deliver();
  const [one, two] = await Promise.all([desk.person(["moderator"]), desk.person(["moderator"])]);
  const [a, b] = await Promise.all([pageOf(browser, one), pageOf(browser, two)]);
  for (const { page } of [a, b]) {
    await page.goto(`/cases/${caseId}`);
    await expect(page.getByRole("button", { name: /^Claim/ }).first()).toBeVisible();
  }
  await Promise.all([a, b].map(({ page }) => page.keyboard.press("c")));
  const mine = [a, b].map(({ page }) => page.getByText(/Claimed by you/));
  const held = async () => (await Promise.all(mine.map((one) => one.isVisible()))).filter(Boolean).length;
  await expect.poll(held).toBe(1);
  // The other is told whose it is, and is offered the next one.
  const loser = (await mine[0]?.isVisible()) ? b : a;
  await expect(loser.page.getByText(/works on this case/)).toBeVisible();
  await expect(loser.page.getByRole("button", { name: /Next case/ })).toBeEnabled();
  expect(await held()).toBe(1);
  await Promise.all([a.context.close(), b.context.close()]);
});
