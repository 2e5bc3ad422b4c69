import { randomBytes } from "node:crypto";
import { open, readFile, realpath, rename, rm, stat, truncate } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Binaries, canRun, copyBinaries, locateBinaries } from "./binaries.ts";
import { chooseIdentity, type Identity } from "./identity.ts";
import { makeDataDir, makePlace } from "./place.ts";
import { freePort, isFree } from "./port.ts";
import { adminUrl, findRunning, SUPERUSER } from "./postmaster.ts";
import { run } from "./run.ts";
import { readState, writeState } from "./state.ts";

export type ClusterOptions = {
  /** Folder of ours; what the cluster needs is kept below it, or remembered in it. */
  readonly dataDir: string;
  /** For tests and the like: may live among temporary files, hence `removeCluster` afterwards. */
  readonly passing?: boolean;
  /** Whether what is committed survives a crash. By default only a cluster that lasts is durable. */
  readonly durable?: boolean;
  /** Told what a person may want to know: where things went, what was found running. */
  readonly tell?: (line: string) => void;
};

export type Cluster = {
  readonly port: number;
  /** URL of a database for the cluster's superuser. */
  adminUrl(database?: string): string;
  /** Stops the postmaster and waits for it. Safe to call twice. */
  stop(): Promise<void>;
};

/**
 * Starts the embedded PostgreSQL of a data folder, making the cluster first when there is none. A postmaster that
 * outlived its parent is used as it is.
 *
 * Listens on 127.0.0.1 only, without a Unix socket; every connection needs its password (SCRAM-SHA-256).
 *
 * @throws with what to do when PostgreSQL cannot be placed, made or started
 */
export async function startCluster({
  dataDir: given,
  passing = false,
  durable = !passing,
  tell = () => {},
}: ClusterOptions): Promise<Cluster> {
  const dataDir = resolve(given);
  let state = await readState(dataDir);
  const identity = await chooseIdentity(join(state?.place ?? join(dataDir, "pg"), "cluster"));
  await makeDataDir(dataDir, identity);
  if (!state) {
    const place = await realpath(await makePlace(dataDir, identity, passing));
    state = { place, port: await freePort(), password: randomBytes(24).toString("base64url") };
    await writeState(dataDir, state);
  }
  const { place, password, port: remembered } = state;
  if (!(await stat(place).catch(() => undefined)))
    throw new Error(
      `${dataDir} keeps its database in ${place}, which is gone. Restore it, or delete ${dataDir} to begin anew.`,
    );
  if (identity && place !== join(await realpath(dataDir), "pg"))
    tell(`PostgreSQL runs as ${identity.name}, who cannot enter ${dataDir}: its files are in ${place}`);
  const cluster = join(place, "cluster");
  const log = join(place, "postgres.log");
  const binaries = await reachableBinaries(place, identity);

  const handle = (port: number): Cluster => ({
    port,
    adminUrl: (database) => adminUrl(port, password, database),
    stop: () => stop(binaries, cluster, identity),
  });

  const running = await findRunning(cluster, password);
  if (running) {
    tell(`PostgreSQL was running already (process ${running.pid}); using it`);
    return handle(running.port);
  }
  if (!(await stat(cluster).catch(() => undefined))) {
    // Made beside and renamed when whole, so that an interrupted initdb is never taken for a cluster.
    const draft = `${cluster}.new`;
    await rm(draft, { recursive: true, force: true });
    await initialise(binaries, place, draft, password, identity, durable);
    await rename(draft, cluster);
  }
  await sameMajor(cluster, binaries);
  await shorten(log, identity);

  for (let attempt = 0; ; attempt++) {
    const port: number = attempt === 0 && (await isFree(remembered)) ? remembered : await freePort();
    if (port !== remembered) await writeState(dataDir, { place, password, port });
    const started = await run(
      binaries.pgCtl,
      [
        "start",
        "--wait",
        "--timeout=120",
        "--silent",
        `--pgdata=${cluster}`,
        `--log=${log}`,
        `--options=-p ${port}`,
      ],
      { identity },
    );
    if (started.code === 0) return handle(port);
    const why = await tail(log);
    // Somebody took the port between our look and PostgreSQL's: take another.
    if (attempt < 3 && /Address already in use|could not bind/.test(why)) continue;
    throw new Error(`PostgreSQL did not start (its log is ${log}):\n${started.output.trim()}\n${why}`);
  }
}

