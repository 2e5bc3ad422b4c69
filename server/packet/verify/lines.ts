/** The longest line that is taken in: a message with all its wordings is far shorter. */
export const LONGEST_LINE = 64 * 1024 * 1024;

/** A line of a file with its line feed, or null for one that is longer than any may be. */
export interface Line {
  /** From 1. */
  readonly n: number;
  readonly bytes: Buffer | null;
}

/**
 * Cuts a stream into lines at line feeds, holding one at a time. Given pieces, gives the lines that end in each: none is held
 * that is longer than `LONGEST_LINE`.
 */
export class Lines {
  #held: Uint8Array[] = [];
  #length = 0;
  #n = 0;
  #over = false;

  *add(piece: Uint8Array): Generator<Line, void, void> {
    let from = 0;
    for (let at = piece.indexOf(0x0a); at !== -1; at = piece.indexOf(0x0a, from)) {
      yield this.#take(piece.subarray(from, at + 1));
      from = at + 1;
    }
    this.#hold(piece.subarray(from));
  }

  /** The last line, when it has no line feed. */
  *end(): Generator<Line, void, void> {
    if (this.#length > 0 || this.#over) yield this.#take(new Uint8Array(0));
  }

  #hold(rest: Uint8Array): void {
    if (rest.length === 0) return;
    this.#length += rest.length;
    if (this.#length > LONGEST_LINE) {
      this.#over = true;
      this.#held = [];
    } else if (!this.#over) this.#held.push(Uint8Array.from(rest));
  }

  #take(rest: Uint8Array): Line {
    this.#n += 1;
    const over = this.#over || this.#length + rest.length > LONGEST_LINE;
    const bytes = over
      ? null
      : this.#held.length === 0
        ? Buffer.from(rest.buffer, rest.byteOffset, rest.length)
        : Buffer.concat([...this.#held, rest]);
    this.#held = [];
    this.#length = 0;
    this.#over = false;
    return { n: this.#n, bytes };
  }
}
