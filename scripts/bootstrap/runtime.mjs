import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const LEAST = 24;

/**
 * Finds a Node that runs our TypeScript as it stands: this one if it is new enough, else the one in node_modules.
 *
 * @param {string} root
 * @returns {string} path of the program
 * @throws with what to do when there is none for this platform
 */
export function findRuntime(root) {
  if (major(process.versions.node) >= LEAST) return process.execPath;
  const { platform, arch } = process;
  const program = platform === "win32" ? "node.exe" : "node";
  const places = [".bin", `node-${platform}-${arch}/bin`, `node-bin-${platform}-${arch}/bin`];
  for (const place of places) {
    const file = join(root, "node_modules", place, program);
    if (!existsSync(file)) continue;
    const asked = spawnSync(file, ["--version"], { encoding: "utf8" });
    if (major(asked.stdout?.replace(/^v/, "") ?? "") >= LEAST) return file;
  }
  throw new Error(
    `Unseal runs on Node ${LEAST} or newer; this is ${process.versions.node}, and no npm package carries a newer one that runs ` +
      `on ${platform}-${arch}. Install Node ${LEAST} (https://nodejs.org) and start again.`,
  );
}

function major(version) {
  return Number(version.split(".")[0]) || 0;
}
