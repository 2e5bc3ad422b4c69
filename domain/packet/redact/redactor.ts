import type { RedactedText, RedactionMark, TextRange } from "../model.ts";
import { type Folded, fold, foldText, unfold } from "./fold.ts";
import { Patterns } from "./patterns.ts";
import { finderOf, type Rule, type RuleKind } from "./shapes.ts";
import { isTelling, type PatternKind, patternOf, standsAlone } from "./words.ts";

/** What is said where the words of a third party's name stood. */
export const THIRD_PARTY = "third party";
export const NAME_RULE = "third-party-name";

/** Somebody whose names are replaced wherever they stand. */
export interface ThirdParty {
  /** `Participant 2` */
  readonly label: string;
  /** Handle and display name, where there are any. */
  readonly names: readonly string[];
  /** The account's ids on its platform. */
  readonly ids: readonly string[];
}

/** A stretch that is taken out, `[start, end)` in UTF-16 units of the text as it was. */
export interface Cut extends TextRange {
  readonly reason: string;
  readonly by: "rule" | "hand";
  /** The rule's kind; null by hand. */
  readonly rule: RuleKind | typeof NAME_RULE | null;
  /** What stands behind the reason in the label, such as which participant. */
  readonly whom?: string | undefined;
}

export interface Redactor {
  /** What rules take out, and names: in order, possibly one over the other. */
  cuts(text: string): Cut[];
  /** What the packet never shows, in whatever field: names, and the words of literal rules. */
  names(text: string): Cut[];
  /** The same in an id of the platform's (of a conversation of two it often is made of theirs): accounts' ids, however short. */
  namesInId(id: string): Cut[];
  /** The names that are looked for, for the last check: see `survivors.ts`. */
  readonly sought: readonly Sought[];
  /** What the packet says of named accounts. */
  readonly named: readonly string[];
}

/** A folded text that must not be found any more. */
export interface Sought {
  readonly pattern: string;
  readonly kind: PatternKind;
  /** Found by itself; else only behind an @. */
  readonly telling: boolean;
}

/**
 * Makes what finds everything that must not be produced.
 *
 * @param named what the packet itself says of named accounts (ids, handles, display names): a third party's name within one of
 *   them is no third party's
 * @throws TypeError for a rule that cannot be used: `ruleProblem` says why
 */
export function makeRedactor(
  rules: readonly Rule[],
  thirdParties: Iterable<ThirdParty>,
  named: Iterable<string> = [],
): Redactor {
  const finders = rules.map((rule) => ({ rule, find: finderOf(rule) }));
  const literal = finders.filter(({ rule }) => rule.kind === "literal");
  const own = [...named];
  const names = new Names(thirdParties, own);
  const cutsBy = (by: typeof finders, inId: boolean) => (text: string) => {
    // To fold the text alone is far less work than to know where each letter came from, and mostly nothing is there to be found.
    const bare = foldText(text);
    const ruled = by.map(({ rule, find }) => ({ rule, ranges: find(bare) }));
    if (!names.mayStandIn(bare) && ruled.every(({ ranges }) => ranges.length === 0)) return [];
    const folded = fold(text);
    return [
      ...ruled.flatMap(({ rule, ranges }) => byRule(rule, ranges, folded)),
      ...names.find(folded, inId),
    ];
  };
  return {
    names: cutsBy(literal, false),
    namesInId: cutsBy(literal, true),
    cuts: cutsBy(finders, false),
    sought: names.sought,
    named: own,
  };
}

function byRule(rule: Rule, ranges: readonly TextRange[], folded: Folded): Cut[] {
  return ranges.map(({ start, end }) => ({
    ...unfold(folded, start, end),
    reason: rule.reason,
    by: "rule",
    rule: rule.kind,
  }));
}

/** Names of third parties, all found in one walk. */
class Names {
  readonly sought: readonly Sought[];
  readonly #patterns: Patterns;
  readonly #labels: readonly (string | null)[];
  readonly #own: number;

