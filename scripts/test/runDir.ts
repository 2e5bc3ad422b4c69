import { mkdir, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { findRunning } from "../postgres/postmaster.ts";
import { removeCluster } from "../postgres/removeCluster.ts";
import { readState } from "../postgres/state.ts";
import { isAlive } from "../process/isAlive.ts";

const ROOT = resolve(import.meta.dirname, "../../.test");

/** Makes an empty folder for one run, named after this process so that a later run can tell whether it still lives. */
export async function makeRunDir(kind: string): Promise<string> {
  const folder = join(ROOT, `${kind}-${process.pid}`);
  await removeCluster(folder);
  await mkdir(folder, { recursive: true });
  return folder;
}

/** Ends and removes what runs left behind that were killed before they could tidy up. */
export async function sweepRunDirs(): Promise<void> {
  for (const name of await readdir(ROOT).catch(() => [])) {
    const pid = Number(/^[a-z0-9]+-(\d+)$/.exec(name)?.[1]);
    if (!Number.isInteger(pid) || isAlive(pid)) continue;
    const folder = join(ROOT, name);
    const state = await readState(folder).catch(() => undefined);
    if (state) {
      const running = await findRunning(join(state.place, "cluster"), state.password).catch(() => undefined);
      // SIGINT is PostgreSQL's fast shutdown: it ends sessions and writes what it must.
      if (running) process.kill(running.pid, "SIGINT");
    }
    await removeCluster(folder);
  }
}
