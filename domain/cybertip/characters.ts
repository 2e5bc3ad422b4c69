// XML 1.0, production 2 (Char): everything else can stand in no document, not even as a reference.
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** How many characters XML forbids: most control characters, lone surrogates, U+FFFE and U+FFFF. */
export function countForbidden(text: string): number {
  return text.match(FORBIDDEN)?.length ?? 0;
}

/**
 * The text with each character that XML forbids spelt out as `[U+0000]`, so that a reader sees that something stood
 * there and what. Everything else stays as it is, emoji included.
 */
export function spellForbidden(text: string): string {
  return text.replace(FORBIDDEN, spell);
}

/** A character as `[U+202E]`. */
export function spell(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return `[U+${point.toString(16).toUpperCase().padStart(4, "0")}]`;
}
