import { setTimeout as sleep } from "node:timers/promises";
import { guarded } from "../../db/connect.ts";
import { DatabaseFailure } from "../../db/failure.ts";
import { intakeSql } from "../../db/intake-client.ts";
import { IntakeRefusal } from "./intakeProblem.ts";
import type { PlatformActor } from "./platformActor.ts";

/** Another delivery was in the way (serialization, deadlock, unique violation): the same call again settles it. */
const AGAIN = new Set(["40001", "40P01", "23505"]);
/** The server is away, full, shutting down, or only follows: the call may do better later. */
const AWAY = /^(08|53|57P|25006)/;
const TRIES = 10;

const FUNCTIONS = {
  enter: "select intake.enter($1::bytea, $2::text::jsonb) as answer",
  accept_flags:
    "select intake.accept_flags($1, $2::text::json, $3::text::json, $4::text::json, $5::text::json, $6::text::jsonb) as answer",
  record_refusals: "select intake.record_refusals($1::bytea, $2::text::jsonb, $3::text::jsonb) as answer",
  ask_erasure: "select intake.ask_erasure($1::bytea, $2::text::jsonb, $3::text::jsonb) as answer",
  read_erasure: "select intake.read_erasure($1::bytea, $2::text, $3::text::jsonb) as answer",
  take_notices: "select intake.take_notices($1::bytea, $2::text::integer, $3::text::jsonb) as answer",
  acknowledge_notice:
    "select intake.acknowledge_notice($1::bytea, $2::text::uuid, $3::text::jsonb, $4::text::jsonb) as answer",
} as const;

/**
 * Calls a function of the database as unseal_intake: one statement, one transaction. Tries again when another delivery
 * was in the way.
 *
 * @param json arguments between the key and the context, as texts: JSON where the function takes JSON
 * @returns the function's answer, unchecked
 * @throws IntakeRefusal `unavailable` when the database is away; DatabaseFailure for anything else
 */
export async function askDatabase(
  actor: PlatformActor,
  name: keyof typeof FUNCTIONS,
  ...json: string[]
): Promise<unknown> {
  const context = JSON.stringify({ ip: actor.ip, userAgent: actor.userAgent, requestId: actor.requestId });
  for (let attempt = 1; ; attempt++) {
    try {
      const [row] = await guarded(
        intakeSql().unsafe(FUNCTIONS[name], [actor.keyHash, ...json, context], { prepare: true }),
      );
      return row?.answer;
    } catch (error) {
      if (!(error instanceof DatabaseFailure)) throw error;
      if (AWAY.test(error.sqlstate)) throw new IntakeRefusal("unavailable", 5);
      if (!AGAIN.has(error.sqlstate) || attempt === TRIES) throw error;
      // Two that collided must not meet again at once.
      await sleep(Math.random() * 10 * 2 ** Math.min(attempt, 6));
    }
  }
}
