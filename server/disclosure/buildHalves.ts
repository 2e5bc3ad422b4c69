import { LAYOUT } from "../../domain/packet/layout.ts";
import type { PacketFacts } from "../../domain/packet/model.ts";
import { type Part, readBuildLedger } from "../legal/productions/ledgerStore.ts";
import { BuildStuck } from "../legal/productions/stuck.ts";
import type { Build } from "./openBuild.ts";
import { type ConversationWork, writeConversation } from "./writeConversations.ts";
import { writeLists } from "./writePapers.ts";
import { recordsDetail } from "./writeRecords.ts";

/** What is made of the records, in two halves that need nothing of each other and take about as long. Plain values: they go to a thread. */
export interface HalvesWork {
  readonly facts: PacketFacts;
  /** Ids of conversations in which something is produced, in order. */
  readonly conversations: readonly string[];
}

/** Native files and RSMF of every conversation. @throws what `writeConversation` throws */
export async function buildTexts(build: Build, { facts, conversations }: HalvesWork): Promise<void> {
  const { parts } = await readBuildLedger(build.lease);
  for (const id of conversations) {
    const own = parts.filter((part) => part.detail.conversation === id);
    const native = own.find(({ kind }) => kind === "native");
    if (!native) throw new BuildStuck("inputs-changed", null);
    await writeConversation(build, facts, {
      ...recordsOf(build, parts, id),
      native,
      slices: own.filter(({ kind }) => kind === "rsmf"),
      transcripts: [],
    });
  }
}

/** Transcripts of every conversation, and then the lists, which say where in them a message stands. @throws the same */
export async function buildReadable(build: Build, { facts, conversations }: HalvesWork): Promise<void> {
  const { parts } = await readBuildLedger(build.lease);
  for (const id of conversations)
    await writeConversation(build, facts, {
      ...recordsOf(build, parts, id),
      native: null,
      slices: [],
      transcripts: parts.filter(({ kind, detail }) => kind === "transcript" && detail.conversation === id),
    });
  const standing = (await readBuildLedger(build.lease)).parts;
  const partOf = (path: string) => {
    const part = standing.find((one) => one.path === path);
    if (!part) throw new BuildStuck("inputs-changed", path);
    return part;
  };
  await writeLists(build, standing.filter(isStretch), {
    index: partOf(LAYOUT.index),
    withheld: partOf(LAYOUT.withheld),
    redactions: partOf(LAYOUT.redactions),
    transcripts: standing.filter(({ kind }) => kind === "transcript"),
  });
}

function recordsOf(
  build: Build,
  parts: readonly Part[],
  id: string,
): Pick<ConversationWork, "conversation" | "records"> {
  build.signal.throwIfAborted();
  const thread = build.threads.find((one) => one.conversation.id === id);
  if (!thread) throw new BuildStuck("inputs-changed", null);
  return {
    conversation: thread.conversation,
    records: parts.filter((part) => isStretch(part) && recordsDetail(part).start.thread === thread.n),
  };
}

function isStretch({ kind, state }: Part): boolean {
  return kind === "records" && state === "done";
}
