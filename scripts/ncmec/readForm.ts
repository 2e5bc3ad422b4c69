import { createHash, randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import busboy, { type BusboyHeaders } from "@fastify/busboy";

export interface ReceivedForm {
  readonly fields: ReadonlyMap<string, string>;
  /** The part called `file`, written to a file of its own, which whoever asked must move or remove. */
  readonly file: {
    readonly name: string;
    readonly path: string;
    readonly md5: string;
    readonly bytes: number;
  } | null;
}

/**
 * Reads a `multipart/form-data` body, its file straight to disk.
 *
 * @returns null for what is no such body, or breaks off
 */
export async function readForm(request: IncomingMessage, folder: string): Promise<ReceivedForm | null> {
  if (!/^multipart\/form-data\s*;/i.test(request.headers["content-type"] ?? "")) return null;
  const fields = new Map<string, string>();
  const files: Promise<NonNullable<ReceivedForm["file"]>>[] = [];
  const paths: string[] = [];
  try {
    const reader = busboy({ headers: request.headers as BusboyHeaders, limits: { fields: 10, files: 1 } });
    reader.on("field", (name, value) => fields.set(name, value));
    reader.on("file", (name, stream, fileName) => {
      if (name !== "file") return stream.resume();
      const path = join(folder, `incoming-${randomBytes(8).toString("hex")}`);
      paths.push(path);
      const md5 = createHash("md5");
      let bytes = 0;
      stream.on("data", (piece: Buffer) => {
        md5.update(piece);
        bytes += piece.length;
      });
      const written = finished(stream.pipe(createWriteStream(path))).then(() => ({
        name: fileName,
        path,
        md5: md5.digest("hex"),
        bytes,
      }));
      written.catch(() => {});
      files.push(written);
      return stream;
    });
    const read = new Promise<void>((resolve, reject) => {
      reader.once("finish", resolve).once("error", reject);
      request.once("error", reject).once("aborted", () => reject(new Error("It broke off.")));
    });
    request.pipe(reader);
    await read;
    const [file] = await Promise.all(files);
    return { fields, file: file ?? null };
  } catch {
    await Promise.all(paths.map((path) => rm(path, { force: true })));
    return null;
  }
}