async function reachableBinaries(place: string, identity: Identity | undefined): Promise<Binaries> {
  const binaries = await locateBinaries();
  if (await canRun(binaries, identity)) return binaries;
  if (!identity)
    throw new Error(
      `${binaries.postgres} does not run on this machine (it needs glibc on Linux). ` +
        "Use `npm start` with a PostgreSQL server of your own.",
    );
  const copy = await copyBinaries(binaries, place);
  if (await canRun(copy, identity)) return copy;
  throw new Error(
    `PostgreSQL cannot be run as ${identity.name} from ${copy.root}. Root must be allowed to become another user, ` +
      "and that folder must not be mounted noexec. Starting as an ordinary user avoids both.",
  );
}

async function initialise(
  binaries: Binaries,
  place: string,
  cluster: string,
  password: string,
  identity: Identity | undefined,
  durable: boolean,
): Promise<void> {
  const passwordFile = join(place, "password.tmp");
  await rm(passwordFile, { force: true });
  const handed = await open(passwordFile, "wx", 0o600);
  try {
    await handed.writeFile(password);
    if (identity) await handed.chown(identity.uid, identity.gid);
    const made = await run(
      binaries.initdb,
      [
        `--pgdata=${cluster}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        // PostgreSQL's own C.UTF-8: sorts alike on every machine, whatever locales it has.
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        ...configuration(durable).map((setting) => `--set=${setting}`),
        ...(durable ? [] : ["--no-sync"]),
      ],
      { identity },
    );
    if (made.code !== 0)
      throw new Error(`PostgreSQL could not make its cluster in ${cluster}:\n${made.output.trim()}`);
  } finally {
    await handed.close();
    await rm(passwordFile, { force: true });
  }
}

/** What differs from PostgreSQL's defaults. Errors are logged without statement and detail: both can carry rows. */
function configuration(durable: boolean): string[] {
  return [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "password_encryption=scram-sha-256",
    "max_connections=200",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_statement=none",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    "log_parameter_max_length=0",
    "log_parameter_max_length_on_error=0",
    ...(durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
  ];
}

async function sameMajor(cluster: string, binaries: Binaries): Promise<void> {
  const [data, program] = [
    (await readFile(join(cluster, "PG_VERSION"), "utf8")).trim(),
    binaries.version.split(".")[0],
  ];
  if (data !== program)
    throw new Error(
      `The cluster in ${cluster} is of PostgreSQL ${data}, the programs are of ${program}. ` +
        "Use the release that made it, or delete the data folder to begin anew.",
    );
}

async function stop(binaries: Binaries, cluster: string, identity: Identity | undefined): Promise<void> {
  if (!(await stat(join(cluster, "postmaster.pid")).catch(() => undefined))) return;
  for (const mode of ["fast", "immediate"]) {
    const stopped = await run(
      binaries.pgCtl,
      ["stop", "--wait", "--timeout=30", "--silent", `--mode=${mode}`, `--pgdata=${cluster}`],
      { identity },
    );
    if (stopped.code === 0 || !(await stat(join(cluster, "postmaster.pid")).catch(() => undefined))) return;
  }
  throw new Error(`PostgreSQL in ${cluster} did not stop. See its log in the folder above.`);
}

/** Empties a log that has grown long; as the user who owns it, so that root follows no link laid in its way. */
async function shorten(log: string, identity: Identity | undefined): Promise<void> {
  const { size } = (await stat(log).catch(() => undefined)) ?? { size: 0 };
  if (size < 10_000_000) return;
  if (identity) await run("/bin/sh", ["-c", ': > "$1"', "sh", log], { identity });
  else await truncate(log);
}

async function tail(log: string): Promise<string> {
  const text = await readFile(log, "utf8").catch(() => "");
  return text.split("\n").slice(-12).join("\n").trim();
}
