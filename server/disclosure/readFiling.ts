import { setTimeout } from "node:timers/promises";
import { inspect } from "node:util";
import { z } from "zod";
import { readExport, readSubmission } from "../../db/content-client.ts";
import {
  assembleDetails,
  assembleReport,
  transcriptDetails,
} from "../../domain/cybertip/assembly/assemble.ts";
import { attachmentName, transcriptName } from "../../domain/cybertip/assembly/fileNames.ts";
import type { CyberTipDraft } from "../../domain/cybertip/draft.ts";
import type { Report } from "../../domain/cybertip/model/report.ts";
import { SCHEMA_VERSIONS, type SchemaVersion } from "../../domain/cybertip/model/versions.ts";
import type { TranscriptThread } from "../../domain/cybertip/transcript/transcript.ts";
import { transcriptCsv } from "../../domain/cybertip/transcript/transcriptCsv.ts";
import { transcriptText } from "../../domain/cybertip/transcript/transcriptText.ts";
import type { Actor } from "../actor.ts";
import type { Filing, FilingFile } from "../cybertip/filing/Filing.ts";
import { Refusal } from "../refusal.ts";
import { fetchAttachment } from "./fetchAttachment.ts";
import { base64, openBoxes, sealedKeys } from "./openBoxes.ts";
import { readThread } from "./readThread.ts";

/** The worker, while it holds the attempt, or the specialist who takes the report out. */
export type FilingReader = { readonly worker: true; readonly lease: string } | Actor;

/** Opened, and as hard to print or serialise by accident as anything sealed. Its files hold nothing until they are opened. */
class OpenedFiling implements Filing {
  readonly #report: Report;
  readonly version: SchemaVersion;
  readonly files: readonly FilingFile[];

  constructor(report: Report, version: SchemaVersion, files: readonly FilingFile[]) {
    this.#report = report;
    this.version = version;
    this.files = files;
  }

  get report(): Report {
    return this.#report;
  }

  toJSON(): never {
    throw new TypeError("A filing is not serialised: it is sent to NCMEC or into an export.");
  }

  toString(): string {
    return "[sealed]";
  }

  [inspect.custom](): string {
    return "[sealed]";
  }
}

const sealedFiling = z.object({
  ok: z.literal(true),
  threadId: z.string(),
  reportId: z.string(),
  revision: z.number(),
  asOf: z.string(),
  platformThreadId: z.string(),
  platform: z.string(),
  supplements: z.string().nullable(),
  draft: z.object({ keyId: z.string(), box: base64 }),
  files: z.array(
    z.object({
      fileNo: z.number(),
      messageId: z.string(),
      platformMessageId: z.string(),
      revision: z.number(),
      ordinal: z.number(),
      mediaType: z.string(),
      sizeBytes: z.number(),
      md5: z.string().nullable(),
      sha256: z.string().nullable(),
      keyId: z.string(),
      location: base64,
      viewed: z.boolean(),
      viewedHashes: z.array(z.string()),
    }),
  ),
  participants: z.array(
    z.object({ id: z.string(), platformParticipantId: z.string(), keyId: z.string(), identity: base64 }),
  ),
  keys: sealedKeys,
  source: z.unknown(),
  reporter: z.unknown(),
  schemaVersion: z.enum(SCHEMA_VERSIONS),
  mostBytes: z.number(),
});
const refused = z.object({ ok: z.literal(false), code: z.string() });
const identitySchema = z.object({ handle: z.string().nullable(), displayName: z.string().nullable() });
const notYet = z.object({ code: z.literal("awaiting-checkpoint") });
const ASK_AGAIN_MS = 40;
const PATIENCE_MS = 3_000;

/** Reads what a reading covers; in strict mode its leaf must be under a signed checkpoint first, which takes a moment. */
async function readWhenSigned(reader: FilingReader, readingId: string): Promise<unknown> {
  for (const end = Date.now() + PATIENCE_MS; ; ) {
    const answer = await ("worker" in reader
      ? readSubmission(reader.lease, readingId)
      : readExport(reader, readingId));
    if (!notYet.safeParse(answer).success || Date.now() > end) return answer;
    await setTimeout(ASK_AGAIN_MS);
  }
}

