// A thread of `buildBeside.ts`: one half of a packet's files, from records that are whole to lists that are.
import { parentPort, workerData } from "node:worker_threads";
import { closeEverything } from "../../environment/shutdown.ts";
import { readBuildLedger } from "../legal/productions/ledgerStore.ts";
import type { BesideAnswer, BesideWork } from "./buildBeside.ts";
import { buildReadable } from "./buildHalves.ts";
import { openBuild } from "./openBuild.ts";
import { toldError } from "./toldError.ts";

const { lease, readingId, ...work }: BesideWork = workerData;
const stopping = new AbortController();
parentPort?.once("message", () => stopping.abort());

let answer: BesideAnswer = { ok: true };
try {
  const build = await openBuild(lease, await readBuildLedger(lease), stopping.signal, readingId);
  await buildReadable(build, work);
} catch (error) {
  answer = { ok: false, error: toldError(error) };
}
await closeEverything();
parentPort?.postMessage(answer);
