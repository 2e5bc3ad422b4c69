/**
 * Short and long names of characters that draw nothing, or that change how their neighbours are drawn. Names are
 * those of the Unicode Character Database; the short forms are the ones of UAX #9 and of the code charts.
 */
const NAMES: ReadonlyMap<number, readonly [label: string, name: string]> = new Map([
  [0x00, ["NUL", "null"]],
  [0x07, ["BEL", "bell"]],
  [0x08, ["BS", "backspace"]],
  [0x0b, ["VT", "line tabulation"]],
  [0x0c, ["FF", "form feed"]],
  [0x0d, ["CR", "carriage return"]],
  [0x1b, ["ESC", "escape"]],
  [0x7f, ["DEL", "delete"]],
  [0x85, ["NEL", "next line"]],
  [0xad, ["SHY", "soft hyphen"]],
  [0x034f, ["CGJ", "combining grapheme joiner"]],
  [0x061c, ["ALM", "Arabic letter mark"]],
  [0x115f, ["HCF", "Hangul choseong filler"]],
  [0x1160, ["HJF", "Hangul jungseong filler"]],
  [0x180e, ["MVS", "Mongolian vowel separator"]],
  [0x200b, ["ZWSP", "zero width space"]],
  [0x200c, ["ZWNJ", "zero width non-joiner"]],
  [0x200d, ["ZWJ", "zero width joiner"]],
  [0x200e, ["LRM", "left-to-right mark"]],
  [0x200f, ["RLM", "right-to-left mark"]],
  [0x2028, ["LS", "line separator"]],
  [0x2029, ["PS", "paragraph separator"]],
  [0x202a, ["LRE", "left-to-right embedding"]],
  [0x202b, ["RLE", "right-to-left embedding"]],
  [0x202c, ["PDF", "pop directional formatting"]],
  [0x202d, ["LRO", "left-to-right override"]],
  [0x202e, ["RLO", "right-to-left override"]],
  [0x2060, ["WJ", "word joiner"]],
  [0x2061, ["FA", "function application"]],
  [0x2062, ["IT", "invisible times"]],
  [0x2063, ["IS", "invisible separator"]],
  [0x2064, ["IP", "invisible plus"]],
  [0x2066, ["LRI", "left-to-right isolate"]],
  [0x2067, ["RLI", "right-to-left isolate"]],
  [0x2068, ["FSI", "first strong isolate"]],
  [0x2069, ["PDI", "pop directional isolate"]],
  [0x2800, ["BLANK", "Braille pattern blank"]],
  [0x3164, ["HF", "Hangul filler"]],
  [0xfeff, ["BOM", "zero width no-break space"]],
  [0xffa0, ["HHF", "halfwidth Hangul filler"]],
  [0xfff9, ["IAA", "interlinear annotation anchor"]],
  [0xfffa, ["IAS", "interlinear annotation separator"]],
  [0xfffb, ["IAT", "interlinear annotation terminator"]],
  [0xfffc, ["OBJ", "object replacement character"]],
]);

/** `U+202E`, as the Unicode Standard writes a code point. */
export function codePointName(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** What to print in place of one invisible character: a short label and its long name. */
export function invisibleName(codePoint: number): { label: string; name: string } {
  const known = NAMES.get(codePoint);
  if (known) return { label: known[0], name: known[1] };
  const label = codePointName(codePoint);
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return { label, name: "lone surrogate" };
  if (codePoint <= 0x9f) return { label, name: "control character" };
  if (isPrivateUse(codePoint)) return { label, name: "private use character" };
  return { label, name: "invisible character" };
}

function isPrivateUse(codePoint: number): boolean {
  return (codePoint >= 0xe000 && codePoint <= 0xf8ff) || codePoint >= 0xf0000;
}
