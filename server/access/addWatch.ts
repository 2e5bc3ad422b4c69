import type { z } from "zod";
import type { AddedResult, addWatchRequest } from "../../contracts/watchList.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** Puts an account on the watch list; what is open without two approvers ends. @throws Refusal */
export async function addWatch(actor: Actor, entry: z.output<typeof addWatchRequest>): Promise<AddedResult> {
  const { id } = await call<AddedResult>(actor, "access.add_watch", entry);
  return { id };
}
