import { createSecretKey, type KeyObject } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { readDocumentSealed } from "../../db/content-client.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";
import { Refusal } from "../refusal.ts";
import { openBox } from "./box.ts";
import { KeyProviderError } from "./keys/KeyProvider.ts";
import { keyProvider } from "./keys/provider.ts";
import { base64, sealedKeys } from "./openBoxes.ts";
import { keyBytes, slotBytes } from "./slots.ts";

const sealedPiece = z.object({
  ok: z.literal(true),
  requestId: z.string(),
  document: z.object({ id: z.string(), name: z.string(), sizeBytes: z.number() }),
  pieces: z.number(),
  keyId: z.string(),
  keys: sealedKeys,
  piece: base64,
});
const refused = z.object({ ok: z.literal(false), code: z.string() });
const notYet = z.object({ code: z.literal("awaiting-checkpoint"), wait: z.literal(true) });
const ASK_AGAIN_MS = 40;

/** A document on its way to the counsel who asked for it. */
export interface OpenedDocument {
  readonly name: string;
  readonly size: number;
  readonly bytes: AsyncGenerator<Uint8Array, void, void>;
}

/**
 * Takes a document out: that it is taken is committed first, then it is read, piece by piece.
 *
 * @throws Refusal `document-not-known`, `not-found`, `wrong-role`; `sealed-damaged` when its first piece does not open. What goes
 *   wrong after the first piece ends the bytes with an error: what is not whole must not look whole
 */
export async function readDocument(actor: Actor, requestId: string, n: number): Promise<OpenedDocument> {
  const { readingId } = await call<{ readingId: string }>(actor, "legal.open_document", requestId, n);
  const first = await pieceOf(actor, readingId, 0);
  const key = await keyOf(first);
  // Opened here: until then a problem can be answered as one.
  const opened = open(key, first, 0);
  return {
    name: first.document.name,
    size: first.document.sizeBytes,
    bytes: (async function* () {
      yield opened;
      for (let i = 1; i < first.pieces; i += 1) yield open(key, await pieceOf(actor, readingId, i), i);
    })(),
  };
}

async function pieceOf(actor: Actor, readingId: string, n: number): Promise<z.output<typeof sealedPiece>> {
  for (;;) {
    const answer = await readDocumentSealed(actor, readingId, n);
    if (notYet.safeParse(answer).success) {
      await setTimeout(ASK_AGAIN_MS);
      continue;
    }
    const no = refused.safeParse(answer);
    if (no.success) throw new Refusal(no.data.code, { recorded: true });
    return sealedPiece.parse(answer);
  }
}

async function keyOf({ requestId, keyId, keys }: z.output<typeof sealedPiece>): Promise<KeyObject> {
  const sealed = keys.find((one) => one.id === keyId);
  if (!sealed) throw new Refusal("sealed-damaged");
  const dataKey = await keyProvider()
    .unwrap(sealed.kekId, sealed.wrapped, keyBytes(requestId, keyId))
    .catch((error: unknown) => {
      throw error instanceof KeyProviderError ? new Refusal("sealed-damaged") : error;
    });
  const key = createSecretKey(dataKey);
  dataKey.fill(0);
  return key;
}

function open(
  key: KeyObject,
  { requestId, keyId, document, piece }: z.output<typeof sealedPiece>,
  n: number,
): Buffer {
  const plain = openBox(key, piece, slotBytes(requestId, keyId, { of: "document", id: document.id, n }));
  if (!plain) throw new Refusal("sealed-damaged");
  return plain;
}
