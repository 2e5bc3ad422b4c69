import type { z } from "zod";
import type { Acknowledged, acknowledgeRequest } from "../../../contracts/legal/deliveries.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { tokenHash } from "./secretsOfDelivery.ts";

/** The recipient says that they have the packet, and by its hash which one. @throws Refusal */
export async function acknowledgeDelivery(
  visitor: Actor,
  { ticket, name, sha512 }: z.output<typeof acknowledgeRequest>,
): Promise<Acknowledged> {
  const { acknowledgedAt, hashAgrees } = await call<Acknowledged>(
    visitor,
    "legal.acknowledge_delivery",
    tokenHash(ticket),
    name,
    sha512 ?? null,
  );
  return { acknowledgedAt, hashAgrees };
}
