import { expect, type Page } from "@playwright/test";
import { admin } from "../support/admin.ts";
import { type Desk, makeDesk } from "../support/desk.ts";
import { exampleFlag } from "../support/flags.ts";
import { call } from "../support/http.ts";
import { signIn } from "../support/session.ts";

/** A desk on which cases have been decided by somebody who plays no further part. */
export async function makeStage(name: string) {
  const desk = await makeDesk(name);
  return {
    ...desk,
    /** A case that a moderator has decided. Flagged in the middle, so that a window differs from the whole. */
    async decided(flag = exampleFlag()): Promise<{ caseId: string; number: number }> {
      const { caseId } = await desk.deliverFlag(flag);
      await decide(desk, caseId);
      return { caseId, number: await numberOf(caseId) };
    },
  };
}

async function decide(desk: Desk, caseId: string): Promise<void> {
  const cookie = await signIn(await desk.person(["moderator"]));
  await call("POST", `/api/cases/${caseId}/claim`, { cookie });
  const body = { outcome: "no_violation", action: "none" };
  const answer = await call("POST", `/api/cases/${caseId}/decisions`, { cookie, body });
  if (answer.status !== 201 && answer.status !== 200) throw new Error(`Not decided: ${answer.text}`);
}

/** The number under which people know a case. */
export async function numberOf(caseId: string): Promise<number> {
  const [row] = await admin()`select number::int as number from triage.cases where id = ${caseId}`;
  return Number(row?.number);
}

let written = 0;
/** A reason that nobody has given before. */
export function reason(): string {
  const word = (n: number) => String.fromCharCode(97 + (n % 26), 97 + (Math.floor(n / 26) % 26));
  return `The decision on this case is in doubt for the sake of ${word(written++)}${word(written * 7)}.`;
}

/** Asks for a second look at a decided case, on its page. */
export async function askOnPage(
  page: Page,
  caseId: string,
  {
    purpose = "Second decision",
    scope,
    why = reason(),
  }: { purpose?: string; scope?: string; why?: string } = {},
): Promise<void> {
  await page.goto(`/cases/${caseId}`);
  await page.getByText("Open it for another purpose").click();
  await page.getByRole("group", { name: "Purpose" }).getByText(purpose, { exact: true }).click();
  if (scope) {
    await page.getByText("More than the flagged window").click();
    await page.getByRole("group", { name: "Scope" }).getByText(scope).click();
  }
  await page.getByLabel(/^Reason/).fill(why);
  await page.getByRole("button", { name: "Ask for approval" }).click();
  await expect(ownRequest(page)).toBeVisible();
}

export const ownRequest = (page: Page) => page.getByRole("article", { name: /^Request:/ });
/** The card of a case's request in somebody's inbox. */
export const card = (page: Page, number: number) =>
  page.getByRole("article", { name: new RegExp(`asks for case ${number}$`) });
export const content = (page: Page) => page.getByText(/Placeholder message 13 zqcanary/);

/** Answers a request in an inbox by its buttons. */
export async function answer(
  page: Page,
  number: number,
  how: "Approve" | "Deny" | "Ask back",
  words?: string,
): Promise<void> {
  await card(page, number).getByRole("button", { name: how }).click();
  const dialog = page.getByRole("dialog");
  if (words) await dialog.getByRole("textbox").fill(words);
  await dialog.getByRole("button", { name: how === "Ask back" ? "Ask" : how, exact: true }).click();
  await expect(dialog).toBeHidden();
}

export type Stage = Awaited<ReturnType<typeof makeStage>>;
