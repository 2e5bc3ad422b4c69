import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/**
 * The address a request came from. A client can write any X-Forwarded-For it likes, so the header counts only behind a
 * proxy that we are told to trust, and then only its last entry, which that proxy wrote.
 *
 * @returns null when it cannot be told
 */
export function clientAddress(
  request: Pick<IncomingMessage, "headers" | "socket">,
  trustProxy: boolean,
): string | null {
  const given = request.headers["x-forwarded-for"];
  const forwarded = trustProxy ? [given ?? []].flat().join(",").split(",").at(-1)?.trim() : undefined;
  const address = forwarded || request.socket.remoteAddress;
  if (address === undefined) return null;
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  return isIP(plain) ? plain : null;
}
