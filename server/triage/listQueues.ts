import type { QueueList } from "../../contracts/triage.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** The actor's queues with what waits in them. @throws Refusal */
export async function listQueues(actor: Actor): Promise<QueueList> {
  const { queues } = await call<QueueList>(actor, "triage.list_queues");
  return { queues };
}
