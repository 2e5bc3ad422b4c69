import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeWorld } from "../../test/world.ts";
import { makeLogKeyFile } from "../../tlog/addLogKey.ts";
import { runSequencer } from "../../tlog/sequencer/runSequencer.ts";
import { ORIGIN, until, writeEvents } from "../../tlog/test/logWorld.ts";
import { makeCertificate } from "./certificates.ts";

/** A database whose log is being continued by the real sequencer, and an authority that sinks are known by. */
export async function feedWorld() {
  const world = await makeWorld();
  const folder = await mkdtemp(join(tmpdir(), "unseal-feeds-"));
  const keyFile = join(folder, "log-keys.json");
  process.env.LOG_SIGNING_KEY_FILE = keyFile;
  await makeLogKeyFile(world.urls.audit, keyFile, { origin: ORIGIN, afterLoss: false });
  const stopping = new AbortController();
  const running = runSequencer({ url: world.urls.audit, keyFile, signal: stopping.signal });
  /** Ends the sequencer. */
  const stop = async () => {
    stopping.abort();
    await running;
  };
  const authority = makeCertificate("Example Authority");
  const file = async (name: string, text: string) => {
    const path = join(folder, name);
    await writeFile(path, text, { mode: 0o600 });
    return path;
  };
  const caFile = await file("ca.pem", authority.cert);
  const settled = () =>
    until(async () => (await world.admin`select from audit.pending_leaves limit 1`).length === 0);
  return {
    ...world,
    authority,
    own: makeCertificate("127.0.0.1", authority),
    credentials: { caFile, certFile: null, keyFile: null, tokenFile: null },
    file,
    settled,
    /** Events of one action, newest first. */
    acts: world.events,

    /** Writes events and waits until each has its place. @returns the size of the log */
    async events(count: number): Promise<number> {
      await writeEvents(world.admin, count);
      await settled();
      const [row] = await world.admin`select max(size)::int as size from audit.checkpoints`;
      return row?.size as number;
    },

    stop,

    async close() {
      await stop();
      await world.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type FeedWorld = Awaited<ReturnType<typeof feedWorld>>;
export { ORIGIN, until };
