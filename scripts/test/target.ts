import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { writePrivately } from "../../environment/writePrivately.ts";
import { prepareDatabase } from "../demo/database.ts";
import { writeDemoSettings } from "../demo/demoSettings.ts";
import { sowOnce } from "../demo/sowOnce.ts";
import { startCluster } from "../postgres/cluster.ts";
import { freePort } from "../postgres/port.ts";
import { removeCluster } from "../postgres/removeCluster.ts";
import type { Progress } from "../progress.ts";
import { startPart } from "../serve/parts.ts";
import type { Browser } from "./findBrowser.ts";
import { makeRunDir, sweepRunDirs } from "./runDir.ts";

/** What is being tested in a browser: the product as `npm start` serves it, with a database and port of its own. */
export type Target = {
  /** File that tells the tests where everything is (`e2e/target.ts`). */
  readonly description: string;
  stop(): Promise<void>;
};

/**
 * Starts the product from the production build, seeded through its own intake.
 *
 * @param lane its number, and the folders of e2e/ that will run against it
 * @throws when it cannot be started; what was started until then is stopped
 */
export async function startTarget(
  browser: Browser,
  tell: Progress,
  lane: { readonly no: number; readonly folders: readonly string[] },
): Promise<Target> {
  await sweepRunDirs();
  const dataDir = await makeRunDir(`browser${lane.no}`);
  const undo: (() => Promise<unknown>)[] = [() => removeCluster(dataDir)];
  const stop = async () => {
    for (const act of undo.splice(0).reverse()) await act();
  };
  try {
    const cluster = await startCluster({ dataDir, passing: true, tell });
    undo.push(() => cluster.stop());
    const { adminUrl, urls } = await prepareDatabase(cluster);
    const settings = await writeDemoSettings(dataDir, urls, { host: "127.0.0.1", port: await freePort() });
    const logFile = join(dataDir, "server.log");
    const log = openSync(logFile, "a", 0o600);
    const parts = [startPart("web", settings, log), startPart("worker", settings, log)];
    undo.push(() => Promise.all(parts.map((part) => part.stop())));
    closeSync(log);
    await Promise.all(parts.map(({ ready }) => ready));
    const baseUrl = `http://127.0.0.1:${settings.PORT}`;
    const accounts = await sowOnce({ dataDir, adminUrl, baseUrl, tell });
    const description = join(dataDir, "target.json");
    const about = {
      baseUrl: settings.NEXTAUTH_URL,
      accounts,
      adminUrl,
      urls,
      dataDir,
      logFile,
      browser,
      folders: lane.folders,
    };
    await writePrivately(description, `${JSON.stringify(about, undefined, 2)}\n`);
    return { description, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}
