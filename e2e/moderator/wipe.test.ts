import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { admin } from "../support/admin.ts";
import { CANARY } from "../support/canary.ts";
import { type Desk, makeDesk, pageOf } from "../support/desk.ts";
import { type Answer, call } from "../support/http.ts";
import { signIn } from "../support/session.ts";
import type { Member } from "../support/staff.ts";

let desk: Desk;
test.beforeAll(async () => {
  desk = await makeDesk("Wipe");
});

/** A case of its own, claimed and opened in a browser. */
async function opened(
  browser: Browser,
  prepare: (context: BrowserContext) => Promise<unknown> = async () => {},
): Promise<{ page: Page; member: Member; caseId: string; close: () => Promise<void> }> {
  const { caseId } = await desk.deliver();
  const member = await desk.person(["moderator"]);
  const { page, context } = await pageOf(browser, member);
  await prepare(context);
  await page.clock.install();
  await page.goto("/queues");
  await page.goto(`/cases/${caseId}`);
  await page
    .getByRole("button", { name: /^Claim/ })
    .first()
    .click();
  await expect(page.getByText(/Claimed by you/)).toBeVisible();
  await page.keyboard.press("o");
  await expect(page.getByText(/Placeholder message 13 zqcanary/)).toBeVisible();
  return { page, member, caseId, close: () => context.close() };
}

/** Everything that a page could still show, keep or hand on. */
async function sweep(page: Page): Promise<string> {
  return page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      document.title,
      location.href,
      JSON.stringify(history.state),
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
      document.cookie,
      ...[...document.querySelectorAll("input, textarea")].map((field) => (field as HTMLInputElement).value),
    ].join("\n"),
  );
}

/** A page that is just going elsewhere is asked again. */
const gone = (page: Page, timeout = 5_000) =>
  expect
    .poll(
      async () =>
        await sweep(page).then(
          (text) => text.match(CANARY)?.length ?? 0,
          () => "going",
        ),
      { timeout, intervals: [100] },
    )
    .toBe(0);

test("closing a view leaves no word of it in the page", async ({ browser }) => {
  const { page, close } = await opened(browser);
  // The page listens from the very frame in which the text is drawn.
  await page.keyboard.press("Escape");
  await expect(page.getByRole("region", { name: /Open view/ })).toHaveCount(0);
  await gone(page);
  await close();
});

test("a view that has expired shows nothing", async ({ browser }) => {
  const { page, close } = await opened(browser);
  await page.clock.fastForward("10:30");
  await gone(page);
  await close();
});

/** Acts as an officer over HTTP, and says how long after it was done the page still showed anything. */
async function lostAfter(page: Page, act: (cookie: string) => Promise<Answer>): Promise<number> {
  const cookie = await signIn(await desk.person(["compliance_officer"]));
  expect((await act(cookie)).status).toBeLessThan(300);
  const began = performance.now();
  await gone(page);
  return performance.now() - began;
}

test("a revoked grant takes the open thread off the page within a second", async ({ browser }) => {
  const { page, member, close } = await opened(browser);
  const [grant] = await admin()`select grant_id as id from access.views where staff_id = ${member.id}`;
  const ms = await lostAfter(page, (cookie) =>
    call("POST", `/api/grants/${grant?.id}/revoke`, { cookie, body: {} }),
  );
  expect(ms).toBeLessThan(1_000);
  await expect(page.getByText("The view was ended")).toBeVisible();
  await close();
});

test("an entry on the watch list takes the open thread off the page within a second", async ({ browser }) => {
  const { page, caseId, close } = await opened(browser);
  const [account] = await admin()`
    select c.platform_id as platform, p.platform_participant_id as id
      from triage.cases c join sealed.participants p on p.thread_id = c.thread_id where c.id = ${caseId} limit 1`;
  const entry = {
    platformId: account?.platform,
    participantId: account?.id,
    category: "in_the_news",
    reason: "In the news since this morning.",
  };
  const ms = await lostAfter(page, (cookie) => call("POST", "/api/watch-list", { cookie, body: entry }));
  expect(ms).toBeLessThan(1_000);
  await close();
});

test("a page that hears nothing loses a revoked view all the same", async ({ browser }) => {
  const { page, member, close } = await opened(browser, (context) =>
    context.route("**/api/live", (asked) => asked.abort()),
  );
  const [grant] = await admin()`select grant_id as id from access.views where staff_id = ${member.id}`;
  const cookie = await signIn(await desk.person(["compliance_officer"]));
  await call("POST", `/api/grants/${grant?.id}/revoke`, { cookie, body: {} });
  await gone(page);
  await close();
});

test("a revoked session loses its open view", async ({ browser }) => {
  const { page, member, close } = await opened(browser);
  await admin()`select staff.revoke_sessions(${member.id})`;
  await gone(page);
  await close();
});

test("a claim that was taken away takes the open view with it", async ({ browser }) => {
  const { page, member, caseId, close } = await opened(browser);
  await admin()`select triage.release_all(${member.id}, null)`;
  await gone(page, 5_000);
  expect(page.url()).toContain(caseId);
  await close();
});

test("leaving the page and coming back with the back button shows nothing", async ({ browser }) => {
  const { page, close } = await opened(browser);
  await page.goto("/sign-in?away=1");
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  await gone(page);
  await close();
});

test("going to another page of the console leaves nothing behind", async ({ browser }) => {
  const { page, close } = await opened(browser);
  await page.keyboard.press("b");
  await expect(page).toHaveURL(/\/queues\//);
  await gone(page);
  await close();
});

test("an open view ends in the database when the page goes away", async ({ browser }) => {
  const { page, member, close } = await opened(browser);
  await page.goto("about:blank");
  await expect
    .poll(
      async () =>
        (
          await admin()`select 1 from access.view_ends e join access.views v on v.id = e.view_id where v.staff_id = ${member.id}`
        ).length,
    )
    .toBe(1);
  await close();
});
