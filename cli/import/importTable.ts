import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { SummaryLine } from "../../contracts/intake.ts";
import type { Category } from "../../domain/vocabulary.ts";
import { postFlags } from "../postFlags.ts";
import { type RefusedRow, readRows } from "./readRows.ts";
import { threadsOf } from "./threadsOf.ts";

export interface ImportOptions {
  readonly path: string;
  readonly text: string;
  readonly label: string | null;
  readonly delimiter: string;
  readonly category: Category | null;
  readonly seed: number;
  readonly baseUrl: string;
  readonly key: string;
  readonly onProgress: (progress: ImportProgress) => void;
}

/** How far an import is. */
export interface ImportProgress {
  readonly share: number;
  readonly messages: number;
  readonly threads: number;
}

export interface ImportResult {
  readonly rows: number;
  readonly messages: number;
  readonly threads: number;
  readonly seconds: number;
  readonly refused: readonly RefusedRow[];
  readonly refusedCount: number;
  readonly summary: SummaryLine["summary"];
}

/** Refused rows that are listed; more are counted. */
const LISTED = 1_000;

/**
 * Sends a table of messages through the real intake.
 *
 * @throws Told when the file or intake cannot be reached; what was taken in before stays, and a repeat is harmless
 */
export async function importTable(options: ImportOptions): Promise<ImportResult> {
  const began = performance.now();
  const { size } = await stat(options.path).catch(() => ({ size: 0 }));
  const prefix = `import-${await digestOf(options.path)}-${options.seed}`;
  const refused: RefusedRow[] = [];
  let refusedCount = 0;
  let rowCount = 0;
  let read = 0;
  const done = { messages: 0, threads: 0 };
  const refuse = (row: RefusedRow) => {
    refusedCount++;
    if (refused.length < LISTED) refused.push(row);
  };
  /** Lines of the threads that are on their way, in order: as many as intake has not answered yet. */
  const onTheWay: (readonly number[])[] = [];

  const rows = readRows({
    ...options,
    onRefused: (row) => {
      rowCount++;
      refuse(row);
    },
    onRead: (bytes) => {
      read = bytes;
    },
  });
  const flags = async function* () {
    for await (const { flag, lines } of threadsOf(rows, { ...options, prefix })) {
      rowCount += lines.length;
      onTheWay.push(lines);
      yield flag;
    }
  };
  const summary = await postFlags({
    baseUrl: options.baseUrl,
    key: options.key,
    flags: flags(),
    onResult: (result) => {
      const lines = onTheWay.shift() ?? [];
      if ("receipt" in result) {
        done.threads++;
        done.messages += lines.length;
      } else
        for (const line of lines)
          refuse({ line, why: `is in a thread that intake refused: ${result.problem.title}` });
      options.onProgress({ share: size === 0 ? 1 : read / size, ...done });
    },
  });
  return {
    rows: rowCount,
    ...done,
    seconds: (performance.now() - began) / 1000,
    refused,
    refusedCount,
    summary,
  };
}

/** A short digest of the file, so that ids of two files do not meet. */
async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  // A file that is not there is told of by whoever reads its rows.
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch {
    return "missing";
  }
  return hash.digest("hex").slice(0, 10);
}
