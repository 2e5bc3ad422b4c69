/** A bucket of tokens a key: `burst` at once, `rate` more each second. Kept in this process; buckets that are full again are dropped. */
export class Throttle {
  readonly #rate: number;
  readonly #burst: number;
  readonly #most: number;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  /** @param most buckets kept; past it the oldest goes, so that addresses made up on the way cannot fill the memory */
  constructor(rate: number, burst: number, most = 10_000) {
    this.#rate = rate;
    this.#burst = burst;
    this.#most = most;
  }

  #refill(key: string): { tokens: number; at: number } {
    const now = performance.now();
    const bucket = this.#buckets.get(key) ?? { tokens: this.#burst, at: now };
    bucket.tokens = Math.min(this.#burst, bucket.tokens + ((now - bucket.at) / 1000) * this.#rate);
    bucket.at = now;
    return bucket;
  }

  /** @returns seconds until the next token, 0 when there is one */
  wait(key: string): number {
    const { tokens } = this.#refill(key);
    return tokens >= 1 ? 0 : Math.ceil((1 - tokens) / this.#rate);
  }

  /** Takes a token, when there is one. @returns as `wait` */
  take(key: string): number {
    const bucket = this.#refill(key);
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > this.#most) {
      const oldest = this.#buckets.keys().next().value;
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / this.#rate);
    bucket.tokens -= 1;
    return 0;
  }
}

/** Requests a key may make. One request can carry a stream of any length, so this bounds chatter, not work. */
export const requests = new Throttle(500, 2_000);

/** Refused keys from one address, each an event in the log: past this the address is refused without asking. */
export const keyRefusals = new Throttle(1, 60);

/** Streams that a key has open now. */
const open = new Map<string, number>();
const STREAMS = 8;

/**
 * Counts a stream in.
 *
 * @returns the function that counts it out again, or null when too many are open
 */
export function openStream(key: string): (() => void) | null {
  const count = open.get(key) ?? 0;
  if (count >= STREAMS) return null;
  open.set(key, count + 1);
  let counted = true;
  return () => {
    if (!counted) return;
    counted = false;
    const left = (open.get(key) ?? 1) - 1;
    if (left > 0) open.set(key, left);
    else open.delete(key);
  };
}
