import { join } from "node:path";
import { ensureBuilt } from "../build/ensureBuilt.ts";
import type { Progress } from "../progress.ts";
import { ROOT } from "../root.ts";
import { browserTests } from "./browserTests.ts";
import { type Counts, vitestCounts } from "./counts.ts";
import { type Output, runTool } from "./runTool.ts";

/** One step of `npm test`. */
export type Stage = {
  readonly name: string;
  /** The stage beside which it may run, before it in the list. */
  readonly beside?: string;
  /** Whether `npm test` runs it, or only `--only`'s choice of what needs it. */
  readonly run: (context: StageContext) => Promise<StageResult>;
};

export type StageContext = {
  /** Folder for reports. */
  readonly reports: string;
  /** Further words of the command line, for the tool. */
  readonly args: readonly string[];
  readonly tell: Progress;
  /** Takes what the tools say; null says it at once. */
  readonly output: Output | null;
  readonly signal: AbortSignal;
};

export type StageResult = { readonly ok: boolean; readonly counts?: Counts };

const tool = (path: string) => join(ROOT, "node_modules", path);

/** A stage that is one program, which says by its exit code whether all is well. */
function check(name: string, script: string, ...args: string[]): Stage {
  return { name, run: async ({ output }) => ({ ok: (await runTool(script, args, {}, output)) === 0 }) };
}

const HOUSE = ["app", "components", "contracts", "domain", "server", "db", "worker", "cli", "environment"];

/** Everything that `npm test` does, in order: what is cheap and tells most comes first. */
export const STAGES: readonly Stage[] = [
  check("format", tool("@biomejs/biome/bin/biome"), "format", "."),
  check("lint", tool("@biomejs/biome/bin/biome"), "lint", "--error-on-warnings", "."),
  { name: "types", run: types },
  check(
    "direction",
    tool("dependency-cruiser/bin/dependency-cruiser.mjs"),
    "--config",
    ".dependency-cruiser.cjs",
    ...HOUSE,
  ),
  { name: "build", run: build },
  { name: "unit", run: unit },
  // A browser waits for most of its time: beside the unit tests it costs little more than they do.
  { name: "browser", beside: "unit", run: browserTests },
];

/** Next writes the types of routes and of style sheets first; a fresh clone has neither. */
async function types({ output }: StageContext): Promise<StageResult> {
  if ((await runTool(tool("next/dist/bin/next"), ["typegen"], {}, output)) !== 0) return { ok: false };
  return { ok: (await runTool(tool("typescript/bin/tsc"), ["--noEmit"], {}, output)) === 0 };
}

async function unit({ reports, args, output }: StageContext): Promise<StageResult> {
  const report = join(reports, "vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await runTool(tool("vitest/vitest.mjs"), ["run", ...reporters, ...args], {}, output);
  return { ok: code === 0, counts: await vitestCounts(report, code) };
}

async function build({ tell, signal }: StageContext): Promise<StageResult> {
  await ensureBuilt(ROOT, tell, signal);
  return { ok: true };
}
