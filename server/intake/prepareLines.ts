import type { Problem } from "../../contracts/problem.ts";
import { intakeProblem } from "./intakeProblem.ts";
import { parseFlag } from "./parseFlag.ts";
import { type PreparedFlag, prepareFlag } from "./prepareFlag.ts";
import type { Line } from "./readLines.ts";

/** A line that was read: refused as it stands, or prepared and on its way into the database. */
export type ReadLine = { readonly number: number } & (
  | { readonly problem: Problem }
  | { readonly prepared: PreparedFlag }
);

/**
 * Checks and seals the flags of a batch.
 *
 * @param platformId whose key was used
 * @throws KeyProviderError when nothing can be sealed
 */
export async function prepareLines(platformId: string, lines: readonly Line[]): Promise<ReadLine[]> {
  const now = Date.now();
  const read: ReadLine[] = [];
  for (const [n, { number, bytes }] of lines.entries()) {
    const parsed = bytes === null ? { problem: intakeProblem("too-large") } : parseFlag(bytes, now);
    if ("problem" in parsed) read.push({ number, problem: parsed.problem });
    else read.push({ number, prepared: await prepareFlag(platformId, parsed.flag, n) });
  }
  return read;
}
