import { z } from "zod";
import { AUDIT_ACTIONS, auditActionLabel } from "../../domain/auditActions.ts";
import { inPathOrder, isRecordFile, manifestLines } from "../../domain/packet/bag/tagFiles.ts";
import { parseBates } from "../../domain/packet/bates.ts";
import { FanOut } from "../../domain/packet/build/fanOut.ts";
import type { RecordStats } from "../../domain/packet/build/recordStats.ts";
import { indexCsv } from "../../domain/packet/indexCsv.ts";
import { LAYOUT } from "../../domain/packet/layout.ts";
import { custodyCsv, redactionsCsv, withheldCsv } from "../../domain/packet/listsCsv.ts";
import {
  type AccountRecord,
  type CustodyRow,
  type PacketFacts,
  type PacketMessage,
  type PacketRecord,
  WITHHELD_KINDS,
} from "../../domain/packet/model.ts";
import { accountsNdjson } from "../../domain/packet/native.ts";
import { coverLetter } from "../../domain/packet/papers/coverLetter.ts";
import { howToVerifyText } from "../../domain/packet/papers/howToVerify.ts";
import type { Part } from "../legal/productions/ledgerStore.ts";
import { openBoxes } from "./openBoxes.ts";
import { type Build, typeWords } from "./openBuild.ts";
import type { CustodyEvent } from "./readBuild.ts";
import { type RecordBatch, readRecords } from "./readRecords.ts";
import { checked } from "./writeConversations.ts";
import { writePart, writeText } from "./writePart.ts";

const identity = z.object({ handle: z.string().nullable(), displayName: z.string().nullable() });

/** What is known of the accounts that the request names, as it stood. */
export async function accountRecords(build: Build): Promise<AccountRecord[]> {
  const records: AccountRecord[] = [];
  for (const [i, one] of build.accounts.entries()) {
    const open = await openBoxes(one.threadId, one.keys);
    const box = open(one.keyId, { of: "identity", id: one.participantId }, one.identity);
    const { handle, displayName } = identity.parse(JSON.parse(box));
    records.push({
      bates: build.bates(i),
      accountId: one.accountId,
      platform: one.platform,
      category: "subscriber",
      asOf: build.frozen.collection.cutOff,
      fields: [
        { name: "handle", value: handle },
        { name: "display_name", value: displayName },
        { name: "age_band", value: one.ageBand },
        { name: "account_age_days", value: one.accountAgeDays },
        { name: "country", value: one.country },
        { name: "first_seen", value: one.firstAt },
        { name: "threads", value: one.threads },
      ],
    });
  }
  return records;
}

/** Everything that the covering papers say. */
export function packetFacts(
  build: Build,
  stats: RecordStats,
  conversations: number,
  pseudonymised: number,
): PacketFacts {
  const { frozen, ledger, staff, lease } = build;
  const { people } = frozen;
  const [name = "unseal", version = "0"] = ledger.toolVersion.split(" ");
  return {
    packet: ledger.name,
    volume: ledger.volume,
    productionId: lease.productionId,
    request: { ...frozen.request, type: typeWords(frozen) },
    asked: frozen.asked,
    collection: frozen.collection,
    organisation: frozen.organisation,
    products: frozen.products,
    tool: { name, version },
    orderedAt: new Date(ledger.askedAt),
    people: {
      collectedBy: staff.of(people.collectedBy),
      redactedBy: people.redactedBy.map((id) => staff.of(id)),
      approvedBy: people.approvedBy === null ? null : staff.of(people.approvedBy),
      orderedBy: staff.of(people.orderedBy),
    },
    bates: {
      prefix: ledger.prefix,
      first: ledger.recordsTotal > 0 ? build.bates(0) : null,
      last: ledger.recordsTotal > 0 ? build.bates(ledger.recordsTotal - 1) : null,
    },
    counts: {
      conversations,
      messages: stats.messages,
      deletedMessages: stats.deleted,
      editedMessages: stats.edited,
      attachments: stats.attachments,
      attachmentsNotAvailable: stats.notAvailable,
      accounts: build.accounts.length,
      redactions: stats.redactions,
      pseudonymised,
      withheld: WITHHELD_KINDS.map((kind) => ({ kind, records: stats.withheld[kind] ?? 0 })),
      outOfRegion: frozen.outOfRegion,
    },
    note: ledger.note === null ? null : build.told(ledger.note),
  };
}

/** Index, list of what is withheld and list of redactions, in one pass over all records. */
export async function writeLists(
  build: Build,
  records: readonly Part[],
  parts: {
    readonly index: Part;
    readonly withheld: Part;
    readonly redactions: Part;
    readonly transcripts: readonly Part[];
  },
): Promise<void> {
  const fan = new FanOut(readRecords(build, records));
  const conversations = new Map(build.threads.map(({ conversation }) => [conversation.id, conversation]));
  const textPathOf = transcriptOf(parts.transcripts);
  const takers: ((batches: AsyncIterable<RecordBatch>) => Promise<unknown>)[] = [];
  const write = (part: Part, pieces: AsyncIterable<string>) =>
    writePart(build.lease, build.sealer, part, checked(build, part.path, pieces));
  if (parts.index.state !== "done")
    takers.push(async (batches) => {
      const all = recordsOf(await accountRecords(build), batches);
      await write(parts.index, indexCsv(all, { conversationOf: (id) => conversations.get(id), textPathOf }));
    });
  if (parts.withheld.state !== "done")
    takers.push((batches) => write(parts.withheld, withheldCsv(each(batches, ({ withheld }) => withheld))));
  if (parts.redactions.state !== "done")
    takers.push((batches) =>
      write(parts.redactions, redactionsCsv(each(batches, ({ messages }) => messages))),
    );
  const running = takers
    .map((take) => ({ take, branch: fan.branch() }))
    .map(async ({ take, branch }) => {
      try {
        await take(branch);
      } catch (error) {
        fan.fail(error);
        throw error;
      } finally {
        await branch.return?.();
      }
    });
  for (const one of await Promise.allSettled(running)) if (one.status === "rejected") throw one.reason;
}

