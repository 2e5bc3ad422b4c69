import { expect, test } from "@playwright/test";
import type { NoticePage } from "../../contracts/breakGlass.ts";
import { admin } from "../support/admin.ts";
import { CANARY } from "../support/canary.ts";
import { pageOf } from "../support/desk.ts";
import { call, jsonOf } from "../support/http.ts";
import { SESSION_COOKIE } from "../support/session.ts";
import { settled } from "../support/settled.ts";
import { content, makeStage, numberOf, reason, type Stage } from "./stage.ts";

let stage: Stage;
test.beforeAll(async () => {
  stage = await makeStage("Break-glass");
});

test("breaking the glass opens at once, tells an officer wherever they are, and is reviewed", async ({
  browser,
}) => {
  const { caseId } = await stage.deliver();
  const number = await numberOf(caseId);
  const specialist = await stage.person(["specialist"]);
  const [a, b] = await Promise.all([
    pageOf(browser, specialist),
    pageOf(browser, await stage.person(["compliance_officer"])),
  ]);
  // What other tests left behind is taken note of first, so that what comes is this one's.
  const cookie = `${SESSION_COOKIE}=${b.token}`;
  const waiting = async () => jsonOf<NoticePage>(await call("GET", "/api/notices", { cookie })).notices;
  for (let left = await waiting(); left.length > 0; left = await waiting())
    for (const { id } of left)
      expect((await call("POST", `/api/notices/${id}/acknowledge`, { cookie })).status).toBe(204);
  await b.page.goto("/queues");
  await settled(b.page);
  const notices = b.page.getByRole("region", { name: "To take note of" });

  await a.page.goto(`/cases/${caseId}`);
  await a.page.getByRole("button", { name: "Break the glass" }).click();
  const dialog = a.page.getByRole("dialog", { name: /Break the glass/ });
  await expect(dialog).toContainText("Every compliance officer is told now");
  const why = `${reason()} Somebody wrote that they will not live to see the morning, and gave a place.`;
  // Too short, and without the tick: nothing happens.
  await dialog.getByLabel(/^Reason/).fill("A life is in danger.");
  await dialog.getByRole("button", { name: "Break the glass", exact: true }).click();
  await expect(dialog.getByRole("checkbox")).toBeFocused();
  await dialog.getByRole("checkbox").check();
  await dialog.getByRole("button", { name: "Break the glass", exact: true }).click();
  await expect(dialog.getByText(/A threat to life needs a fuller reason/)).toBeVisible();
  await dialog.getByLabel(/^Reason/).fill(why);
  await dialog.getByRole("button", { name: "Break the glass", exact: true }).click();
  await expect(content(a.page)).toBeVisible();
  await expect(a.page.getByText("Opened by breaking the glass.")).toBeVisible();

  await expect(notices).toContainText(`${specialist.name} broke the glass.`);
  await b.page.keyboard.press("g");
  await b.page.keyboard.press("a");
  await expect(b.page).toHaveURL(/\/audit$/);
  await expect(notices).toBeVisible();
  await notices.getByRole("link", { name: "Read why and review" }).click();
  const entry = b.page.getByRole("article", { name: `${specialist.name}, case ${number}` });
  await expect(entry).toContainText(why);
  await expect(entry).toContainText("Review due");
  await notices.getByRole("button", { name: /^Acknowledge/ }).click();
  await expect(notices).toHaveCount(0);
  await expect(entry.getByText("Nobody yet")).toHaveCount(0);

  await entry.getByRole("button", { name: /^Review/ }).click();
  const review = b.page.getByRole("dialog");
  await review.getByText("Justified", { exact: true }).click();
  await review.getByLabel(/^Note/).fill("Local police were called within minutes; nothing more was opened.");
  await review.getByRole("button", { name: "Record the review" }).click();
  await expect(entry).toContainText("Justified");
  await expect(entry.getByRole("button", { name: /^Review/ })).toHaveCount(0);
  expect(await b.page.content()).not.toMatch(CANARY);

  await a.page.goto("/break-glass");
  const own = a.page.getByRole("article", { name: `${specialist.name}, case ${number}` });
  await expect(own).toContainText("Local police were called within minutes");
  await expect(own.getByRole("button")).toHaveCount(0);
  const [row] = await admin()`
    select count(*)::int as views from access.views where staff_id = ${specialist.id} and purpose = 'threat_to_life'`;
  expect(row?.views).toBe(1);
  await Promise.all([a.context.close(), b.context.close()]);
});

test("whom the policy does not let break the glass is not offered it", async ({ browser }) => {
  const { caseId } = await stage.deliver();
  const { page, context } = await pageOf(browser, await stage.person(["moderator"]));
  await page.goto(`/cases/${caseId}`);
  await expect(page.getByRole("button", { name: "Claim this case" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Break the glass" })).toHaveCount(0);
  await context.close();
});
