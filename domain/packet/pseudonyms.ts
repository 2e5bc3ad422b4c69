import { createHmac } from "node:crypto";

/** An account, so that the same one is told again in every thread: its platform, and its id there. */
export function accountKey(platform: string, accountId: string): string {
  return JSON.stringify([platform, accountId]);
}

export interface Pseudonym {
  /** `P2` */
  readonly id: string;
  /** `Participant 2` */
  readonly label: string;
}

/**
 * Gives third parties numbers, the same in every file of a packet. Their order is that of a keyed hash: it tells neither who
 * wrote first nor whose id is the smaller. Without the salt, which stays out of the packet, nobody can work it out again.
 *
 * @param keys of accounts, each as often as it comes
 * @param salt of the packet, at least 16 bytes
 */
export function assignPseudonyms(keys: Iterable<string>, salt: Uint8Array): ReadonlyMap<string, Pseudonym> {
  if (salt.length < 16) throw new TypeError("The salt of a packet is at least 16 bytes.");
  const places = [...new Set(keys)]
    .map((key) => ({ key, place: createHmac("sha256", salt).update(key).digest("hex") }))
    .toSorted((a, b) => (a.place < b.place ? -1 : 1));
  return new Map(places.map(({ key }, i) => [key, { id: `P${i + 1}`, label: `Participant ${i + 1}` }]));
}
