/**
 * Leases, views and sessions end by the server's clock. The `Date` header of each answer tells how far this machine's
 * clock is off; the monotonic clock keeps a later change of the machine's clock from stretching a view.
 */
type Bounds = { low: number; high: number };

/** How far the server's clock is ahead of the monotonic one: somewhere between these, and a little narrower each time. */
let bounds: Bounds | null = null;

/**
 * Narrows what is known by one answer. Its `Date` counts whole seconds: at `receivedAt` (monotonic) the server's clock
 * stood at `at` or later, and at `sentAt` before `at` plus a second. A clock that was set anew starts over.
 */
export function narrow(known: Bounds | null, at: number, sentAt: number, receivedAt: number): Bounds {
  const fresh = { low: at - receivedAt, high: at + 1000 - sentAt };
  if (!known) return fresh;
  const both = { low: Math.max(known.low, fresh.low), high: Math.min(known.high, fresh.high) };
  return both.low <= both.high ? both : fresh;
}

/** Takes note of an answer's `Date` header. `sentAt` is when the request left, by `performance.now()`. */
export function noteServerDate(header: string | null, sentAt: number): void {
  const at = header ? Date.parse(header) : Number.NaN;
  if (!Number.isNaN(at)) bounds = narrow(bounds, at, sentAt, performance.now());
}

/**
 * Milliseconds since the epoch as the server counts them, at most: what ends by this clock never ends late. This
 * machine's own count before the first answer.
 */
export function serverNow(): number {
  return bounds ? Math.round(performance.now() + bounds.high) : Date.now();
}
