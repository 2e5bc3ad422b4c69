import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const WIDTHS = [1440, 390];
const COLOURS = ["light", "dark"] as const;
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/**
 * WCAG 2.2 AA by machine and no sideways scrolling: the page as it stands, wide and narrow, in light and dark. A change
 * of colours changes nothing but contrast, so that alone is measured again.
 */
export async function check(page: Page, name: string): Promise<void> {
  await page.getByRole("heading").first().waitFor();
  // Rows that are asked for come after the heading.
  await page.waitForLoadState("networkidle", { timeout: 700 }).catch(() => {});
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of COLOURS) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const axe = new AxeBuilder({ page }).setLegacyMode();
      const rules = colorScheme === "light" ? axe.withTags(RULES) : axe.withRules(["color-contrast"]);
      const { violations } = await rules.analyze();
      const about = `${name}, ${colorScheme}, ${width} pixels`;
      const told = violations.map(
        ({ id, nodes }) => `${id} ${nodes.map(({ target }) => target).slice(0, 3)}`,
      );
      expect(told, about).toEqual([]);
    }
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(over, `${name} is too wide at ${width} pixels`).toBeLessThanOrEqual(0);
  }
}
