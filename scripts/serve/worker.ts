// The process of the background jobs, of the log's sequencer, of what pushes its checkpoints out, of the event feeds and of
// CyberTip reports on their way to NCMEC, and of packets for lawful requests.
// Started by `npm start` and `npm run demo`.
import { closeEverything } from "../../environment/shutdown.ts";
import { log } from "../../server/log/logger.ts";
import { muteConsole } from "../../server/log/muteConsole.ts";
import { startFeeds } from "../../worker/feeds.ts";
import { startFilings } from "../../worker/filings.ts";
import { startWorker } from "../../worker/index.ts";
import { startProductions } from "../../worker/productions.ts";
import { startPublisher } from "../../worker/publish.ts";
import { startSequencer } from "../../worker/sequence.ts";
import { untilStopped } from "../process/untilStopped.ts";

muteConsole();
const runner = await startWorker();
const sequencer = startSequencer();
const publisher = startPublisher();
const feeds = startFeeds();
const filings = startFilings();
const productions = startProductions();

untilStopped(async (signal) => {
  log.info("worker.stopping", { signal });
  const parts = [runner, sequencer, publisher, feeds, filings, productions];
  await Promise.all(parts.map((part) => part.stop())).catch((error: unknown) =>
    log.error("worker.stop_failed", { error }),
  );
  await closeEverything();
  process.exit(0);
});

log.info("worker.ready");
process.send?.("ready");

// Without its runner the process is of no use: end, so that whoever watches starts it anew.
await runner.promise.catch((error: unknown) => {
  log.fatal("worker.failed", { error });
  process.exit(1);
});
