import { expect, test } from "@playwright/test";
import { pageOf } from "../support/desk.ts";
import { call } from "../support/http.ts";
import { signIn } from "../support/session.ts";
import { settled } from "../support/settled.ts";
import { card, makeStage, reason, type Stage } from "./stage.ts";

let stage: Stage;
test.beforeAll(async () => {
  stage = await makeStage("Approvals by keyboard");
});

test("an inbox is cleared without a mouse", async ({ browser }) => {
  const cookie = await signIn(await stage.person(["moderator"]));
  const numbers: number[] = [];
  for (let n = 0; n < 3; n++) {
    const { caseId, number } = await stage.decided();
    const body = { purpose: "second_decision", scope: "flagged_window", reason: reason() };
    expect((await call("POST", `/api/cases/${caseId}/requests`, { cookie, body })).status).toBe(202);
    numbers.push(number);
  }
  const [first, second, third] = numbers as [number, number, number];
  const { page, context } = await pageOf(browser, await stage.person(["specialist"]));
  await page.goto("/queues");
  await settled(page);
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await expect(page).toHaveURL(/\/approvals$/);
  await expect(card(page, first)).toBeVisible();

  await page.keyboard.press("j");
  await expect(card(page, first)).toBeFocused();
  await page.keyboard.press("j");
  await expect(card(page, second)).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await expect(card(page, second)).toBeFocused();

  await page.keyboard.press("d");
  await expect(page.getByRole("dialog", { name: /^Deny/ }).getByRole("textbox")).toBeFocused();
  await page.keyboard.type("The first decision stands as it is.");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(card(page, second)).toHaveCount(0);

  await expect(page.getByRole("dialog")).toBeHidden();
  // What has gone has handed its place to the next one.
  await page.keyboard.press("j");
  await expect(card(page, third)).toBeFocused();
  await page.keyboard.press("q");
  await expect(page.getByRole("dialog", { name: /^Ask back/ }).getByRole("textbox")).toBeFocused();
  await page.keyboard.type("Which decision do you mean?");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(card(page, third)).toContainText("Which decision do you mean?");

  await expect(page.getByRole("dialog")).toBeHidden();
  await page.keyboard.press("k");
  await expect(card(page, first)).toBeFocused();
  await page.keyboard.press("a");
  await expect(page.getByRole("dialog", { name: /^Approve/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.keyboard.press("a");
  await expect(page.getByRole("dialog", { name: /^Approve/ }).getByRole("textbox")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(card(page, first)).toHaveCount(0);
  await expect(card(page, third)).toBeVisible();
  await context.close();
});
