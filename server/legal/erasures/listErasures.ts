import type { ErasuresPage, ErasuresQuery } from "../../../contracts/legal/erasures.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { readCursor } from "../../triage/cursor.ts";

/**
 * Erasures that platforms asked for, newest first, each with what it waits for. Counsel sees whose they are while they are not
 * done; nobody does afterwards.
 *
 * @throws Refusal `wrong-role`, recorded; BadRequest `bad-cursor`
 */
export async function listErasures(
  actor: Actor,
  { cursor, limit, ...filter }: ErasuresQuery,
): Promise<ErasuresPage> {
  const { erasures, nextCursor, counts } = await call<ErasuresPage>(
    actor,
    "legal.list_erasures",
    filter,
    readCursor(cursor, "newest"),
    limit,
  );
  return { erasures, nextCursor, counts };
}
