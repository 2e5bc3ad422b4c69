import { pushEvents } from "../pushEvents.ts";

// A pusher in a process of its own, for tests that kill it: URL of the database, port of the receiver, authority's file.
const [url = "", port = "", caFile = ""] = process.argv.slice(2);
process.send?.("started");
await pushEvents({
  url,
  sink: {
    name: "syslog",
    host: "127.0.0.1",
    port: Number(port),
    credentials: { caFile, certFile: null, keyFile: null, tokenFile: null },
  },
  alertMs: 60_000,
  enterprise: 32473,
  signal: new AbortController().signal,
  pace: { batch: 50, pollMs: 20, retryMs: 20 },
});
