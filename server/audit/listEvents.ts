import type { AuditPage, AuditQuery } from "../../contracts/audit.ts";
import { asActor } from "../../db/web-client.ts";
import type { Actor } from "../actor.ts";
import { cutPage } from "./cutPage.ts";
import { readCursor } from "./eventCursor.ts";
import { recordSearch } from "./recordSearch.ts";
import { resolveCase } from "./resolveCase.ts";

/**
 * Who did what to which case, newest first: officers all of it, auditors their range, everybody else their own acts.
 *
 * @throws Refusal `not-signed-in`; BadRequest for a cursor that is not ours; DatabaseFailure also when the look itself
 *   cannot be recorded
 */
export async function listEvents(actor: Actor, query: AuditQuery): Promise<AuditPage> {
  const { cursor, limit, ...filters } = query;
  readCursor(cursor);
  const reach = await recordSearch(actor, "events", filters);
  const page = await asActor(actor, async (tx) =>
    cutPage(tx, reach, await resolveCase(tx, filters), { cursor, limit }),
  );
  return {
    reach: { staffId: reach.staffId, whole: reach.whole, from: reach.from, until: reach.until },
    ...page,
  };
}
