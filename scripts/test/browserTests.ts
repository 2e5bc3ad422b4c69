import { join } from "node:path";
import { ensureBuilt } from "../build/ensureBuilt.ts";
import { ROOT } from "../root.ts";
import { type Counts, playwrightCounts } from "./counts.ts";
import type { Browser } from "./findBrowser.ts";
import { HeldOutput } from "./heldOutput.ts";
import { LANES } from "./lanes.ts";
import { type Output, runTool } from "./runTool.ts";
import type { StageContext, StageResult } from "./stages.ts";

const PLAYWRIGHT = join(ROOT, "node_modules/@playwright/test/cli.js");

/** Runs the tests of e2e/ in a real browser: all of them in lanes, or in one go those that the command line names. */
export async function browserTests(context: StageContext): Promise<StageResult> {
  const { args, tell, signal, output } = context;
  await ensureBuilt(ROOT, tell, signal);
  // Loaded here: the other stages then need neither Playwright nor the product's own modules to be sound.
  const { findBrowser } = await import("./findBrowser.ts");
  // Once for all lanes: it may unpack a browser.
  const browser = await findBrowser();
  tell(`browser: ${browser.path}`);
  const lanes = args.length > 0 ? [LANES.flat()] : LANES;
  const held = lanes.slice(1).map(() => new HeldOutput());
  const results = lanes.map((folders, i) => lane(context, browser, i, folders, held[i - 1]?.write ?? output));
  // What is said stays in order: the first lane as it runs, then the others.
  await results[0];
  for (const one of held) one.release(output ?? undefined);
  return (await Promise.all(results)).reduce((sum, one) => ({
    ok: sum.ok && one.ok,
    counts: {
      passed: sum.counts.passed + one.counts.passed,
      failed: sum.counts.failed + one.counts.failed,
    },
  }));
}

async function lane(
  { reports, args, tell }: StageContext,
  browser: Browser,
  no: number,
  folders: readonly string[],
  output: Output | null,
): Promise<{ ok: boolean; counts: Counts }> {
  const { startTarget } = await import("./target.ts");
  const report = join(reports, `playwright-${no}.json`);
  const results = join(reports, `results-${no}`);
  const target = await startTarget(browser, tell, { no, folders });
  try {
    tell(`serving for ${folders.join(", ")}`);
    const settings = { UNSEAL_TARGET: target.description, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
    const words = ["test", "--reporter=list,json", `--output=${results}`, ...args];
    const code = await runTool(PLAYWRIGHT, words, settings, output);
    return { ok: code === 0, counts: await playwrightCounts(report, code) };
  } finally {
    await target.stop();
  }
}
