// `npm run demo`: the whole product on this machine with nothing to prepare. Everything it keeps is in UNSEAL_DATA_DIR.
import { openSync } from "node:fs";
import { join, resolve } from "node:path";
import { commonSettings, listenSettings } from "../../environment/settings.ts";
import { tryLock } from "../bootstrap/lock.mjs";
import { ensureBuilt } from "../build/ensureBuilt.ts";
import { type Cluster, startCluster } from "../postgres/cluster.ts";
import { chooseIdentity } from "../postgres/identity.ts";
import { makeDataDir } from "../postgres/place.ts";
import { isFree } from "../postgres/port.ts";
import { untilStopped } from "../process/untilStopped.ts";
import { startProgress } from "../progress.ts";
import { ROOT } from "../root.ts";
import { keepUp } from "../serve/keepUp.ts";
import { type Part, startPart } from "../serve/parts.ts";
import { accountTable } from "./accounts.ts";
import { prepareDatabase } from "./database.ts";
import { writeDemoSettings } from "./demoSettings.ts";
import { type LocalServices, startLocalServices } from "./localServices.ts";
import { sowOnce } from "./sowOnce.ts";

const tell = startProgress();
const stopping = new AbortController();
const parts: Part[] = [];
let cluster: Cluster | undefined;
let local: LocalServices | undefined;

async function demo(): Promise<number> {
  const dataDir = resolve(ROOT, commonSettings().dataDir);
  const { host, port } = listenSettings();
  await makeDataDir(dataDir, await chooseIdentity(join(dataDir, "pg", "cluster")));
  const lock = tryLock(join(dataDir, "demo.lock"));
  if ("holder" in lock)
    throw new Error(
      `The demo is running already (process ${lock.holder}) with ${dataDir}. Stop it with Ctrl-C there.`,
    );
  if (!(await isFree(port, host)))
    throw new Error(`Port ${port} is taken. Start with another one: PORT=${port + 1} npm run demo`);

  const built = ensureBuilt(ROOT, tell, stopping.signal);
  // Looked at below; until then its failure must not end the process while PostgreSQL is being started.
  built.catch(() => {});
  tell("starting PostgreSQL");
  cluster = await startCluster({ dataDir, tell });
  const { adminUrl, urls } = await prepareDatabase(cluster).catch((cause: unknown) => {
    const told = cause instanceof Error ? cause.message : "unknown cause";
    throw new Error(`${told}\nThis is a demo: deleting ${dataDir} begins it anew.`);
  });
  tell("database is ready");
  const settings = await writeDemoSettings(dataDir, urls, { host, port });
  local = await startLocalServices({ dataDir, adminUrl, keyFile: settings.UNSEAL_KEY_FILE, tell });
  await built;
  if (stopping.signal.aborted) return 0;

  const logFile = openSync(join(dataDir, "demo.log"), "a", 0o600);
  for (const name of ["web", "worker"] as const)
    parts.push(keepUp(() => startPart(name, settings, logFile), tell));
  await Promise.all(parts.map(({ ready }) => ready));
  tell("serving");
  const reach = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const baseUrl = `http://${reach.includes(":") ? `[${reach}]` : reach}:${port}`;
  const accounts = await sowOnce({ dataDir, adminUrl, baseUrl, filesOrigin: local.filesOrigin, tell });
  await local.nameFiles();
  if (stopping.signal.aborted) return 0;
  tell("ready");
  process.stdout.write(
    `\n${accountTable(accounts)}\n\n  Unseal: ${settings.NEXTAUTH_URL}\n  Ctrl-C stops it; all it keeps is in ${dataDir}\n\n`,
  );

  const first = await Promise.race(parts.map((part) => part.ended.then(() => part.name)));
  if (stopping.signal.aborted) return 0;
  tell(`the ${first} process keeps ending by itself; see ${join(dataDir, "demo.log")}`);
  return 1;
}

async function stopEverything(): Promise<void> {
  await Promise.all(parts.map((part) => part.stop()));
  await local?.stop();
  await cluster?.stop();
}

untilStopped(() => {
  stopping.abort();
  tell("stopping");
  for (const part of parts) void part.stop();
});

let code: number;
try {
  code = await demo();
} catch (cause) {
  code = stopping.signal.aborted ? 0 : 1;
  if (code !== 0)
    process.stderr.write(
      `\nThe demo does not start:\n${cause instanceof Error ? cause.message : "unknown cause"}\n`,
    );
}
try {
  await stopEverything();
} catch (cause) {
  code = 1;
  process.stderr.write(`\n${cause instanceof Error ? cause.message : "PostgreSQL did not stop."}\n`);
}
if (stopping.signal.aborted) tell("stopped");
process.exit(code);
