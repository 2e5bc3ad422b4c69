import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { CANARIES, CANARY_MARK } from "../support/canary.ts";

/** Something was found: in which form, where, and which canary where it can be read. */
export interface Hit {
  readonly form: string;
  readonly offset: number;
  /** The whole canary, when the form shows it in plain text. */
  readonly canary: string | null;
}

type Needle = readonly [form: string, bytes: Buffer];

const utf16be = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();

/** The part of a base64 text that is the same whatever stands before and after, for each of the three alignments. */
function base64Parts(bytes: Buffer, encoding: "base64" | "base64url"): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString(encoding);
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
}

/** Every form that the mark is searched in. One mark stands for all canaries: each begins with it. */
function makeNeedles(): readonly Needle[] {
  const needles = new Map<string, [string, Buffer]>();
  const add = (form: string, bytes: Buffer | string) => {
    const buffer = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
    const key = buffer.toString("latin1");
    // Two forms can be the same bytes: the first name stands.
    if (!needles.has(key)) needles.set(key, [form, buffer]);
  };
  const codes = [...CANARY_MARK].map((letter) => letter.charCodeAt(0));
  const hex = codes.map((code) => code.toString(16));
  add("plain", CANARY_MARK);
  add("capitals", CANARY_MARK.toUpperCase());
  add("reversed", [...CANARY_MARK].reverse().join(""));
  for (const [name, bytes] of [
    ["UTF-8", Buffer.from(CANARY_MARK)],
    ["UTF-16LE", Buffer.from(CANARY_MARK, "utf16le")],
    ["UTF-16BE", utf16be(CANARY_MARK)],
  ] as const) {
    add(name, bytes);
    add(`hex of ${name}`, bytes.toString("hex"));
    add(`HEX of ${name}`, bytes.toString("hex").toUpperCase());
    for (const part of base64Parts(bytes, "base64")) add(`base64 of ${name}`, part);
    for (const part of base64Parts(bytes, "base64url")) add(`base64url of ${name}`, part);
  }
  add("percent-encoded", hex.map((code) => `%${code}`).join(""));
  add("Percent-encoded", hex.map((code) => `%${code.toUpperCase()}`).join(""));
  add("JSON escapes", hex.map((code) => `\\u00${code}`).join(""));
  add("decimal entities", codes.map((code) => `&#${code};`).join(""));
  add("hexadecimal entities", hex.map((code) => `&#x${code};`).join(""));
  add("SQL octal escapes", codes.map((code) => `\\${code.toString(8)}`).join(""));
  return [...needles.values()];
}

export const NEEDLES = makeNeedles();

/** Finds the mark in bytes, in every form, also inside what is compressed as a whole. */
export function findCanaries(bytes: Buffer): Hit[] {
  const hits: Hit[] = [];
  for (const [form, needle] of NEEDLES) {
    for (let at = bytes.indexOf(needle); at !== -1; at = bytes.indexOf(needle, at + 1)) {
      const [canary = null] =
        form === "plain" ? (bytes.toString("latin1", at, at + 28).match(CANARIES) ?? []) : [];
      hits.push({ form, offset: at, canary });
      if (hits.length > 5000) return hits;
    }
  }
  const unpacked = unpack(bytes);
  return unpacked
    ? [...hits, ...findCanaries(unpacked).map((hit) => ({ ...hit, form: `compressed ${hit.form}` }))]
    : hits;
}

function unpack(bytes: Buffer): Buffer | null {
  const [first, second] = bytes;
  const zlib = first === 0x78 && ((first << 8) | (second ?? 0)) % 31 === 0;
  if (first === 0x1f && second === 0x8b) return attempt(() => gunzipSync(bytes));
  return zlib ? attempt(() => inflateSync(bytes)) : null;
}

/** Brotli has no mark of its own: tried where a file says so. */
export const unbrotli = (bytes: Buffer): Buffer | null => attempt(() => brotliDecompressSync(bytes));

function attempt(act: () => Buffer): Buffer | null {
  try {
    return act();
  } catch {
    return null;
  }
}
