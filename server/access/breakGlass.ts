import type { z } from "zod";
import type { BreakGlassResult, breakGlassRequest } from "../../contracts/breakGlass.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";
import { viewOf } from "./viewOf.ts";

/**
 * Opens a thread at once for a threat to life. Every officer is told, and one of them must review it. Reveals nothing.
 *
 * @throws Refusal
 */
export async function breakGlass(
  actor: Actor,
  caseId: string,
  { scope, reason }: z.output<typeof breakGlassRequest>,
): Promise<BreakGlassResult> {
  const view = await call<BreakGlassResult>(actor, "access.break_the_glass", caseId, scope, reason);
  return { ...viewOf(view), breakGlassId: view.breakGlassId, reviewDueAt: view.reviewDueAt };
}