  constructor(thirdParties: Iterable<ThirdParty>, named: Iterable<string>) {
    const own = new Set([...named].map(patternOf).filter((pattern) => pattern !== ""));
    const found = new Map<string, { label: string | null; kind: PatternKind }>();
    const add = (name: string, label: string, kind: PatternKind) => {
      const pattern = patternOf(name);
      // Neither what cannot be seen nor what a named account is called too, which the packet says anyway.
      if (pattern === "" || own.has(pattern)) return;
      const earlier = found.get(pattern);
      if (!earlier) found.set(pattern, { label, kind });
      // Two of one name: which of them is meant nobody knows.
      else if (earlier.label !== label) earlier.label = null;
    };
    for (const { label, names, ids } of thirdParties) {
      for (const id of ids) add(id, label, "id");
      for (const name of names) add(name, label, "words");
    }
    this.sought = [...found].map(([pattern, { kind }]) => ({ pattern, kind, telling: isTelling(pattern) }));
    this.#labels = [...found.values()].map(({ label }) => label);
    this.#own = this.sought.length;
    this.#patterns = new Patterns([...found.keys(), ...own]);
  }

  /** Whether anything that is looked for stands in a folded text, by itself or not. */
  mayStandIn(text: string): boolean {
    let found = false;
    this.#patterns.walk(oneBlank(text).text, (of) => {
      found ||= of < this.#own;
    });
    return found;
  }

  find(folded: Folded, inId: boolean): Cut[] {
    const { text, at } = oneBlank(folded.text);
    const hits: { start: number; end: number; of: number }[] = [];
    const kept: TextRange[] = [];
    this.#patterns.walk(text, (of, start, end) => {
      const sought = this.sought[of];
      if (of >= this.#own) {
        if (standsAlone(text, start, end, "words")) kept.push({ start, end });
      } else if (sought && isHit(text, start, end, inId && sought.kind === "id" ? telling(sought) : sought))
        hits.push({ start, end, of });
    });
    if (hits.length === 0) return [];
    return leftmostLongest(hits)
      .filter(({ start, end }) => !kept.some((own) => own.start <= start && own.end >= end))
      .map(({ start, end, of }) => ({
        ...unfold(folded, at(text[start - 1] === "@" ? start - 1 : start), at(end - 1) + 1),
        reason: THIRD_PARTY,
        by: "rule" as const,
        rule: NAME_RULE,
        whom: this.#labels[of] ?? undefined,
      }));
  }
}

const telling = (sought: Sought): Sought => ({ ...sought, telling: true });

const MORE_THAN_A_BLANK = /[^\S ]\s*| \s+/gu;

/** A folded text with one blank between words, since a name may run over a line; and where each unit stood. */
function oneBlank(text: string): { text: string; at: (unit: number) => number } {
  const moves: { readonly from: number; readonly by: number }[] = [];
  let out = "";
  let from = 0;
  for (const { 0: run, index } of text.matchAll(MORE_THAN_A_BLANK)) {
    out += `${text.slice(from, index)} `;
    from = index + run.length;
    moves.push({ from: out.length, by: from - out.length });
  }
  if (from === 0) return { text, at: (unit) => unit };
  return {
    text: out + text.slice(from),
    at: (unit) => unit + (moves.findLast((move) => unit >= move.from)?.by ?? 0),
  };
}

/** Whether what was found is what is sought: by itself, and behind an @ where it says too little. */
export function isHit(text: string, start: number, end: number, { kind, telling }: Sought): boolean {
  return (telling || text[start - 1] === "@") && standsAlone(text, start, end, kind);
}

function leftmostLongest<Hit extends TextRange>(hits: readonly Hit[]): Hit[] {
  const taken: Hit[] = [];
  let until = 0;
  for (const hit of hits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (hit.start < until) continue;
    taken.push(hit);
    until = hit.end;
  }
  return taken;
}

const LONGEST_REASON = 200;

/** A text with its cuts burnt in. */
export interface Burnt extends RedactedText {
  readonly cuts: readonly BurntCut[];
}
export interface BurntCut extends Cut {
  /** Where its label stands in the text that came out. */
  readonly mark: RedactionMark;
}

/**
 * Takes stretches out of a text and puts `[REDACTED: reason]` in their place. Cuts that overlap or touch become one, with the
 * reasons of each.
 *
 * @param text as it was
 * @param cuts in any order; what lies outside the text is drawn in, and a cut never halves a character
 * @param id of the first redaction; they are counted on
 */
