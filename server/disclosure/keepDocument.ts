import { createHash, createSecretKey, randomBytes, randomUUID } from "node:crypto";
import type { RequestDocument } from "../../contracts/legal/requests.ts";
import { type DocumentKeeper, keepDocumentSealed } from "../../db/content-client.ts";
import { keptName } from "../../domain/legal/fileNames.ts";
import type { DocumentKind, DocumentWarning } from "../../domain/legal/vocabulary.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";
import { ScanDocument } from "../legal/documents/ScanDocument.ts";
import { withWords } from "../legal/requests/readRequest.ts";
import { Refusal } from "../refusal.ts";
import { sealBox } from "./box.ts";
import { keyProvider } from "./keys/provider.ts";
import { keyBytes, slotBytes } from "./slots.ts";

const PIECE = 1024 * 1024;
/** How long the sender may say nothing, and how many may send at once: each holds a connection of the pool. */
const SILENCE_MS = 30_000;
const MOST_AT_ONCE = 3;
let arriving = 0;

export interface SentDocument {
  /** As the sender calls it. */
  readonly name: string;
  readonly kind: DocumentKind;
  /** What the sender says its size is; null where it does not say. Believed only when it is too much. */
  readonly size: number | null;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * Keeps a document that came with a request: sealed piece by piece as it arrives, never whole in memory, looked at while it
 * passes and never opened. All of it is one transaction: what does not arrive whole, or is larger than is taken, was never here.
 *
 * @throws Refusal `document-too-large`, `document-empty`, `document-broken-off`, `bad-file-name`, `request-not-open` and the like
 */
export async function keepDocument(
  actor: Actor,
  requestId: string,
  sent: SentDocument,
): Promise<RequestDocument> {
  const { documentId, mostBytes, names } = await call<{
    documentId: string;
    mostBytes: number;
    names: string[];
  }>(actor, "legal.begin_document", requestId);
  if (sent.size !== null && sent.size > mostBytes) throw new Refusal("document-too-large");
  const kept = keptName(sent.name, names);
  if (!kept) throw new Refusal("bad-file-name");
  if (arriving >= MOST_AT_ONCE) throw new Refusal("rate-limited");
  arriving += 1;
  try {
    const answer = await keepDocumentSealed(actor, requestId, documentId, (keeper) =>
      seal(keeper, { requestId, documentId, mostBytes, sent, kept }),
    );
    return withWords(
      answer as Omit<RequestDocument, "warnings"> & { readonly warnings: readonly DocumentWarning[] },
    );
  } finally {
    arriving -= 1;
  }
}

interface Arriving {
  readonly requestId: string;
  readonly documentId: string;
  readonly mostBytes: number;
  readonly sent: SentDocument;
  readonly kept: { readonly name: string; readonly warnings: readonly DocumentWarning[] };
}

/** Reads, seals and keeps to the end. @throws Refusal, which takes all of it back */
async function seal(
  keeper: DocumentKeeper,
  { requestId, documentId, mostBytes, sent, kept }: Arriving,
): Promise<unknown> {
  const keyId = randomUUID();
  const dataKey = randomBytes(32);
  const { kekId, wrapped } = await keyProvider().wrap(dataKey, keyBytes(requestId, keyId));
  const key = createSecretKey(dataKey);
  dataKey.fill(0);
  taken(await keeper.key(keyId, kekId, wrapped));

  const sha256 = createHash("sha256");
  const scan = new ScanDocument();
  let size = 0;
  let pieces = 0;
  let held: Buffer[] = [];
  let heldBytes = 0;
  const keep = async (piece: Buffer) => {
    // Here and not as it comes: whoever sends byte by byte would have it looked at byte by byte.
    scan.take(piece);
    const slot = { of: "document", id: documentId, n: pieces } as const;
    taken(await keeper.piece(pieces, keyId, sealBox(key, piece, slotBytes(requestId, keyId, slot))));
    pieces += 1;
  };
  for await (const chunk of heard(sent.bytes)) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    size += bytes.length;
    if (size > mostBytes) throw new Refusal("document-too-large");
    sha256.update(bytes);
    held.push(bytes);
    heldBytes += bytes.length;
    if (heldBytes < PIECE) continue;
    let whole = Buffer.concat(held);
    for (; whole.length >= PIECE; whole = whole.subarray(PIECE)) await keep(whole.subarray(0, PIECE));
    held = whole.length > 0 ? [Buffer.from(whole)] : [];
    heldBytes = whole.length;
  }
  if (size === 0) throw new Refusal("document-empty");
  if (sent.size !== null && sent.size !== size) throw new Refusal("document-broken-off");
  if (heldBytes > 0) await keep(Buffer.concat(held));
  const { type, warnings } = scan.finish(kept.name);
  const answer = await keeper.finish({
    documentId,
    keyId,
    pieces,
    name: kept.name,
    sentName: sent.name,
    kind: sent.kind,
    mediaType: type.mediaType,
    warnings: [...warnings, ...kept.warnings],
    sizeBytes: size,
    sha256: sha256.digest("hex"),
  });
  return taken(answer).document;
}

/** Refusals inside are taken back with the rest; whoever answers records them. */
function taken(answer: { ok: boolean; code?: string; document?: unknown }): { document?: unknown } {
  if (!answer.ok) throw new Refusal(answer.code ?? "failure");
  return answer;
}

/** Chunks as they come; whoever says nothing for too long, or breaks off, is refused. */
async function* heard(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  const chunks = bytes[Symbol.asyncIterator]();
  try {
    for (;;) {
      let timer: NodeJS.Timeout | undefined;
      const silence = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Refusal("document-broken-off")), SILENCE_MS);
      });
      const next = await Promise.race([chunks.next(), silence])
        .catch((error: unknown) => {
          throw error instanceof Refusal ? error : new Refusal("document-broken-off");
        })
        .finally(() => clearTimeout(timer));
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // Not waited for: a sender who says nothing would be waited for without an end.
    void Promise.resolve(chunks.return?.()).catch(() => {});
  }
}
