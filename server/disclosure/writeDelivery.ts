import { ticketForm } from "../../contracts/legal/deliveries.ts";
import type { Visit } from "../http/publicRoute.ts";
import { BadRequest, readBytes } from "../http/readBody.ts";
import { sendPacket } from "../http/sendPacket.ts";
import { beginDownload, endDownload } from "../legal/deliveries/downloads.ts";
import { tokenHash } from "../legal/deliveries/secretsOfDelivery.ts";
import { Refusal } from "../refusal.ts";
import { encryptPacket } from "./encryptPacket.ts";
import { openPacket } from "./writePacket.ts";

const ROUTE = "/api/delivery/download";

/**
 * Sends a packet to the recipient who has opened its delivery: the beginning is on record before the first byte, and how it ended
 * before the last. What is not encrypted goes on from where it broke off (`Range: bytes=N-`, RFC 9110 §14).
 *
 * @throws Refusal; BadRequest when there is no ticket
 */
export async function writeDelivery({ visitor, request }: Visit): Promise<Response> {
  const ticket = await ticketOf(request);
  const from = placeOf(request.headers.get("range"));
  const { downloadId, readingId, to } = await beginDownload(visitor, ticket, from);
  const end = (bytes: number, whole: boolean) => endDownload(visitor, ticket, downloadId, bytes, whole);
  try {
    // Encrypted anew each time: there is no place in it to go on from.
    if (from > 0 && to.kind !== "none") throw new Refusal("bad-range");
    const packet = await openPacket({ actor: visitor, ticket: tokenHash(ticket) }, readingId);
    const { bytes, ending } = await encryptPacket(packet.bytes(from), to);
    return sendPacket(ROUTE, {
      fileName: `${packet.name}${ending}`,
      bytes,
      size: to.kind === "none" ? packet.size : null,
      from,
      ended: end,
    });
  } catch (error) {
    await end(0, false);
    throw error;
  }
}

/** From the header, or from the form by which a browser saves to disk. */
async function ticketOf(request: Request): Promise<string> {
  const bearer = /^Bearer ([A-Za-z0-9_-]+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
  const form =
    bearer === undefined && request.method === "POST"
      ? Object.fromEntries(new URLSearchParams((await readBytes(request, 4096)).toString("utf8")))
      : { ticket: bearer };
  const checked = ticketForm.safeParse(form);
  if (!checked.success)
    throw new BadRequest("bad-field", [
      { pointer: "/ticket", message: "Open the link with the code first." },
    ]);
  return checked.data.ticket;
}

/** The first byte that is asked for. Other forms of ranges are answered with the whole, as the standard allows. */
function placeOf(range: string | null): number {
  const from = /^bytes=(\d{1,15})-$/.exec(range ?? "")?.[1];
  return from === undefined ? 0 : Number(from);
}
