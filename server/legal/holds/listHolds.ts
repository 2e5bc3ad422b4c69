import type { HoldsPage, HoldsQuery } from "../../../contracts/legal/holds.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { readHoldsCursor } from "./readHoldsCursor.ts";

/**
 * Holds: live ones first, those that end soonest before others. Counsel and compliance officers see the days and figures, nobody
 * an account.
 *
 * @throws Refusal `wrong-role`, recorded; BadRequest `bad-cursor`
 */
export async function listHolds(actor: Actor, { cursor, limit, ...filter }: HoldsQuery): Promise<HoldsPage> {
  const { holds, nextCursor, counts } = await call<HoldsPage>(
    actor,
    "legal.list_holds",
    filter,
    readHoldsCursor(cursor),
    limit,
  );
  return { holds, nextCursor, counts };
}
