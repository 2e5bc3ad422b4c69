import { readFile } from "node:fs/promises";
import { z } from "zod";

/** How many tests passed and failed. */
export type Counts = { readonly passed: number; readonly failed: number };

const vitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

/** Counts of a Vitest report. A run that ends badly with no failed test (a file that does not load) counts as one. */
export function vitestCounts(file: string, code: number): Promise<Counts> {
  return counts(file, code, (text) => {
    const { numPassedTests, numFailedTests } = vitestReport.parse(text);
    return { passed: numPassedTests, failed: numFailedTests };
  });
}

/** Counts of a Playwright report, likewise. A test that passed only when repeated counts as failed. */
export function playwrightCounts(file: string, code: number): Promise<Counts> {
  return counts(file, code, (text) => {
    const { expected, unexpected, flaky } = playwrightReport.parse(text).stats;
    return { passed: expected, failed: unexpected + flaky };
  });
}

async function counts(file: string, code: number, read: (report: unknown) => Counts): Promise<Counts> {
  const found = await readFile(file, "utf8").then(
    (text) => read(JSON.parse(text)),
    () => ({ passed: 0, failed: 0 }),
  );
  return code !== 0 && found.failed === 0 ? { ...found, failed: 1 } : found;
}
