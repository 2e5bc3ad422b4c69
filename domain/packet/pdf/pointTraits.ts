/** What is to be known of a character before it is laid out, as bits. */
export const IS_KNOWN = 1;
/** Belongs to its neighbours, draws nothing or turns others: `segmentHostileText` says what is shown of it. */
export const IS_SPECIAL = 2;
/** Stands in text from right to left. */
export const IS_TURNED = 4;
/** A line may be broken before and after it (ideographs, kana, Hangul). */
export const IS_BREAKABLE = 8;
/** A mark, joiner, modifier or tag: drawn with what stands before it. */
export const FOLLOWS = 16;
export const IS_EMOJI = 32;
/** Two of them are one flag. */
export const IS_REGIONAL = 64;
/** Letters change their shape with their neighbours. */
export const IS_JOINED = 128;
export const IS_HEBREW = 256;
/** A letter of any other script. */
export const IS_LETTER = 512;

const SPECIAL =
  /[[\p{M}\p{C}\p{DI}\p{Zl}\p{Zp}\p{Emoji_Modifier}\p{Regional_Indicator}\u2800\uFFFC\u20E3]--[\n]]/v;
const TURNED = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;
const BREAKABLE =
  /[\p{Ideographic}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3001\u3002\uFF00-\uFF60]/u;
const FOLLOWING = /[\p{M}\p{Join_Control}\p{Emoji_Modifier}\u{E0020}-\u{E007F}]/u;
const EMOJI = /[\p{Emoji_Presentation}\p{Regional_Indicator}]/u;
const JOINED = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}\p{Script=Mongolian}]/u;
const LETTER = /\p{L}/u;
const REGIONAL = /\p{Regional_Indicator}/u;

/** Characters are looked up again and again: each is judged once a process. */
const KNOWN = new Uint16Array(0x110000);

/** @param point a code point, lone surrogates included */
export function traitsOf(point: number): number {
  return KNOWN[point] || judge(point);
}

/** All traits that occur in a text. */
export function traitsIn(text: string): number {
  let traits = 0;
  for (let i = 0; i < text.length; i++) {
    let point = text.charCodeAt(i);
    if (point >= 0xd800 && point < 0xdc00) {
      point = text.codePointAt(i) ?? 0;
      if (point > 0xffff) i++;
    }
    traits |= KNOWN[point] || judge(point);
  }
  return traits;
}

function judge(point: number): number {
  const character = String.fromCodePoint(point);
  let traits = IS_KNOWN;
  if (SPECIAL.test(character)) traits |= IS_SPECIAL;
  if (TURNED.test(character)) traits |= IS_TURNED;
  if (BREAKABLE.test(character)) traits |= IS_BREAKABLE;
  if (FOLLOWING.test(character)) traits |= FOLLOWS;
  if (point > 0x2000 && EMOJI.test(character)) traits |= IS_EMOJI;
  if (REGIONAL.test(character)) traits |= IS_REGIONAL;
  if (JOINED.test(character)) traits |= IS_JOINED;
  else if (point >= 0x590 && point < 0x600) traits |= IS_HEBREW;
  else if (LETTER.test(character)) traits |= IS_LETTER;
  KNOWN[point] = traits;
  return traits;
}
