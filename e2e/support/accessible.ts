import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { settled } from "./settled.ts";

const WIDTHS = [1440, 390];
const COLOURS = ["light", "dark"] as const;
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/**
 * WCAG 2.2 AA by machine and no sideways scrolling: the page as it stands, wide and narrow, and wide in dark colours. A change of
 * colours changes nothing but contrast, so that alone is measured again, and once: no colour of ours hangs on the width.
 */
export async function checkAccessible(page: Page, name: string): Promise<void> {
  await settled(page);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of width === WIDTHS[0] ? COLOURS : (["light"] as const)) {
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
