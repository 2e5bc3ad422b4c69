/**
 * Western text is written with one byte a character: ASCII, Latin-1 and what Windows-1252 has between 0x80 and 0x9F. It
 * takes the shortest way through everything.
 */
const BETWEEN =
  "\u20AC\u0000\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u0000\u017D\u0000" +
  "\u0000\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u0000\u017E\u0178";

/** The character of each byte, 0 where the byte has none. */
export const CHARACTER_OF_BYTE: readonly number[] = Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x80 && byte < 0xa0) return BETWEEN.charCodeAt(byte - 0x80);
  return byte < 0x20 || byte === 0x7f || byte === 0xad ? 0 : byte;
});

const BYTE_OF_CHARACTER = new Map(
  CHARACTER_OF_BYTE.flatMap((character, byte) => (character > 0xff ? [[character, byte] as const] : [])),
);
const BEYOND = [...BYTE_OF_CHARACTER.keys()].map((one) => String.fromCharCode(one)).join("");
const WESTERN = new RegExp(`^[\\x20-\\x7E\\xA0-\\xAC\\xAE-\\xFF${BEYOND}]*$`);
const WESTERN_LINES = new RegExp(`^[\\n\\x20-\\x7E\\xA0-\\xAC\\xAE-\\xFF${BEYOND}]*$`);
const NOT_LATIN = new RegExp(`[${BEYOND}]`, "g");
const HAS_BEYOND = new RegExp(`[${BEYOND}]`);

/** Whether a text of one line can be written with bytes. Nothing in such a text is invisible or turns its neighbours. */
export function isWestern(text: string): boolean {
  return WESTERN.test(text);
}

/** The same for a text of several lines. */
export function isWesternLines(text: string): boolean {
  return WESTERN_LINES.test(text);
}

/** The byte of a UTF-16 unit, 0 where it has none. */
export function byteOfUnit(unit: number): number {
  if (unit < 0x80 || (unit > 0x9f && unit < 0x100)) return (CHARACTER_OF_BYTE[unit] ?? 0) === 0 ? 0 : unit;
  return unit < 0x100 ? 0 : (BYTE_OF_CHARACTER.get(unit) ?? 0);
}

/** Western text as a string whose units are the bytes to write. */
export function toByteCodes(text: string): string {
  if (!HAS_BEYOND.test(text)) return text;
  return text.replace(NOT_LATIN, (one) =>
    String.fromCharCode(BYTE_OF_CHARACTER.get(one.charCodeAt(0)) ?? 0x3f),
  );
}

/** Bytes as the inside of a literal string of PDF. */
export function escaped(codes: string): string {
  return /[()\\]/.test(codes) ? codes.replace(/[()\\]/g, "\\$&") : codes;
}
