import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { LIMITS } from "../../domain/intake/limits.ts";
import { IntakeRefusal } from "./intakeProblem.ts";

/**
 * The bytes of a request body, unpacked. Reads no further ahead than a few chunks.
 *
 * @param encoding value of Content-Encoding
 * @throws IntakeRefusal for another encoding; while reading, for gzip that is damaged, ends too early or expands too far
 */
export function decodeBody(
  body: AsyncIterable<Uint8Array>,
  encoding: string | null,
): AsyncIterable<Uint8Array> {
  const named = encoding?.trim().toLowerCase() ?? "";
  if (named === "" || named === "identity") return body;
  if (named === "gzip" || named === "x-gzip") return gunzip(body);
  throw new IntakeRefusal("wrong-encoding");
}

async function* gunzip(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let packed = 0;
  let unpacked = 0;
  const counted = async function* () {
    for await (const chunk of body) {
      packed += chunk.length;
      yield chunk;
    }
  };
  const unpack = createGunzip({ chunkSize: 64 * 1024 });
  // Errors of either end arrive where `unpack` is read.
  pipeline(Readable.from(counted()), unpack, () => {});
  try {
    for await (const chunk of unpack as AsyncIterable<Buffer>) {
      unpacked += chunk.length;
      if (unpacked > LIMITS.expansionFreeBytes && unpacked > packed * LIMITS.expansion)
        throw new IntakeRefusal("gzip-bomb");
      yield chunk;
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (code === "Z_BUF_ERROR") throw new IntakeRefusal("gzip-truncated");
    if (code.startsWith("Z_")) throw new IntakeRefusal("gzip-broken");
    throw error;
  }
  // Bytes after the last member: the reader stops there in silence, and whoever sent them should know.
  if (unpack.bytesWritten < packed) throw new IntakeRefusal("gzip-broken");
}
