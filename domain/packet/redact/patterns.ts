/** So many are looked for one by one first. */
const FEW = 8;

/**
 * Many words found in one walk over a text (Aho and Corasick 1975), over UTF-16 units. The moves lie in one hash table, so that
 * tens of thousands of names take a few megabytes, and those from the start, where a walk mostly is, in a plain one.
 */
export class Patterns {
  #count = 1;
  readonly #start = new Int32Array(0x10000);
  /** Moves, by state and unit: where the first of a pair stands, -1 where nothing does. */
  readonly #states: Int32Array;
  readonly #units: Uint16Array;
  readonly #moves: Int32Array;
  readonly #mask: number;
  readonly #fail: Int32Array;
  /** The longest pattern that ends in a state; -1 for none. */
  readonly #found: Int32Array;
  /** The next shorter state in which a pattern ends; -1 for none. */
  readonly #next: Int32Array;
  readonly #patterns: readonly string[];

  /** @param patterns folded texts, none of them empty; of two that are alike the first is found */
  constructor(patterns: readonly string[]) {
    this.#patterns = patterns;
    // No more states than units, and one to begin with; a table that is never fuller than seven tenths.
    const most = patterns.reduce((sum, { length }) => sum + length, 1);
    let size = 16;
    while (size * 0.7 < most) size *= 2;
    this.#mask = size - 1;
    this.#states = new Int32Array(size).fill(-1);
    this.#units = new Uint16Array(size);
    this.#moves = new Int32Array(size);
    this.#found = new Int32Array(most).fill(-1);
    const from = new Int32Array(most);
    const by = new Uint16Array(most);
    const depth = new Int32Array(most);
    for (const [i, pattern] of patterns.entries()) {
      if (pattern === "") throw new TypeError("A pattern is empty.");
      let state = 0;
      for (let at = 0; at < pattern.length; at++) {
        const unit = pattern.charCodeAt(at);
        let next = state === 0 ? (this.#start[unit] ?? 0) : this.#get(state, unit);
        if (next === 0) {
          next = this.#count++;
          from[next] = state;
          by[next] = unit;
          depth[next] = at + 1;
          if (state === 0) this.#start[unit] = next;
          else this.#put(state, unit, next);
        }
        state = next;
      }
      if (this.#found[state] === -1) this.#found[state] = i;
    }
    this.#fail = new Int32Array(this.#count);
    this.#next = new Int32Array(this.#count).fill(-1);
    this.#link(from, by, depth);
  }

  /** Calls back with each place where a pattern ends: the pattern's place in the list, and where it begins and ends. */
  walk(text: string, found: (pattern: number, start: number, end: number) => void): void {
    if (this.#count === 1) return;
    // Of a few words it is told much faster that none of them is there, which is the rule.
    if (this.#patterns.length <= FEW && !this.#patterns.some((pattern) => text.includes(pattern))) return;
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

  /** Whether any of them stands in a text. */
  standIn(text: string): boolean {
    if (this.#patterns.length <= FEW) return this.#patterns.some((pattern) => text.includes(pattern));
    let found = false;
    this.walk(text, () => {
      found = true;
    });
    return found;
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

  /** Where a walk goes on when it does not go further: worked out from the shallow states to the deep ones. */
  #link(from: Int32Array, by: Uint16Array, depth: Int32Array): void {
    for (const state of byDepth(depth, this.#count)) {
      const before = from[state] ?? 0;
      this.#fail[state] = before === 0 ? 0 : this.#step(this.#fail[before] ?? 0, by[state] ?? 0);
      const shorter = this.#fail[state] ?? 0;
      this.#next[state] = shorter === 0 ? -1 : this.#hitOf(shorter);
    }
  }

  #put(state: number, unit: number, next: number): void {
    let at = slot(state, unit) & this.#mask;
    while (this.#states[at] !== -1) at = (at + 1) & this.#mask;
    this.#states[at] = state;
    this.#units[at] = unit;
    this.#moves[at] = next;
  }

  #get(state: number, unit: number): number {
    let at = slot(state, unit) & this.#mask;
    for (let held = this.#states[at]; held !== -1; held = this.#states[at]) {
      if (held === state && this.#units[at] === unit) return this.#moves[at] ?? 0;
      at = (at + 1) & this.#mask;
    }
    return 0;
  }
}

/** All states but the first, the shallow ones before the deep ones (counting sort). */
function byDepth(depth: Int32Array, count: number): Int32Array {
  let deepest = 0;
  for (let state = 1; state < count; state++) deepest = Math.max(deepest, depth[state] ?? 0);
  const places = new Int32Array(deepest + 2);
  for (let state = 1; state < count; state++) {
    const after = (depth[state] ?? 0) + 1;
    places[after] = (places[after] ?? 0) + 1;
  }
  for (let i = 1; i < places.length; i++) places[i] = (places[i] ?? 0) + (places[i - 1] ?? 0);
  const order = new Int32Array(count - 1);
  for (let state = 1; state < count; state++) {
    const of = depth[state] ?? 0;
    const place = places[of] ?? 0;
    order[place] = state;
    places[of] = place + 1;
  }
  return order;
}

function slot(state: number, unit: number): number {
  const mixed = Math.imul(state, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
