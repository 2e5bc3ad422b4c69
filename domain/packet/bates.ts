/** The least number of digits: `UNS-000001`. Numbers from a million on are simply longer. */
const WIDTH = 6;

/** A prefix is letters, digits and hyphens: it stands in file names, on pages and in spreadsheets. */
export function isBatesPrefix(prefix: string): boolean {
  return /^[A-Z][A-Z0-9]{0,11}(-[A-Z0-9]{1,12}){0,2}$/.test(prefix);
}

/**
 * A Bates number.
 *
 * @param n from 1, gap-free within a series
 * @throws TypeError when the prefix is none, or the number is not counted from 1
 */
export function batesNumber(prefix: string, n: number): string {
  if (!isBatesPrefix(prefix)) throw new TypeError("A Bates prefix is capital letters, digits and hyphens.");
  if (!Number.isSafeInteger(n) || n < 1) throw new TypeError("Bates numbers are counted from 1.");
  return `${prefix}-${String(n).padStart(WIDTH, "0")}`;
}

/** @returns prefix and number, or undefined when it is not written as `batesNumber` writes it */
export function parseBates(text: string): { prefix: string; n: number } | undefined {
  const found = /^([A-Z][A-Z0-9-]*)-(\d{6,16})$/.exec(text);
  const [prefix, n] = [found?.[1] ?? "", Number(found?.[2])];
  if (!isBatesPrefix(prefix) || !Number.isSafeInteger(n) || n < 1) return undefined;
  return batesNumber(prefix, n) === text ? { prefix, n } : undefined;
}
