// A worker that files, in a process of its own, to be killed:
//   node filingProcess.ts [before|sent|answered:N]
// With an argument it kills itself, as kill -9 does, at its N-th call to the service: before anything of it is sent, once
// it is sent, or once the answer is there and nothing of it is on record.
import http, { type ClientRequest, type IncomingMessage } from "node:http";
import { syncBuiltinESMExports } from "node:module";

const [point, nth] = (process.argv[2] ?? "").split(":");
const die = () => process.kill(process.pid, "SIGKILL");
const ordinary = http.request;
let calls = 0;

function request(...given: unknown[]): ClientRequest {
  const [url, options] = given as [URL, http.RequestOptions];
  // Platforms are called too, to fetch attachments: those calls are not the ledger's.
  const counted = url.pathname.startsWith("/ispws") && ++calls === Number(nth);
  if (counted && point === "before") die();
  const asked = ordinary(url, options);
  if (counted && point === "sent") {
    // Whatever comes back is not heard any more.
    const emit = asked.emit.bind(asked);
    asked.emit = (event: string, ...more: unknown[]) => event === "response" || emit(event, ...more);
    asked.once("finish", () => setTimeout(die, 30));
  }
  if (counted && point === "answered")
    asked.prependListener("response", (response: IncomingMessage) => response.once("end", die).resume());
  return asked;
}

http.request = request as typeof http.request;
syncBuiltinESMExports();

const { openFiling } = await import("../../../disclosure/openFiling.ts");
const { runFilings } = await import("../runFilings.ts");
const { QUICK } = await import("./pace.ts");
process.once("disconnect", () => process.exit(0));
process.send?.("ready");
await runFilings({
  assemble: openFiling,
  signal: new AbortController().signal,
  pace: QUICK,
  patience: { connect: 1_000, idle: 1_000, whole: 3_000 },
  leaseMs: 400,
  lookMs: 20,
  atOnce: 1,
});
