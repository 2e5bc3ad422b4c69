import type { RedactedText } from "../model.ts";
import { asciiOf, foldText } from "./fold.ts";
import { Patterns } from "./patterns.ts";
import { blanked, isHit, type Redactor, type Sought } from "./redactor.ts";
import { isTelling, standsAlone } from "./words.ts";

/** The last check before anything is kept: that nothing that was to be taken out stands in what is written. */
export interface Survivors {
  /**
   * Looks at a text of a record before it is encoded: words of a message for everything that is taken out of those, any other text
   * for what the packet never shows. What stands in labels of redactions is ours.
   *
   * @returns how many were found
   */
  text(text: string | RedactedText): number;
  /** Looks at a file's bytes while they are written. */
  file(): FileCheck;
}

export interface FileCheck {
  add(piece: string | Uint8Array): void;
  /** @returns how many were found, some perhaps twice; nothing may be added afterwards */
  end(): number;
}

const WINDOW = 64 * 1024;
/** How far to either side of a name is looked at. */
const CONTEXT = 16;

/**
 * Makes the check.
 *
 * In a record's texts everything is looked for exactly as the redaction engine looks for it. In the bytes of a file what is sought
 * can also be a word of ours (`content` is a key of every line; `2026` stands in every date), so there only what could be nothing
 * else is looked for: names that neither the covering words nor a named account's hold, as they stand, in JSON and in CSV.
 *
 * @param exact further words that must be in no file, such as those of literal rules
 * @param ours words that the writers use by themselves: keys, column names, the papers, the facts
 */
export function findSurvivors(redactor: Redactor, exact: readonly string[] = [], ours = ""): Survivors {
  const more = exact
    .map((text) => foldText(text).trim())
    .filter((pattern) => pattern !== "")
    .map((pattern): Sought => ({ pattern, kind: "words", telling: isTelling(pattern) }));
  const all = [...redactor.sought, ...more];
  const count = (patterns: Patterns, of: readonly Sought[], text: string, from = 0, until?: number) => {
    let found = 0;
    patterns.walk(text, (i, start, end) => {
      const one = of[i];
      if (!one || start < from || (until !== undefined && end >= until)) return;
      if (isHit(text, start, end, one)) found += 1;
    });
    return found;
  };

  const ourWords = foldText([ours, ...redactor.named].join("\n"));
  const inFiles = all
    .filter((one) => one.telling && !isBareNumber(one.pattern) && !holds(ourWords, one))
    .flatMap((one) => spellings(one.pattern).map((pattern) => ({ ...one, pattern })));
  const filePatterns = new Patterns(inFiles.map(({ pattern }) => pattern));
  const ascii = inFiles.every(({ pattern }) => /^[\0-\x7f]*$/.test(pattern));
  const longest = Math.max(0, ...inFiles.map(({ pattern }) => pattern.length));

  return {
    text: (given) =>
      typeof given === "string" ? redactor.names(given).length : redactor.cuts(blanked(given)).length,
    file() {
      const decoder = new TextDecoder("utf-8");
      let held = "";
      let found = 0;
      let from = 0;
      const look = (last: boolean) => {
        // Mostly nothing is there, and of words of ASCII that is told without folding what is written around them.
        const bare = ascii ? asciiOf(held) : null;
        if (bare === null || filePatterns.standIn(bare)) {
          const folded = foldText(held);
          found += count(filePatterns, inFiles, folded, from, last ? undefined : folded.length);
        }
        // Enough to tell what stands before a name that runs over the border, which is looked at in the next window alone.
        held = last ? "" : held.slice(-(longest + CONTEXT * 2));
        from = CONTEXT;
      };
      return {
        add(piece) {
          if (inFiles.length === 0) return;
          held += typeof piece === "string" ? piece : decoder.decode(piece, { stream: true });
          if (held.length >= WINDOW) look(false);
        },
        end() {
          held += decoder.decode();
          if (inFiles.length > 0) look(true);
          return found;
        },
      };
    },
  };
}

/** In a file a number is a size, a date or a hash: it is looked for in texts alone. */
function isBareNumber(pattern: string): boolean {
  return !/[\p{L}\p{Extended_Pictographic}]/u.test(pattern);
}

function holds(text: string, { pattern, kind }: Sought): boolean {
  for (let at = text.indexOf(pattern); at !== -1; at = text.indexOf(pattern, at + 1))
    if (standsAlone(text, at, at + pattern.length, kind)) return true;
  return false;
}

/** As it stands by itself, inside a JSON text, and inside a CSV cell. */
function spellings(pattern: string): string[] {
  const json = JSON.stringify(pattern).slice(1, -1).toLowerCase();
  return [...new Set([pattern, json, pattern.replaceAll('"', '""')])];
}
