// The process of the background jobs, of the log's sequencer and of the event feeds. Started by `npm start` and `npm run demo`.
import { closeEverything } from "../../environment/shutdown.ts";
import { log } from "../../server/log/logger.ts";
import { muteConsole } from "../../server/log/muteConsole.ts";
import { startFeeds } from "../../worker/feeds.ts";
import { startWorker } from "../../worker/index.ts";
import { startSequencer } from "../../worker/sequence.ts";
import { untilStopped } from "../process/untilStopped.ts";

muteConsole();
const runner = await startWorker();
const sequencer = startSequencer();
const feeds = startFeeds();

untilStopped(async (signal) => {
  log.info("worker.stopping", { signal });
  await Promise.all([runner.stop(), sequencer.stop(), feeds.stop()]).catch((error: unknown) =>
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
