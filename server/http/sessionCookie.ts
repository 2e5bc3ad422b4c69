/**
 * The session cookie. Over TLS the `__Host-` prefix makes the browser refuse one that a subdomain or an insecure page
 * has planted (RFC 6265bis §4.1.3.2).
 *
 * @param secure whether the console is reached by https
 */
export function sessionCookieName(secure: boolean): string {
  return secure ? "__Host-unseal-session" : "unseal-session";
}

/**
 * The session token of a Cookie header. Only the one name counts: without its prefix the cookie could have been planted.
 * Two that differ count as none: one of them was planted, and nobody can tell which.
 *
 * @param secure whether the console is reached by https
 * @returns null when there is none
 */
export function readSessionToken(cookies: string | null, secure: boolean): string | null {
  const name = sessionCookieName(secure);
  const found = new Set<string>();
  for (const pair of cookies?.split(";") ?? []) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) found.add(pair.slice(at + 1).trim());
  }
  const [token] = found;
  return found.size === 1 && token !== undefined && /^[0-9a-f]{64}$/.test(token) ? token : null;
}
