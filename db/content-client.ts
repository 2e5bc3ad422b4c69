import { guarded } from "./connect.ts";
import { DatabaseFailure } from "./failure.ts";
import { webSql } from "./web-client.ts";
import { workerSql } from "./worker-client.ts";

/**
 * Hands out one view's ciphertexts and wrapped keys, or the refusal. Only `server/disclosure` may import this file.
 *
 * @param actor as JSON, the token in it
 * @param viewId of a view that an earlier transaction committed
 * @returns the answer of `access.read_view`, unchecked
 * @throws DatabaseFailure
 */
export async function readSealed(actor: object, viewId: string): Promise<unknown> {
  const [row] = await guarded(
    webSql()`select access.read_view(${actor as never}::jsonb, ${viewId}::uuid) as answer`,
  );
  return row?.answer;
}

/**
 * Hands out what a report is made of, sealed, to the worker that holds its attempt, or the refusal.
 *
 * @param lease token of the attempt
 * @param readingId of a reading that an earlier transaction committed
 * @returns the answer of `cybertip.read_submission`, unchecked
 * @throws DatabaseFailure
 */
export async function readSubmission(lease: string, readingId: string): Promise<unknown> {
  const [row] = await guarded(
    workerSql()`select cybertip.read_submission(${readingId}::uuid, ${lease}::uuid) as answer`,
  );
  return row?.answer;
}

/** The same for messages of its thread: without ids their order. */
export async function readSubmissionMessages(
  lease: string,
  readingId: string,
  ids: readonly string[] | null,
): Promise<unknown> {
  const [row] = await guarded(
    workerSql()`select cybertip.read_submission_messages(${readingId}::uuid, ${lease}::uuid, ${ids as never}::uuid[]) as answer`,
  );
  return row?.answer;
}

/** What a report is made of, sealed, for the specialist who takes it out. */
export async function readExport(actor: object, readingId: string): Promise<unknown> {
  const [row] = await guarded(
    webSql()`select cybertip.read_export(${actor as never}::jsonb, ${readingId}::uuid) as answer`,
  );
  return row?.answer;
}

/** The same for messages of its thread: without ids their order. */
export async function readExportMessages(
  actor: object,
  readingId: string,
  ids: readonly string[] | null,
): Promise<unknown> {
  const [row] = await guarded(
    webSql()`select cybertip.read_export_messages(${actor as never}::jsonb, ${readingId}::uuid, ${ids as never}::uuid[]) as answer`,
  );
  return row?.answer;
}

/**
 * Hands out one revision of a draft, sealed, to whoever has opened its case's thread for such a report, or the refusal.
 *
 * @param viewId of a view that an earlier transaction committed
 * @param revision null for the newest
 */
export async function readDraftSealed(
  actor: object,
  reportId: string,
  viewId: string,
  revision: number | null,
): Promise<unknown> {
  const [row] = await guarded(
    webSql()`select cybertip.read_draft(${actor as never}::jsonb, ${reportId}::uuid, ${viewId}::uuid, ${revision}::integer) as answer`,
  );
  return row?.answer;
}

/** Keeps one revision of a draft, sealed, under the same conditions. @param draft what `cybertip.save_draft` lists */
export async function saveDraftSealed(
  actor: object,
  reportId: string,
  viewId: string,
  revision: number,
  draft: object,
): Promise<unknown> {
  const [row] = await guarded(
    webSql()`select cybertip.save_draft(${actor as never}::jsonb, ${reportId}::uuid, ${viewId}::uuid, ${revision}::integer,
      ${draft as never}::jsonb) as answer`,
  );
  return row?.answer;
}

/** Hands out where an attachment lies, sealed, to whoever opened it a transaction before, or the refusal. */
export async function readAttachmentSealed(actor: object, readingId: string): Promise<unknown> {
  const [row] = await guarded(
    webSql()`select access.read_attachment(${actor as never}::jsonb, ${readingId}::uuid) as answer`,
  );
  return row?.answer;
}

/** Hands out what is known of a report's case, sealed, under a view, or the refusal. */
export async function readFactsSealed(actor: object, reportId: string, viewId: string): Promise<unknown> {
  const [row] = await guarded(
    webSql()`select cybertip.propose_draft(${actor as never}::jsonb, ${reportId}::uuid, ${viewId}::uuid) as answer`,
  );
  return row?.answer;
}

/** Hands out what the service answered to a step, sealed, under the same conditions as a draft. */
export async function readAnswerSealed(
  actor: object,
  reportId: string,
  viewId: string,
  stepId: string,
): Promise<unknown> {
  const [row] = await guarded(
    webSql()`select cybertip.read_answer(${actor as never}::jsonb, ${reportId}::uuid, ${viewId}::uuid, ${stepId}::uuid) as answer`,
  );
  return row?.answer;
}

/**
 * Hands out a page of a collection's thread, sealed, to the counsel whose view it is, or the refusal.
 *
 * @param viewId of a view that an earlier transaction committed
 * @param what it is read for: an action of the log, under which a refusal is recorded
 */
export async function readCollectionSealed(actor: object, viewId: string, what: string): Promise<unknown> {
  const [row] = await guarded(
    webSql()`select legal.read_collection_view(${actor as never}::jsonb, ${viewId}::uuid, ${what}) as answer`,
  );
  return row?.answer;
}

