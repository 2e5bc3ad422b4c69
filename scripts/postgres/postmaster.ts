import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { isAlive } from "../process/isAlive.ts";
import { run } from "./run.ts";

/** A postmaster that answers for a cluster. */
export type Running = { readonly pid: number; readonly port: number };

export const SUPERUSER = "unseal_admin";

/** URL of a database in the cluster for its superuser. */
export function adminUrl(port: number, password: string, database = "postgres"): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

/**
 * Looks whether a cluster is being served already (its parent may have been killed). A `postmaster.pid` left behind
 * by a crash is removed when its process is gone or is some other program by now.
 *
 * @throws when a PostgreSQL process holds the cluster and does not answer to our password
 */
export async function findRunning(cluster: string, password: string): Promise<Running | undefined> {
  const pidFile = join(cluster, "postmaster.pid");
  for (let attempt = 0; attempt < 20; attempt++) {
    // Lines of postmaster.pid: pid, data folder, start time, port, socket folder, address, shared memory, status.
    const lines = (await readFile(pidFile, "utf8").catch(() => "")).split("\n");
    const pid = Number(lines[0]);
    const port = Number(lines[3]);
    if (!Number.isInteger(pid) || pid <= 0) return undefined;
    if (!isAlive(pid) || !(await isPostgres(pid))) {
      await rm(pidFile, { force: true });
      return undefined;
    }
    if (port > 0 && (await answersFor(cluster, port, password))) return { pid, port };
    await sleep(500);
  }
  throw new Error(
    `A PostgreSQL process holds ${cluster} and does not answer. See postmaster.pid in that folder for its number; stop it, then start again.`,
  );
}

async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform === "win32") return true;
  const { output } = await run("ps", ["-o", "command=", "-p", String(pid)]).catch(() => ({
    output: "postgres",
  }));
  return output.includes("postgres");
}

async function answersFor(cluster: string, port: number, password: string): Promise<boolean> {
  const sql = postgres(adminUrl(port, password), { max: 1, connect_timeout: 2, onnotice: () => {} });
  try {
    const [row] = await sql<{ folder: string }[]>`select current_setting('data_directory') as folder`;
    return row?.folder === cluster;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
