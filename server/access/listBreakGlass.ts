import type { z } from "zod";
import type { BreakGlassPage, breakGlassQuery } from "../../contracts/breakGlass.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** The register: all of it for officers and administrators, one's own for everybody else. @throws Refusal */
export async function listBreakGlass(
  actor: Actor,
  query: z.output<typeof breakGlassQuery>,
): Promise<BreakGlassPage> {
  const { entries, nextCursor } = await call<BreakGlassPage>(actor, "access.list_glass", query);
  return { entries, nextCursor };
}
