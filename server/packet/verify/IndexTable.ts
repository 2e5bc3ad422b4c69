import { parseBates } from "../../../domain/packet/bates.ts";

export const RECORD_TYPES = ["message", "attachment", "account"] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

/** What the index says of a record. */
export interface IndexRow {
  readonly type: RecordType;
  /** What was said is in it: such messages stand in an RSMF file too. */
  readonly content: boolean;
  readonly produced: boolean;
  readonly redacted: boolean;
  /** Empty where there is no file. */
  readonly path: string;
  /** In hexadecimal; empty where there is no file. */
  readonly sha256: string;
  readonly size: number;
}

const HASH = 32;
const PRINT = 8;
const [PRODUCED, REDACTED, SEEN, IN_RSMF, CONTENT] = [4, 8, 16, 32, 64];

/**
 * The index, held so that millions of rows take some sixty bytes each: records are looked up by their Bates number and ticked off
 * where they are found.
 */
export class IndexTable {
  #prefix: string | null = null;
  #numbers = new Float64Array(1024);
  #sizes = new Float64Array(1024);
  #flags = new Uint8Array(1024);
  #paths = new Uint32Array(1024);
  #hashes = Buffer.alloc(1024 * HASH);
  #prints = Buffer.alloc(0);
  readonly #pathNames: string[] = [""];
  readonly #pathNumbers = new Map<string, number>([["", 0]]);
  size = 0;

  /** Adds a row; false when its number does not follow the one before. */
  add(bates: string, row: IndexRow): boolean {
    const number = parseBates(bates);
    if (!number) return false;
    this.#prefix ??= number.prefix;
    const follows =
      number.prefix === this.#prefix && (this.size === 0 || this.#numbers[this.size - 1] === number.n - 1);
    if (this.size === this.#numbers.length) this.#grow();
    const i = this.size;
    this.#numbers[i] = number.n;
    this.#sizes[i] = row.size;
    this.#flags[i] =
      RECORD_TYPES.indexOf(row.type) |
      (row.produced ? PRODUCED : 0) |
      (row.redacted ? REDACTED : 0) |
      (row.content ? CONTENT : 0);
    this.#paths[i] = this.#pathNumber(row.path);
    this.#hashes.fill(0, i * HASH, (i + 1) * HASH);
    this.#hashes.write(row.sha256, i * HASH, "hex");
    this.size += 1;
    return follows;
  }

  get firstBates(): string | null {
    return this.size === 0 ? null : this.batesOf(0);
  }

  get lastBates(): string | null {
    return this.size === 0 ? null : this.batesOf(this.size - 1);
  }

  batesOf(i: number): string {
    return `${this.#prefix}-${String(this.#numbers[i]).padStart(6, "0")}`;
  }

  /** The place of a number; -1 when it is not in the index. */
  find(bates: string): number {
    const number = parseBates(bates);
    if (!number || number.prefix !== this.#prefix) return -1;
    const likely = number.n - (this.#numbers[0] ?? 0);
    if (likely >= 0 && likely < this.size && this.#numbers[likely] === number.n) return likely;
    // With a gap, which was told, they still stand in order, as far as they do.
    let [low, high] = [0, this.size - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const n = this.#numbers[middle] ?? 0;
      if (n === number.n) return middle;
      if (n < number.n) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  row(i: number): IndexRow {
    const flags = this.#flags[i] ?? 0;
    const produced = (flags & PRODUCED) !== 0;
    return {
      type: RECORD_TYPES[flags & 3] ?? "message",
      content: (flags & CONTENT) !== 0,
      produced,
      redacted: (flags & REDACTED) !== 0,
      path: this.#pathNames[this.#paths[i] ?? 0] ?? "",
      sha256: produced ? this.#hashes.toString("hex", i * HASH, (i + 1) * HASH) : "",
      size: this.#sizes[i] ?? 0,
    };
  }

  /** Ticks a record off; false when it was before. */
  see(i: number): boolean {
    return this.#tick(i, SEEN);
  }

  /** Ticks a message off among the RSMF files; false when it was before. */
  seeInRsmf(i: number): boolean {
    return this.#tick(i, IN_RSMF);
  }

  isSeen(i: number): boolean {
    return ((this.#flags[i] ?? 0) & SEEN) !== 0;
  }

  isInRsmf(i: number): boolean {
    return ((this.#flags[i] ?? 0) & IN_RSMF) !== 0;
  }

  /** Keeps what a message says, as eight bytes of a hash, to be compared with what RSMF says of it. */
  keepPrint(i: number, digest: Buffer): void {
    if (this.#prints.length < this.size * PRINT) this.#prints = Buffer.alloc(this.size * PRINT);
    digest.copy(this.#prints, i * PRINT, 0, PRINT);
  }

  hasPrint(i: number, digest: Buffer): boolean {
    return this.#prints.subarray(i * PRINT, (i + 1) * PRINT).equals(digest.subarray(0, PRINT));
  }

  #tick(i: number, flag: number): boolean {
    const before = this.#flags[i] ?? 0;
    this.#flags[i] = before | flag;
    return (before & flag) === 0;
  }

  #pathNumber(path: string): number {
    const known = this.#pathNumbers.get(path);
    if (known !== undefined) return known;
    this.#pathNames.push(path);
    this.#pathNumbers.set(path, this.#pathNames.length - 1);
    return this.#pathNames.length - 1;
  }

  #grow(): void {
    const size = this.#numbers.length * 2;
    this.#numbers = larger(this.#numbers, new Float64Array(size));
    this.#sizes = larger(this.#sizes, new Float64Array(size));
    this.#flags = larger(this.#flags, new Uint8Array(size));
    this.#paths = larger(this.#paths, new Uint32Array(size));
    const hashes = Buffer.alloc(size * HASH);
    this.#hashes.copy(hashes);
    this.#hashes = hashes;
  }
}

function larger<Numbers extends { set(from: Numbers): void }>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
