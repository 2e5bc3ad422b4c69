import { and, asc, eq, gte, inArray, sql } from "drizzle-orm";
import { events } from "../../db/schema/index.ts";
import type { ActorTransaction } from "../../db/web-client.ts";
import { uuid7Floor } from "../../domain/uuid7.ts";

type Opened = {
  readonly id: string;
  readonly caseId: string;
  readonly eventId: string | null;
  readonly openedAt: Date;
};
export type Decided = {
  readonly id: string;
  readonly at: Date;
  readonly by: string;
  readonly outcome: string;
  readonly action: string;
};

// An event's id is drawn an instant before its time is read.
const SLACK_MS = 2_000;
const asArray = (ids: readonly string[]) => sql`any (${`{${[...new Set(ids)].join()}}`}::uuid[])`;
const word = (value: unknown): string => (typeof value === "string" ? value : "");

/** The roles that each of these views was opened in, as the log has them: view → roles. */
export async function readRoles(
  tx: ActorTransaction,
  opened: readonly Opened[],
): Promise<Map<string, string[]>> {
  const ids = opened.flatMap(({ eventId }) => eventId ?? []);
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: events.id, roles: events.actorRoles })
    .from(events)
    .where(sql`${events.id} = ${asArray(ids)}`);
  const byEvent = new Map(rows.map(({ id, roles }) => [id, roles ?? []]));
  return new Map(opened.map(({ id, eventId }) => [id, (eventId && byEvent.get(eventId)) || []]));
}

/**
 * What was decided after each of these views: view → the first decision on its case from then on that was not taken back.
 * Told by the log, so that readers of a range of it are told what lies in their range.
 */
export async function readDecisions(
  tx: ActorTransaction,
  opened: readonly Opened[],
): Promise<Map<string, Decided>> {
  if (opened.length === 0) return new Map();
  // Nothing before the oldest view matters, and whole months are left aside.
  const since = Math.min(...opened.map(({ openedAt }) => openedAt.getTime())) - SLACK_MS;
  const rows = await tx
    .select({
      caseId: events.caseId,
      id: events.decisionId,
      at: events.at,
      by: events.actorId,
      action: events.action,
      detail: events.detail,
    })
    .from(events)
    .where(
      and(
        sql`${events.caseId} = ${asArray(opened.map(({ caseId }) => caseId))}`,
        inArray(events.action, ["case.decided", "case.decision_undone"]),
        eq(events.outcome, "done"),
        gte(events.id, uuid7Floor(since)),
      ),
    )
    .orderBy(asc(events.id));
  const undone = new Set(rows.filter(({ action }) => action !== "case.decided").map(({ id }) => id));
  const made = rows.filter(({ action, id }) => action === "case.decided" && !undone.has(id));
  const found = new Map<string, Decided>();
  for (const view of opened) {
    const after = made.find(({ caseId, at }) => caseId === view.caseId && at >= view.openedAt);
    if (!after?.id || !after.by) continue;
    const { outcome, action } = after.detail;
    found.set(view.id, {
      id: after.id,
      at: after.at,
      by: after.by,
      outcome: word(outcome),
      action: word(action),
    });
  }
  return found;
}
