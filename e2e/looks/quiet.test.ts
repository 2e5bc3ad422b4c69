import { expect, type Page, test } from "@playwright/test";
import { admin } from "../support/admin.ts";
import { type Desk, makeDesk, pageOf } from "../support/desk.ts";
import { call } from "../support/http.ts";
import { settled } from "../support/settled.ts";

let desk: Desk;
test.beforeAll(async () => {
  desk = await makeDesk("Quiet");
});

/** What a page complains about: errors, warnings (what its security policy stops is one), requests that fail. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => {
    // A stream and what a page no longer waits for end when the page is left.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") complaints.push(`failed: ${request.url()}`);
  });
  return complaints;
}

test("no page complains: no error, no warning, nothing that its security policy stops", async ({
  browser,
}) => {
  const { caseId } = await desk.deliver();
  const moderator = await pageOf(browser, await desk.person(["moderator"]));
  const heard = complaintsOf(moderator.page);
  for (const path of ["/queues", `/queues/${desk.queue}`, `/cases/${caseId}`]) {
    await moderator.page.goto(path);
    await settled(moderator.page);
  }
  await moderator.page.keyboard.press("c");
  await expect(moderator.page.getByText("Claimed by you").first()).toBeVisible();
  await moderator.page.keyboard.press("o");
  await expect(moderator.page.getByRole("region", { name: /^Open view/ })).toBeVisible();
  await moderator.page.keyboard.press("x");
  await moderator.page.keyboard.press("ControlOrMeta+k");
  await moderator.page.getByRole("dialog").waitFor();
  await moderator.page.keyboard.press("Escape");
  await moderator.page.keyboard.press("ControlOrMeta+Enter");
  await expect(moderator.page.getByText(/Undo within ten seconds/).first()).toBeVisible();
  expect(heard).toEqual([]);
  await moderator.context.close();

  const officer = await pageOf(browser, await desk.person(["compliance_officer"]));
  const told = complaintsOf(officer.page);
  const [event] =
    await admin()`select id, actor_id from audit.events where action = 'view.opened' order by id desc limit 1`;
  for (const path of [
    "/audit",
    `/audit/events/${event?.id}`,
    `/audit/cases/${caseId}`,
    `/audit/staff/${event?.actor_id}`,
    `/cases/${caseId}`,
    "/approvals",
    "/break-glass",
    "/watch-list",
    "/access-policy",
    "/access-policy?tab=simulator",
    "/account",
    "/sign-in",
  ]) {
    await officer.page.goto(path);
    await settled(officer.page);
  }
  expect(told).toEqual([]);
  await officer.context.close();
});

test("no page may be framed, cached or sniffed, and each has a nonce of its own", async () => {
  const nonces = new Set<string>();
  for (const path of ["/sign-in", "/sign-in", "/queues", "/nowhere", "/api/docs", "/api/me", "/api/queues"]) {
    const { headers } = await call("GET", path);
    const policy = String(headers["content-security-policy"]);
    expect(policy, path).toContain("default-src 'none'");
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(policy, path).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/);
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["x-frame-options"], path).toBe("DENY");
    expect(headers["referrer-policy"], path).toBe("no-referrer");
    expect(headers["cross-origin-opener-policy"], path).toBe("same-origin");
    if (path !== "/nowhere") expect(headers["cache-control"], path).toContain("no-store");
    const [, nonce] = /'nonce-([^']+)'/.exec(policy) ?? [];
    if (nonce) {
      expect(nonces.has(nonce), path).toBe(false);
      nonces.add(nonce);
    }
  }
  expect(nonces.size).toBe(4);
});
