import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { guarded } from "../../db/connect.ts";
import {
  readBuildPageSealed,
  readBuildPiecesSealed,
  readBuildSealed,
  readBuildThreadSealed,
} from "../../db/content-client.ts";
import { workerSql } from "../../db/worker-client.ts";
import type { HandRedaction } from "../../domain/packet/prepare.ts";
import type { MessageKind } from "../../domain/vocabulary.ts";
import { type BuildLease, BuildLost, holdProduction } from "../legal/productions/ledgerStore.ts";
import { BuildStuck } from "../legal/productions/stuck.ts";
import { Refusal } from "../refusal.ts";
import { base64, type OpenBox, openBoxes, sealedKeys } from "./openBoxes.ts";
import { PieceOpener } from "./sealPieces.ts";

const identity = z.object({ handle: z.string().nullable(), displayName: z.string().nullable() });
const refused = z.object({ ok: z.literal(false), code: z.string() });
const whole = z.object({
  ok: z.literal(true),
  requestId: z.string(),
  rules: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(["literal", "email", "phone", "url", "handle", "regex"]),
      reason: z.string(),
      keyId: z.string().nullable(),
      words: base64.nullable(),
    }),
  ),
  ruleKeys: sealedKeys,
  threads: z.array(
    z.object({
      n: z.number(),
      threadId: z.string(),
      platformThreadId: z.string(),
      platformId: z.string(),
      platform: z.string(),
      kind: z.enum(["direct", "group"]),
      messages: z.number(),
      setAside: z
        .object({ kind: z.enum(["privileged", "out_of_scope", "other"]), reason: z.string(), by: z.string() })
        .nullable(),
    }),
  ),
  accounts: z.array(
    z.object({
      n: z.number(),
      accountId: z.string(),
      platform: z.string(),
      threadId: z.string(),
      participantId: z.string(),
      keyId: z.string(),
      identity: base64,
      ageBand: z.string(),
      accountAgeDays: z.number().nullable(),
      country: z.string().nullable(),
      firstAt: z.string(),
      threads: z.number(),
      keys: sealedKeys,
    }),
  ),
  custody: z.array(
    z.object({
      eventId: z.string(),
      at: z.string(),
      staffId: z.string().nullable(),
      kind: z.string(),
      roles: z.array(z.string()).nullable(),
      action: z.string(),
      reason: z.string().nullable(),
      detail: z.record(z.string(), z.unknown()),
      logIndex: z.number().nullable(),
    }),
  ),
  sources: z.array(z.object({ platformId: z.string(), source: z.unknown() })),
});
export type SealedWhole = z.output<typeof whole>;
export type CustodyEvent = SealedWhole["custody"][number];
const people = z.object({
  ok: z.literal(true),
  participants: z.array(
    z.object({
      id: z.string(),
      accountId: z.string(),
      namedBy: z.enum(["request", "counsel"]).nullable(),
      number: z.number().nullable(),
      keyId: z.string(),
      identity: base64,
      aliases: z.array(z.object({ keyId: z.string(), identity: base64 })).nullable(),
    }),
  ),
  keys: sealedKeys,
});
/** id, revision, platform's id, sender, sent, kind, edited, deleted, received (milliseconds), key, body (base64). */
type Row = readonly [
  string,
  number,
  string,
  string,
  number,
  MessageKind,
  number | null,
  number | null,
  number,
  string,
  string | null,
];
const page = z.object({
  ok: z.literal(true),
  // A million rows are not each held against a schema: the function that makes them is ours.
  messages: z.custom<readonly Row[]>(Array.isArray),
  files: z.array(
    z.object({
      messageId: z.string(),
      revision: z.number(),
      ordinal: z.number(),
      mediaType: z.string(),
      sizeBytes: z.number(),
      md5: z.string().nullable(),
      sha256: z.string().nullable(),
      keyId: z.string(),
      location: base64,
    }),
  ),
  setAside: z.array(
    z.object({
      messageId: z.string(),
      kind: z.enum(["privileged", "out_of_scope", "other"]),
      reason: z.string(),
      by: z.string(),
    }),
  ),
  redactions: z.array(
    z.object({
      messageId: z.string(),
      revision: z.number(),
      from: z.number(),
      to: z.number(),
      reason: z.string(),
    }),
  ),
  keys: sealedKeys,
  nextAfter: z.string().nullable(),
});
const pieces = z.object({
  ok: z.literal(true),
  pieces: z.array(z.object({ n: z.number(), keyId: z.string(), box: base64 })),
  keys: sealedKeys,
});

