import { lookup } from "node:dns/promises";
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

/** Where a name lies. */
export interface Place {
  readonly address: string;
  readonly family: number;
}

/** Asks the system where a name lies. */
export const ask = (host: string): Promise<Place[]> => lookup(host, { all: true });

/**
 * Resolves a name once and checks where it lies.
 *
 * @param url of which the host is looked up
 * @param inside whether it may lie on this machine or in a private network
 * @param resolve asks for a name's addresses
 * @returns a lookup that always gives what was checked, so that a name that changes its mind gains nothing; null when
 *   the name lies inside, or nowhere. One address inside is enough: whoever names such a one has no good reason
 */
export async function pin(
  url: URL,
  inside: boolean,
  resolve: (host: string) => Promise<Place[]> = ask,
): Promise<LookupFunction | null> {
  const found = await resolve(url.hostname.replace(/^\[|\]$/g, ""));
  const target = found[0];
  if (!target || (!inside && found.some((one) => isInside(one.address)))) return null;
  return (_, options, answer) =>
    options.all
      ? answer(null, [{ address: target.address, family: target.family }])
      : answer(null, target.address, target.family);
}
