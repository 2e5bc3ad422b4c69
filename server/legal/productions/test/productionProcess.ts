// A worker of its own, to be killed: builds packets until it dies.
import { buildPacket } from "../../../disclosure/buildPacket.ts";
import { runProductions } from "../runProductions.ts";

process.send?.("ready");
await runProductions({
  build: buildPacket,
  signal: new AbortController().signal,
  leaseMs: 1_500,
  lookMs: 10,
  againMs: 10,
});
