/**
 * One way to write an instant, so that the same one written differently is no other content.
 *
 * @param text RFC 3339 with an offset, at most six digits of fraction
 * @returns the instant in UTC with six digits of fraction
 */
export function canonicalInstant(text: string): string {
  // Nearly all platforms write UTC: there the digits are right as they stand.
  if (text.endsWith("Z")) return `${text.slice(0, 19)}.${text.slice(20, -1).padEnd(6, "0")}Z`;
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? "";
  const whole = fraction === "" ? text : text.replace(`.${fraction}`, "");
  return `${new Date(Date.parse(whole)).toISOString().slice(0, 19)}.${fraction.padEnd(6, "0")}Z`;
}
