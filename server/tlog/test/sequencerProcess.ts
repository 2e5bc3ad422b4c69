import { runSequencer } from "../sequencer/runSequencer.ts";

// A sequencer in a process of its own, for tests that kill it: URL of the database, path of the keys.
const [url = "", keyFile = ""] = process.argv.slice(2);
process.send?.("started");
await runSequencer({ url, keyFile, signal: new AbortController().signal });
