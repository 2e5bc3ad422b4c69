import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { sep } from "node:path";
import { readState } from "./state.ts";

/**
 * Removes a data folder and what its cluster left among the temporary files. For folders of tests, after `stop`.
 * A cluster that lasts, elsewhere on the machine, is left alone.
 */
export async function removeCluster(dataDir: string): Promise<void> {
  const state = await readState(dataDir).catch(() => undefined);
  if (state?.place.startsWith(tmpdir() + sep)) await rm(state.place, { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
}
