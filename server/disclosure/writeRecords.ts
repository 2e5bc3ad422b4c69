import type { Json } from "../../db/connect.ts";
import { batchStats, type RecordStats } from "../../domain/packet/build/recordStats.ts";
import { conversationName, LAYOUT, withheldNumber } from "../../domain/packet/layout.ts";
import type {
  PacketAttachment,
  PacketMessage,
  PacketPerson,
  WithheldKind,
  WithheldRecord,
} from "../../domain/packet/model.ts";
import { prepareMessage } from "../../domain/packet/prepare.ts";
import { type RsmfSlice, RsmfSlicer } from "../../domain/packet/rsmf/slices.ts";
import {
  addPart,
  missPart,
  type NewPart,
  type Part,
  type PartSums,
} from "../legal/productions/ledgerStore.ts";
import { BuildStuck } from "../legal/productions/stuck.ts";
import { FileProblem, FileUnreachable, fetchAttachment } from "./fetchAttachment.ts";
import type { Build, BuildThread } from "./openBuild.ts";
import type { OpenedFile, OpenedMessage } from "./readBuild.ts";
import { readRecords } from "./readRecords.ts";
import { writePart } from "./writePart.ts";

/** Records that are kept together: what an interrupted build does again at the most. */
const CHUNK = 10_000;
const PAGE = 1_000;
const FETCH_TRIES = 3;
const FETCH_AT_ONCE = 4;

/** Where a stretch of records begins. */
interface Start {
  readonly thread: number;
  readonly after: string | null;
  /** Of its first record, counted from the packet's first. */
  readonly bates: number;
  readonly withheld: number;
}

/** What a stretch of records has told. */
export interface RecordsDetail {
  readonly start: Start;
  readonly stats?: RecordStats;
  readonly slices?: readonly RsmfSlice[];
  readonly messages?: number;
}

export function recordsDetail(part: Part): RecordsDetail {
  return part.detail as unknown as RecordsDetail;
}

/**
 * Writes the records of a packet, redacted and numbered, in stretches of some thousands: everything else is made from them, so that
 * nothing that was taken out can come back in another file. Goes on behind the last stretch that is whole. Attachments are fetched
 * on the way.
 *
 * @param numbered how many numbers accounts have taken
 * @returns all stretches, in order
 * @throws what `BuildReader` and `writePart` throw; BuildStuck
 */
export async function writeRecords(build: Build, numbered: number): Promise<Part[]> {
  const done = build.ledger.parts.filter((part) => part.kind === "records" && part.state === "done");
  const first = build.threads[0];
  if (!first) return done;
  let open =
    build.ledger.parts.find((part) => part.kind === "records" && part.state !== "done") ??
    (done.length === 0
      ? await addPart(build.lease, newStretch({ thread: first.n, after: null, bates: numbered, withheld: 0 }))
      : undefined);
  let slicer = null as { readonly thread: number; readonly of: RsmfSlicer } | null;
  while (open) {
    const { start } = recordsDetail(open);
    if (slicer?.thread !== start.thread)
      slicer = { thread: start.thread, of: await slicerAt(build, done, start.thread) };
    const stretch = new Stretch(build, start, slicer.of);
    const sums: PartSums = await writePart(build.lease, build.sealer, open, stretch.lines(), () => ({
      records: stretch.records,
      detail: stretch.told() as unknown as { [key: string]: Json },
      follow: stretch.next ? [newStretch(stretch.next)] : [],
    }));
    done.push({
      ...open,
      ...sums,
      state: "done",
      records: stretch.records,
      detail: { ...open.detail, ...stretch.told() },
    });
    if (!stretch.next) break;
    open = await addPart(build.lease, newStretch(stretch.next));
  }
  return done;
}

function newStretch(start: Start): NewPart {
  return { path: null, kind: "records", detail: { start: { ...start } } };
}

/** The slicer of a conversation that was begun by an interrupted build: fed with what is written of it. */
async function slicerAt(build: Build, done: readonly Part[], thread: number): Promise<RsmfSlicer> {
  const slicer = new RsmfSlicer();
  const before = done.filter((part) => recordsDetail(part).start.thread === thread);
  for await (const { messages } of readRecords(build, before)) for (const one of messages) slicer.add(one);
  return slicer;
}

/** One stretch of records while it is written. */
class Stretch {
  /** Where the next one begins; null when this was the last. */
  next: Start | null = null;
  records = 0;
  readonly #build: Build;
  readonly #start: Start;
  readonly #thread: BuildThread;
  readonly #slicer: RsmfSlicer;
  readonly #slices: RsmfSlice[] = [];
  readonly #stats = batchStats();
  readonly #targets: ReadonlyMap<string, string>;
  #messages = 0;
  #bates: number;
  #withheld: number;

