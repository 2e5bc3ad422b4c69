import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { crc32, deflateRaw } from "node:zlib";
import { Blocks, deflateOptions } from "../../domain/packet/zip/deflate.ts";
import {
  type BuildLease,
  beginPart,
  finishPart,
  type Part,
  type PartSums,
  writePiece,
} from "../legal/productions/ledgerStore.ts";
import type { PieceSealer } from "./sealPieces.ts";

type Told = Parameters<typeof finishPart>[3];

/** Sealed bytes of one row: what a download fetches at a time. */
export const PIECE_BYTES = 1024 * 1024;
/** Blocks that are being deflated beside the one that is filled: the other cores have something to do. */
const IN_FLIGHT = 2;

/** What is deflated inside already, or is not kept: pressing it harder takes the time of everything else and gains next to nothing. */
const PRESSED_ALREADY: ReadonlySet<string> = new Set<Part["kind"]>(["records", "rsmf", "attachments"]);

/** How hard a file is pressed. One level a kind of file, so that the same inputs give the same bytes. */
export function deflateLevel(kind: string): number {
  return PRESSED_ALREADY.has(kind) ? 1 : 6;
}

const deflate = promisify(deflateRaw) as (
  bytes: Uint8Array,
  options: ReturnType<typeof deflateOptions>,
) => Promise<Buffer>;

/**
 * Writes one file of a packet: hashed as it is, deflated in blocks off the main thread, sealed in pieces, and finished in one
 * conditional update. No more of it is held than a few blocks. Whatever an interrupted try has left is taken away first.
 *
 * @param told what is on record with its end: worked out when the last piece was given
 * @throws BuildLost when another worker has taken over; whatever the pieces throw
 */
export async function writePart(
  lease: BuildLease,
  sealer: PieceSealer,
  part: Pick<Part, "n" | "kind">,
  pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  told: () => NonNullable<Told> = () => ({}),
): Promise<PartSums> {
  await beginPart(lease, part.n);
  const file = new PartFile(lease, sealer, part);
  try {
    for await (const piece of pieces) await file.add(piece);
    const sums = await file.end();
    await finishPart(lease, part.n, sums, told());
    return sums;
  } finally {
    await file.settle();
  }
}

/** Writes a small file whose text is at hand. */
export async function writeText(
  lease: BuildLease,
  sealer: PieceSealer,
  part: Pick<Part, "n" | "kind">,
  text: string | Uint8Array,
): Promise<PartSums> {
  return writePart(lease, sealer, part, [text], () => ({}));
}

class PartFile {
  readonly #lease: BuildLease;
  readonly #sealer: PieceSealer;
  readonly #n: number;
  readonly #level: number;
  readonly #blocks = new Blocks();
  readonly #sha256 = createHash("sha256");
  readonly #sha512 = createHash("sha512");
  readonly #flight: Promise<Buffer>[] = [];
  #writing: Promise<void> = Promise.resolve();
  #held: Buffer[] = [];
  #heldBytes = 0;
  #crc = 0;
  #size = 0;
  #deflated = 0;
  #pieces = 0;

  constructor(lease: BuildLease, sealer: PieceSealer, { n, kind }: Pick<Part, "n" | "kind">) {
    this.#lease = lease;
    this.#sealer = sealer;
    this.#n = n;
    this.#level = deflateLevel(kind);
  }

  async add(piece: string | Uint8Array): Promise<void> {
    for (const block of this.#blocks.add(piece)) await this.#block(block, false);
  }

  async end(): Promise<PartSums> {
    await this.#block(this.#blocks.end(), true);
    while (this.#flight.length > 0) await this.#land();
    if (this.#heldBytes > 0) await this.#piece(this.#heldBytes);
    await this.#writing;
    return {
      crc32: this.#crc,
      size: this.#size,
      deflated: this.#deflated,
      pieces: this.#pieces,
      sha256: this.#sha256.digest("hex"),
      sha512: this.#sha512.digest("hex"),
    };
  }

  /** Nothing of it goes on when this is over. */
  async settle(): Promise<void> {
    await Promise.allSettled([...this.#flight, this.#writing]);
  }

  async #block(block: Uint8Array, last: boolean): Promise<void> {
    this.#sha256.update(block);
    this.#sha512.update(block);
    this.#crc = crc32(block, this.#crc);
    this.#size += block.length;
    if (this.#flight.length >= IN_FLIGHT) await this.#land();
    // The block is filled anew while this one is deflated.
    const flying = deflate(last ? block : Buffer.from(block), {
      ...deflateOptions(last),
      level: this.#level,
    });
    flying.catch(() => {});
    this.#flight.push(flying);
  }

  async #land(): Promise<void> {
    const bytes = await this.#flight.shift();
    if (!bytes) return;
    this.#deflated += bytes.length;
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
    while (this.#heldBytes >= PIECE_BYTES) await this.#piece(PIECE_BYTES);
  }

  /** Seals the first bytes that are held, and writes them while the next are made. */
  async #piece(length: number): Promise<void> {
    const all = this.#held.length === 1 ? (this.#held[0] as Buffer) : Buffer.concat(this.#held);
    const rest = all.subarray(length);
    this.#held = rest.length > 0 ? [rest] : [];
    this.#heldBytes = rest.length;
    const n = this.#pieces++;
    const box = this.#sealer.seal(this.#n, n, all.subarray(0, length));
    await this.#writing;
    this.#writing = writePiece(this.#lease, this.#n, n, this.#sealer.keyId, box);
    this.#writing.catch(() => {});
  }
}
