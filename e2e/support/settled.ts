import { expect, type Page } from "@playwright/test";

/**
 * Waits until a page has what it asked for: a heading, and no grey lines where rows will be. It listens for keys then:
 * what the server draws beforehand has a heading too, and hears nothing yet.
 */
export async function settled(page: Page): Promise<void> {
  await page.getByRole("heading").first().waitFor();
  await expect(page.locator("[data-waiting]")).toHaveCount(0);
}
