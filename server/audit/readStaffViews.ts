import { eq } from "drizzle-orm";
import type { AuditStaffViews, AuditTrailQuery } from "../../contracts/audit.ts";
import { views } from "../../db/schema/index.ts";
import { asActor } from "../../db/web-client.ts";
import type { Actor } from "../actor.ts";
import { readCursor } from "./eventCursor.ts";
import { recordSearch } from "./recordSearch.ts";
import { cutViews } from "./viewRow.ts";

/**
 * What one staff member read and why, page by page: behind the newest, which come with their trail.
 *
 * @throws Refusal `wrong-role` when it is not oneself and one reads no log, `not-found`; both recorded
 */
export async function readStaffViews(
  actor: Actor,
  subject: string,
  query: AuditTrailQuery,
): Promise<AuditStaffViews> {
  readCursor(query.cursor);
  await recordSearch(actor, "staff", { subject });
  return asActor(actor, (tx) => cutViews(tx, eq(views.staffId, subject), query));
}
