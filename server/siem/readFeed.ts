import { guarded } from "../../db/connect.ts";
import { webSql } from "../../db/web-client.ts";
import { eventOfLeaf, type FeedRow } from "../../domain/siem/leafEvent.ts";
import type { SiemEvent } from "../../domain/siem/siemEvent.ts";
import { Refusal } from "../refusal.ts";
import type { FeedActor } from "./feedActor.ts";
import { gapsOf } from "./gapsOf.ts";

export interface FeedBatch {
  readonly origin: string | null;
  readonly events: readonly SiemEvent[];
  /** How long the log is. */
  readonly size: number;
}
type Told =
  | { ok: true; origin: string | null; size: number; from: number; rows: FeedRow[] }
  | { ok: false; code: string };

/**
 * The events behind a place in the log, in its order. The key is asked for each time: one that was revoked reads no more.
 *
 * @throws Refusal `feed-key-…` (recorded); DatabaseFailure
 */
export async function readFeed(actor: FeedActor, after: number, limit: number): Promise<FeedBatch> {
  const context = JSON.stringify({ ip: actor.ip, userAgent: actor.userAgent, requestId: actor.requestId });
  const [row] = await guarded(
    webSql().unsafe<{ told: Told }[]>(
      "select audit.read_feed($1::bytea, $2::text::jsonb, $3::bigint, $4::integer) as told",
      [actor.keyHash, context, after, limit],
      { prepare: true },
    ),
  );
  const told = row?.told;
  if (!told) throw new Refusal("failure");
  if (!told.ok) throw new Refusal(told.code, { recorded: true });
  for (const { first, last } of gapsOf(
    told.from,
    told.rows.map(({ index }) => index),
  ))
    await guarded(webSql()`select audit.record_gap(${first}, ${last})`);
  return { origin: told.origin, events: told.rows.map(eventOfLeaf), size: told.size };
}
