import type { SignalDetail } from "../../contracts/signals.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * One signal with its numbers, evidence and history. That it was looked at is in the log.
 *
 * @throws Refusal `not-found`, also when it is about the officer, recorded
 */
export async function readSignal(actor: Actor, signalId: string): Promise<{ signal: SignalDetail }> {
  const { signal } = await call<{ signal: SignalDetail }>(actor, "access.read_signal", signalId);
  return { signal };
}
