import { auditSql } from "../../db/audit-client.ts";
import { guarded } from "../../db/connect.ts";
import { eventOfLeaf, type FeedRow } from "../../domain/siem/leafEvent.ts";
import { type FeedFormat, lineOf } from "../../domain/siem/lines.ts";
import { gapsOf } from "./gapsOf.ts";
import { sourceOf } from "./sourceOf.ts";

const BATCH = 1000;

/** There is no such place to go on behind. `message` is for the operator. */
export class PullRefused extends Error {
  override readonly name = "PullRefused";
}

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
 * @throws PullRefused when the log does not reach to the place that was named: it was cut, or an old copy put back
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
  const { origin, size } = head?.head ?? { origin: null, size: 0 };
  // Whoever kept a place has read it. To say nothing would pass for "nothing new".
  if (after >= size)
    throw new PullRefused(
      `The log has ${size} events, of which none has index ${after}. If it was read from this log, the log was cut or put back to an older state: see \`log-shorter\` in docs/siem.md.`,
    );
  const source = sourceOf(origin, enterprise);
  const end = Math.min(size, after + 1 + limit);
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
