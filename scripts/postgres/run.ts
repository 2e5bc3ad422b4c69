import { spawn } from "node:child_process";
import type { Identity } from "./identity.ts";

/** The end of a program: its exit code and what it printed, both streams together, at most 64 KiB. */
export type Ended = { readonly code: number; readonly output: string };

/**
 * Runs a program to its end, as another user when asked. Never through a shell, so that any path is safe.
 *
 * @throws when the program cannot be started; the message names program and cause
 */
export function run(
  program: string,
  args: readonly string[],
  options: { identity?: Identity | undefined; cwd?: string; env?: Record<string, string> } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...(options.identity && { uid: options.identity.uid, gid: options.identity.gid }),
      // Not the caller's folder: the other user may not be able to stand in it.
      cwd: options.cwd ?? "/",
      env: {
        NODE_ENV: "production",
        PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
        LC_ALL: "C",
        TZ: "UTC",
        ...options.env,
      },
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    let output = "";
    const keep = (chunk: Buffer) => {
      if (output.length < 65536) output += chunk.toString("utf8");
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (cause) =>
      reject(new Error(`${program} could not be started: ${cause.message}`, { cause })),
    );
    child.on("close", (code, signal) => resolve({ code: code ?? 1, output: output || `ended by ${signal}` }));
  });
}
