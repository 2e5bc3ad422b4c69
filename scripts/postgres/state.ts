import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** What a data folder remembers of its cluster. Kept in a file of mode 0600, since the password is in it. */
const shape = z.strictObject({
  /** Folder that holds `cluster/`, `postgres.log` and, if needed, a copy of the programs. */
  place: z.string(),
  port: z.number().int(),
  password: z.string(),
});
export type ClusterState = z.infer<typeof shape>;

const file = (dataDir: string) => join(dataDir, "postgres.json");

/** @returns undefined on the first start @throws when the file is there and damaged */
export async function readState(dataDir: string): Promise<ClusterState | undefined> {
  const text = await readFile(file(dataDir), "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return undefined;
    throw new Error(`${file(dataDir)} cannot be read (${cause.code}). Start as the user who made it.`);
  });
  if (text === undefined) return undefined;
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    throw new Error(
      `${file(dataDir)} is damaged. Without it the database cannot be opened: restore it, or delete ${dataDir} to begin anew.`,
    );
  }
}

/** Replaces the file whole, so that a crash leaves the old or the new, never half. */
export async function writeState(dataDir: string, state: ClusterState): Promise<void> {
  const draft = `${file(dataDir)}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
  await rename(draft, file(dataDir));
}
