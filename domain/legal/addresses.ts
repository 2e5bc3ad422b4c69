/** Addresses of officers, as they are kept and compared. */

const ASCII_DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * A domain in lower case and ASCII (punycode, by the runtime's own IDNA).
 *
 * @returns null where it is none
 */
export function asciiDomain(domain: string): string | null {
  // A URL would read these as its own marks, and numbers as an address of a machine.
  if (domain.length > 253 || /[\s/\\@:?#%[\]<>^|]/.test(domain)) return null;
  const url = URL.parse(`http://${domain.replace(/\.$/, "")}/`);
  const name = url?.hostname ?? "";
  return ASCII_DOMAIN.test(name) ? name : null;
}

/**
 * The domain behind an address. A name in front of it (`Jo <jo@example.org>`) is left out: what counts is where mail comes from.
 *
 * @returns null where there is no address, or none that mail could come from
 */
export function domainOf(address: string | null): string | null {
  const inner = /<([^<>]*)>\s*$/.exec(address ?? "")?.[1] ?? address ?? "";
  const at = inner.lastIndexOf("@");
  return at < 1 ? null : asciiDomain(inner.slice(at + 1).trim());
}

/** An address as it is kept: trimmed, its domain in ASCII, so that what looks alike is not alike. Others stay as they are. */
export function tidyAddress(address: string): string {
  const trimmed = address.trim();
  const domain = domainOf(trimmed);
  if (!domain) return trimmed;
  return trimmed.replace(/@[^@]*$/, (tail) => `@${domain}${/>\s*$/.test(tail) ? ">" : ""}`);
}
