/**
 * Letters that pass for others. A hint for a reader, not a verdict: it says that a word mixes alphabets that share
 * letter shapes, is written wholly in shapes that read as Latin, or is set in decorative letters.
 * Method after Unicode UTS #39 (mixed-script and whole-script confusables), kept to the alphabets that matter here.
 */
export type WordHint = {
  hint: "mixed" | "lookalike" | "styled";
  /** Alphabets found, by their Unicode names. */
  scripts: string[];
  /** What the word passes for, in plain Latin letters; null when there is no such reading. */
  readsLike: string | null;
};

const ALPHABETS: ReadonlyArray<readonly [string, RegExp]> = [
  ["Latin", /\p{Script=Latin}/u],
  ["Cyrillic", /\p{Script=Cyrillic}/u],
  ["Greek", /\p{Script=Greek}/u],
  ["Armenian", /\p{Script=Armenian}/u],
  ["Cherokee", /\p{Script=Cherokee}/u],
  ["Coptic", /\p{Script=Coptic}/u],
  ["Lisu", /\p{Script=Lisu}/u],
];

const LATIN_SHAPE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    // Cyrillic
    а: "a",
    с: "c",
    ԁ: "d",
    е: "e",
    һ: "h",
    і: "i",
    ј: "j",
    ӏ: "l",
    о: "o",
    р: "p",
    ԛ: "q",
    ѕ: "s",
    у: "y",
    ѵ: "v",
    ԝ: "w",
    х: "x",
    к: "k",
    м: "m",
    т: "t",
    в: "b",
    н: "h",
    г: "r",
    п: "n",
    ѐ: "e",
    ё: "e",
    ї: "i",
    А: "A",
    В: "B",
    С: "C",
    Е: "E",
    Н: "H",
    І: "I",
    Ј: "J",
    К: "K",
    М: "M",
    О: "O",
    Р: "P",
    Ѕ: "S",
    Т: "T",
    У: "Y",
    Ѵ: "V",
    Ԝ: "W",
    Х: "X",
    Ү: "Y",
    Ӏ: "I",
    З: "3",
    // Greek
    α: "a",
    ϲ: "c",
    ε: "e",
    ι: "i",
    κ: "k",
    ν: "v",
    ο: "o",
    ρ: "p",
    τ: "t",
    υ: "u",
    χ: "x",
    γ: "y",
    η: "n",
    Α: "A",
    Β: "B",
    Ε: "E",
    Ζ: "Z",
    Η: "H",
    Ι: "I",
    Κ: "K",
    Μ: "M",
    Ν: "N",
    Ο: "O",
    Ρ: "P",
    Τ: "T",
    Υ: "Y",
    Χ: "X",
    ό: "o",
    ά: "a",
    έ: "e",
    ί: "i",
    // Armenian
    օ: "o",
    ս: "u",
    ո: "n",
    հ: "h",
    ց: "g",
    զ: "q",
    յ: "j",
  }),
);

/** The shapes that alone can carry a whole word in another alphabet; г, п, н and the like read as themselves there. */
const CLOSE_SHAPES = "асԁеһіјӏорԛѕуѵԝхАВСЕНІЈКМОРЅТУѴԜХҮӀϲονρΑΒΕΖΗΙΚΜΝΟΡΤΥΧօսոհց";
const ALL_CLOSE = new RegExp(`^[${CLOSE_SHAPES}]{2,}$`, "u");
const DISTINCT_LETTER = new RegExp(
  `(?![${CLOSE_SHAPES}])[\\p{Script=Cyrillic}\\p{Script=Greek}\\p{Script=Armenian}]`,
  "u",
);
const STYLED =
  /[\u{1D400}-\u{1D7FF}\uFF21-\uFF3A\uFF41-\uFF5A\u24B6-\u24E9\u{1F130}-\u{1F149}\u{1F150}-\u{1F169}\u{1F170}-\u{1F189}\u1D00-\u1D22\u{A731}\uA730\u0262\u026A\u0274\u0280\u028F\u0299\u029C\u029F]/u;
const SMALL_CAPITALS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ᴀ: "a",
    ʙ: "b",
    ᴄ: "c",
    ᴅ: "d",
    ᴇ: "e",
    ꜰ: "f",
    ɢ: "g",
    ʜ: "h",
    ɪ: "i",
    ᴊ: "j",
    ᴋ: "k",
    ʟ: "l",
    ᴍ: "m",
    ɴ: "n",
    ᴏ: "o",
    ᴘ: "p",
    ʀ: "r",
    ꜱ: "s",
    ᴛ: "t",
    ᴜ: "u",
    ᴠ: "v",
    ᴡ: "w",
    ʏ: "y",
    ᴢ: "z",
  }),
);

/** What the whole message is written in: a word is judged against it. */
export type TextProfile = { latin: boolean; distinctOther: boolean; eastAsian: boolean };

/** Reads the alphabets of a whole message once. */
export function profileOf(text: string): TextProfile {
  return {
    latin: /\p{Script=Latin}/u.test(text),
    distinctOther: DISTINCT_LETTER.test(text),
    eastAsian: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(text),
  };
}

/**
 * Judges one word of a message. Returns null for a word that is what it looks like.
 */
export function wordHint(word: string, profile: TextProfile): WordHint | null {
  const scripts = ALPHABETS.filter(([, letter]) => letter.test(word)).map(([name]) => name);
  if (scripts.length > 1) return { hint: "mixed", scripts, readsLike: latinReading(word) };
  if (scripts[0] && scripts[0] !== "Latin" && profile.latin && !profile.distinctOther && ALL_CLOSE.test(word))
    return { hint: "lookalike", scripts, readsLike: latinReading(word) };
  if (STYLED.test(word) && !profile.eastAsian) {
    const plain = latinReading(word);
    if (plain) return { hint: "styled", scripts, readsLike: plain };
  }
  return null;
}

/** The word in plain Latin letters, or null when a letter of it has no Latin reading. */
function latinReading(word: string): string | null {
  let reading = "";
  for (const letter of word) reading += latinShape(letter);
  return /^[\p{Script=Latin}\p{M}\p{N}'’ʼ]+$/u.test(reading) && reading !== word ? reading : null;
}

/** One letter as a reader of Latin takes it; itself where it passes for none. */
export function latinShape(letter: string): string {
  return LATIN_SHAPE.get(letter) ?? plainLetter(letter);
}

function plainLetter(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  // Negative circled and negative squared letters have no compatibility decomposition.
  if (code >= 0x1f150 && code <= 0x1f169) return String.fromCharCode(65 + code - 0x1f150);
  if (code >= 0x1f170 && code <= 0x1f189) return String.fromCharCode(65 + code - 0x1f170);
  return SMALL_CAPITALS.get(letter) ?? letter.normalize("NFKC");
}
