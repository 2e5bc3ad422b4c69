import { type ChildProcess, spawn } from "node:child_process";
import { childEnvironment } from "../../environment/childEnvironment.ts";
import { ROOT } from "../root.ts";

const running = new Set<ChildProcess>();

/** Where a tool's output goes. */
export type Output = (piece: string | Uint8Array) => void;

/**
 * Runs a script under this Node in the checkout.
 *
 * @param output takes what it says; without one it is said as our own
 * @returns its exit code; 1 when a signal ended it
 */
export function runTool(
  script: string,
  args: readonly string[],
  extra: Readonly<Record<string, string>> = {},
  output: Output | null = null,
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: ROOT,
      env: childEnvironment("test", [], { NEXT_TELEMETRY_DISABLED: "1", ...extra }),
      stdio: ["ignore", output ? "pipe" : "inherit", output ? "pipe" : "inherit"],
    });
    if (output) {
      child.stdout?.on("data", output);
      child.stderr?.on("data", output);
    }
    running.add(child);
    child.once("error", () => resolve(1));
    child.once("close", (code) => {
      running.delete(child);
      resolve(code ?? 1);
    });
  });
}

/** Asks every tool that runs to end. */
export function stopTools(): void {
  for (const child of running) child.kill("SIGTERM");
}
