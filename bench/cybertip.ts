import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Figure, percentile } from "./harness.ts";

interface Round {
  readonly milliseconds: number;
  readonly floor: number;
  readonly aboveIdle: number;
  readonly written: number;
}

const ROUNDS = 5;
const MOST_MS = 2000;
const MOST_MIB = 150;

/**
 * Building and checking a report with 10,000 messages and 200 files, cold, in a process of its own: time against
 * writing the same as JSON, memory above idle against what is written.
 */
export async function benchCybertip({ say }: { readonly say: (line: string) => void }): Promise<Figure[]> {
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
  ];
}

async function oneRound(): Promise<Round> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(import.meta.dirname, "cybertipWork.ts"),
  ]);
  return JSON.parse(stdout);
}
