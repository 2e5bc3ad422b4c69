/**
 * Whether an address cannot be decoded: `%` without two hexadecimal digits, or bytes that are no UTF-8. Next answers
 * these as a failure of its own.
 *
 * @param url path and query, as the request line has them
 */
export function isMalformedAddress(url: string): boolean {
  try {
    decodeURIComponent(url.split("?", 1)[0] ?? "");
    return false;
  } catch {
    return true;
  }
}

/** The problem (RFC 9457) that such a request is answered with. */
export function malformedAddress(requestId: string): string {
  return JSON.stringify({
    type: "urn:unseal:problem:malformed-address",
    title: "The address cannot be read",
    status: 400,
    detail: "Write % as %25, and everything else outside ASCII as percent-encoded UTF-8 (RFC 3986, 2.1).",
    code: "malformed-address",
    requestId,
  });
}
