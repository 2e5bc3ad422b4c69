/**
 * Gives every batch of one source to several takers, each at its own step but none a batch ahead: what one pass has read is read
 * once, and no more of it is held than one batch.
 *
 * A taker that ends early is waited for no longer. When the source fails every taker is told; when a taker fails, call `fail`.
 */
export class FanOut<T> {
  readonly #source: AsyncIterator<T>;
  readonly #waiting = new Map<number, (result: IteratorResult<T>) => void>();
  readonly #failing = new Map<number, (error: unknown) => void>();
  readonly #live = new Set<number>();
  #over: { readonly error: unknown } | "ended" | null = null;
  #pulling = false;

  constructor(source: AsyncIterable<T>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** One more taker. All are made before the first of them takes. */
  branch(): AsyncIterableIterator<T> {
    const id = this.#live.size;
    this.#live.add(id);
    const leave = (): Promise<IteratorResult<T>> => {
      this.#live.delete(id);
      if (this.#live.size === 0 && !this.#over) {
        this.#over = "ended";
        void this.#source.return?.();
      } else this.#pull();
      return Promise.resolve({ done: true, value: undefined });
    };
    const iterator: AsyncIterableIterator<T> = {
      [Symbol.asyncIterator]: () => iterator,
      next: () => {
        if (this.#over === "ended" || !this.#live.has(id))
          return Promise.resolve({ done: true, value: undefined });
        if (this.#over) return Promise.reject(this.#over.error);
        return new Promise((resolve, reject) => {
          this.#waiting.set(id, resolve);
          this.#failing.set(id, reject);
          this.#pull();
        });
      },
      return: leave,
    };
    return iterator;
  }

  /** Ends it for everybody. */
  fail(error: unknown): void {
    if (this.#over) return;
    this.#over = { error };
    const failing = [...this.#failing.values()];
    this.#waiting.clear();
    this.#failing.clear();
    for (const reject of failing) reject(error);
    void this.#source.return?.();
  }

  #pull(): void {
    if (this.#pulling || this.#over || this.#waiting.size === 0 || this.#waiting.size < this.#live.size)
      return;
    this.#pulling = true;
    this.#source.next().then(
      (result) => {
        this.#pulling = false;
        if (this.#over) return;
        if (result.done) this.#over = "ended";
        const takers = [...this.#waiting.values()];
        this.#waiting.clear();
        this.#failing.clear();
        for (const give of takers) give(result);
      },
      (error: unknown) => {
        this.#pulling = false;
        this.fail(error);
      },
    );
  }
}

/** Takes records out of batches by number, and goes on where it stopped. */
export class Cursor<T> {
  readonly #batches: AsyncIterator<readonly T[]>;
  #held: readonly T[] = [];
  #at = 0;

  constructor(batches: AsyncIterable<readonly T[]>) {
    this.#batches = batches[Symbol.asyncIterator]();
  }

  /** The next so many, in batches; fewer when there are no more. */
  async *take(count: number): AsyncGenerator<readonly T[], void, void> {
    let left = count;
    while (left > 0) {
      if (this.#at >= this.#held.length) {
        const next = await this.#batches.next();
        if (next.done) return;
        this.#held = next.value;
        this.#at = 0;
        continue;
      }
      const batch = this.#held.slice(this.#at, this.#at + left);
      this.#at += batch.length;
      left -= batch.length;
      yield batch;
    }
  }

  /** Passes over the next so many. */
  async skip(count: number): Promise<void> {
    for await (const _ of this.take(count));
  }

  /** All that are left. */
  rest(): AsyncGenerator<readonly T[], void, void> {
    return this.take(Number.POSITIVE_INFINITY);
  }

  /** Lets go of the source. */
  async end(): Promise<void> {
    await this.#batches.return?.();
  }
}