/**
 * Reads an approved report with everything that goes with it, under a reading that an earlier transaction committed
 * (`cybertip.open_submission`, `cybertip.open_export`). Messages and attachments are not read here but when they are opened.
 *
 * @returns the filing, which cannot be printed or serialised by accident. Attachments bear their numbers in the draft,
 *   transcripts those behind them
 * @throws Refusal when the reading is not the reader's, not committed, or has ended; when the report is not approved as it
 *   stands; `sealed-damaged` when a ciphertext was moved or changed; `reporter-unknown` when the settings name nobody
 */
export async function readFiling(reader: FilingReader, readingId: string): Promise<Filing> {
  const answer = await readWhenSigned(reader, readingId);
  const no = refused.safeParse(answer);
  if (no.success) throw new Refusal(no.data.code, { recorded: true });
  const sealed = sealedFiling.parse(answer);
  if (typeof sealed.reporter !== "object" || sealed.reporter === null) throw new Refusal("reporter-unknown");

  const open = await openBoxes(sealed.threadId, sealed.keys);
  const draft: CyberTipDraft = JSON.parse(
    open(
      sealed.draft.keyId,
      { of: "cybertip", id: sealed.reportId, revision: sealed.revision },
      sealed.draft.box,
    ),
  );
  const attachments = sealed.files.map((file): FilingFile => {
    const said = draft.files[file.fileNo - 1];
    const { messageId, revision, ordinal } = file;
    // The list of a revision's files and the draft were written in one transaction, from one document.
    if (
      said?.attachment.messageId !== messageId ||
      said.attachment.revision !== revision ||
      said.attachment.ordinal !== ordinal ||
      !said.include
    )
      throw new Refusal("sealed-damaged");
    const location = open(file.keyId, { of: "location", id: messageId, ordinal }, file.location);
    return {
      no: file.fileNo,
      kind: "attachment",
      fileName: attachmentName(file.fileNo, file.mediaType),
      size: file.sizeBytes,
      details: (ids) => assembleDetails(said.details, file.viewed, ids),
      open: (signal) =>
        fetchAttachment({
          location,
          source: sealed.source,
          size: file.sizeBytes,
          md5: file.md5,
          // What staff viewed is what is sent, also where intake recorded no hash.
          sha256: file.sha256 !== null ? [file.sha256] : file.viewed ? file.viewedHashes : null,
          most: sealed.mostBytes,
          signal,
        }),
    };
  });
  const transcripts = draft.transcript.include
    ? transcriptsOf(reader, readingId, sealed, open, draft.files.length, attachments)
    : [];
  const report = assembleReport(draft, sealed.reporter as Report["reporter"], sealed.supplements);
  return new OpenedFiling(report, sealed.schemaVersion, [...attachments, ...transcripts]);
}

function transcriptsOf(
  reader: FilingReader,
  readingId: string,
  sealed: z.output<typeof sealedFiling>,
  open: Awaited<ReturnType<typeof openBoxes>>,
  before: number,
  attachments: readonly FilingFile[],
): FilingFile[] {
  const thread: TranscriptThread = {
    id: sealed.platformThreadId,
    product: sealed.platform,
    participants: sealed.participants.map((one) => ({
      id: one.platformParticipantId,
      ...identitySchema.parse(JSON.parse(open(one.keyId, { of: "identity", id: one.id }, one.identity))),
    })),
  };
  const about = {
    senders: new Map(sealed.participants.map((one) => [one.id, one.platformParticipantId])),
    names: new Map(
      sealed.files.map((file, i) => [
        `${file.messageId}/${file.revision}/${file.ordinal}`,
        attachments[i]?.fileName ?? "",
      ]),
    ),
  };
  const kinds = [
    ["csv", transcriptCsv],
    ["txt", transcriptText],
  ] as const;
  return kinds.map(([ending, write], i) => {
    const fileName = transcriptName(sealed.platformThreadId, ending);
    return {
      no: before + 1 + i,
      kind: "transcript",
      fileName,
      size: null,
      details: (ids) => transcriptDetails(fileName, sealed.asOf, ids),
      open: (signal) => encoded(write(thread, readThread(reader, readingId, sealed.threadId, about)), signal),
    };
  });
}

async function* encoded(
  pieces: AsyncGenerator<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    yield encoder.encode(piece);
  }
}
