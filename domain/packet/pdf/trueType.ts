/** A TrueType face: what a PDF needs to know of it, and its tables to cut a subset from (ISO/IEC 14496-22). */
export interface TrueType {
  readonly name: string;
  readonly unitsPerEm: number;
  readonly glyphs: number;
  readonly ascent: number;
  readonly descent: number;
  readonly box: readonly [number, number, number, number];
  /** A character's glyph, 0 where the face has none. */
  glyphOf(codePoint: number): number;
  /** In units of the face. */
  advanceOf(glyph: number): number;
  /** The glyph's outline as it stands in the file, empty for a blank. */
  outlineOf(glyph: number): Uint8Array;
  table(tag: string): Uint8Array | undefined;
}

/** What `glyphOf` is kept for: the planes that have living scripts and emoji. */
const MAPPED = 0x20000;

/**
 * Reads a TrueType file.
 *
 * @param name what the PDF calls the face
 * @throws where it is no TrueType file with outlines of its own (`glyf`)
 */
export function readTrueType(name: string, file: Uint8Array): TrueType {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tables = new Map<string, Uint8Array>();
  for (let i = 0, n = view.getUint16(4); i < n; i++) {
    const entry = 12 + 16 * i;
    const tag = String.fromCharCode(...file.subarray(entry, entry + 4));
    const offset = view.getUint32(entry + 8);
    tables.set(tag, file.subarray(offset, offset + view.getUint32(entry + 12)));
  }
  const viewOf = (tag: string): DataView => {
    const table = tables.get(tag);
    if (!table) throw new Error(`The face ${name} has no table ${tag}: it cannot be put into a PDF.`);
    return new DataView(table.buffer, table.byteOffset, table.byteLength);
  };
  const head = viewOf("head");
  const hhea = viewOf("hhea");
  const hmtx = viewOf("hmtx");
  const loca = viewOf("loca");
  viewOf("glyf");
  const glyf = tables.get("glyf") ?? new Uint8Array();
  const glyphs = viewOf("maxp").getUint16(4);
  const long = head.getInt16(50) === 1;
  const placeOf = (glyph: number) => (long ? loca.getUint32(4 * glyph) : 2 * loca.getUint16(2 * glyph));
  const measured = hhea.getUint16(34);
  const map = readCmap(viewOf("cmap"));
  return {
    name,
    unitsPerEm: head.getUint16(18),
    glyphs,
    ascent: hhea.getInt16(4),
    descent: hhea.getInt16(6),
    box: [head.getInt16(36), head.getInt16(38), head.getInt16(40), head.getInt16(42)],
    glyphOf: (codePoint) => (codePoint < MAPPED ? (map[codePoint] ?? 0) : 0),
    advanceOf: (glyph) => hmtx.getUint16(4 * Math.min(glyph, measured - 1)),
    outlineOf: (glyph) => glyf.subarray(placeOf(glyph), placeOf(glyph + 1)),
    table: (tag) => tables.get(tag),
  };
}

/** The best Unicode subtable: format 12, else format 4. */
function readCmap(cmap: DataView): Uint16Array {
  const map = new Uint16Array(MAPPED);
  let best = -1;
  for (let i = 0, n = cmap.getUint16(2); i < n; i++) {
    const platform = cmap.getUint16(4 + 8 * i);
    const offset = cmap.getUint32(8 + 8 * i);
    const format = cmap.getUint16(offset);
    if (platform !== 0 && platform !== 3) continue;
    if (format === 12) best = offset;
    if (format === 4 && (best < 0 || cmap.getUint16(best) !== 12)) best = offset;
  }
  if (best < 0) return map;
  if (cmap.getUint16(best) === 12) {
    for (let i = 0, n = cmap.getUint32(best + 12); i < n; i++) {
      const group = best + 16 + 12 * i;
      const start = cmap.getUint32(group);
      const end = Math.min(cmap.getUint32(group + 4), MAPPED - 1);
      const first = cmap.getUint32(group + 8);
      for (let c = start; c <= end; c++) map[c] = first + c - start;
    }
    return map;
  }
  const segments = cmap.getUint16(best + 6) / 2;
  for (let i = 0; i < segments; i++) {
    const end = cmap.getUint16(best + 14 + 2 * i);
    const start = cmap.getUint16(best + 16 + 2 * (segments + i));
    const delta = cmap.getUint16(best + 16 + 2 * (2 * segments + i));
    const rangeAt = best + 16 + 2 * (3 * segments + i);
    const range = cmap.getUint16(rangeAt);
    for (let c = start; c <= end && c !== 0xffff; c++) {
      const glyph = range === 0 ? c : cmap.getUint16(rangeAt + range + 2 * (c - start));
      map[c] = range !== 0 && glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
  }
  return map;
}
