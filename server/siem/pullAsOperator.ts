import { auditSql } from "../../db/audit-client.ts";
import { guarded } from "../../db/connect.ts";
import { eventOfLeaf, type FeedRow } from "../../domain/siem/leafEvent.ts";
import { type FeedFormat, lineOf } from "../../domain/siem/lines.ts";
import { gapsOf } from "./gapsOf.ts";
import { sourceOf } from "./sourceOf.ts";

const BATCH = 1000;

/** What the operator asks for. */
export interface Pull {
  /** The place behind which to begin; -1 is the beginning. */
  readonly after: number;
  readonly limit: number;
  readonly format: FeedFormat;
  readonly enterprise: number;
}

/**
 * Events for the operator at the command line, as unseal_audit, in the order of the log and in constant memory. It is an
 * event, committed before the first line is read; that one is in the log after what is given here.
 *
 * @throws DatabaseFailure
 */
export async function* pullAsOperator({
  after,
  limit,
  format,
  enterprise,
}: Pull): AsyncGenerator<string, void> {
  const sql = auditSql();
  await guarded(sql`select audit.record_pull(${format}, ${after})`);
  const [head] = await guarded(
    sql<{ head: { origin: string | null; size: number } }[]>`select audit.feed_head() as head`,
  );
  const source = sourceOf(head?.head.origin ?? null, enterprise);
  const end = Math.min(head?.head.size ?? 0, after + 1 + limit);
  for (let from = after + 1; from < end; ) {
    const rows = await guarded(
      sql<
        FeedRow[]
      >`select log_index::float8 as index, leaf, event from audit.feed_batch(${from}, ${Math.min(BATCH, end - from)})`,
    );
    for (const { first, last } of gapsOf(
      from,
      rows.map(({ index }) => index),
    ))
      await guarded(sql`select audit.record_gap(${first}, ${last})`);
    if (rows.length === 0) return;
    yield rows.map((row) => lineOf(eventOfLeaf(row), format, source)).join("");
    from = (rows.at(-1)?.index ?? from) + 1;
  }
}
