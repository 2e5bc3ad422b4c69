import { serverNow } from "./serverClock.ts";

/**
 * When the session ends, as far as this page can tell: the absolute limit stands, the idle limit moves with every
 * request that a person caused.
 */
type Limits = { expiresAt: number; idleExpiresAt: number; idleWindow: number };
let limits: Limits | null = null;
const listeners = new Set<() => void>();

/** Takes the limits from an answer of /api/me. `fresh` when the request itself moved the idle limit. */
export function noteSessionLimits(expiresAt: string, idleExpiresAt: string, fresh: boolean): void {
  const idle = Date.parse(idleExpiresAt);
  const left = idle - serverNow();
  const idleWindow = fresh || !limits ? left : Math.max(limits.idleWindow, left);
  limits = { expiresAt: Date.parse(expiresAt), idleExpiresAt: idle, idleWindow };
  for (const listener of listeners) listener();
}

/** A request that a person caused was answered: the idle limit has moved. */
export function noteForegroundRequest(): void {
  if (!limits) return;
  const moved = serverNow() + limits.idleWindow;
  if (moved - limits.idleExpiresAt < 1000) return;
  limits = { ...limits, idleExpiresAt: moved };
  for (const listener of listeners) listener();
}

/** For useSyncExternalStore. */
export function subscribeSessionLimits(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
export function readSessionLimits(): Limits | null {
  return limits;
}