  constructor(build: Build, start: Start, slicer: RsmfSlicer) {
    const thread = build.threads.find((one) => one.n === start.thread);
    if (!thread) throw new BuildStuck("inputs-changed", null);
    this.#build = build;
    this.#start = start;
    this.#thread = thread;
    this.#slicer = slicer;
    this.#bates = start.bates;
    this.#withheld = start.withheld;
    this.#targets = new Map(
      thread.conversation.participants.flatMap((one) => (one.target ? [[one.id, one.label] as const] : [])),
    );
  }

  told() {
    return { stats: this.#stats.all, slices: this.#slices, messages: this.#messages };
  }

  async *lines(): AsyncGenerator<string, void, void> {
    const { reader, signal } = this.#build;
    let { after } = this.#start;
    let seen = 0;
    // The next page is fetched while this one is opened and worked on.
    let coming = reader.page(this.#thread.threadId, after, PAGE);
    coming.catch(() => {});
    for (;;) {
      signal.throwIfAborted();
      const page = await coming;
      after = page.nextAfter;
      // A page that another one follows is a full one.
      seen += PAGE;
      const more = after !== null && seen < CHUNK;
      if (more) {
        coming = reader.page(this.#thread.threadId, after, PAGE);
        coming.catch(() => {});
      }
      yield* this.#page(page.open());
      if (more) continue;
      this.#end(after);
      return;
    }
  }

  #end(after: string | null): void {
    const from = { bates: this.#bates, withheld: this.#withheld };
    if (after !== null) {
      this.next = { thread: this.#thread.n, after, ...from };
      return;
    }
    const slice = this.#slicer.end();
    if (slice) this.#slices.push(slice);
    const { threads } = this.#build;
    const following = threads[threads.indexOf(this.#thread) + 1];
    this.next = following ? { thread: following.n, after: null, ...from } : null;
  }

  async *#page(messages: readonly OpenedMessage[]): AsyncGenerator<string, void, void> {
    const numbered = messages.map((one) => this.#number(one));
    await this.#fetch(numbered);
    let piece = "";
    for (const one of numbered) {
      piece += one.withheld ? this.#withhold(one.message, one.withheld) : this.#produce(one);
      if (piece.length < 256 * 1024) continue;
      yield piece;
      piece = "";
    }
    if (piece !== "") yield piece;
  }

  /** Numbers are given in order, before anything is fetched. */
  #number(message: OpenedMessage): Numbered {
    const withheld = this.#thread.setAside ?? message.setAside;
    if (withheld) return { message, withheld, bates: 0, files: [] };
    const content = this.#build.ledger.categories.includes("content");
    const bates = this.#bates++;
    const files = (content ? onceEach(message.files) : []).map((file) => ({
      file,
      bates: this.#bates++,
      got: null,
    }));
    return { message, withheld: null, bates, files };
  }

  async #fetch(numbered: readonly Numbered[]): Promise<void> {
    const waiting = numbered.flatMap(({ files }) => files);
    const workers = Array.from({ length: Math.min(FETCH_AT_ONCE, waiting.length) }, async () => {
      for (let one = waiting.shift(); one; one = waiting.shift()) one.got = await this.#attachment(one);
    });
    await Promise.all(workers);
  }

  async #attachment({ file, bates }: NumberedFile): Promise<Got> {
    const { lease, sealer, frozen, ledger, signal } = this.#build;
    const path = LAYOUT.attachment(this.#build.bates(bates), file.mediaType);
    const known = ledger.parts.find((part) => part.path === path);
    const part = known ?? (await addPart(lease, { path, kind: "attachments", detail: { bates } }));
    if (part.state === "done") return { path, size: part.size ?? 0, sha256: part.sha256 ?? "" };
    if (part.state === "absent") return { why: String(part.detail.why ?? "gone") };
    for (let tries = 1; ; tries++) {
      try {
        const sums = await writePart(
          lease,
          sealer,
          part,
          fetchAttachment({
            location: file.location,
            source: this.#thread.source,
            size: file.sizeBytes,
            md5: file.md5,
            sha256: file.sha256 === null ? null : [file.sha256],
            most: frozen.mostBytes,
            signal,
          }),
        );
        return { path, size: sums.size, sha256: sums.sha256 };
      } catch (error) {
        if (!(error instanceof FileProblem) || signal.aborted) throw error;
        if (error instanceof FileUnreachable && tries < FETCH_TRIES) continue;
        const why = error.code.replace(/^file-/, "");
        await missPart(lease, part.n, why);
        return { why };
      }
    }
  }

  #produce({ message, bates, files }: Numbered): string {
    const { build, conversation } = { build: this.#build, conversation: this.#thread.conversation };
    const own = build.bates(bates);
    const withheld: WithheldRecord[] = [];
    const attachments = files.map(({ file, bates: number, got }): PacketAttachment => {
      const common = {
        bates: build.bates(number),
        revision: file.revision,
        mediaType: file.mediaType,
        recorded: { size: file.sizeBytes, sha256: file.sha256, md5: file.md5 },
      };
      if (got && "path" in got) return { ...common, ...got, withheld: null, status: "produced", why: "" };
      const why = NOT_AVAILABLE[got?.why ?? "gone"] ?? "not available from the platform";
      const entry = this.#entry("attachment", "not_available", why, null, message, own, common.bates);
      withheld.push(entry);
      return {
        ...common,
        path: null,
        size: null,
        sha256: null,
        withheld: entry.number,
        status: "not_available",
        why,
      };
    });
    const prepared = prepareMessage(
      {
        bates: own,
        conversation: conversation.id,
        messageId: message.platformMessageId,
        category: build.ledger.categories.includes("content") ? "content" : "traffic",
        kind: message.kind,
        sender: this.#thread.senders.get(message.senderId) ?? "P0",
        sentAt: message.sentAt,
        revisions: message.revisions,
        attachments,
        hand: message.hand.map((one) => ({ ...one, reason: build.told(one.reason) })),
      },
      build.redactor,
    );
    this.#check(prepared);
    this.records += 1 + files.length;
    this.#messages += 1;
    this.#stats.message(prepared, this.#targets.get(prepared.sender) ?? null);
    const slice = this.#slicer.add(prepared);
    if (slice) this.#slices.push(slice);
    return `${JSON.stringify({ m: prepared })}\n${withheld.map((w) => `${JSON.stringify({ w })}\n`).join("")}`;
  }

  /** Nothing is written in which a name that is replaced, or words that a rule takes out, still stand. */
  #check(message: PacketMessage): void {
    const { survivors } = this.#build;
    let found = survivors.text(message.messageId);
    for (const { body } of message.revisions) if (body) found += survivors.text(body);
    if (found > 0) throw new BuildStuck("name-survives", LAYOUT.native(message.conversation));
  }

  #withhold(message: OpenedMessage, { kind, reason, by }: NonNullable<Numbered["withheld"]>): string {
    const person = this.#build.staff.of(by);
    const told = this.#build.told(reason);
    const entries = [
      this.#entry("message", kind, told, person, message, null, null),
      ...onceEach(message.files).map(() =>
        this.#entry("attachment", kind, told, person, message, null, null),
      ),
    ];
    return entries.map((w) => `${JSON.stringify({ w })}\n`).join("");
  }

  #entry(
    record: WithheldRecord["record"],
    kind: WithheldKind,
    reason: string,
    by: PacketPerson | null,
    message: OpenedMessage,
    parent: string | null,
    bates: string | null,
  ): WithheldRecord {
    this.#withheld += 1;
    this.#stats.withheld(kind);
    const id = this.#thread.senders.get(message.senderId);
    return {
      number: withheldNumber(this.#withheld),
      record,
      kind,
      conversation: conversationName(this.#thread.n),
      parent,
      bates,
      sentAt: message.sentAt,
      from: this.#thread.conversation.participants.find((one) => one.id === id)?.label ?? null,
      reason,
      by,
    };
  }
}

interface Numbered {
  readonly message: OpenedMessage;
  readonly withheld: OpenedMessage["setAside"];
  readonly bates: number;
  readonly files: readonly NumberedFile[];
}
interface NumberedFile {
  readonly file: OpenedFile;
  readonly bates: number;
  got: Got | null;
}
type Got =
  | { readonly path: string; readonly size: number; readonly sha256: string }
  | { readonly why: string };

const NOT_AVAILABLE: Readonly<Record<string, string>> = {
  gone: "not available: the platform has it no more",
  changed: "not available: the platform gives something else than it recorded",
  "too-large": "not available: larger than what is fetched",
  unreachable: "not available: the platform did not give it, several times over",
  source: "not available: it lies where nothing is fetched from",
};

/** A file that stands in several wordings of a message is one. (`legal.count_records` counts the same.) */
function onceEach(files: readonly OpenedFile[]): OpenedFile[] {
  const seen = new Map<string, OpenedFile>();
  for (const file of files) {
    const { ordinal, mediaType, sizeBytes, md5, sha256, revision } = file;
    const key = JSON.stringify([
      ordinal,
      mediaType,
      sizeBytes,
      md5,
      sha256,
      sha256 === null ? revision : null,
    ]);
    if (!seen.has(key)) seen.set(key, file);
  }
  return [...seen.values()];
}
