import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Delivered, deliverRequest } from "../../../contracts/legal/deliveries.ts";
import { webSettings } from "../../../environment/settings.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { checkRecipientKey } from "../../disclosure/encryptPacket.ts";
import { codeMac, newDeliveryCode, newToken, shownCode, tokenHash } from "./secretsOfDelivery.ts";

/**
 * Makes a link and a code for one recipient of a released packet. Both are answered once and stored nowhere.
 *
 * @throws Refusal `recipient-key`, `packet-not-released`, or when the request was withdrawn since
 */
export async function deliver(
  actor: Actor,
  productionId: string,
  ask: z.output<typeof deliverRequest>,
): Promise<Delivered> {
  const { encryption } = ask;
  const key =
    encryption.kind === "none"
      ? null
      : await checkRecipientKey(
          encryption.kind === "age"
            ? { kind: "age", key: encryption.recipient }
            : { kind: "openpgp", key: encryption.publicKey },
        );
  const id = randomUUID();
  const [token, code] = [newToken(), newDeliveryCode()];
  const { deliveryId, expiresAt } = await call<{ deliveryId: string; expiresAt: string }>(
    actor,
    "legal.deliver",
    productionId,
    {
      id,
      recipientName: ask.recipientName,
      linkBy: ask.linkBy,
      codeBy: ask.codeBy,
      hours: ask.hours,
      encryption: encryption.kind,
      recipientKey: key?.key ?? null,
      keyName: key?.name ?? null,
      tokenHash: tokenHash(token).toString("hex"),
      codeMac: (await codeMac(id, code)).toString("hex"),
    },
  );
  // The fragment is sent to nobody: no log of ours or of anybody between sees the token.
  const link = new URL(`/delivery#${token}`, webSettings().nextauthUrl).href;
  return { deliveryId, link, code: shownCode(code), expiresAt };
}
