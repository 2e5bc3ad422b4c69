import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** One file: its name inside its kind's folder, what it shows, and its bytes. */
export interface Sample {
  readonly name: string;
  readonly about: string;
  readonly data: string | Buffer;
}

/**
 * Makes the folder for samples.
 *
 * @throws when something is in it already: samples of two runs would mix
 */
export async function makeSamplesDir(path: string): Promise<string> {
  await mkdir(path, { recursive: true });
  if ((await readdir(path)).length > 0)
    throw new Error(`${path} is not empty. Name a folder that is new or empty; nothing was written.`);
  return path;
}

/** Saves a sample. @returns its size */
export async function writeSample(out: string, kind: string, sample: Sample): Promise<number> {
  const path = join(out, kind, sample.name);
  await mkdir(dirname(path), { recursive: true });
  const bytes = Buffer.from(sample.data);
  await writeFile(path, bytes, { flag: "wx" });
  return bytes.length;
}
