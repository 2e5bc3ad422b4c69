import { readFile } from "node:fs/promises";
import { type Checkpoint, openCheckpoint } from "../../../domain/tlog/checkpoint.ts";
import type { Verifier } from "../../../domain/tlog/note.ts";
import { writePrivately } from "../../../environment/writePrivately.ts";
import { log } from "../../log/logger.ts";

const EVERY_MS = 1000;

/**
 * What this machine signed last, in a file beside the key: a database that was put back to an older state is told by it,
 * which the database itself cannot do.
 */
export function signedLast(keyFile: string) {
  const path = `${keyFile}.head`;
  let waiting: string | undefined;
  let written = 0;
  let warned = false;

  async function write(note: string): Promise<void> {
    waiting = undefined;
    written = Date.now();
    try {
      await writePrivately(path, note);
    } catch (error) {
      // The log goes on: witnesses tell the same, and without either an old state is still found by whoever kept a
      // checkpoint.
      if (!warned) log.warn("log.head_not_remembered", { error });
      warned = true;
    }
  }

  return {
    /** @returns what was signed last under one of the keys; undefined when nothing is remembered */
    async read(keys: readonly Verifier[]): Promise<Checkpoint | undefined> {
      const note = await readFile(path, "utf8").catch(() => undefined);
      const opened = note === undefined ? undefined : openCheckpoint(note, keys);
      return opened && "checkpoint" in opened ? opened.checkpoint : undefined;
    },

    /** Remembers a checkpoint that has been committed, at most once a second. */
    async remember(note: string): Promise<void> {
      if (Date.now() - written < EVERY_MS) waiting = note;
      else await write(note);
    },

    /** Writes what `remember` held back. */
    async flush(): Promise<void> {
      if (waiting !== undefined && Date.now() - written >= EVERY_MS) await write(waiting);
    },

    async close(): Promise<void> {
      if (waiting !== undefined) await write(waiting);
    },
  };
}

export type SignedLast = ReturnType<typeof signedLast>;
