import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { admin } from "../support/admin.ts";
import { type Desk, makeDesk, pageOf } from "../support/desk.ts";

let desk: Desk;
test.beforeAll(async () => {
  desk = await makeDesk("Looks");
  await desk.deliver({ severity: "critical" });
  await desk.deliver({ source: "classifier" });
});

/** WCAG 2.2 AA by machine, and no sideways scrolling. */
async function check(page: Page, name: string): Promise<void> {
  await page.getByRole("heading").first().waitFor();
  // Rows that are asked for come after the heading.
  await page.waitForTimeout(500);
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(
    violations.map((v) => `${name}: ${v.id} ${v.nodes.map((n) => n.target).slice(0, 3)}`),
    name,
  ).toEqual([]);
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    `${name} is too wide`,
  ).toBeLessThanOrEqual(0);
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1440]) {
    test(`every page passes in ${colorScheme} at ${width} pixels`, async ({ browser }) => {
      test.setTimeout(120_000);
      const look = { colorScheme, viewport: { width, height: 900 } };
      const { caseId } = await desk.deliver();
      const { page, context } = await pageOf(browser, await desk.person(["moderator"]), look);
      await page.goto("/queues");
      await check(page, "queues");
      await page.goto(`/queues/${desk.queue}`);
      await check(page, "queue");
      await page.goto(`/cases/${caseId}`);
      await check(page, "case, not claimed");
      await page
        .getByRole("button", { name: /^Claim/ })
        .first()
        .click();
      await expect(page.getByText(/Claimed by you/).first()).toBeVisible();
      await check(page, "case, claimed");
      await page.keyboard.press("o");
      await expect(page.getByRole("region", { name: /Open view/ })).toBeVisible();
      await check(page, "case, open");
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
      await check(page, "shortcut sheet");
      await page.keyboard.press("Escape");
      await page.keyboard.press("v");
      await check(page, "case, violation chosen");
      await page.goto("/api/docs");
      await check(page, "docs");
      await page.goto("/cases/00000000-0000-4000-8000-000000000000");
      await check(page, "no such case");
      await context.close();

      const officer = await pageOf(browser, await desk.person(["compliance_officer"]), look);
      const [event] =
        await admin()`select id, actor_id from audit.events where action = 'view.opened' order by id desc limit 1`;
      for (const path of [
        "/audit",
        `/audit/events/${event?.id}`,
        `/audit/cases/${caseId}`,
        `/audit/staff/${event?.actor_id}`,
      ]) {
        await officer.page.goto(path);
        await check(officer.page, path.replace(/[0-9a-f-]{36}/, ":id"));
      }
      await officer.context.close();

      const stranger = await browser.newContext(look);
      const door = await stranger.newPage();
      await door.goto("/sign-in");
      await check(door, "sign-in");
      await stranger.close();
    });
  }
}
