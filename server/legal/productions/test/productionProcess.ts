// A worker of its own, to be killed: builds packets, each on two threads, until it dies.
import { buildPacket } from "../../../disclosure/buildPacket.ts";
import { runProductions } from "../runProductions.ts";

process.send?.("ready");
await runProductions({
  build: (lease, signal) => buildPacket(lease, signal, { threadFrom: 0 }),
  signal: new AbortController().signal,
  leaseMs: 1_500,
  lookMs: 10,
  againMs: 10,
});
