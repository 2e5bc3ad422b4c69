import { randomUUID } from "node:crypto";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DemoAccount, seedDemo } from "../../db/seed/demo.ts";
import { demoKeyFile } from "../../db/seed/demoKeyFile.ts";
import { assumeSettings } from "../../environment/assumeSettings.ts";
import { closeEverything } from "../../environment/shutdown.ts";
import { signIn } from "../../server/staff/signIn.ts";
import { ensureBuilt } from "../build/ensureBuilt.ts";
import { prepareDatabase } from "../demo/database.ts";
import { writeDemoSettings } from "../demo/demoSettings.ts";
import { startCluster } from "../postgres/cluster.ts";
import { chooseIdentity } from "../postgres/identity.ts";
import { makeDataDir } from "../postgres/place.ts";
import { freePort } from "../postgres/port.ts";
import { removeCluster } from "../postgres/removeCluster.ts";
import type { Progress } from "../progress.ts";
import { ROOT } from "../root.ts";
import { startPart } from "../serve/parts.ts";

/** The product, running on made-up data. */
export interface SamplesStage {
  readonly baseUrl: string;
  /** Of the made-up platform. */
  readonly platformKey: string;
  /** Signs somebody of this role in and calls the staff API as they. @param which of those who have it, from 0 */
  as(role: string, which?: number): Promise<Caller>;
  end(): Promise<void>;
}

/** Calls the HTTP API of the running product. @throws when it does not answer with success */
export type Caller = (
  path: string,
  options?: { method?: "GET" | "POST"; body?: object; file?: { name: string; bytes: Buffer } },
) => Promise<Response>;

/** Builds if needed, starts PostgreSQL and the server on a free port, and sows the demo's made-up threads. */
export async function openSamplesStage(tell: Progress): Promise<SamplesStage> {
  const dataDir = await mkdtemp(join(tmpdir(), "unseal-samples-"));
  await makeDataDir(dataDir, await chooseIdentity(join(dataDir, "pg", "cluster")));
  await ensureBuilt(ROOT, tell, new AbortController().signal);
  tell("starting PostgreSQL");
  const cluster = await startCluster({ dataDir, passing: true, tell });
  const stop = async () => {
    await closeEverything();
    await cluster.stop();
    await removeCluster(dataDir);
  };
  try {
    const { adminUrl, urls } = await prepareDatabase(cluster);
    const port = await freePort();
    const settings = await writeDemoSettings(dataDir, urls, { host: "127.0.0.1", port });
    assumeSettings({ ...settings, LOG_LEVEL: "silent" });
    const web = startPart("web", { ...settings, LOG_LEVEL: "warn" });
    const worker = startPart("worker", { ...settings, LOG_LEVEL: "warn" });
    await Promise.all([web.ready, worker.ready]);
    const baseUrl = `http://127.0.0.1:${port}`;
    tell("sowing made-up threads through the HTTP intake");
    const accounts = await seedDemo({ adminUrl, baseUrl, dataDir, onProgress: tell });
    return {
      baseUrl,
      platformKey: (await readFile(demoKeyFile(dataDir), "utf8")).trim(),
      as: (role, which) => caller(baseUrl, accounts, role, which),
      async end() {
        await Promise.all([web.stop(), worker.stop()]);
        await stop();
      },
    };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

async function caller(
  baseUrl: string,
  accounts: readonly DemoAccount[],
  role: string,
  which = 0,
): Promise<Caller> {
  const account = accounts.filter((one) => one.role === role)[which];
  if (!account) throw new Error(`The made-up staff has no ${role}.`);
  const from = {
    token: null,
    ip: "127.0.0.1",
    userAgent: "unseal samples",
    requestId: randomUUID(),
    background: false,
  };
  const { token } = await signIn(from, account.email, account.password);
  return async (path, { method = "GET", body, file } = {}) => {
    const answer = await fetch(new URL(path, baseUrl), {
      method,
      headers: {
        cookie: `unseal-session=${token}`,
        ...(method === "POST" && { "content-type": file ? "application/octet-stream" : "application/json" }),
        ...(file && { "x-file-name": file.name, "x-document-kind": "order" }),
      },
      ...(method === "POST" && { body: file ? new Uint8Array(file.bytes) : JSON.stringify(body ?? {}) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path.replace(/\?.*/, "")} answered ${answer.status}.`);
    return answer;
  };
}
