import type { z } from "zod";
import type { NoticePage, noticesQuery } from "../../contracts/breakGlass.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** What the actor's role must take note of. @throws Refusal */
export async function listNotices(actor: Actor, query: z.output<typeof noticesQuery>): Promise<NoticePage> {
  const { notices, waiting, nextCursor } = await call<NoticePage>(actor, "access.list_notices", query);
  return { notices, waiting, nextCursor };
}