/** The other files that stand before the export is recorded, but the list of their hashes. */
export async function writePapers(
  build: Build,
  facts: PacketFacts,
  partOf: (path: string) => Part,
): Promise<void> {
  const small = async (path: string, text: () => Promise<string> | string) => {
    const part = partOf(path);
    if (part.state !== "done") await writeText(build.lease, build.sealer, part, await text());
  };
  if (build.accounts.length > 0 && partOf(LAYOUT.accounts).state !== "done") {
    const records = await accountRecords(build);
    await writePart(build.lease, build.sealer, partOf(LAYOUT.accounts), accountsNdjson([records]), () => ({
      records: records.length,
    }));
  }
  await small(LAYOUT.custody, () => joined(checked(build, LAYOUT.custody, custodyCsv([custodyRows(build)]))));
  await small(LAYOUT.coverLetter, () => coverLetter(facts));
  await small(LAYOUT.howToVerify, () => howToVerifyText(facts.packet));
}

/** `data/records-sha512.txt`: every record file's hash. */
export function recordHashes(parts: readonly Part[]): string {
  const files = parts.flatMap(({ path, sha512, state }) =>
    path !== null && state === "done" && sha512 !== null && isRecordFile(path) ? [{ path, sha512 }] : [],
  );
  return [...manifestLines(inPathOrder(files), "data/")].join("");
}

/**
 * Acts whose reasons a recipient is told: why data were frozen, and under what they were looked at. What counsels write to each other
 * (why a review was opened anew, a packet sent back, a category excepted) may repeat the very words that were taken out.
 */
const REASONS_TOLD: ReadonlySet<string> = new Set(["legal.held", "legal.hold_renewed", "view.opened"]);

/** The custody record: what the log says of this request's data, up to when the packet was asked for. */
function custodyRows(build: Build): CustodyRow[] {
  return build.custody.map((event, i): CustodyRow => {
    const person = event.staffId === null ? null : build.staff.of(event.staffId);
    return {
      seq: i + 1,
      at: new Date(event.at),
      actor:
        person?.label ??
        (event.kind === "system" ? "Unseal" : event.kind === "operator" ? "Operator" : "Nobody known"),
      role: person?.role ?? event.kind,
      action: wordsFor(event),
      object: objectOf(event, build),
      sha256Before: null,
      sha256After: shaOf(event),
      reason: event.reason !== null && REASONS_TOLD.has(event.action) ? build.told(event.reason) : null,
      eventId: event.eventId,
      logIndex: event.logIndex,
    };
  });
}

function wordsFor({ action }: CustodyEvent): string {
  return Object.hasOwn(AUDIT_ACTIONS, action) ? auditActionLabel(action) : action;
}

/** Ids that the event names: of ours, and none of a person. */
function objectOf({ detail }: CustodyEvent, build: Build): string {
  const named = ["collectionId", "productionId", "holdId", "decisionId", "documentId"].flatMap((key) => {
    const id = detail[key];
    return typeof id === "string" ? [`${key.slice(0, -2)} ${id}`] : [];
  });
  return named.length > 0 ? named.join(", ") : `request ${build.frozen.request.number}`;
}

function shaOf({ detail }: CustodyEvent): string | null {
  for (const key of ["digest", "sha256", "decisionsDigest", "inventorySha256"]) {
    const value = detail[key];
    if (typeof value === "string" && /^[0-9a-f]{64}$/.test(value)) return value;
  }
  return null;
}

/** In which transcript a message stands: by the Bates numbers that each file ends with. */
function transcriptOf(transcripts: readonly Part[]): (message: PacketMessage) => string | null {
  const ends = new Map<string, { readonly last: number; readonly path: string }[]>();
  for (const { detail, path } of transcripts) {
    const conversation = String(detail.conversation);
    const last = parseBates(String(detail.lastBates ?? ""))?.n ?? Number.POSITIVE_INFINITY;
    const files = ends.get(conversation) ?? [];
    files.push({ last, path: path ?? "" });
    ends.set(conversation, files);
  }
  for (const files of ends.values()) files.sort((a, b) => a.last - b.last);
  return ({ conversation, bates }) => {
    const n = parseBates(bates)?.n ?? 0;
    return ends.get(conversation)?.find(({ last }) => n <= last)?.path ?? null;
  };
}

async function* recordsOf(
  accounts: readonly AccountRecord[],
  batches: AsyncIterable<RecordBatch>,
): AsyncGenerator<readonly PacketRecord[], void, void> {
  if (accounts.length > 0) yield accounts;
  for await (const { messages } of batches) yield messages;
}

async function* each<T>(
  batches: AsyncIterable<RecordBatch>,
  of: (batch: RecordBatch) => readonly T[],
): AsyncGenerator<readonly T[], void, void> {
  for await (const batch of batches) yield of(batch);
}

async function joined(pieces: AsyncIterable<string>): Promise<string> {
  let all = "";
  for await (const piece of pieces) all += piece;
  return all;
}
