import type { z } from "zod";
import type { OpenedDelivery, openDeliveryRequest } from "../../../contracts/legal/deliveries.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { codeMac, newToken, tokenHash } from "./secretsOfDelivery.ts";

const ENDINGS = { none: ".zip", age: ".zip.age", openpgp: ".zip.gpg" } as const;

/**
 * Opens a delivery by its link and its code. Every "no" is the same, whichever half was wrong.
 *
 * @param visitor nobody known: an actor without a token of a session
 * @returns what the recipient is told before they fetch it, and a ticket for an hour
 * @throws Refusal `delivery-refused`, `rate-limited`
 */
export async function openDelivery(
  visitor: Actor,
  { token, code }: z.output<typeof openDeliveryRequest>,
): Promise<OpenedDelivery> {
  const hash = tokenHash(token);
  const { deliveryId } = await call<{ deliveryId: string }>(visitor, "legal.find_delivery", hash);
  const ticket = newToken();
  const opened = await call<Omit<OpenedDelivery, "ticket" | "fileName">>(
    visitor,
    "legal.open_delivery",
    hash,
    await codeMac(deliveryId, code),
    tokenHash(ticket),
  );
  const { ticketExpiresAt, name, sizeBytes, zipSha512, manifestSha512, vkey, logVkey, encryption } = opened;
  return {
    ticket,
    ticketExpiresAt,
    name,
    fileName: `${name}${ENDINGS[encryption]}`,
    sizeBytes,
    zipSha512,
    manifestSha512,
    vkey,
    logVkey,
    encryption,
    expiresAt: opened.expiresAt,
    acknowledgedAt: opened.acknowledgedAt,
  };
}
