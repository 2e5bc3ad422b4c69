import { expect, test } from "@playwright/test";
import { admin } from "../support/admin.ts";
import { type Desk, makeDesk, pageOf } from "../support/desk.ts";
import { settled } from "../support/settled.ts";
import { noVerification } from "../unauthorized-access/scene.ts";

let desk: Desk;
test.beforeAll(async () => {
  desk = await makeDesk("Compliance");
});

test("an officer begins at the desk, and every card leads to a page", async ({ browser }) => {
  const { page, context } = await pageOf(browser, await desk.person(["compliance_officer"]));
  await page.goto("/");
  await expect(page).toHaveURL(/\/compliance$/);
  await expect(page.getByRole("heading", { level: 1, name: "Compliance desk" })).toBeVisible();
  const cards = page.getByRole("main").getByRole("listitem").getByRole("link");
  await cards.first().waitFor();
  const hrefs = await cards.evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  expect(hrefs.length).toBeGreaterThanOrEqual(8);
  for (const href of new Set(hrefs)) {
    const answer = await page.request.get(href);
    expect(answer.status(), href).toBe(200);
  }
  await context.close();
});

test("every place of the navigation opens by its keys and from the menu of a phone", async ({ browser }) => {
  const { page, context } = await pageOf(browser, await desk.person(["compliance_officer"]));
  await page.goto("/compliance");
  await settled(page);
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await expect(page).toHaveURL(/\/integrity$/);
  await page.setViewportSize({ width: 390, height: 800 });
  await page.getByRole("navigation", { name: "Main" }).getByRole("button").click();
  await page.getByRole("menuitem", { name: "Audit" }).click();
  await expect(page).toHaveURL(/\/audit$/);
  await context.close();
});

test("a moderator has neither desk nor integrity page, and is offered none", async ({ browser }) => {
  const { page, context } = await pageOf(browser, await desk.person(["moderator"]));
  await page.goto("/");
  await expect(page).toHaveURL(/\/queues$/);
  const offered = page.getByRole("navigation", { name: "Main" });
  await expect(offered).toContainText("Queues");
  await expect(offered).not.toContainText(/Desk|Integrity|Signals|Reviews|Watch list/);
  for (const path of ["/compliance", "/integrity"]) {
    await page.goto(path);
    await expect(page.getByText("Your role does not lead here")).toBeVisible();
  }
  await context.close();
});

test("the log is verified from its page, with progress, a verdict and an event", async ({ browser }) => {
  const officer = await desk.person(["compliance_officer"]);
  const { page, context } = await pageOf(browser, officer);
  await noVerification();
  await page.goto("/integrity");
  // The verdict of an earlier check may stand there already: it is this one's that counts.
  const asked = page.waitForResponse(
    (answer) => answer.url().endsWith("/api/integrity/verifications") && answer.status() === 201,
  );
  await page.getByRole("button", { name: "Verify now" }).click();
  const { id } = (await (await asked).json()) as { id: string };
  const written = () =>
    admin()`select outcome, detail from audit.events
      where action = 'log.verified' and detail ->> 'verification' = ${id}`;
  await expect.poll(async () => (await written()).length, { timeout: 30_000 }).toBe(1);
  await expect(page.getByRole("button", { name: "Verify now" })).toBeEnabled();
  await expect(page.getByText("The log is sound").first()).toBeVisible();
  await expect(page.getByText(/signed checkpoints? and [\d,]+ events were worked out anew/)).toBeVisible();
  const [event] = await written();
  expect(event).toMatchObject({ outcome: "done", detail: { state: "sound", findings: [] } });
  expect(event?.detail.size).toBeGreaterThan(0);
  await context.close();
});
