import type { RequestsPage, RequestsQuery } from "../../../contracts/legal/requests.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { readCursor } from "../../triage/cursor.ts";

/**
 * The register, newest first: metadata alone.
 *
 * @throws Refusal `wrong-role`, recorded; BadRequest `bad-cursor`
 */
export async function listRequests(
  actor: Actor,
  { cursor, limit, ...filter }: RequestsQuery,
): Promise<RequestsPage> {
  const { requests, nextCursor, counts, mayHandle } = await call<RequestsPage>(
    actor,
    "legal.list_requests",
    filter,
    readCursor(cursor, "newest"),
    limit,
  );
  return { requests, nextCursor, counts, mayHandle };
}
