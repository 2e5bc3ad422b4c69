import type { z } from "zod";
import type { SimulateResult, simulateRequest } from "../../contracts/accessPolicy.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** Who could open this, and how? For a case the answer is for officers alone. @throws Refusal */
export async function simulatePolicy(
  actor: Actor,
  ask: z.output<typeof simulateRequest>,
): Promise<SimulateResult> {
  const { version, subjects, ruling, people } = await call<SimulateResult>(actor, "access.simulate", ask);
  return { version, subjects, ruling, people };
}
