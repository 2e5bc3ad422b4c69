import { z } from "zod";
import { DOOR_PROBLEMS, type IntakeCode } from "../../domain/intake/problems.ts";
import { askDatabase } from "./askDatabase.ts";
import { IntakeRefusal } from "./intakeProblem.ts";
import type { PlatformActor } from "./platformActor.ts";
import { keyRefusals } from "./throttle.ts";

export const refused = z.object({ ok: z.literal(false), code: z.string() });
const answer = z.discriminatedUnion("ok", [z.object({ ok: z.literal(true), platformId: z.uuid() }), refused]);

/**
 * Asks whose key this is, before a body is read.
 *
 * @returns the platform's id
 * @throws IntakeRefusal when the key may not come in (the refusal is in the audit log) or when too many keys from this
 *   address were refused of late
 */
export async function enter(actor: PlatformActor): Promise<string> {
  const address = actor.ip ?? "unknown";
  const wait = keyRefusals.wait(address);
  if (wait > 0) throw new IntakeRefusal("too-many-refused-keys", wait);
  const told = answer.parse(await askDatabase(actor, "enter"));
  if (told.ok) return told.platformId;
  keyRefusals.take(address);
  throw new IntakeRefusal(intakeCode(told.code));
}

/** A code that the database spoke, as one of ours; anything else is a failure. */
export function intakeCode(code: string): IntakeCode {
  return Object.hasOwn(DOOR_PROBLEMS, code) ? (code as IntakeCode) : "failure";
}
