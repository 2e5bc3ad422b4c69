/**
 * The session cookie. Over TLS the `__Host-` prefix makes the browser refuse one that a subdomain or an insecure page
 * has planted (RFC 6265bis §4.1.3.2).
 *
 * @param secure whether the console is reached by https
 */
export function sessionCookieName(secure: boolean): string {
  return secure ? "__Host-unseal-session" : "unseal-session";
}

/** @returns the session token in a Cookie header, or null */
export function readSessionToken(cookies: string | null): string | null {
  if (!cookies) return null;
  const found = /(?:^|;\s*)(?:__Host-)?unseal-session=([0-9a-f]{64})(?:;|$)/.exec(cookies);
  return found?.[1] ?? null;
}