export function burnIn(text: string, cuts: readonly Cut[], first = 1): Burnt {
  const merged = merge(text, cuts);
  let out = "";
  let from = 0;
  const burnt: BurntCut[] = [];
  for (const [i, cut] of merged.entries()) {
    out += text.slice(from, cut.start);
    const label = `[REDACTED: ${spoken([cut.reason, cut.whom].filter(Boolean).join(", "))}]`;
    const mark = {
      start: out.length,
      end: out.length + label.length,
      id: `R${first + i}`,
      reason: spoken(cut.reason),
    };
    burnt.push({ ...cut, mark });
    out += label;
    from = cut.end;
  }
  return { text: out + text.slice(from), marks: burnt.map(({ mark }) => mark), cuts: burnt };
}

/** What nobody looks for and no name runs over. */
const NOTHING = "\0";

/** The text with nothing where labels stand, so that nothing is found in what we wrote or across it. */
export function blanked({ text, marks }: RedactedText): string {
  let out = "";
  let from = 0;
  for (const { start, end } of marks) {
    out += text.slice(from, start) + NOTHING.repeat(end - start);
    from = end;
  }
  return out + text.slice(from);
}

/**
 * A stretch of the text that came out, as a stretch of the text as it was: one that begins or ends within a label covers all
 * that the label stands for. So a stretch that is marked on a screen which shows names replaced is kept where it belongs.
 */
export function originalRange({ cuts }: Burnt, { start, end }: TextRange): TextRange {
  let shift = 0;
  let [from, to] = [start, end];
  let [fromSet, toSet] = [false, false];
  for (const { mark, start: was, end: until } of cuts) {
    if (!fromSet && start < mark.end) {
      from = start > mark.start ? was : start + shift;
      fromSet = true;
    }
    if (!toSet && end <= mark.end) {
      to = end > mark.start ? until : end + shift;
      toSet = true;
    }
    shift = until - mark.end;
  }
  return { start: fromSet ? from : start + shift, end: toSet ? to : end + shift };
}

function merge(text: string, cuts: readonly Cut[]): Cut[] {
  const within = cuts
    .map((cut) => ({ ...cut, ...wholeCharacters(text, cut) }))
    .filter(({ start, end }) => start < end)
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  const merged: Cut[] = [];
  for (const cut of within) {
    const last = merged.at(-1);
    if (!last || cut.start > last.end || (cut.start === last.end && !sameReason(cut, last))) merged.push(cut);
    else merged[merged.length - 1] = joined(last, cut);
  }
  return merged;
}

function sameReason(a: Cut, b: Cut): boolean {
  return a.reason === b.reason && a.whom === b.whom && a.by === b.by;
}

/** One cut of two: a hand goes before a rule, and each reason is told once. */
function joined(a: Cut, b: Cut): Cut {
  const [first, second] = a.by === "rule" && b.by === "hand" ? [b, a] : [a, b];
  const reasons = first.reason.split("; ");
  return {
    start: a.start,
    end: Math.max(a.end, b.end),
    reason: reasons.includes(second.reason) ? first.reason : `${first.reason}; ${second.reason}`,
    by: first.by,
    rule: first.rule,
    whom: first.whom === second.whom || !sameReasonText(first, second) ? first.whom : undefined,
  };
}

function sameReasonText(a: Cut, b: Cut): boolean {
  return a.reason === b.reason;
}

function wholeCharacters(text: string, { start, end }: TextRange): TextRange {
  let [from, to] = [Math.max(0, start), Math.min(text.length, end)];
  if (isLow(text, from) && isHigh(text, from - 1)) from -= 1;
  if (isLow(text, to) && isHigh(text, to - 1)) to += 1;
  return { start: from, end: to };
}

const isHigh = (text: string, at: number) => (text.charCodeAt(at) & 0xfc00) === 0xd800;
const isLow = (text: string, at: number) => (text.charCodeAt(at) & 0xfc00) === 0xdc00;

/** A reason as it stands in a label: one line, without what could end the label or turn its order. */
function spoken(reason: string): string {
  const plain = reason
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}[\]]+/gu, " ")
    .replace(/ +/g, " ")
    .trim();
  if (plain === "") return "withheld";
  const points = [...plain];
  return points.length > LONGEST_REASON ? `${points.slice(0, LONGEST_REASON).join("")}…` : plain;
}