export interface OpenedFile {
  readonly revision: number;
  readonly ordinal: number;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly md5: string | null;
  readonly sha256: string | null;
  readonly location: string;
}
export interface OpenedMessage {
  readonly id: string;
  readonly platformMessageId: string;
  readonly senderId: string;
  readonly sentAt: Date;
  readonly kind: MessageKind;
  readonly revisions: readonly {
    readonly revision: number;
    readonly editedAt: Date | null;
    readonly deletedAt: Date | null;
    readonly receivedAt: Date;
    readonly body: string | null;
  }[];
  readonly files: readonly OpenedFile[];
  readonly setAside: {
    readonly kind: "privileged" | "out_of_scope" | "other";
    readonly reason: string;
    readonly by: string;
  } | null;
  readonly hand: readonly HandRedaction[];
}
export interface OpenedPerson {
  readonly id: string;
  readonly accountId: string;
  readonly namedBy: "request" | "counsel" | null;
  readonly number: number | null;
  readonly handle: string | null;
  readonly displayName: string | null;
  /** What else they were called until the packet was asked for, as far as it was kept. */
  readonly aliases: readonly string[];
}

const ASK_AGAIN_MS = 40;
const PATIENCE_MS = 5_000;
const PIECES_AT_ONCE = 4;

/**
 * Reads what a packet is built from, under a reading that an earlier transaction committed (`legal.open_build`): each page asks
 * anew whether the build may go on.
 *
 * Every method throws BuildLost when it may not, BuildStuck when a person must act before it may, Refusal `sealed-damaged` when a
 * ciphertext was moved or changed.
 */
export class BuildReader {
  readonly #lease: BuildLease;
  readonly #opener: PieceOpener;
  #readingId = "";

  private constructor(lease: BuildLease) {
    this.#lease = lease;
    this.#opener = new PieceOpener(lease.productionId);
  }

  /** Commits that the content is read, and what for. */
  static async open(lease: BuildLease): Promise<BuildReader> {
    const reader = new BuildReader(lease);
    await reader.#commit();
    return reader;
  }

  /** Reads on under a reading that was committed before, in another thread of this build. */
  static under(lease: BuildLease, readingId: string): BuildReader {
    const reader = new BuildReader(lease);
    reader.#readingId = readingId;
    return reader;
  }

  /** The reading that stands now. */
  get readingId(): string {
    return this.#readingId;
  }

