const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);

export function isIPv4(text: string): boolean {
  return IPV4.test(text);
}

/** IPv6 as RFC 4291 writes it, the last 32 bits perhaps as IPv4; without a zone id. */
export function isIPv6(text: string): boolean {
  const halves = text.split("::");
  if (halves.length > 2) return false;
  const pieces = halves.map((half) => (half === "" ? [] : half.split(":")));
  const all = pieces.flat();
  const last = all.at(-1) ?? "";
  // Dotted digits stand for two groups, and only at the very end.
  const dotted = isIPv4(last) && !text.endsWith("::");
  const groups = dotted ? all.slice(0, -1) : all;
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  const count = groups.length + (dotted ? 2 : 0);
  return halves.length === 2 ? count <= 7 : count === 8;
}
