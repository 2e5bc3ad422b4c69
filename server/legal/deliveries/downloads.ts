import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import type { RecipientKey } from "../../disclosure/encryptPacket.ts";
import { tokenHash } from "./secretsOfDelivery.ts";

export interface Download {
  readonly downloadId: string;
  readonly readingId: string;
  readonly to: RecipientKey;
}

/**
 * Puts on record that a packet is about to be fetched; from here on it cannot be recalled.
 *
 * @throws Refusal `delivery-refused`, `bad-range`
 */
export async function beginDownload(visitor: Actor, ticket: string, from: number): Promise<Download> {
  const { downloadId, readingId, encryption, recipientKey } = await call<{
    downloadId: string;
    readingId: string;
    encryption: RecipientKey["kind"];
    recipientKey: string | null;
  }>(visitor, "legal.begin_download", tokenHash(ticket), from);
  const to: RecipientKey =
    encryption === "none" || recipientKey === null
      ? { kind: "none" }
      : { kind: encryption, key: recipientKey };
  return { downloadId, readingId, to };
}

/** Puts on record how it ended: whole, or broken off after so many bytes. */
export async function endDownload(
  visitor: Actor,
  ticket: string,
  downloadId: string,
  bytes: number,
  whole: boolean,
): Promise<void> {
  await call(visitor, "legal.end_download", tokenHash(ticket), downloadId, bytes, whole);
}
