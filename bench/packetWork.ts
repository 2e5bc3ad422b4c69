// One packet, built in a process of its own so that its memory is its own, while the log is continued beside it. Then the very
// same bytes once more in one plain loop: decrypted, hashed with SHA-512, deflated. Prints one line of JSON.
import { createHash, createSecretKey, randomBytes } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import postgres from "postgres";
import { auditSettings, logKeySettings } from "../environment/settings.ts";
import { closeEverything } from "../environment/shutdown.ts";
import { openBox, sealBox } from "../server/disclosure/box.ts";
import { buildPacket } from "../server/disclosure/buildPacket.ts";
import { PieceOpener } from "../server/disclosure/sealPieces.ts";
import { deflateLevel } from "../server/disclosure/writePart.ts";
import { holdProduction, takeProduction } from "../server/legal/productions/ledgerStore.ts";
import { runSequencer } from "../server/tlog/sequencer/runSequencer.ts";

const MIB = 1024 * 1024;
const [productionId = "", adminUrl = ""] = process.argv.slice(2);
const stopping = new AbortController();
const sequencer = runSequencer({
  url: auditSettings().auditDatabaseUrl,
  keyFile: logKeySettings().logKeyFile,
  signal: stopping.signal,
});
const lease = await takeProduction("bench", 60_000);
if (lease?.productionId !== productionId) throw new Error("The benchmark's packet is not there to be built.");
const holding = setInterval(() => void holdProduction(lease, 60_000), 10_000);

const idle = process.memoryUsage.rss();
let most = idle;
const watching = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss());
}, 20);
const start = performance.now();
await buildPacket(lease, new AbortController().signal);
const milliseconds = performance.now() - start;
clearInterval(watching);
clearInterval(holding);
stopping.abort();
await sequencer;

const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
const keys = await admin<{ id: string; kekId: string; wrapped: Buffer }[]>`
  select key_id as id, kek_id as "kekId", wrapped from sealed.thread_keys where thread_id = ${productionId}`;
const opener = new PieceOpener(productionId);
await opener.take(keys);
const key = createSecretKey(randomBytes(32));
const place = Buffer.from("bench");
const sha512 = createHash("sha512");
let floor = 0;
let bytes = 0;
const parts = await admin<{ n: number; kind: string }[]>`
  select n, kind from legal.production_parts where production_id = ${productionId} and path is not null and state = 'done' order by path`;
for (const { n, kind } of parts) {
  const pieces = await admin<{ n: number; keyId: string; box: Buffer }[]>`
    select n, key_id as "keyId", piece_ct as box from sealed.legal_pieces where thread_id = ${productionId} and part_no = ${n} order by n`;
  const deflated = Buffer.concat(pieces.map((one) => opener.open(one.keyId, n, one.n, one.box)));
  const plain = inflateRawSync(deflated);
  for (let at = 0; at < plain.length; at += MIB) {
    const box = sealBox(key, plain.subarray(at, at + MIB), place);
    const begun = performance.now();
    const opened = openBox(key, box, place) as Buffer;
    sha512.update(opened);
    deflateRawSync(opened, { level: deflateLevel(kind) });
    floor += performance.now() - begun;
  }
  bytes += plain.length;
}
await admin.end();
await closeEverything();
process.stdout.write(
  `${JSON.stringify({ milliseconds, floor, mebibytes: bytes / MIB, aboveIdle: (most - idle) / MIB, parts: parts.length })}\n`,
);
process.exit(0);
