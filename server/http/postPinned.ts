import { lookup } from "node:dns/promises";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Addresses that lie on this machine, in a private network, or nowhere (IANA special-purpose registries). */
const INSIDE = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  INSIDE.addSubnet(net, bits, "ipv4");
for (const [net, bits] of [
  ["::", 96],
  ["64:ff9b::", 96],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const)
  INSIDE.addSubnet(net, bits, "ipv6");

/** Whether an address lies inside: not to be called on somebody else's word. IPv4 in IPv6 counts as the IPv4 it holds. */
export function isInside(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  const family = isIP(plain);
  if (family === 0) return true;
  if (family === 6 && /^::ffff:/i.test(plain)) return true;
  return INSIDE.check(plain, family === 6 ? "ipv6" : "ipv4");
}

interface Options {
  /** Milliseconds for all of it: name, connection, answer. */
  readonly deadline: number;
  /** Whether the address may lie inside. */
  readonly inside: boolean;
  /** The most that is read of an answer, in bytes. */
  readonly most: number;
}

/**
 * Posts JSON to an address and reads a short answer. The name is resolved once and the connection goes to what was
 * checked, so a name that changes its mind gains nothing; redirects are not followed.
 *
 * @returns status and text
 * @throws when the address lies inside and may not, or the answer is late, too long or broken off
 */
export async function postPinned(
  address: string,
  body: object,
  { deadline, inside, most }: Options,
): Promise<{ status: number; text: string }> {
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const signal = AbortSignal.timeout(deadline);
  const late = new Promise<never>((_, reject) =>
    signal.addEventListener("abort", () => reject(new Error("The answer is late.")), { once: true }),
  );
  const found = await Promise.race([lookup(host, { all: true }), late]);
  const target = found[0];
  if (!target || (!inside && found.some((one) => isInside(one.address))))
    throw new Error("The address lies inside.");
  const pinned: LookupFunction = (_, options, answer) =>
    options.all
      ? answer(null, [{ address: target.address, family: target.family }])
      : answer(null, target.address, target.family);
  const sent = Buffer.from(JSON.stringify(body));
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const asked = send(
      url,
      {
        method: "POST",
        agent: false,
        lookup: pinned,
        signal,
        headers: { "content-type": "application/json", "content-length": sent.length },
      },
      (answer) => {
        const pieces: Buffer[] = [];
        let size = 0;
        answer.on("data", (piece: Buffer) => {
          size += piece.length;
          if (size <= most) return pieces.push(piece);
          reject(new Error("The answer is too long."));
          asked.destroy();
        });
        answer.once("end", () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString() }),
        );
        answer.once("error", reject);
      },
    );
    asked.once("error", reject);
    asked.end(sent);
  });
}
