import { createHash } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";
import { seededRandom } from "./random.ts";

/** Kinds of made-up files, by the ending of their path. Only pictures can be looked at; the rest are bytes. */
export const PLACEHOLDER_KINDS = {
  png: "image/png",
  mp4: "video/mp4",
  ogg: "audio/ogg",
} as const;
export type PlaceholderEnding = keyof typeof PLACEHOLDER_KINDS;

const SIDE = 48;

/**
 * The file at a made-up path: always the same bytes for the same path, so that whoever serves it needs no store and what
 * was recorded of it stays true. Coloured stripes, or noise.
 *
 * @returns null when the ending is none of the known ones
 */
export function placeholderFile(path: string): Buffer | null {
  const ending = /\.(\w+)$/.exec(path)?.[1];
  if (ending === undefined || !Object.hasOwn(PLACEHOLDER_KINDS, ending)) return null;
  const random = seededRandom(createHash("sha256").update(path).digest().readUInt32BE(0));
  if (ending === "png") return picture(random.whole(1, 5), () => random.whole(0, 255));
  return Buffer.from(Array.from({ length: random.whole(1_000, 20_000) }, () => random.whole(0, 255)));
}

/** Stripes as PNG (ISO/IEC 15948): true colour, no filter, stored without compression so that the bytes never change. */
function picture(width: number, level: () => number): Buffer {
  const colours = Array.from({ length: 6 }, () => [level(), level(), level()]);
  const rows: number[] = [];
  for (let y = 0; y < SIDE; y++) {
    rows.push(0);
    for (let x = 0; x < SIDE; x++)
      rows.push(...(colours[Math.floor((x + y) / width) % colours.length] ?? []));
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE, 0);
  header.writeUInt32BE(SIDE, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.from(rows), { level: 0 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
