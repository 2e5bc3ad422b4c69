import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { childEnvironment } from "../../environment/childEnvironment.ts";
import type { FieldKey } from "../../environment/fields.ts";
import { ROOT } from "../root.ts";

/** A part of the product in a process of its own. */
export type Part = {
  readonly name: string;
  /** Resolves when it serves; rejects when it ends before. */
  readonly ready: Promise<void>;
  /** Resolves when it has ended. */
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
  /** Asks it to end, and kills it if it has not after `patienceMs`. */
  stop(patienceMs?: number): Promise<void>;
};

/** What each part is not told: the settings of the others. */
const PARTS = {
  web: {
    script: "scripts/serve/web.ts",
    without: [
      "adminDatabaseUrl",
      "workerDatabaseUrl",
      "auditDatabaseUrl",
      "logKeyFile",
      "packetKeyFile",
      "siemTokenFile",
      "siemKeyFile",
    ],
  },
  worker: {
    script: "scripts/serve/worker.ts",
    without: ["adminDatabaseUrl", "databaseUrl", "intakeDatabaseUrl", "nextauthSecret"],
  },
} as const satisfies Record<string, { script: string; without: readonly FieldKey[] }>;

/**
 * Starts a part. It says `ready` over the pipe between the two processes, and ends by itself when that pipe breaks.
 *
 * @param extra settings beside those of this process
 * @param logTo file descriptor for its log; by default it shares ours
 */
export function startPart(
  name: keyof typeof PARTS,
  extra: Readonly<Record<string, string>> = {},
  logTo?: number,
): Part {
  const { script, without } = PARTS[name];
  const output = logTo ?? "inherit";
  const child = spawn(process.execPath, ["--enable-source-maps", join(ROOT, script)], {
    cwd: ROOT,
    env: childEnvironment("production", without, { NEXT_TELEMETRY_DISABLED: "1", ...extra }),
    stdio: ["ignore", output, "inherit", "ipc"],
    // Out of the terminal's process group: Ctrl-C reaches it through us, in order.
    detached: process.platform !== "win32",
  });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once("error", () => resolve({ code: 1, signal: null }));
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  return {
    name,
    ended,
    ready: readiness(name, child, ended),
    stop: (patience) => stop(child, ended, patience),
  };
}

function readiness(name: string, child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  const ready = new Promise<void>((resolve, reject) => {
    child.on("message", (message) => message === "ready" && resolve());
    void ended.then(() =>
      reject(new Error(`The ${name} process ended before it could serve; see the lines above.`)),
    );
  });
  // Who does not wait for it is not to be ended by it.
  ready.catch(() => {});
  return ready;
}

async function stop(child: ChildProcess, ended: Promise<unknown>, patienceMs = 20_000): Promise<void> {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), patienceMs);
  await ended;
  clearTimeout(timer);
}
