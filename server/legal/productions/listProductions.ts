import { type ProductionList, productionList } from "../../../contracts/legal/productions.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/** Packets of a request, newest first: metadata alone. @throws Refusal */
export async function listProductions(actor: Actor, requestId: string): Promise<ProductionList> {
  return productionList.parse(await call(actor, "legal.list_productions", requestId));
}
