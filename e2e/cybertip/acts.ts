import { expect, type Page } from "@playwright/test";

let written = 0;
/** A reason that nobody has given before. */
export const reason = (about: string): string => {
  const word = (n: number) => String.fromCharCode(97 + (n % 26), 97 + (Math.floor(n / 26) % 26));
  return `${about}, for the sake of ${word(written++)}${word(written * 7)}.`;
};

/** Starts a report on the page of its case. @returns the report's address */
export async function startReport(page: Page, caseId: string, kind?: "batch"): Promise<string> {
  await page.goto(`/cases/${caseId}`);
  await page.getByRole("button", { name: "Report to NCMEC" }).click();
  if (kind) await page.getByText("One shared file, several accounts").click();
  await page.getByRole("button", { name: "Start the report" }).click();
  await expect(page).toHaveURL(/\/cybertips\/[0-9a-f-]{36}/);
  return new URL(page.url()).pathname;
}

/** Opens a report for a reason. */
export async function openReport(page: Page): Promise<void> {
  await page.getByLabel("Reason").fill(reason("Work on the report"));
  await page.getByRole("button", { name: "Open the report" }).click();
  await expect(page.getByRole("region", { name: "Open report" })).toBeVisible();
}

/** Fills an empty report in from what is known, and says what a person must say. */
export async function writeReport(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Fill in what is known" }).click();
  await expect(page.getByText("changes not yet saved")).toBeVisible();
  await page.getByLabel("Type of incident").selectOption("Online Enticement of Children for Sexual Acts");
}

/** Hands an open report in. */
export async function handIn(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Hand in for approval" }).click();
  await expect(page.getByText("It was handed in as it stands")).toBeVisible();
}

/** Reads and approves what somebody else handed in. */
export async function approve(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await openReport(page);
  await page.getByRole("button", { name: /^Approve revision/ }).click();
  await expect(page.getByText("Next: file it, or export it")).toBeVisible();
}

/** Files an approved report and waits until it is. @returns NCMEC's number */
export async function file(page: Page, address: string): Promise<string> {
  await page.goto(`${address}?tab=filing`);
  await page.getByRole("button", { name: "File it through the service" }).click();
  return filedNumber(page);
}

/** Waits until a report is filed. @returns NCMEC's number */
export async function filedNumber(page: Page): Promise<string> {
  const receipt = page.getByRole("region", { name: "Receipt" });
  await expect(receipt).toBeVisible({ timeout: 30_000 });
  const text = (await receipt.textContent()) ?? "";
  return /number(\d+)/.exec(text)?.[1] ?? "";
}
