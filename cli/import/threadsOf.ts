import type { FlagInput } from "../../contracts/intake.ts";
import { type Random, seededRandom } from "../../db/seed/random.ts";
import { CATEGORIES, type Category } from "../../domain/vocabulary.ts";
import type { Row } from "./readRows.ts";

export interface ThreadOptions {
  /** Begins every id: the same file with the same seed gives the same ids, so that importing twice changes nothing. */
  readonly prefix: string;
  readonly seed: number;
  /** What every thread is flagged for; null: what its labels say. */
  readonly category: Category | null;
}

/** A thread made of rows, and the lines they came from. */
export interface ImportedThread {
  readonly flag: FlagInput;
  readonly lines: readonly number[];
}

const MOST = 20;
const BEGIN = Date.UTC(2026, 0, 1);

/** Turns rows into threads of 1 to 20 messages between two made-up people, each thread with one flag. */
export async function* threadsOf(
  rows: AsyncIterable<Row>,
  options: ThreadOptions,
): AsyncGenerator<ImportedThread> {
  const random = seededRandom(options.seed);
  let n = 0;
  let size = random.whole(1, MOST);
  let held: Row[] = [];
  for await (const row of rows) {
    held.push(row);
    if (held.length < size) continue;
    yield threadOf(held, ++n, random, options);
    held = [];
    size = random.whole(1, MOST);
  }
  if (held.length > 0) yield threadOf(held, ++n, random, options);
}

function threadOf(
  rows: readonly Row[],
  n: number,
  random: Random,
  { prefix, category }: ThreadOptions,
): ImportedThread {
  const labelled = rows.map((row) => categoryOf(row.label));
  const flagged = labelled.flatMap((found, i) => (found === "other" ? [] : [i]));
  const about = category ?? labelled[flagged[0] ?? 0] ?? "other";
  const start = BEGIN + n * 3_600_000;
  return {
    lines: rows.map((row) => row.line),
    flag: {
      id: `${prefix}-flag-${n}`,
      source: "classifier",
      category: about,
      severity: about === "other" ? "low" : "medium",
      detector: { name: "imported-label" },
      flaggedMessageIds: (flagged.length > 0 ? flagged : [0]).map((i) => `m-${i + 1}`),
      thread: {
        id: `${prefix}-thread-${n}`,
        kind: "direct",
        region: "other",
        participants: [1, 2].map((i) => ({
          id: `p-${i}`,
          handle: `import-${n}-${i}@people.example.org`,
          displayName: `Imported person ${n}-${i}`,
        })),
        messages: rows.map((row, i) => ({
          id: `m-${i + 1}`,
          senderId: `p-${random.whole(1, 2)}`,
          sentAt: new Date(start + i * 60_000).toISOString(),
          kind: "text",
          body: row.text,
        })),
      },
    },
  };
}

const SPAM = /^(spam|scam|fraud|phish(ing)?|smish(ing)?)$/i;

/** What a label of a table means here: a category of ours by its name, the usual words for spam, or nothing known. */
export function categoryOf(label: string | null): Category {
  const word = (label ?? "")
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");
  if (SPAM.test(word)) return "fraud_spam";
  return CATEGORIES.find((category) => category === word) ?? "other";
}
