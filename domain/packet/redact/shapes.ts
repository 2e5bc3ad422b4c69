import { RE2JS } from "re2js";
import type { TextRange } from "../model.ts";
import { foldText } from "./fold.ts";
import { standsAlone } from "./words.ts";

/** What a rule looks for: words as they are typed (whatever their case), what has a shape, or an expression. */
export const RULE_KINDS = ["literal", "email", "phone", "url", "handle", "regex"] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

export interface Rule {
  readonly kind: RuleKind;
  /** Of `literal` and `regex`; of `handle` one handle, or null for every handle. */
  readonly words: string | null;
  readonly reason: string;
}

const LONGEST_WORDS = 500;

/** Finds stretches in a folded text, in order. */
export type Finder = (folded: string) => TextRange[];

/**
 * What is wrong with a rule, for whoever types it.
 *
 * @returns a sentence, or null for a rule that can be used
 */
export function ruleProblem(rule: Pick<Rule, "kind" | "words">): string | null {
  const words = rule.words ?? "";
  if (words.length > LONGEST_WORDS) return `Use at most ${LONGEST_WORDS} characters.`;
  if (rule.kind === "literal" && foldText(words).trim() === "")
    return "Say which words the rule looks for: letters, digits or signs that can be seen.";
  if (rule.kind !== "regex") return null;
  try {
    const expression = RE2JS.compile(words);
    return expression.matcher("").find()
      ? "The expression also finds nothing at all, and would take out everything. Say what it must find."
      : null;
  } catch {
    return "This is no expression in the syntax of RE2 (no look-around and no back-references). Correct it, or use a literal.";
  }
}

/** Makes what finds a rule's stretches. Each takes time linear in the text. @throws TypeError for a rule with a problem */
export function finderOf(rule: Rule): Finder {
  const problem = ruleProblem(rule);
  if (problem) throw new TypeError(problem);
  switch (rule.kind) {
    case "literal":
      return literal(foldText(rule.words ?? "").trim());
    case "email":
      return emails;
    case "phone":
      return phones;
    case "url":
      return urls;
    case "handle":
      return handles(
        foldText(rule.words ?? "")
          .trim()
          .replace(/^@+/, ""),
      );
    case "regex":
      return expression(rule.words ?? "");
  }
}

function literal(words: string): Finder {
  return (folded) => {
    const found: TextRange[] = [];
    for (let at = folded.indexOf(words); at !== -1; at = folded.indexOf(words, at + 1)) {
      const end = at + words.length;
      if (standsAlone(folded, at, end, "words")) found.push({ start: at, end });
    }
    return found;
  };
}

const LOCAL = /[\p{L}\p{N}\p{M}.!#$%&'*+/=?^_`{|}~-]/u;
const DOMAIN = /[\p{L}\p{N}\p{M}.-]/u;

/** Addresses, found from their @ on: an expression would walk back and forth over a long run without one. */
function emails(folded: string): TextRange[] {
  const found: TextRange[] = [];
  for (let at = folded.indexOf("@"); at !== -1; at = folded.indexOf("@", at + 1)) {
    let start = at;
    while (start > 0 && at - start < 64 && LOCAL.test(folded[start - 1] ?? "")) start -= 1;
    let end = at + 1;
    while (end < folded.length && end - at < 256 && DOMAIN.test(folded[end] ?? "")) end += 1;
    while (end > at && /[.-]/.test(folded[end - 1] ?? "")) end -= 1;
    if (start < at && /^[^.]+(\.[^.]+)*\.[\p{L}\p{N}\p{M}-]{2,}$/u.test(folded.slice(at + 1, end)))
      found.push({ start, end });
  }
  return found;
}

// Bounded, so that each place is looked at a bounded number of times.
const PHONE = /(?<![\p{L}\p{N}])(?:\+|00)?[ ]?\(?\p{Nd}(?:[ \u00A0()./-]{0,3}\p{Nd}){6,16}(?![\p{L}\p{N}])/gu;
const DATE = /^\p{Nd}{4}-\p{Nd}{2}-\p{Nd}{2}(?!\p{Nd})|^\p{Nd}{1,2}[./]\p{Nd}{1,2}[./]\p{Nd}{4}$/u;
const IP = /^\p{Nd}{1,3}(\.\p{Nd}{1,3}){3}$/u;

function phones(folded: string): TextRange[] {
  return matches(folded, PHONE).filter(({ start, end }) => {
    const text = folded.slice(start, end).trim();
    const digits = text.match(/\p{Nd}/gu)?.length ?? 0;
    return digits >= 7 && digits <= 15 && !DATE.test(text) && !IP.test(text);
  });
}

const URL_START = /(?<![\p{L}\p{N}])(?:[a-z][a-z0-9+.-]{0,20}:\/\/|www\.)/gu;
const PATH_START = /(?<![\p{L}\p{N}.@-])(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?=[/?#:])/gu;

function urls(folded: string): TextRange[] {
  const starts = [...matches(folded, URL_START), ...matches(folded, PATH_START)].toSorted(
    (a, b) => a.start - b.start,
  );
  const found: TextRange[] = [];
  let until = 0;
  for (const { start, end: head } of starts) {
    if (start < until) continue;
    let end = head;
    while (end < folded.length && !/[\s<>"]/u.test(folded[end] ?? "")) end += 1;
    until = end;
    while (end > head && /[.,;:!?'’”)\]}]/u.test(folded[end - 1] ?? "")) end -= 1;
    found.push({ start, end });
  }
  return found;
}

const HANDLE =
  /(?<![\p{L}\p{N}._%+-])[@\uFF20][\p{L}\p{N}\p{M}_](?:[\p{L}\p{N}\p{M}_.-]{0,98}[\p{L}\p{N}\p{M}_])?/gu;

function handles(one: string): Finder {
  if (one === "") return (folded) => matches(folded, HANDLE);
  const plain = literal(one);
  return (folded) =>
    plain(folded).map(({ start, end }) => ({ start: folded[start - 1] === "@" ? start - 1 : start, end }));
}

function matches(text: string, expression: RegExp): TextRange[] {
  return Array.from(text.matchAll(expression), ({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
}

/** Over the folded text, hence in lower case; capitals in the expression find the same. */
function expression(words: string): Finder {
  const compiled = RE2JS.compile(words, RE2JS.CASE_INSENSITIVE);
  return (folded) => {
    const found: TextRange[] = [];
    const matcher = compiled.matcher(folded);
    while (matcher.find())
      if (matcher.end() > matcher.start()) found.push({ start: matcher.start(), end: matcher.end() });
    return found;
  };
}
