import type { Query } from "../../db/auditSession.ts";
import type { LoggedEvent } from "../../domain/auditLeaf.ts";

/** A leaf in its place. */
export type PlacedLeaf = { readonly index: number; readonly eventId: string; readonly leaf: string };
export type StoredEvent = LoggedEvent & { readonly salt: Buffer };
export type StoredCheckpoint = { readonly size: number; readonly root: Buffer; readonly note: string };

/** Leaves of the places from `from` on, up to and without `to`. */
export async function readLeaves(query: Query, from: number, to: number): Promise<PlacedLeaf[]> {
  const rows = await query<{ index: string; eventId: string; leaf: string }>(
    `select log_index as index, event_id as "eventId", leaf from audit.leaves
      where log_index >= $1 and log_index < $2 order by log_index`,
    [from, to],
  );
  return rows.map((row) => ({ ...row, index: Number(row.index) }));
}

/** The events of these leaves, by id. Asked for by their ids: a join would be planned over the whole log. */
export async function readEventsOf(
  query: Query,
  leaves: readonly PlacedLeaf[],
): Promise<Map<string, StoredEvent>> {
  const rows = await query<StoredEvent>(
    `select id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, actor_kind as "actorKind",
        actor_id as "actorId", actor_roles as roles, session_id as "sessionId", action, outcome, case_id as "caseId",
        thread_id as "threadId", queue_id as "queueId", flag_id as "flagId", grant_id as "grantId", view_id as "viewId",
        decision_id as "decisionId", subject_staff_id as "subjectStaffId", purpose, reason,
        nullif(detail, '{}')::text as detail, ip, user_agent as "userAgent", request_id as "requestId", leaf_salt as salt
       from audit.events where id = any ($1::uuid[])`,
    [leaves.map(({ eventId }) => eventId)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Checkpoints over more than `from` leaves and at most `to`, smallest first. */
export async function readCheckpoints(query: Query, from: number, to: number): Promise<StoredCheckpoint[]> {
  const rows = await query<{ size: string; root: Buffer; note: string }>(
    "select size, root, note from audit.checkpoints where size > $1 and size <= $2 order by size",
    [from, to],
  );
  return rows.map((row) => ({ ...row, size: Number(row.size) }));
}

/** The stored tiles of these names; null for one that is not there. */
export async function readTiles(
  query: Query,
  wanted: readonly { readonly level: number; readonly n: number }[],
): Promise<(Buffer | null)[]> {
  if (wanted.length === 0) return [];
  const rows = await query<{ hashes: Buffer | null }>(
    `select t.hashes from unnest($1::smallint[], $2::bigint[]) with ordinality as w(level, tile, place)
       left join audit.tiles t on t.level = w.level and t.tile = w.tile order by w.place`,
    [wanted.map(({ level }) => level), wanted.map(({ n }) => n)],
  );
  return rows.map(({ hashes }) => hashes);
}
