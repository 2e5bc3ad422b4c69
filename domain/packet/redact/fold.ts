/**
 * A text as it is searched: compatibility forms made one (NFKD), upper and lower case made one, and without what cannot be seen
 * and without accents, so that `Zoë`, `ZOE` and `z\u200Boe` are found by one another. Each unit knows where it came from.
 */
export interface Folded {
  readonly text: string;
  /** Where unit `i` of `text` comes from in the original: `[from[i], to[i])`. Null where both are the same, unit by unit. */
  readonly from: Uint32Array | null;
  readonly to: Uint32Array | null;
}

const ASCII = /^[\0-\x7f]*$/;
/** A run of ASCII, or a letter with the marks that stand on it; halves of a character that was cut stand alone. */
const CLUSTER = /[\0-\x7f]+(?!\p{M})|[\s\S]\p{M}*/gu;
/** Marks on a letter of ASCII are folded by themselves: nothing is composed, so it comes to the same. */
const NOT_ASCII = /[^\0-\x7f]\p{M}*/gu;
/** Whole stretches of such letters, found without looking at what each one is. */
const STRETCH = /[^\0-\x7f]+/g;
const UNSEEN = /[\p{DI}\p{Cf}]/gu;
/** Accents and vowel points; the marks that carry meaning in the scripts of India and the voicing marks of kana stay. */
const ACCENT = /(?![\u3099\u309A])[[\p{Script=Inherited}\p{Script=Hebrew}\p{Script=Arabic}]&&\p{Mn}]/gv;
const MOST_KEPT = 50_000;
const kept = new Map<string, string>();
const apart = new Map<string, boolean>();

/** Folds a text. Takes time linear in its length. */
export function fold(text: string): Folded {
  if (ASCII.test(text)) return { text: text.toLowerCase(), from: null, to: null };
  let folded = "";
  let from = new Uint32Array(text.length + 16);
  let to = new Uint32Array(text.length + 16);
  for (const { 0: cluster, index: start } of text.matchAll(CLUSTER)) {
    const ascii = cluster.charCodeAt(0) < 0x80 && ASCII.test(cluster);
    const piece = ascii ? cluster.toLowerCase() : foldCluster(cluster);
    const end = start + cluster.length;
    while (folded.length + piece.length > from.length) {
      from = grown(from);
      to = grown(to);
    }
    for (let i = 0; i < piece.length; i++) {
      from[folded.length + i] = ascii ? start + i : start;
      to[folded.length + i] = ascii ? start + i + 1 : end;
    }
    folded += piece;
  }
  return { text: folded, from: from.subarray(0, folded.length), to: to.subarray(0, folded.length) };
}

/** The text alone, which is less work. */
export function foldText(text: string): string {
  return (ASCII.test(text) ? text : text.replace(STRETCH, foldStretch)).toLowerCase();
}

/**
 * The letters of ASCII in a folded text, each in its place, where what stands between them stays between them: words of ASCII alone
 * stand in it whenever they stand in the folded text. It is made in a third of the time.
 *
 * @returns null where something folds to letters of ASCII or to nothing, so that only folding tells
 */
export function asciiOf(text: string): string | null {
  if (ASCII.test(text)) return text.toLowerCase();
  for (const stretch of text.match(STRETCH) ?? []) if (!keepsApart(stretch)) return null;
  // Of other letters a byte is left, which may look like one of ASCII: more may be found than is there, and never less.
  return Buffer.from(text, "latin1").toString("latin1").toLowerCase();
}

function keepsApart(stretch: string): boolean {
  const known = apart.get(stretch);
  if (known !== undefined) return known;
  const folded = foldStretch(stretch);
  const keeps = folded !== "" && !/[\0-\x7f]/.test(folded);
  if (apart.size >= MOST_KEPT) apart.clear();
  if (stretch.length <= 8) apart.set(stretch, keeps);
  return keeps;
}

/** A stretch of the folded text as a stretch of the original. It is never cut within a character. */
export function unfold(folded: Folded, start: number, end: number): { start: number; end: number } {
  if (!folded.from || !folded.to || start >= end) return { start, end };
  return { start: folded.from[start] ?? 0, end: folded.to[end - 1] ?? 0 };
}

/** The same emoji and the same words come again and again: most stretches are known. */
function foldStretch(stretch: string): string {
  return kept.get(stretch) ?? stretch.replace(NOT_ASCII, foldCluster);
}

function foldCluster(cluster: string): string {
  const known = kept.get(cluster);
  if (known !== undefined) return known;
  const folded = cluster
    .normalize("NFKD")
    .replace(UNSEEN, "")
    .replace(ACCENT, "")
    // To and fro: ß, ẞ and SS are one, and the three sigmas.
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .normalize("NFKD")
    .replace(ACCENT, "");
  if (kept.size >= MOST_KEPT) kept.clear();
  // What is long is a pile of marks that will not come again.
  if (cluster.length <= 8) kept.set(cluster, folded);
  return folded;
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
