import type { QueuePageQuery } from "../../contracts/triage.ts";
import { guarded } from "../../db/connect.ts";
import { webSql } from "../../db/web-client.ts";
import type { Actor, Answer } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { readCursor } from "./cursor.ts";

/**
 * One page of a queue: metadata only, cut by key, so that page 900 costs what the first costs.
 *
 * @returns the page as JSON text (`queuePage` of contracts/triage.ts). The database writes it and nobody reads it on the
 *   way: taking fifty rows apart only to put them together again cost as much as the rest of the handler.
 * @throws Refusal when the queue is not one of the actor's; BadRequest when the cursor is not ours
 */
export async function readQueuePage(actor: Actor, queueId: string, query: QueuePageQuery): Promise<string> {
  const after = readCursor(query.cursor, query.sort);
  const [row] = await guarded(
    webSql()<{ page: string }[]>`
      select triage.queue_page(${actor as never}::jsonb, ${queueId}::uuid, ${query.sort}, ${after as never}::jsonb,
        ${query.limit}::int)::text as page`,
  );
  if (!row) throw new Refusal("failure");
  if (/^\{\s*"ok"/.test(row.page)) {
    const refused: Answer<object> = JSON.parse(row.page);
    if (!refused.ok) throw new Refusal(refused.code, { recorded: true });
  }
  return row.page;
}
