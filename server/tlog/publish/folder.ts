import { chmod, mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Sink, SinkFailure } from "./Sink.ts";

/**
 * A folder in which nothing is ever replaced: one file a checkpoint. Best on a volume that refuses to change or remove
 * files, such as a mounted write-once bucket.
 */
export function folderSink(folder: string, everyMs: number): Sink {
  return {
    name: "folder",
    kind: "folder",
    everyMs,
    async deliver(_query, { size, note }) {
      const path = join(folder, `${String(size).padStart(16, "0")}.checkpoint`);
      try {
        await mkdir(folder, { recursive: true });
        await writeOnce(path, note);
      } catch (error) {
        if (error instanceof SinkFailure) throw error;
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw new SinkFailure("cannot-write");
        const there = await readFile(path, "utf8").catch(() => undefined);
        if (there === note) return;
        // Cut short by a crash: the next checkpoint gets a file of its own. Another text is what this folder is there to show.
        throw new SinkFailure(there === undefined || note.startsWith(there) ? "cannot-write" : "differs");
      }
    },
  };
}

/** @throws EEXIST when there is a file */
async function writeOnce(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o444);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(path, 0o444).catch(() => {});
}
