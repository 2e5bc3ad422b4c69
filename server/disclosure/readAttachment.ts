import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { readAttachmentSealed } from "../../db/content-client.ts";
import { DatabaseFailure } from "../../db/failure.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";
import { Refusal } from "../refusal.ts";
import { FileProblem, fetchAttachment } from "./fetchAttachment.ts";
import { base64, openBoxes, sealedKeys } from "./openBoxes.ts";

/** The largest file that a page is given to show; what is larger is filed and not looked at here. */
export const MOST_SHOWN_BYTES = 200 * 1024 * 1024;

const sealedAttachment = z.object({
  ok: z.literal(true),
  threadId: z.string(),
  messageId: z.string(),
  ordinal: z.number(),
  mediaType: z.string(),
  sizeBytes: z.number(),
  md5: z.string().nullable(),
  sha256: z.string().nullable(),
  keyId: z.string(),
  location: base64,
  keys: sealedKeys,
  source: z.unknown(),
});
const refused = z.object({ ok: z.literal(false), code: z.string() });
const notYet = z.object({ wait: z.literal(true) });
const ASK_AGAIN_MS = 40;

/** An attachment on its way to the person who opened it. Not content until it is read. */
export interface OpenedAttachment {
  readonly mediaType: string;
  readonly size: number;
  /** The last piece comes when all of it agrees with what intake recorded, and it is on record that it went out whole. */
  readonly bytes: AsyncGenerator<Uint8Array, void, void>;
}

/**
 * Fetches an attachment from its platform for the person who opened it (`access.open_attachment`, a transaction before).
 *
 * @throws Refusal when the reading is not the actor's, not committed, or its view has ended; `file-gone`, `file-changed`,
 *   `file-too-large`, `file-unreachable`, `file-source` when the file cannot be had. What goes wrong after the first piece
 *   ends the bytes with an error: what is not whole must not look whole
 */
export async function readAttachment(
  actor: Actor,
  readingId: string,
  signal?: AbortSignal,
): Promise<OpenedAttachment> {
  const sealed = sealedAttachment.parse(await readWhenSigned(actor, readingId));
  if (sealed.sizeBytes > MOST_SHOWN_BYTES) throw new Refusal("file-too-large");
  const open = await openBoxes(sealed.threadId, sealed.keys);
  const slot = { of: "location", id: sealed.messageId, ordinal: sealed.ordinal } as const;
  const pieces = fetchAttachment({
    location: open(sealed.keyId, slot, sealed.location),
    source: sealed.source,
    size: sealed.sizeBytes,
    md5: sealed.md5,
    sha256: sealed.sha256 === null ? null : [sealed.sha256],
    most: MOST_SHOWN_BYTES,
    signal,
  });
  const bytes = recorded(pieces, actor, readingId);
  // The first piece is waited for here: until then a problem can be answered as one.
  const first = await bytes.next().catch((error: unknown) => {
    throw error instanceof FileProblem ? new Refusal(error.code) : error;
  });
  return { mediaType: sealed.mediaType, size: sealed.sizeBytes, bytes: from(first, bytes) };
}

async function readWhenSigned(actor: Actor, readingId: string): Promise<unknown> {
  for (;;) {
    const answer = await readAttachmentSealed(actor, readingId);
    if (notYet.safeParse(answer).success) {
      await setTimeout(ASK_AGAIN_MS);
      continue;
    }
    const no = refused.safeParse(answer);
    if (no.success) throw new Refusal(no.data.code, { recorded: true });
    return answer;
  }
}

/** Passes pieces on; before the last, it is recorded what went out. */
async function* recorded(
  pieces: AsyncIterable<Uint8Array>,
  actor: Actor,
  readingId: string,
): AsyncGenerator<Uint8Array, void, void> {
  const sha256 = createHash("sha256");
  let size = 0;
  let last: Uint8Array | null = null;
  for await (const piece of pieces) {
    if (last) yield last;
    sha256.update(piece);
    size += piece.length;
    last = piece;
  }
  try {
    await call(actor, "access.attachment_sent", readingId, sha256.digest("hex"), size);
  } catch (error) {
    // Nobody would know what was seen: then it is not seen.
    throw error instanceof DatabaseFailure || error instanceof Refusal ? error : new Refusal("failure");
  }
  if (last) yield last;
}

async function* from(
  first: IteratorResult<Uint8Array, void>,
  rest: AsyncGenerator<Uint8Array, void, void>,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    if (first.done) return;
    yield first.value;
    yield* rest;
  } finally {
    await rest.return();
  }
}
