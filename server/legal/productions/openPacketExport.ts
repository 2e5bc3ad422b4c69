import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * Commits that counsel takes a released packet out to hand it over, and why. Gives none of it: `writePacket` does that, in a
 * later transaction.
 *
 * @throws Refusal
 */
export async function openPacketExport(
  actor: Actor,
  productionId: string,
  reason: string,
): Promise<{ readonly readingId: string; readonly name: string; readonly bytes: number }> {
  const { readingId, name, bytes } = await call<{ readingId: string; name: string; bytes: number }>(
    actor,
    "legal.open_packet_export",
    productionId,
    reason,
  );
  return { readingId, name, bytes };
}
