// `npm test`: every check there is. `npm test -- --only unit,types [words for the tool]` runs some of them.
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { untilStopped } from "../process/untilStopped.ts";
import { startProgress } from "../progress.ts";
import { ROOT } from "../root.ts";
import { HeldOutput } from "./heldOutput.ts";
import { type Output, stopTools } from "./runTool.ts";
import { STAGES, type Stage, type StageResult } from "./stages.ts";

const known = STAGES.map(({ name }) => name);
const { values, positionals } = parseArgs({ options: { only: { type: "string" } }, allowPositionals: true });
const only = values.only?.split(",");
const unknown = only?.filter((name) => !known.includes(name)) ?? [];
if (unknown.length > 0) {
  process.stderr.write(`There is no stage ${unknown.join(", ")}. There are: ${known.join(", ")}\n`);
  process.exit(2);
}

const tell = startProgress();
const stopping = new AbortController();
untilStopped(() => {
  stopping.abort();
  stopTools();
});

const reports = join(ROOT, ".test", `reports-${process.pid}`);
await rm(reports, { recursive: true, force: true });
await mkdir(reports, { recursive: true });

const summary: string[] = [];
let [passed, failed] = [0, 0];

const chosen = STAGES.filter(({ name }) => only?.includes(name) ?? true);
for (const stage of chosen) {
  if (chosen.some(({ name }) => name === stage.beside)) continue;
  const side = chosen.filter(({ beside }) => beside === stage.name);
  // What fails ends the run: what comes after stands on it.
  if (failed > 0 || stopping.signal.aborted) {
    for (const { name } of [stage, ...side]) summary.push(`  ${name.padEnd(10)} not run`);
    continue;
  }
  const held = side.map(() => new HeldOutput());
  const besides = side.map((one, i) => runStage(one, (held[i] as HeldOutput).write));
  await runStage(stage, null);
  for (const one of held) one.release();
  await Promise.all(besides);
}

/** Runs one stage and says in the summary how it went. */
async function runStage(stage: Stage, output: Output | null): Promise<void> {
  (output ?? ((piece) => process.stdout.write(piece)))(
    `\n── ${stage.name} ${"─".repeat(60 - stage.name.length)}\n`,
  );
  const began = performance.now();
  const result = await stage
    .run({ reports, args: positionals, tell, output, signal: stopping.signal })
    .catch((cause: unknown): StageResult => {
      process.stderr.write(`${cause instanceof Error ? cause.message : "unknown cause"}\n`);
      return { ok: false };
    });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  passed += result.counts?.passed ?? 0;
  failed += result.counts?.failed ?? 0;
  // Checks without tests of their own count when they fail, so that the last line never hides one.
  if (!result.ok && !result.counts) failed += 1;
  const tests = result.counts ? `  ${result.counts.passed} passed, ${result.counts.failed} failed` : "";
  summary.push(
    `  ${stage.name.padEnd(10)} ${result.ok ? "ok    " : "FAILED"} ${seconds.padStart(6)} s${tests}`,
  );
}

await rm(reports, { recursive: true, force: true });
if (stopping.signal.aborted) summary.push("  stopped by a signal");
process.stdout.write(
  `\n── summary ${"─".repeat(53)}\n${summary.join("\n")}\n\n${passed} passed, ${failed} failed\n`,
);
process.exit(stopping.signal.aborted ? 130 : failed > 0 ? 1 : 0);
