import type { QueuePage, QueuePageQuery } from "../../contracts/triage.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";
import { type Place, readCursor, writeCursor } from "./cursor.ts";

/**
 * One page of a queue: metadata only, cut by key, so that page 900 costs what the first costs.
 *
 * @throws Refusal when the queue is not one of the actor's, or the cursor is not ours
 */
export async function readQueuePage(
  actor: Actor,
  queueId: string,
  query: QueuePageQuery,
): Promise<QueuePage> {
  const after = readCursor(query.cursor, query.sort);
  const answer = await call<Pick<QueuePage, "queue" | "cases"> & { next: Place | null }>(
    actor,
    "triage.queue_page",
    queueId,
    query.sort,
    after,
    query.limit,
  );
  return {
    queue: answer.queue,
    cases: answer.cases,
    nextCursor: answer.next ? writeCursor(answer.next) : null,
  };
}
