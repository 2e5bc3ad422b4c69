import { z } from "zod";
import { readPacketPiecesSealed, readPacketSealed } from "../../db/content-client.ts";
import { zipBytes } from "../../domain/packet/zip/zip.ts";
import { Refusal } from "../refusal.ts";
import { base64, sealedKeys } from "./openBoxes.ts";
import { PieceOpener } from "./sealPieces.ts";
import { PIECE_BYTES } from "./writePart.ts";

const packet = z.object({
  ok: z.literal(true),
  productionId: z.string(),
  name: z.string(),
  bytes: z.number(),
  parts: z.array(
    z.object({ n: z.number(), path: z.string(), crc32: z.number(), size: z.number(), deflated: z.number() }),
  ),
});
const pieces = z.object({
  ok: z.literal(true),
  pieces: z.array(z.object({ n: z.number(), keyId: z.string(), box: base64 })),
  keys: sealedKeys,
});
const refused = z.object({ ok: z.literal(false), code: z.string() });
const AT_ONCE = 4;

/** Whoever may have a packet: counsel by their session, or the recipient by the hash of their ticket. */
export interface PacketReader {
  readonly actor: object;
  readonly ticket: Buffer | null;
}

export interface OpenPacket {
  readonly name: string;
  /** Of the whole ZIP. */
  readonly size: number;
  /** Its bytes, from one on: opened while they are taken, no more of them held than some pieces. */
  bytes(from: number): AsyncGenerator<Uint8Array, void, void>;
}

/**
 * Opens a released packet under a reading that an earlier transaction committed (`legal.open_packet_export`,
 * `legal.begin_download`). It is put together from its sealed files while it is taken; every few megabytes ask anew whether it
 * still may leave.
 *
 * @throws Refusal when the reading is not the reader's, not committed, or has ended; `sealed-damaged`
 */
export async function openPacket(reader: PacketReader, readingId: string): Promise<OpenPacket> {
  const { productionId, name, bytes, parts } = packet.parse(
    allowed(await readPacketSealed(reader.actor, reader.ticket, readingId)),
  );
  const opener = new PieceOpener(productionId);
  const entries = parts.map((part) => ({ ...part, name: `${name}/${part.path}` }));

  async function* bytesOf(part: (typeof entries)[number], from: number): AsyncGenerator<Buffer, void, void> {
    let n = Math.floor(from / PIECE_BYTES);
    let skip = from - n * PIECE_BYTES;
    const count = Math.ceil(part.deflated / PIECE_BYTES);
    while (n < count) {
      const sealed = pieces.parse(
        allowed(await readPacketPiecesSealed(reader.actor, reader.ticket, readingId, part.n, n, AT_ONCE)),
      );
      await opener.take(sealed.keys);
      if (sealed.pieces.length === 0) throw new Refusal("sealed-damaged");
      for (const one of sealed.pieces) {
        if (one.n !== n) throw new Refusal("sealed-damaged");
        const plain = opener.open(one.keyId, part.n, n, one.box);
        n += 1;
        yield plain.subarray(skip);
        skip = 0;
      }
    }
  }
  return { name, size: bytes, bytes: (from) => zipBytes(entries, bytesOf, from) };
}

function allowed(answer: unknown): unknown {
  const no = refused.safeParse(answer);
  if (no.success) throw new Refusal(no.data.code, { recorded: true });
  return answer;
}
