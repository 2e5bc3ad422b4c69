import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { childEnvironment } from "../../environment/childEnvironment.ts";
import { FIELDS, type FieldKey } from "../../environment/fields.ts";
import { withLock } from "../bootstrap/lock.mjs";
import type { Progress } from "../progress.ts";
import { whoServes } from "./serving.ts";
import { sourceHash } from "./sourceHash.ts";

/**
 * Builds the product for serving, unless the build at hand was made of these very sources. Builds that start together
 * queue up, and the second finds the work done.
 *
 * @param signal ends the build
 * @throws when the build fails, with what it printed; or when a running server stands on an older build
 */
export async function ensureBuilt(root: string, tell: Progress, signal?: AbortSignal): Promise<void> {
  await withLock(
    join(root, ".build.lock"),
    (holder) => tell(`another build is running (process ${holder}); waiting for it`),
    async () => {
      const hash = sourceHash(root);
      if (builtFrom(root) === hash) return tell("build is current");
      const server = whoServes(root);
      if (server !== undefined)
        throw new Error(
          `The sources have changed, and process ${server} still serves the build made before. ` +
            "Stop it (Ctrl-C where it runs), then start again.",
        );
      tell("building for production");
      await build(root, tell, signal);
      writeFileSync(stamp(root), hash);
      tell("built");
    },
  );
}

const stamp = (root: string) => join(root, ".next", "unseal-build");

function builtFrom(root: string): string | undefined {
  if (!existsSync(join(root, ".next", "BUILD_ID"))) return undefined;
  try {
    return readFileSync(stamp(root), "utf8");
  } catch {
    return undefined;
  }
}

async function build(root: string, tell: Progress, signal: AbortSignal | undefined): Promise<void> {
  const secrets = Object.keys(FIELDS) as FieldKey[];
  const child = spawn(process.execPath, [join(root, "node_modules/next/dist/bin/next"), "build"], {
    cwd: root,
    // A build needs no setting, so it is given none: nothing of this machine can end up in a bundle.
    env: childEnvironment("production", secrets, { NEXT_TELEMETRY_DISABLED: "1" }),
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  let output = "";
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString("utf8")).slice(-20_000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const tick = setInterval(() => tell("  still building"), 15_000);
  try {
    const code = await new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (status, ended) => resolve(ended ?? status));
    });
    if (code !== 0) throw new Error(`The production build failed (${code}):\n${output.trim()}`);
  } finally {
    clearInterval(tick);
  }
}
