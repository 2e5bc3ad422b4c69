import { createHash, hash } from "node:crypto";
import { z } from "zod";
import { LAYOUT } from "../../../domain/packet/layout.ts";
import type { Findings } from "./findings.ts";
import type { IndexTable } from "./IndexTable.ts";
import type { OpenPacket } from "./openPacket.ts";
import { readLines } from "./readFiles.ts";

const text = {
  body: z.string().nullable(),
  redactions: z.array(z.object({ start: z.int(), end: z.int(), reason: z.string() })),
};
const conversationLine = z.object({
  v: z.literal(1),
  type: z.literal("conversation"),
  conversation: z.string(),
  participants: z.array(z.object({ id: z.string() })),
});
const messageLine = z.object({
  v: z.literal(1),
  type: z.literal("message"),
  bates: z.string(),
  conversation: z.string(),
  category: z.enum(["traffic", "content"]),
  from: z.string(),
  sent_at: z.string(),
  deleted_at: z.string().nullable(),
  ...text,
  earlier_revisions: z.array(z.object(text)),
  attachments: z.array(
    z.object({
      bates: z.string().nullable(),
      status: z.string(),
      path: z.string().nullable(),
      size: z.number().nullable(),
      sha256: z.string().nullable(),
    }),
  ),
});
type MessageLine = z.output<typeof messageLine>;
const accountLine = z.object({ v: z.literal(1), type: z.literal("account"), bates: z.string() });

/** Holds every line of the records against the index. */
export async function checkRecords(
  packet: OpenPacket,
  index: IndexTable,
  findings: Findings,
  onProgress: (done: number, all: number) => void,
): Promise<void> {
  let done = 0;
  for (const path of packet.files.keys()) {
    const conversation = /^data\/native\/(.+)\.ndjson$/.exec(path)?.[1];
    if (conversation === undefined && path !== LAYOUT.accounts) continue;
    const people = new Set<string>();
    for await (const { n, bytes } of readLines(packet, path)) {
      const where = `${path} line ${n}`;
      const line = bytes && bytes.at(-1) === 0x0a ? parsed(bytes) : undefined;
      if (conversation !== undefined && n === 1) {
        const head = conversationLine.safeParse(line).data;
        if (head?.conversation !== conversation) findings.add("bad-record", where);
        for (const { id } of head?.participants ?? []) people.add(id);
        continue;
      }
      const record =
        conversation === undefined ? accountLine.safeParse(line).data : messageLine.safeParse(line).data;
      if (!record || !bytes) {
        findings.add("bad-record", where);
        continue;
      }
      const i = index.find(record.bates);
      const row = i === -1 ? undefined : index.row(i);
      if (row?.type !== record.type || row.path !== path || !index.see(i)) {
        findings.add("record-not-indexed", where);
        continue;
      }
      if (row.sha256 !== hash("sha256", bytes, "hex") || row.size !== bytes.length)
        findings.add("record-differs", `${where} (${record.bates})`);
      if (record.type === "message") {
        if (record.conversation !== conversation || !people.has(record.from))
          findings.add("bad-record", where);
        checkMessage(record, index, i, where, findings);
      }
      done += 1;
      onProgress(done, index.size);
    }
  }
}

function checkMessage(
  message: MessageLine,
  index: IndexTable,
  i: number,
  where: string,
  findings: Findings,
): void {
  let marked = false;
  for (const { body, redactions } of [message, ...message.earlier_revisions])
    for (const { start, end } of redactions) {
      marked = true;
      if (!/^\[REDACTED: [^[\]]*\]$/.test(body?.slice(start, end) ?? "")) findings.add("bad-record", where);
    }
  const { redacted, content } = index.row(i);
  if ((marked && !redacted) || content !== (message.category === "content"))
    findings.add("record-differs", `${where} (${message.bates})`);
  for (const one of message.attachments) {
    if (one.bates === null) continue;
    const at = index.find(one.bates);
    const row = at === -1 ? undefined : index.row(at);
    const same =
      row?.type === "attachment" &&
      row.produced === (one.status === "produced") &&
      row.path === (one.path ?? "") &&
      row.sha256 === (one.sha256 ?? "") &&
      row.size === (one.size ?? 0);
    if (!same) findings.add("record-differs", `${where} (${one.bates})`);
  }
  const { from, sent_at, deleted_at, body } = message;
  index.keepPrint(i, printOf({ from, sentAt: sent_at, deleted: deleted_at !== null, body }));
}

/** What a message says, in few bytes: RSMF must say the same. */
export function printOf(said: {
  readonly from: string;
  readonly sentAt: string;
  readonly deleted: boolean;
  readonly body: string | null;
}): Buffer {
  return createHash("sha256")
    .update(JSON.stringify([said.from, said.sentAt, said.deleted, said.body]))
    .digest();
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
