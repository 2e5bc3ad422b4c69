import { Cursor, FanOut } from "../../domain/packet/build/fanOut.ts";
import { LAYOUT } from "../../domain/packet/layout.ts";
import type { PacketConversation, PacketFacts, PacketMessage } from "../../domain/packet/model.ts";
import { nativeNdjson } from "../../domain/packet/native.ts";
import { transcriptPdf } from "../../domain/packet/pdf/transcriptPdf.ts";
import { rsmfFile } from "../../domain/packet/rsmf/rsmfFile.ts";
import { addPart, type Part } from "../legal/productions/ledgerStore.ts";
import { BuildStuck } from "../legal/productions/stuck.ts";
import { openFonts } from "../packet/pdf/openFonts.ts";
import type { Build } from "./openBuild.ts";
import { messagesOf, readRecords } from "./readRecords.ts";
import { writePart } from "./writePart.ts";

type Messages = AsyncIterable<readonly PacketMessage[]>;

/** A conversation's files that are not whole yet. */
export interface ConversationWork {
  readonly conversation: PacketConversation;
  readonly records: readonly Part[];
  /** Null where somebody else writes it. */
  readonly native: Part | null;
  readonly slices: readonly Part[];
  readonly transcripts: readonly Part[];
}

/**
 * Writes the files of one conversation in one pass over its records: native, RSMF slice after slice, transcript file after file. What
 * is whole already is passed over.
 *
 * @throws what `writePart` and `readRecords` throw; BuildStuck `name-survives`
 */
export async function writeConversation(
  build: Build,
  facts: PacketFacts,
  work: ConversationWork,
): Promise<void> {
  const fan = new FanOut(messagesOf(readRecords(build, work.records)));
  const takers: ((messages: Messages) => Promise<void>)[] = [];
  const { native } = work;
  if (native && native.state !== "done")
    takers.push((messages) => writeNative(build, native, work.conversation, messages));
  if (work.slices.some(({ state }) => state !== "done"))
    takers.push((messages) => writeSlices(build, facts, work, messages));
  if (work.transcripts.some(({ state }) => state !== "done"))
    takers.push((messages) => writeTranscripts(build, facts, work, messages));
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
  const ended = await Promise.allSettled(running);
  for (const one of ended) if (one.status === "rejected") throw one.reason;
}

async function writeNative(
  build: Build,
  native: Part,
  conversation: PacketConversation,
  messages: Messages,
): Promise<void> {
  await writePart(
    build.lease,
    build.sealer,
    native,
    checked(build, native.path, nativeNdjson(conversation, messages)),
  );
}

async function writeSlices(
  build: Build,
  facts: PacketFacts,
  { slices, conversation }: ConversationWork,
  messages: Messages,
): Promise<void> {
  const cursor = new Cursor(messages);
  for (const part of slices) {
    const { day, slice, events } = part.detail as { day: string; slice: number; events: number };
    if (part.state === "done") {
      await cursor.skip(events);
      continue;
    }
    // In the file the words are encoded twice over: they are looked at before.
    const check = build.survivors.file();
    const pieces = rsmfFile(facts, conversation, { day, slice }, cursor.take(events), {
      look: (piece) => check.add(piece),
    });
    await writePart(
      build.lease,
      build.sealer,
      part,
      ended(pieces, () => check.end() > 0, part.path),
    );
  }
  await cursor.end();
}

async function writeTranscripts(
  build: Build,
  facts: PacketFacts,
  { transcripts, conversation }: ConversationWork,
  messages: Messages,
): Promise<void> {
  const cursor = new Cursor(messages);
  const done = transcripts.filter(({ state }) => state === "done");
  for (const { detail } of done) await cursor.skip(Number(detail.messages));
  const fonts = await openFonts();
  const firstFile = done.length + 1;
  const pieces = transcriptPdf(fonts, facts, conversation, cursor.rest(), { firstFile });
  let part: Part | undefined = transcripts.find(({ state }) => state !== "done");
  for (let file = firstFile; part; file++) {
    const end: { messages: number; last: boolean; firstBates: string | null; lastBates: string | null }[] =
      [];
    await writePart(build.lease, build.sealer, part, oneFile(pieces, end), () => ({
      detail: {
        messages: end[0]?.messages ?? 0,
        firstBates: end[0]?.firstBates ?? null,
        lastBates: end[0]?.lastBates ?? null,
      },
      follow: end[0]?.last === false ? [further(conversation.id, file + 1)] : [],
    }));
    part =
      end[0]?.last === false ? await addPart(build.lease, further(conversation.id, file + 1)) : undefined;
  }
  await cursor.end();
}

function further(conversation: string, file: number) {
  return {
    path: LAYOUT.transcript(conversation, file),
    kind: "transcript" as const,
    detail: { conversation, file },
  };
}

type End = { messages: number; last: boolean; firstBates: string | null; lastBates: string | null };

/** The bytes of one transcript out of the stream of all. */
async function* oneFile(
  pieces: ReturnType<typeof transcriptPdf>,
  end: End[],
): AsyncGenerator<Uint8Array, void, void> {
  for (;;) {
    const next = await pieces.next();
    if (next.done) return;
    if (next.value.kind === "end") {
      end.push(next.value);
      return;
    }
    yield next.value.bytes;
  }
}

/** Passes text on, and breaks off when a name that is replaced stands in it. */
export async function* checked(
  build: Build,
  path: string | null,
  pieces: AsyncIterable<string>,
): AsyncGenerator<string, void, void> {
  const check = build.survivors.file();
  for await (const piece of pieces) {
    check.add(piece);
    yield piece;
  }
  if (check.end() > 0) throw new BuildStuck("name-survives", path);
}

async function* ended(
  pieces: AsyncIterable<string>,
  wrong: () => boolean,
  path: string | null,
): AsyncGenerator<string, void, void> {
  yield* pieces;
  if (wrong()) throw new BuildStuck("name-survives", path);
}
