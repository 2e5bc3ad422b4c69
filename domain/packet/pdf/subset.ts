import type { TrueType } from "./trueType.ts";

/** Flags of a composite glyph's parts (ISO/IEC 14496-22, `glyf`). */
const ARGS_ARE_WORDS = 0x0001;
const HAS_SCALE = 0x0008;
const MORE_PARTS = 0x0020;
const HAS_TWO_SCALES = 0x0040;
const HAS_MATRIX = 0x0080;

/** Tables that are taken as they are: what the glyphs' own programs rely on. */
const KEPT = ["cvt ", "fpgm", "prep"] as const;

/**
 * Cuts a face down to some of its glyphs.
 *
 * @param wanted glyphs of the face; the n-th becomes glyph n of the subset. The first must be 0, the glyph for a missing one
 * @param codes a glyph of the subset for each byte, for a font that is used with single bytes; none for all others
 * @returns a TrueType file. What composite glyphs are made of follows behind the wanted ones
 */
export function subsetOf(face: TrueType, wanted: readonly number[], codes?: Uint8Array): Uint8Array {
  const place = new Map<number, number>();
  const order = [...wanted];
  wanted.forEach((glyph, i) => {
    if (!place.has(glyph)) place.set(glyph, i);
  });
  const placeOf = (glyph: number): number => {
    const known = place.get(glyph);
    if (known !== undefined) return known;
    place.set(glyph, order.length);
    order.push(glyph);
    return order.length - 1;
  };
  const outlines: Uint8Array[] = [];
  // `order` grows while composite glyphs name their parts.
  for (let i = 0; i < order.length; i++) outlines.push(renumbered(face.outlineOf(order[i] ?? 0), placeOf));
  const count = order.length;

  const loca = new DataView(new ArrayBuffer(4 * (count + 1)));
  const size = outlines.reduce((sum, one) => sum + padded(one.length), 0);
  const glyf = new Uint8Array(size);
  const hmtx = new DataView(new ArrayBuffer(4 * count));
  let at = 0;
  outlines.forEach((outline, i) => {
    loca.setUint32(4 * i, at);
    glyf.set(outline, at);
    at += padded(outline.length);
    hmtx.setUint16(4 * i, face.advanceOf(order[i] ?? 0));
    if (outline.length > 3) hmtx.setInt16(4 * i + 2, ((outline[2] ?? 0) << 8) | (outline[3] ?? 0));
  });
  loca.setUint32(4 * count, at);

  const head = copied(face, "head");
  head.setUint32(8, 0);
  head.setInt16(50, 1);
  const hhea = copied(face, "hhea");
  hhea.setUint16(34, count);
  const maxp = copied(face, "maxp");
  maxp.setUint16(4, count);
  const tables: [string, Uint8Array][] = [
    ["glyf", glyf],
    ["head", bytesOf(head)],
    ["hhea", bytesOf(hhea)],
    ["hmtx", bytesOf(hmtx)],
    ["loca", bytesOf(loca)],
    ["maxp", bytesOf(maxp)],
  ];
  for (const tag of KEPT) {
    const table = face.table(tag);
    if (table) tables.push([tag, table]);
  }
  if (codes) tables.push(["cmap", byteCmap(codes)]);
  return wrapped(tables);
}

/** An outline whose parts, if it has any, bear their numbers in the subset. */
function renumbered(outline: Uint8Array, placeOf: (glyph: number) => number): Uint8Array {
  if (outline.length < 10 || ((outline[0] ?? 0) & 0x80) === 0) return outline;
  const copy = new Uint8Array(outline);
  const view = new DataView(copy.buffer);
  let at = 10;
  for (;;) {
    const flags = view.getUint16(at);
    view.setUint16(at + 2, placeOf(view.getUint16(at + 2)));
    at += 4 + (flags & ARGS_ARE_WORDS ? 4 : 2);
    if (flags & HAS_SCALE) at += 2;
    else if (flags & HAS_TWO_SCALES) at += 4;
    else if (flags & HAS_MATRIX) at += 8;
    if (!(flags & MORE_PARTS)) return copy;
  }
}

/** `cmap` with one subtable of format 0 under (1, 0): each byte names its glyph. */
function byteCmap(codes: Uint8Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(12 + 262));
  view.setUint16(2, 1);
  view.setUint16(4, 1);
  view.setUint32(8, 12);
  view.setUint16(14, 262);
  const table = bytesOf(view);
  table.set(codes.subarray(0, 256), 18);
  return table;
}

function wrapped(tables: [string, Uint8Array][]): Uint8Array {
  const sorted = tables.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const start = 12 + 16 * sorted.length;
  const file = new Uint8Array(sorted.reduce((sum, [, table]) => sum + padded(table.length), start));
  const view = new DataView(file.buffer);
  const power = 31 - Math.clz32(sorted.length);
  view.setUint32(0, 0x00010000);
  view.setUint16(4, sorted.length);
  view.setUint16(6, 16 << power);
  view.setUint16(8, power);
  view.setUint16(10, 16 * sorted.length - (16 << power));
  let at = start;
  sorted.forEach(([tag, table], i) => {
    file.set(table, at);
    const entry = 12 + 16 * i;
    for (let c = 0; c < 4; c++) file[entry + c] = tag.charCodeAt(c);
    view.setUint32(entry + 4, sumOf(view, at, padded(table.length)));
    view.setUint32(entry + 8, at);
    view.setUint32(entry + 12, table.length);
    at += padded(table.length);
  });
  return file;
}

function sumOf(view: DataView, from: number, length: number): number {
  let sum = 0;
  for (let at = from; at < from + length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}

function copied(face: TrueType, tag: string): DataView {
  return new DataView(new Uint8Array(face.table(tag) ?? []).buffer);
}

function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function padded(length: number): number {
  return (length + 3) & ~3;
}
