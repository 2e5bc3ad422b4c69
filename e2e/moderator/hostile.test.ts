import { expect, test } from "@playwright/test";
import { type Desk, makeDesk, pageOf } from "../support/desk.ts";
import { exampleFlag } from "../support/flags.ts";

const HOSTILE = [
  "<script>document.title = 'owned'</script><img src=x onerror=\"document.title='owned'\">",
  "Look at https://phish.example.org/login and javascript:alert(1)",
  "invoice\u202Efdp.exe",
  `z${"\u0301\u0489\u0336".repeat(200)}algo`,
  "p\u0430yp\u0430l",
  "nul\u0000and bell\u0007",
  "zero\u200Bwidth\u2060joined",
  "👩‍👩‍👧‍👦 🏳️‍🌈 family",
  `long ${"x".repeat(5000)}`,
  "\u2066isolate without an end",
  "lone \ud83d surrogate",
  "**bold** [link](https://example.org) `code`",
];

let desk: Desk;
test.beforeAll(async () => {
  desk = await makeDesk("Hostile");
});

for (const width of [390, 1440]) {
  test(`promise 10: hostile text is inert and keeps to its place at ${width} pixels`, async ({ browser }) => {
    const flag = exampleFlag({ messages: HOSTILE.length, flagged: HOSTILE.map((_, i) => i) });
    for (const [i, body] of HOSTILE.entries()) Object.assign(flag.thread.messages[i] ?? {}, { body });
    const { caseId } = await desk.deliverFlag(flag);
    const { page, context } = await pageOf(browser, await desk.person(["moderator"]), {
      viewport: { width, height: 900 },
    });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`/cases/${caseId}`);
    await page
      .getByRole("button", { name: /^Claim/ })
      .first()
      .click();
    await expect(page.getByText(/Claimed by you/).first()).toBeVisible();
    await page.keyboard.press("o");
    const view = page.getByRole("region", { name: /Open view/ });
    await expect(view.getByText("Look at https://phish.example.org/login")).toBeVisible();

    await expect(view.locator("a, script, img, iframe, video, audio, object")).toHaveCount(0);
    expect(await page.title()).not.toContain("owned");
    expect(asked.filter((url) => /example\.org/.test(url))).toEqual([]);
    // What cannot be seen is named.
    await expect(view.getByText(/RLO|right-to-left override/i).first()).toBeVisible();
    await expect(view.getByText(/combining marks/).first()).toBeVisible();
    await expect(view.getByText(/NUL/).first()).toBeVisible();
    await expect(view.getByText(/paypal/).first()).toBeVisible();
    // Nothing sticks out of the page, and no message covers its neighbour.
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    const messages = view.locator("[data-message]");
    expect(await messages.count()).toBe(HOSTILE.length);
    const boxes = await messages.evaluateAll((all) =>
      all.map((message) => {
        const { top, bottom } = message.getBoundingClientRect();
        const texts = [...message.querySelectorAll("bdi.block, .hostile")];
        return {
          top,
          bottom,
          over: Math.max(0, ...texts.map((text) => text.scrollWidth - text.clientWidth)),
        };
      }),
    );
    for (const [i, { top, over }] of boxes.entries()) {
      expect(over, HOSTILE[i]?.slice(0, 30)).toBeLessThanOrEqual(1);
      expect(top + 0.5, HOSTILE[i]?.slice(0, 30)).toBeGreaterThanOrEqual(boxes[i - 1]?.bottom ?? 0);
    }
    // What is drawn of one message is cut off at its own edge: stacked marks do not reach into another.
    const clipped = await view
      .locator("[data-message] .hostile")
      .evaluateAll((all) => all.map((text) => getComputedStyle(text).overflowY));
    expect(new Set(clipped)).toEqual(new Set(["clip"]));
    await context.close();
  });
}
