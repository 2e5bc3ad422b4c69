/**
 * Many words found in one walk over a text (Aho and Corasick 1975), over UTF-16 units. The moves lie in one hash table, so that
 * tens of thousands of names take a few megabytes, and those from the start, where a walk mostly is, in a plain one.
 */
export class Patterns {
  readonly #count: number;
  readonly #start = new Int32Array(0x10000);
  readonly #keys: Float64Array;
  readonly #moves: Int32Array;
  readonly #mask: number;
  readonly #fail: Int32Array;
  /** The longest pattern that ends in a state, or the next shorter one that does; -1 for none. */
  readonly #found: Int32Array;
  readonly #next: Int32Array;
  readonly #patterns: readonly string[];

  /** @param patterns folded texts, none of them empty; of two that are alike the first is found */
  constructor(patterns: readonly string[]) {
    this.#patterns = patterns;
    const trie: Map<number, number>[] = [new Map()];
    const ends: number[] = [-1];
    for (const [i, pattern] of patterns.entries()) {
      if (pattern === "") throw new TypeError("A pattern is empty.");
      let state = 0;
      for (let at = 0; at < pattern.length; at++) {
        const unit = pattern.charCodeAt(at);
        let next = trie[state]?.get(unit);
        if (next === undefined) {
          next = trie.length;
          trie.push(new Map());
          ends.push(-1);
          trie[state]?.set(unit, next);
        }
        state = next;
      }
      if (ends[state] === -1) ends[state] = i;
    }
    this.#count = trie.length;
    let size = 16;
    while (size < this.#count * 2) size *= 2;
    this.#mask = size - 1;
    this.#keys = new Float64Array(size).fill(-1);
    this.#moves = new Int32Array(size);
    this.#fail = new Int32Array(this.#count);
    this.#found = Int32Array.from(ends);
    this.#next = new Int32Array(this.#count).fill(-1);
    for (const [state, moves] of trie.entries())
      for (const [unit, next] of moves)
        if (state === 0) this.#start[unit] = next;
        else this.#put(state, unit, next);
    this.#link(trie);
  }

  /** Calls back with each place where a pattern ends: the pattern's place in the list, and where it begins and ends. */
  walk(text: string, found: (pattern: number, start: number, end: number) => void): void {
    if (this.#count === 1) return;
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      state = this.#step(state, text.charCodeAt(at));
      if (state === 0) continue;
      for (let hit = this.#hitOf(state); hit !== -1; hit = this.#next[hit] ?? -1) {
        const pattern = this.#found[hit] ?? -1;
        found(pattern, at + 1 - (this.#patterns[pattern]?.length ?? 0), at + 1);
      }
    }
  }

  /** The state itself where a pattern ends in it, else the next shorter one in which one does. */
  #hitOf(state: number): number {
    return this.#found[state] !== -1 ? state : (this.#next[state] ?? -1);
  }

  #step(state: number, unit: number): number {
    let from = state;
    while (from !== 0) {
      const next = this.#get(from, unit);
      if (next !== 0) return next;
      from = this.#fail[from] ?? 0;
    }
    return this.#start[unit] ?? 0;
  }

  #link(trie: readonly Map<number, number>[]): void {
    const queue: number[] = [...(trie[0]?.values() ?? [])];
    for (let i = 0; i < queue.length; i++) {
      const state = queue[i] ?? 0;
      const shorter = this.#fail[state] ?? 0;
      this.#next[state] = shorter === 0 ? -1 : this.#hitOf(shorter);
      for (const [unit, next] of trie[state] ?? []) {
        this.#fail[next] = this.#step(shorter, unit);
        queue.push(next);
      }
    }
  }

  #put(state: number, unit: number, next: number): void {
    const key = state * 0x10000 + unit;
    let at = slot(state, unit) & this.#mask;
    while (this.#keys[at] !== -1) at = (at + 1) & this.#mask;
    this.#keys[at] = key;
    this.#moves[at] = next;
  }

  #get(state: number, unit: number): number {
    const key = state * 0x10000 + unit;
    let at = slot(state, unit) & this.#mask;
    for (let held = this.#keys[at]; held !== -1; held = this.#keys[at]) {
      if (held === key) return this.#moves[at] ?? 0;
      at = (at + 1) & this.#mask;
    }
    return 0;
  }
}

function slot(state: number, unit: number): number {
  const mixed = Math.imul(state, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
