import type { RequestDto } from "../../contracts/access.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** One request, for whoever asked, whoever may answer, and officers. @throws Refusal */
export async function readRequest(actor: Actor, requestId: string): Promise<RequestDto> {
  const { request } = await call<{ request: RequestDto }>(actor, "access.read_request", requestId);
  return request;
}
