import type { FilingReceipt } from "../../contracts/cybertip.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * The receipt of a filed report with every call that led to it: the evidence that it was filed. Taking it out is an event.
 *
 * @throws Refusal `not-found`, `wrong-role`, recorded
 */
export async function readReceipt(actor: Actor, reportId: string): Promise<FilingReceipt> {
  return (await call<{ receipt: FilingReceipt }>(actor, "cybertip.read_receipt", reportId)).receipt;
}
