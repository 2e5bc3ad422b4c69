import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type HeldAttempt, reportBeingFiled } from "./cybertipCase.ts";
import { type Figure, percentile } from "./harness.ts";
import type { Stage } from "./stage.ts";

interface Round {
  readonly milliseconds: number;
  readonly floor: number;
  readonly aboveIdle: number;
  readonly written: number;
}

const ROUNDS = 5;
const MOST_MS = 2000;
const MOST_MIB = 150;

interface Assembly {
  readonly milliseconds: number;
  readonly aboveIdle: number;
  readonly written: number;
}

/**
 * Building and checking a report with 10,000 messages and 200 files, cold, in a process of its own: time against
 * writing the same as JSON, memory above idle against what is written.
 */
export async function benchCybertip({ admin, say }: Stage): Promise<Figure[]> {
  say("a CyberTip report of 10,000 messages and 200 files");
  const rounds: Round[] = [];
  for (let i = 0; i < ROUNDS; i++) rounds.push(await oneRound());
  const times = rounds.map((one) => one.milliseconds);
  const memory = rounds.map((one) => one.aboveIdle);
  const figure = (
    name: string,
    unit: "ms" | "MiB",
    values: number[],
    floor: number,
    most: number,
  ): Figure => {
    const p50 = percentile(values, 50);
    const p95 = percentile(values, 95);
    return { name, unit, p50, p95, floor, ratio: p50 / floor, bar: `≤ ${most} ${unit}`, ok: p95 <= most };
  };
  say("the same from the database, with both transcripts");
  const attempt = await reportBeingFiled(admin, { messages: 10_000, files: 200 });
  const assemblies: Assembly[] = [];
  for (let i = 0; i < ROUNDS; i++) assemblies.push(await oneAssembly(attempt));
  return [
    figure(
      "CyberTip report of 10,000 messages and 200 files, built and checked, against JSON",
      "ms",
      times,
      percentile(
        rounds.map((one) => one.floor),
        50,
      ),
      MOST_MS,
    ),
    figure(
      "its memory above idle, against what it writes",
      "MiB",
      memory,
      percentile(
        rounds.map((one) => one.written),
        50,
      ),
      MOST_MIB,
    ),
    figure(
      "the same report put together from the database, opened and written, against building it from memory",
      "ms",
      assemblies.map((one) => one.milliseconds),
      percentile(times, 50),
      MOST_MS,
    ),
    figure(
      "its memory above idle, against what it writes",
      "MiB",
      assemblies.map((one) => one.aboveIdle),
      percentile(
        assemblies.map((one) => one.written),
        50,
      ),
      MOST_MIB,
    ),
  ];
}

async function oneRound(): Promise<Round> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(import.meta.dirname, "cybertipWork.ts"),
  ]);
  return JSON.parse(stdout);
}

async function oneAssembly({ attemptId, token }: HeldAttempt): Promise<Assembly> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(import.meta.dirname, "cybertipAssembly.ts"),
    attemptId,
    token,
  ]);
  return JSON.parse(stdout);
}
