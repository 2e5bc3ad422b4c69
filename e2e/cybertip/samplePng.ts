import { crc32, deflateSync } from "node:zlib";

/** A small picture of one colour: a file whose bytes a test knows. */
export function samplePng(colour: Uint8Array, size = 32): Buffer {
  const line = Buffer.concat([Buffer.of(0), ...Array.from({ length: size }, () => Buffer.from(colour))]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 2], 8);
  return Buffer.concat([
    Buffer.of(137, 80, 78, 71, 13, 10, 26, 10),
    part("IHDR", head),
    part("IDAT", deflateSync(Buffer.concat(Array.from({ length: size }, () => line)))),
    part("IEND", Buffer.alloc(0)),
  ]);
}

function part(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
