/**
 * Rules for a document about staff's acts that leaves the house: nobody of them can be told from it.
 */

const LETTERS = 26;

/** A, B … Z, AA, AB …: the n-th of the people of a document, counted from 0. */
export function letterOf(n: number): string {
  const last = String.fromCharCode(65 + (n % LETTERS));
  return n < LETTERS ? last : letterOf(Math.floor(n / LETTERS) - 1) + last;
}

/** Gives people letters in the order in which they come up, the same person the same letter. */
export function pseudonyms(): (staffId: string) => string {
  const known = new Map<string, string>();
  return (staffId) => {
    const letter = known.get(staffId) ?? letterOf(known.size);
    known.set(staffId, letter);
    return `Staff member ${letter}`;
  };
}

const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const IPV4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g;
const IPV6 =
  /(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){0,6}(?![\w:])|(?<![\w:])::(?:[0-9a-f]{1,4}:?){1,7}(?![\w:])/gi;
const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;

/**
 * Takes names of staff, addresses and ids out of what somebody wrote. It finds what is written in full; whoever hands the
 * text on still has to read it.
 *
 * @param names full names as the staff list has them
 */
export function maskStaff(text: string, names: readonly string[]): string {
  let masked = text
    .replaceAll(UUID, "[id]")
    .replaceAll(EMAIL, "[address]")
    .replaceAll(IPV4, "[address]")
    .replaceAll(IPV6, "[address]");
  // Longer names first: one may begin with another.
  for (const name of [...names].sort((a, b) => b.length - a.length)) {
    if (name.trim() === "") continue;
    const words = name
      .trim()
      .split(/\s+/)
      .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    masked = masked.replaceAll(
      new RegExp(`(?<![\\p{L}\\p{N}])${words.join("\\s+")}(?![\\p{L}\\p{N}])`, "giu"),
      "[staff member]",
    );
  }
  return masked;
}
