import type { WatchList } from "../../contracts/watchList.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** The watch list, for officers alone. Looking at it is an event. @throws Refusal */
export async function listWatch(actor: Actor): Promise<WatchList> {
  const { entries, platforms } = await call<WatchList>(actor, "access.list_watch");
  return { entries, platforms };
}