  async whole(): Promise<SealedWhole> {
    return whole.parse(await this.#ask((id) => readBuildSealed(this.#lease.token, id)));
  }

  async people(threadId: string): Promise<OpenedPerson[]> {
    const sealed = people.parse(
      await this.#ask((id) => readBuildThreadSealed(this.#lease.token, id, threadId)),
    );
    const open = await openBoxes(threadId, sealed.keys);
    const opened = (id: string, keyId: string, box: Buffer) =>
      identity.parse(JSON.parse(open(keyId, { of: "identity", id }, box)));
    return sealed.participants.map(({ keyId, identity: box, aliases, ...one }) => ({
      ...one,
      ...opened(one.id, keyId, box),
      aliases: (aliases ?? []).flatMap((was) => {
        const { handle, displayName } = opened(one.id, was.keyId, was.identity);
        return [handle, displayName].filter((name) => name !== null);
      }),
    }));
  }

  /** A page of a conversation, sealed still: the next one can be asked for before `open` opens this one. */
  async page(
    threadId: string,
    after: string | null,
    limit: number,
  ): Promise<{ readonly open: () => OpenedMessage[]; readonly nextAfter: string | null }> {
    const sealed = page.parse(
      await this.#ask((id) => readBuildPageSealed(this.#lease.token, id, threadId, after, limit)),
    );
    const boxes = await openBoxes(threadId, sealed.keys);
    return { open: () => openedMessages(sealed, boxes), nextAfter: sealed.nextAfter };
  }

  /** Deflated bytes of a file that is whole, from one piece on. */
  async *pieces(partNo: number, count: number): AsyncGenerator<Buffer, void, void> {
    for (let from = 0; from < count; ) {
      const sealed = pieces.parse(
        await this.#ask((id) => readBuildPiecesSealed(this.#lease.token, id, partNo, from, PIECES_AT_ONCE)),
      );
      await this.#opener.take(sealed.keys);
      for (const { n, keyId, box } of sealed.pieces) {
        if (n !== from) throw new Refusal("sealed-damaged");
        from += 1;
        yield this.#opener.open(keyId, partNo, n, box);
      }
      if (sealed.pieces.length === 0) throw new Refusal("sealed-damaged");
    }
  }

  async #commit(): Promise<void> {
    const [row] = await guarded(
      workerSql()`select legal.open_build(${this.#lease.productionId}, ${this.#lease.token}) as answer`,
    );
    const no = refused.safeParse(row?.answer);
    if (no.success) await this.#refused(no.data.code);
    this.#readingId = z.object({ readingId: z.string() }).parse(row?.answer).readingId;
  }

  /** In strict mode the reading's leaf must be under a signed checkpoint first, which takes a moment. */
  async #ask(read: (readingId: string) => Promise<unknown>): Promise<unknown> {
    for (const end = Date.now() + PATIENCE_MS; ; ) {
      const answer = await read(this.#readingId);
      const no = refused.safeParse(answer);
      if (!no.success) return answer;
      // A long build outlives a reading: another is committed, with an event of its own.
      if (no.data.code === "view-expired") await this.#commit();
      else if (no.data.code !== "awaiting-checkpoint" || Date.now() > end) await this.#refused(no.data.code);
      else await sleep(ASK_AGAIN_MS);
    }
  }

  async #refused(code: string): Promise<never> {
    if (code.startsWith("verify-")) throw new BuildStuck("verification-lapsed", null);
    if (code === "awaiting-checkpoint") throw new BuildStuck("log-unsigned", null);
    if (code === "standby" || code === "view-not-committed") throw new Refusal(code, { recorded: true });
    // What the packet stood on has ended: the lease is looked at, which discards it.
    await holdProduction(this.#lease, 60_000);
    throw new BuildLost();
  }
}

function moment(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}

function openedMessages(sealed: z.output<typeof page>, open: OpenBox): OpenedMessage[] {
  const files = Map.groupBy(sealed.files, (one) => one.messageId);
  const aside = new Map(sealed.setAside.map((one) => [one.messageId, one]));
  const hand = Map.groupBy(sealed.redactions, (one) => one.messageId);
  const messages: OpenedMessage[] = [];
  let rows: Row[] = [];
  const flush = () => {
    const [first] = rows;
    if (!first) return;
    const [id, , platformMessageId, senderId, sent, kind] = first;
    messages.push({
      id,
      platformMessageId,
      senderId,
      sentAt: new Date(sent),
      kind,
      revisions: rows.map((row) => ({
        revision: row[1],
        editedAt: moment(row[6]),
        deletedAt: moment(row[7]),
        receivedAt: new Date(row[8]),
        body: row[10] === null ? null : open(row[9], { of: "message", id }, Buffer.from(row[10], "base64")),
      })),
      files: (files.get(id) ?? []).map(({ messageId: _, keyId, location, ...file }) => ({
        ...file,
        location: open(keyId, { of: "location", id, ordinal: file.ordinal }, location),
      })),
      setAside: aside.get(id) ?? null,
      hand: (hand.get(id) ?? []).map(({ revision, from, to, reason }) => ({
        revision,
        start: from,
        end: to,
        reason,
      })),
    });
    rows = [];
  };
  for (const row of sealed.messages) {
    if (rows[0] && rows[0][0] !== row[0]) flush();
    rows.push(row);
  }
  flush();
  return messages;
}
