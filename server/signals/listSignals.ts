import type { SignalsPage, SignalsQuery } from "../../contracts/signals.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";
import { readCursor } from "../triage/cursor.ts";

/**
 * Signals of misuse, as far as they are this officer's to see: none about themselves.
 *
 * @throws Refusal `wrong-role` for everybody but compliance officers, recorded; BadRequest `bad-cursor`
 */
export async function listSignals(
  actor: Actor,
  { state, cursor, limit }: SignalsQuery,
): Promise<SignalsPage> {
  const { signals, nextCursor, counts } = await call<SignalsPage>(
    actor,
    "access.list_signals",
    state,
    readCursor(cursor, "due"),
    limit,
  );
  return { signals, nextCursor, counts };
}
