import { planParts } from "../../domain/packet/build/plan.ts";
import { NO_STATS, sumStats } from "../../domain/packet/build/recordStats.ts";
import { packetSettings } from "../../environment/settings.ts";
import {
  addPart,
  type BuildLease,
  type Part,
  type PartSums,
  readBuildLedger,
} from "../legal/productions/ledgerStore.ts";
import { BuildStuck } from "../legal/productions/stuck.ts";
import { type PacketKey, PacketKeyRefused, readPacketKey } from "../packet/signingKey.ts";
import { buildBeside } from "./buildBeside.ts";
import { buildReadable, buildTexts, type HalvesWork } from "./buildHalves.ts";
import { type Build, openBuild } from "./openBuild.ts";
import { sealPacket } from "./sealPacket.ts";
import { packetFacts, writePapers } from "./writePapers.ts";
import { recordsDetail, writeRecords } from "./writeRecords.ts";

/** Of fewer records all is written before a thread has started. */
const THREAD_FROM = 5_000;

/**
 * Builds a packet as far as it goes now, from where it stands: records first, redacted once; then everything that is made from
 * them; then the export's place in the log, manifests and signature. It may be ended at any point: what is whole is on record and
 * passed over by the next.
 *
 * @param signal breaks it off; nothing is written after the step at hand
 * @param options.threadFrom from how many records on a second thread helps; the bytes are the same
 * @returns when it is built
 * @throws BuildLost when it is another's or over; BuildStuck when a person must act; NotSignedYet; DatabaseFailure
 */
export async function buildPacket(
  lease: BuildLease,
  signal: AbortSignal,
  { threadFrom = THREAD_FROM }: { readonly threadFrom?: number } = {},
): Promise<void> {
  const key = await packetKey();
  const ledger = await readBuildLedger(lease);
  const build = await openBuild(lease, ledger, signal);
  const records = await writeRecords(build, build.accounts.length);

  const stats = sumStats([...records.map((part) => recordsDetail(part).stats ?? NO_STATS)]);
  const produced = records.reduce((sum, part) => sum + part.records, build.accounts.length);
  // What was counted when numbers were given is what was found: a number more or less would leave a gap.
  if (produced !== ledger.recordsTotal) throw new BuildStuck("inputs-changed", null);
  const plans = build.threads.map(({ n, conversation }) => {
    const own = records.filter((part) => recordsDetail(part).start.thread === n);
    return {
      id: conversation.id,
      messages: own.reduce((sum, part) => sum + (recordsDetail(part).messages ?? 0), 0),
      slices: own.flatMap((part) => recordsDetail(part).slices ?? []),
    };
  });
  const conversations = plans.filter(({ messages }) => messages > 0);
  const pseudonymised = new Set(
    build.threads
      .filter((_, i) => (plans[i]?.messages ?? 0) > 0)
      .flatMap(({ conversation }) =>
        conversation.participants.filter(({ named }) => !named).map(({ id }) => id),
      ),
  ).size;
  const facts = packetFacts(build, stats, conversations.length, pseudonymised);
  const content = ledger.categories.includes("content");
  await addMissing(build, planParts(build.accounts.length, plans, content));

  await inHalves(build, { facts, conversations: conversations.map(({ id }) => id) }, produced >= threadFrom);
  const parts = await Standing.read(lease);
  await writePapers(build, facts, (path) => parts.of(path));
  await sealPacket(build, facts, await Standing.read(lease), key);
}

/** One half here and one in a thread, so that two cores have something to do; the first that fails stops the other. */
async function inHalves(build: Build, work: HalvesWork, beside: boolean): Promise<void> {
  if (!beside) {
    await buildTexts(build, work);
    await buildReadable(build, work);
    return;
  }
  const stopping = new AbortController();
  const signal = AbortSignal.any([build.signal, stopping.signal]);
  const { lease, reader } = build;
  const failed: unknown[] = [];
  const fail = (error: unknown) => {
    failed.push(error);
    stopping.abort();
  };
  await Promise.all([
    buildBeside({ ...work, lease, readingId: reader.readingId }, signal).catch(fail),
    buildTexts({ ...build, signal }, work).catch(fail),
  ]);
  if (failed.length > 0) throw failed[0];
}

async function addMissing(build: Build, planned: ReturnType<typeof planParts>): Promise<void> {
  const there = new Set(
    (await readBuildLedger(build.lease)).parts.flatMap(({ path }) => (path === null ? [] : [path])),
  );
  for (const part of planned) if (!there.has(part.path)) await addPart(build.lease, part);
}

async function packetKey(): Promise<PacketKey> {
  const { packetKeyFile } = packetSettings();
  if (!packetKeyFile) throw new BuildStuck("signing-key", null);
  try {
    return await readPacketKey(packetKeyFile);
  } catch (error) {
    throw error instanceof PacketKeyRefused ? new BuildStuck("signing-key", null) : error;
  }
}

/** The parts as they stand, kept up with what is written. */
class Standing {
  readonly #parts: Map<string, Part>;
  readonly #others: readonly Part[];

  private constructor(parts: readonly Part[]) {
    this.#parts = new Map(parts.flatMap((part) => (part.path === null ? [] : [[part.path, part]])));
    this.#others = parts.filter(({ path }) => path === null);
  }

  static async read(lease: BuildLease): Promise<Standing> {
    return new Standing((await readBuildLedger(lease)).parts);
  }

  of(path: string): Part {
    const part = this.#parts.get(path);
    if (!part) throw new BuildStuck("inputs-changed", path);
    return part;
  }

  all(): readonly Part[] {
    return [...this.#parts.values(), ...this.#others];
  }

  wrote(path: string, sums: PartSums): void {
    this.#parts.set(path, { ...this.of(path), ...sums, state: "done" });
  }
}