/** Keeps a redaction rule, its words sealed, under such a view. @param rule what `legal.add_rule` lists */
export async function addRuleSealed(actor: object, collectionId: string, rule: object): Promise<unknown> {
  const [row] = await guarded(
    webSql()`select legal.add_rule(${actor as never}::jsonb, ${collectionId}::uuid, ${rule as never}::jsonb) as answer`,
  );
  return row?.answer;
}

/** What a packet is built from, sealed, to the worker that holds its build, or the refusal. @param token of the lease */
export async function readBuildSealed(token: string, readingId: string): Promise<unknown> {
  const [row] = await guarded(
    workerSql()`select legal.read_build(${readingId}::uuid, ${token}::uuid) as answer`,
  );
  return row?.answer;
}

/** Who takes part in one of its conversations, sealed. */
export async function readBuildThreadSealed(
  token: string,
  readingId: string,
  threadId: string,
): Promise<unknown> {
  const [row] = await guarded(
    workerSql()`select legal.read_build_thread(${readingId}::uuid, ${token}::uuid, ${threadId}::uuid) as answer`,
  );
  return row?.answer;
}

/** A page of one of its conversations, sealed. @param after where the page before ended */
export async function readBuildPageSealed(
  token: string,
  readingId: string,
  threadId: string,
  after: string | null,
  limit: number,
): Promise<unknown> {
  const [row] = await guarded(
    workerSql()`select legal.read_build_page(${readingId}::uuid, ${token}::uuid, ${threadId}::uuid, ${after}, ${limit}::integer) as answer`,
  );
  return row?.answer;
}

/** Sealed pieces of a file of the packet that is being built, from one on. */
export async function readBuildPiecesSealed(
  token: string,
  readingId: string,
  part: number,
  from: number,
  limit: number,
): Promise<unknown> {
  const [row] = await guarded(
    workerSql()`select legal.read_build_pieces(${readingId}::uuid, ${token}::uuid, ${part}::integer, ${from}::integer, ${limit}::integer) as answer`,
  );
  return row?.answer;
}

/** The files of a released packet, for counsel (by their session) or the recipient (by the hash of their ticket). */
export async function readPacketSealed(
  actor: object,
  ticket: Buffer | null,
  readingId: string,
): Promise<unknown> {
  const [row] = await guarded(
    webSql()`select legal.read_packet(${actor as never}::jsonb, ${ticket}::bytea, ${readingId}::uuid) as answer`,
  );
  return row?.answer;
}

/** Sealed pieces of one of them, from one on. */
export async function readPacketPiecesSealed(
  actor: object,
  ticket: Buffer | null,
  readingId: string,
  part: number,
  from: number,
  limit: number,
): Promise<unknown> {
  const [row] = await guarded(
    webSql()`select legal.read_packet_pieces(${actor as never}::jsonb, ${ticket}::bytea, ${readingId}::uuid, ${part}::integer,
      ${from}::integer, ${limit}::integer) as answer`,
  );
  return row?.answer;
}

/** What a document of a request is kept with, within its transaction. */
export interface DocumentKeeper {
  key(keyId: string, kekId: string, wrapped: Buffer): Promise<KeptAnswer>;
  piece(n: number, keyId: string, box: Buffer): Promise<KeptAnswer>;
  finish(document: object): Promise<KeptAnswer>;
}
type KeptAnswer = { ok: boolean; code?: string; document?: unknown };

/**
 * Keeps a document, sealed, in one transaction: when `keep` throws, nothing of it was ever there.
 *
 * @returns what `keep` does
 * @throws what `keep` throws; DatabaseFailure
 */
export async function keepDocumentSealed<T>(
  actor: object,
  requestId: string,
  documentId: string,
  keep: (keeper: DocumentKeeper) => Promise<T>,
): Promise<T> {
  let thrown: { error: unknown } | null = null;
  try {
    return (await webSql().begin(async (tx) => {
      const answer = async (query: PromiseLike<readonly { answer?: KeptAnswer }[]>) =>
        (await guarded(query))[0]?.answer ?? { ok: false, code: "failure" };
      const a = actor as never;
      try {
        return await keep({
          key: (keyId, kekId, wrapped) =>
            answer(
              tx`select legal.keep_document_key(${a}::jsonb, ${requestId}::uuid, ${keyId}::uuid, ${kekId}, ${wrapped}) as answer`,
            ),
          piece: (n, keyId, box) =>
            answer(tx`select legal.add_document_piece(${a}::jsonb, ${requestId}::uuid, ${documentId}::uuid, ${n}::integer,
              ${keyId}::uuid, ${box}) as answer`),
          finish: (document) =>
            answer(
              tx`select legal.finish_document(${a}::jsonb, ${requestId}::uuid, ${document as never}::jsonb) as answer`,
            ),
        });
      } catch (error) {
        thrown = { error };
        throw error;
      }
    })) as T;
  } catch (cause) {
    throw thrown ? (thrown as { error: unknown }).error : DatabaseFailure.from(cause);
  }
}

/** Hands out one piece of a document, sealed, to the counsel who opened it a transaction before, or the refusal. */
export async function readDocumentSealed(actor: object, readingId: string, n: number): Promise<unknown> {
  const [row] = await guarded(
    webSql()`select legal.read_document(${actor as never}::jsonb, ${readingId}::uuid, ${n}::integer) as answer`,
  );
  return row?.answer;
}
