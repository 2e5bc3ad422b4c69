import { spell, spellForbidden } from "../characters.ts";

const BREAKS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;
// They turn the order of what follows, so that a line reads otherwise than it was written (UAX #9).
const TURNING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** A text with everything spelt out that could make it look like something else. */
function plain(text: string): string {
  return spellForbidden(text.replace(TURNING, spell));
}

/** A text that is to stand within one line: its own line breaks are spelt out. */
export function inOneLine(text: string): string {
  return plain(text.replace(BREAKS, "⏎"));
}

/** A text of several lines below a line of ours. What follows the first line begins with `    | `, so it cannot pass for ours. */
export function belowOneLine(text: string): string {
  return plain(text.replace(BREAKS, "\n")).replaceAll("\n", "\n    | ");
}
