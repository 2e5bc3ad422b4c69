import type { z } from "zod";
import type { RequestPage, requestsQuery } from "../../contracts/access.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** Requests that wait for the actor, that they made, or that were made on one case. @throws Refusal */
export async function listRequests(
  actor: Actor,
  query: z.output<typeof requestsQuery>,
): Promise<RequestPage> {
  const { requests, nextCursor } = await call<RequestPage>(actor, "access.list_requests", query);
  return { requests, nextCursor };
}
