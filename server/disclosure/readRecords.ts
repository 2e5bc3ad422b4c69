import { Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";
import type { PacketMessage, PacketRevision, WithheldRecord } from "../../domain/packet/model.ts";
import type { Part } from "../legal/productions/ledgerStore.ts";
import type { Build } from "./openBuild.ts";

/** Records as they were written, some hundred at a time. */
export interface RecordBatch {
  readonly messages: readonly PacketMessage[];
  readonly withheld: readonly WithheldRecord[];
}

/** Reads stretches of records back, one after the other. No more of them is held than a block. */
export async function* readRecords(
  build: Build,
  parts: readonly Part[],
): AsyncGenerator<RecordBatch, void, void> {
  for (const part of parts) {
    let rest = "";
    for await (const text of textOf(build, part)) {
      build.signal.throwIfAborted();
      const end = text.lastIndexOf("\n");
      if (end < 0) {
        rest += text;
        continue;
      }
      yield batchOf(rest + text.slice(0, end));
      rest = text.slice(end + 1);
    }
  }
}

/** Messages alone, batch after batch. */
export async function* messagesOf(
  batches: AsyncIterable<RecordBatch>,
): AsyncGenerator<readonly PacketMessage[], void, void> {
  for await (const { messages } of batches) if (messages.length > 0) yield messages;
}

async function* textOf(build: Build, part: Part): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder();
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
  const source = Readable.from(build.reader.pieces(part.n, part.pieces ?? 0));
  source.on("error", (error) => inflate.destroy(error));
  source.pipe(inflate);
  try {
    for await (const bytes of inflate) yield decoder.decode(bytes as Buffer, { stream: true });
    yield decoder.decode();
  } finally {
    source.destroy();
    inflate.destroy();
  }
}

function batchOf(text: string): RecordBatch {
  const messages: PacketMessage[] = [];
  const withheld: WithheldRecord[] = [];
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const { m, w } = JSON.parse(line) as { m?: PacketMessage; w?: WithheldRecord };
    if (m) messages.push(revived(m));
    if (w) withheld.push({ ...w, sentAt: date(w.sentAt) });
  }
  return { messages, withheld };
}

/** JSON has no dates: they are made of their texts again. */
function revived(message: PacketMessage): PacketMessage {
  return {
    ...message,
    sentAt: new Date(message.sentAt),
    revisions: message.revisions.map(
      (one): PacketRevision => ({
        ...one,
        editedAt: date(one.editedAt),
        deletedAt: date(one.deletedAt),
        receivedAt: new Date(one.receivedAt),
      }),
    ),
  };
}

function date(at: Date | null): Date | null {
  return at === null ? null : new Date(at);
}
