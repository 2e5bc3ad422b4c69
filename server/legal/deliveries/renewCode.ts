import type { NewCode } from "../../../contracts/legal/deliveries.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { codeMac, newDeliveryCode, shownCode } from "./secretsOfDelivery.ts";

/** Makes another code for the same link; the old one, and what it opened, are good for nothing from then on. @throws Refusal */
export async function renewCode(actor: Actor, deliveryId: string): Promise<NewCode> {
  const code = newDeliveryCode();
  const mac = await codeMac(deliveryId, code);
  const { expiresAt } = await call<{ expiresAt: string }>(
    actor,
    "legal.renew_code",
    deliveryId,
    mac.toString("hex"),
  );
  return { code: shownCode(code), expiresAt };
}
