import type { DeliveryMoved } from "../../../contracts/legal/deliveries.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/** Takes a delivery back: until it is fetched. @throws Refusal `delivery-fetched` */
export async function recallDelivery(
  actor: Actor,
  deliveryId: string,
  reason: string,
): Promise<DeliveryMoved> {
  const { state } = await call<DeliveryMoved>(actor, "legal.recall_delivery", deliveryId, reason);
  return { state };
}
