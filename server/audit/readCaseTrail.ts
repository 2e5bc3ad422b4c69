import { eq, sql } from "drizzle-orm";
import type { AuditCaseTrail, AuditTrailQuery } from "../../contracts/audit.ts";
import { views } from "../../db/schema/index.ts";
import { asActor } from "../../db/web-client.ts";
import type { Actor } from "../actor.ts";
import { cutPage } from "./cutPage.ts";
import { readCursor } from "./eventCursor.ts";
import { caseRefOf, namesOf } from "./namesOf.ts";
import { recordSearch } from "./recordSearch.ts";
import { readViews } from "./viewRow.ts";

/**
 * Everything about one case: who read it, why and for how long, and every event. The look stands in the case's own trail.
 *
 * @throws Refusal `not-found` when nothing about the case is the actor's to read, recorded
 */
export async function readCaseTrail(
  actor: Actor,
  caseId: string,
  query: AuditTrailQuery,
): Promise<AuditCaseTrail> {
  readCursor(query.cursor);
  const { staffId, whole, from, until } = await recordSearch(actor, "case", { case: caseId });
  const reach = { staffId, whole, from, until };
  return asActor(actor, async (tx) => {
    const page = await cutPage(tx, reach, { case: caseId }, query);
    const { views: read, viewsCapped } = query.cursor
      ? { views: [], viewsCapped: false }
      : await readViews(tx, eq(views.caseId, caseId));
    const [thread] = await tx.execute<{ id: string | null }>(
      sql`select audit.thread_of_case(${caseId}::uuid) as id`,
    );
    const names = await namesOf(tx, { staff: [], cases: [caseId] });
    return {
      reach,
      case: caseRefOf(names, caseId),
      threadId: thread?.id ?? null,
      ...page,
      views: read,
      viewsCapped,
    };
  });
}
