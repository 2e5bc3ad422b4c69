/**
 * Leases, views and sessions end by the server's clock. The `Date` header of each answer tells how far this machine's
 * clock is off; the monotonic clock keeps a later change of the machine's clock from stretching a view.
 */
let serverAt = 0;
let measuredAt = 0;

function monotonic(): number {
  return typeof performance === "undefined" ? 0 : performance.now();
}

/** Takes note of an answer's `Date` header. */
export function noteServerDate(header: string | null): void {
  const at = header ? Date.parse(header) : Number.NaN;
  if (Number.isNaN(at)) return;
  // The header counts whole seconds: half of one is the better guess.
  serverAt = at + 500;
  measuredAt = monotonic();
}

/** Milliseconds since the epoch as the server counts them; this machine's own count before the first answer. */
export function serverNow(): number {
  return serverAt === 0 ? Date.now() : Math.round(serverAt + (monotonic() - measuredAt));
}
