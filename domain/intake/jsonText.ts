/**
 * What JSON.parse does not tell: how deep a text nests, and whether an object names a key twice (RFC 8259 §4 leaves it
 * open which of the two counts; here neither does).
 */

/** What one pass over a text finds. Exact where the text is valid JSON; a text that is not fails in JSON.parse. */
export interface JsonShape {
  /** Names of members, all objects together. */
  keys: number;
  /** Deepest nesting of objects and arrays. */
  depth: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** @returns index of the quote that ends the string which begins at `start`, or the text's length when none does */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
    at++;
  }
}

/** Measures a JSON text without building anything. Strings are jumped over, so it costs little beside parsing. */
export function measureJson(text: string): JsonShape {
  let keys = 0;
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      if (text.charCodeAt(at + 1) === 0x3a || text.charCodeAt(skipSpace(text, at + 1)) === 0x3a) keys++;
    } else if (code === 0x7b || code === 0x5b) {
      depth++;
      if (depth > deepest) deepest = depth;
    } else if (code === 0x7d || code === 0x5d) {
      depth--;
    }
  }
  return { keys, depth: deepest };
}

/** Counts the names of members that a parsed value kept. Fewer than the text has: some name stood there twice. */
export function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === "object") count += countKeys(item);
    return count;
  }
  for (const item of Object.values(value)) {
    count++;
    if (typeof item === "object") count += countKeys(item);
  }
  return count;
}

/**
 * Finds the names that stand twice in one object. Slow; asked only after `countKeys` found fewer than the text has.
 *
 * @param text valid JSON
 * @param most how many to find
 * @returns paths of the repeated members
 */
export function repeatedKeys(text: string, most: number): (string | number)[][] {
  const found: (string | number)[][] = [];
  /** One entry a container: the names seen in an object, or null for an array. */
  const seen: (Set<string> | null)[] = [];
  const path: (string | number)[] = [];
  for (let at = 0; at < text.length && found.length < most; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      const names = seen.at(-1);
      if (names && text.charCodeAt(skipSpace(text, end + 1)) === 0x3a) {
        const name = JSON.parse(text.slice(at, end + 1)) as string;
        path[seen.length - 1] = name;
        if (names.has(name)) found.push(path.slice(0, seen.length));
        names.add(name);
      }
      at = end;
    } else if (code === 0x7b) {
      seen.push(new Set());
    } else if (code === 0x5b) {
      path[seen.length] = 0;
      seen.push(null);
    } else if (code === 0x7d || code === 0x5d) {
      seen.pop();
    } else if (code === 0x2c && seen.at(-1) === null) {
      const place = seen.length - 1;
      path[place] = (path[place] as number) + 1;
    }
  }
  return found;
}
