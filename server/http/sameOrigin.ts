/**
 * Tells whether a browser sent this request from a page of ours. Another site can make a browser send the session
 * cookie, but it cannot make it lie in these two headers. A request with neither comes from no browser, so nobody's
 * cookie is being abused. (The algorithm of Go's http.CrossOriginProtection, after the Fetch metadata specification.)
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  const origin = headers.get("origin");
  if (origin === null) return true;
  try {
    return new URL(origin).host === headers.get("host");
  } catch {
    return false;
  }
}
