import { setTimeout as sleep } from "node:timers/promises";
import { auditSql } from "../../db/audit-client.ts";
import type { FeedFormat } from "../../domain/siem/lines.ts";
import { pullAsOperator } from "../../server/siem/pullAsOperator.ts";
import type { Sample } from "./sample.ts";

const PATIENCE_MS = 30_000;
const FORMATS: readonly [name: string, format: FeedFormat, about: string][] = [
  ["ocsf.ndjson", "ocsf", "events as a SIEM takes them: OCSF 1.8.0, as `unseal siem pull` writes them"],
  ["syslog.txt", "syslog", "the same events as RFC 5424 syslog, one line each"],
];

/** Events on their way to a SIEM: the last thousand of the log, which hold what the other samples did. */
export async function* feedSamples(): AsyncGenerator<Sample> {
  const size = await placed();
  for (const [name, format, about] of FORMATS) {
    const lines: string[] = [];
    const pull = { after: Math.max(-1, size - 1001), limit: 1000, format, enterprise: 32473 };
    for await (const piece of pullAsOperator(pull)) lines.push(piece);
    yield { name, about, data: lines.join("") };
  }
}

/** Waits until every event has its place in the log. @returns how many places there are */
async function placed(): Promise<number> {
  const sql = auditSql();
  for (const end = Date.now() + PATIENCE_MS; ; ) {
    const [row] = await sql<{ waiting: boolean; size: number }[]>`
      select exists (select from audit.pending_leaves) as waiting,
             coalesce((select max(size) from audit.checkpoints), 0)::float8 as size`;
    if (row && !row.waiting && row.size > 0) return row.size;
    if (Date.now() > end) throw new Error("Events did not get their places in the log in time.");
    await sleep(100);
  }
}
