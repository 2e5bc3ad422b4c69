import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "../process/isAlive.ts";

const folder = (root: string) => join(root, ".next", "unseal-serving");

/** Notes that this process serves from the present build, so that nobody builds over it. Removed at exit. */
export function noteServing(root: string): void {
  const file = join(folder(root), String(process.pid));
  mkdirSync(folder(root), { recursive: true });
  writeFileSync(file, "");
  process.on("exit", () => rmSync(file, { force: true }));
}

/** A living process that serves from the present build, if there is one. */
export function whoServes(root: string): number | undefined {
  try {
    return readdirSync(folder(root)).map(Number).find(isAlive);
  } catch {
    return undefined;
  }
}
