import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { openAuditSession } from "../../../../db/auditSession.ts";
import { assumeSettings } from "../../../../environment/assumeSettings.ts";
import { buildPacket } from "../../../disclosure/buildPacket.ts";
import { openPacket } from "../../../disclosure/writePacket.ts";
import { makePacketKey, type PacketKey } from "../../../packet/signingKey.ts";
import { makeWorld, type Person, type World } from "../../../test/world.ts";
import { makeLogKeyFile } from "../../../tlog/addLogKey.ts";
import { runSequencer } from "../../../tlog/sequencer/runSequencer.ts";
import { handInCollection } from "../../collections/handInCollection.ts";
import { type Counsels, collectedCase } from "../../test/collected.ts";
import { askProduction } from "../askProduction.ts";
import { compareProduction } from "../compareProduction.ts";
import { takeProduction } from "../ledgerStore.ts";
import { openPacketExport } from "../openPacketExport.ts";
import { readProduction } from "../readProduction.ts";
import { releaseProduction } from "../releaseProduction.ts";
import { runProductions } from "../runProductions.ts";

/** A world with three counsels, a log that is signed, and a key for packets. */
export async function makePacketStage() {
  const world = await makeWorld();
  const folder = await mkdtemp(join(tmpdir(), "unseal-packets-"));
  const packetKeyFile = join(folder, "packet-key.json");
  const logKeyFile = join(folder, "log-keys.json");
  const key = await makePacketKey(packetKeyFile, "packets.example.org");
  await makeLogKeyFile(world.urls.audit, logKeyFile, { origin: "log.example.org/test", afterLoss: false });
  Object.assign(process.env, { PACKET_SIGNING_KEY_FILE: packetKeyFile, LOG_SIGNING_KEY_FILE: logKeyFile });
  assumeSettings({ PACKET_SIGNING_KEY_FILE: packetKeyFile, LOG_SIGNING_KEY_FILE: logKeyFile });
  const stopping = new AbortController();
  const sequencer = runSequencer({ url: world.urls.audit, keyFile: logKeyFile, signal: stopping.signal });
  const first = await world.person(["legal_counsel"]);
  const second = await world.person(["legal_counsel"]);
  const third = await world.person(["legal_counsel"]);
  return {
    world,
    key,
    folder,
    packetKeyFile,
    logKeyFile,
    counsels: { first, second } satisfies Counsels,
    third,
    async end() {
      stopping.abort();
      await sequencer;
      await world.end();
      await rm(folder, { recursive: true });
    },
  };
}
export type PacketStage = Awaited<ReturnType<typeof makePacketStage>>;

/** A collection whose review is handed in as it stands. */
export async function handedIn(
  { world, counsels }: PacketStage,
  ask: Parameters<typeof collectedCase>[2] = {},
  options: Parameters<typeof collectedCase>[3] = {},
) {
  const made = await collectedCase(world, counsels, ask, options);
  await handIn(counsels.first, made.collection.id);
  return made;
}

export async function handIn(by: Person, collectionId: string): Promise<void> {
  await handInCollection(by.actor, collectionId, { decisions: 0 });
}

/** Asks for a packet of a collection. */
export const ask = ({ counsels }: PacketStage, collectionId: string, note?: string) =>
  askProduction(counsels.first.actor, collectionId, note === undefined ? {} : { note });

/** Builds everything that is to be built, until this production is not building any more. */
export async function buildAll(world: World, productionId: string, build = buildPacket): Promise<void> {
  const stopping = new AbortController();
  const running = runProductions({ build, signal: stopping.signal, lookMs: 20, againMs: 20 });
  try {
    for (;;) {
      const [row] = await world.admin`select state from legal.productions where id = ${productionId}`;
      if (row?.state !== "building") return;
      await new Promise((passed) => setTimeout(passed, 20));
    }
  } finally {
    stopping.abort();
    await running;
  }
}

/** Takes a build up without working on it. */
export const take = (leaseMs = 60_000) => takeProduction("test", leaseMs);

/** Released by the third counsel. */
export async function released(stage: PacketStage, productionId: string): Promise<void> {
  const { manifestSha512 } = await compareProduction(stage.third.actor, productionId);
  await releaseProduction(stage.third.actor, productionId, { manifestSha512 });
}

/** The ZIP of a released packet, as counsel takes it out. */
export async function zipOf({ counsels }: PacketStage, productionId: string): Promise<Buffer> {
  const { actor } = counsels.first;
  const { readingId } = await openPacketExport(actor, productionId, "Handed over to the officer in person.");
  const packet = await openPacket({ actor, ticket: null }, readingId);
  const pieces: Uint8Array[] = [];
  for await (const bytes of packet.bytes(0)) pieces.push(bytes);
  return Buffer.concat(pieces);
}

/** The files of a ZIP, by their paths below its top folder. Reads the central directory and nothing that we wrote. */
export function filesOf(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from("504b0506", "hex"));
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let i = zip.readUInt16LE(end + 10); i > 0; i--) {
    const [length, extra, comment] = [28, 30, 32].map((where) => zip.readUInt16LE(at + where)) as [
      number,
      number,
      number,
    ];
    const name = zip.toString("utf8", at + 46, at + 46 + length);
    const [packed, local] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)];
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    files.set(name.slice(name.indexOf("/") + 1), inflateRawSync(zip.subarray(start, start + packed)));
    at += 46 + length + extra + comment;
  }
  return files;
}

/** What is known of every file: enough to tell whether two builds wrote the same bytes. */
export async function partsOf(world: World, productionId: string) {
  return world.admin`select path, state, size, deflated, crc32, encode(sha512, 'hex') as sha512 from legal.production_parts
    where production_id = ${productionId} and path is not null order by path collate "C"`;
}

export { openAuditSession, type PacketKey, readProduction };
