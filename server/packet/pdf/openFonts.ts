import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { inflate } from "node:zlib";
import { Blob, ClusterLevel, Direction, Font, Face as Shaped, shape, Buffer as Text } from "harfbuzzjs";
import type { PdfFace, PdfFonts, ShapedGlyph } from "../../../domain/packet/pdf/fonts.ts";
import { readTrueType } from "../../../domain/packet/pdf/trueType.ts";

const FILES = {
  regular: ["DejaVuSans", "dejavu-fonts-ttf/ttf/DejaVuSans.ttf"],
  bold: ["DejaVuSans-Bold", "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"],
  emoji: ["NotoEmoji-Regular", "@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf"],
  letters: ["DejaVuMathTeXGyre-Regular", "dejavu-fonts-ttf/ttf/DejaVuMathTeXGyre.ttf"],
  rest: ["Unifont", "@fontsource/unifont/files/unifont-latin-400-normal.woff"],
} as const;

let opened: Promise<PdfFonts> | undefined;

/**
 * The faces that transcripts are written with, from the packages that are pinned for it: opened once a process, some
 * 20 MB in memory.
 *
 * @throws where a package is not installed
 */
export function openFonts(): Promise<PdfFonts> {
  opened ??= openAll();
  return opened;
}

async function openAll(): Promise<PdfFonts> {
  const [regular, bold, emoji, letters, rest] = await Promise.all([
    openFace(...FILES.regular),
    openFace(...FILES.bold),
    openFace(...FILES.emoji),
    openFace(...FILES.letters),
    openFace(...FILES.rest),
  ]);
  return { regular, bold, emoji, letters, rest };
}

async function openFace(name: string, path: string): Promise<PdfFace> {
  const file = await readFile(createRequire(import.meta.url).resolve(path));
  const bytes = path.endsWith(".woff") ? await unwrapWoff(file) : new Uint8Array(file);
  return { face: readTrueType(name, bytes), shape: shaperOf(bytes) };
}

/** HarfBuzz over one face. The buffer is used again and again; nothing of a text stays in it. */
function shaperOf(bytes: Uint8Array): PdfFace["shape"] {
  const font = new Font(new Shaped(new Blob(bytes)));
  const text = new Text();
  return (words, rightToLeft) => {
    text.reset();
    text.setClusterLevel(ClusterLevel.MONOTONE_CHARACTERS);
    text.addText(words);
    text.guessSegmentProperties();
    text.setDirection(rightToLeft ? Direction.RTL : Direction.LTR);
    // Or else it is the machine's, and the same text would look otherwise elsewhere.
    text.setLanguage("und");
    shape(font, text);
    const places = text.getGlyphPositions();
    const glyphs = text.getGlyphInfos().map(({ codepoint, cluster }, i): ShapedGlyph => {
      const place = places[i];
      return {
        glyph: codepoint,
        at: cluster,
        advance: place?.xAdvance ?? 0,
        x: place?.xOffset ?? 0,
        y: place?.yOffset ?? 0,
      };
    });
    text.clearContents();
    return glyphs;
  };
}

const inflated = promisify(inflate);

/** A WOFF 1.0 file as the TrueType file that it wraps (W3C, WOFF File Format 1.0). */
async function unwrapWoff(woff: Buffer): Promise<Uint8Array> {
  const count = woff.readUInt16BE(12);
  const tables: { entry: Buffer; bytes: Uint8Array }[] = [];
  for (let i = 0; i < count; i++) {
    const entry = woff.subarray(44 + 20 * i, 64 + 20 * i);
    const packed = woff.subarray(entry.readUInt32BE(4), entry.readUInt32BE(4) + entry.readUInt32BE(8));
    const size = entry.readUInt32BE(12);
    tables.push({ entry, bytes: packed.length < size ? await inflated(packed) : packed });
  }
  const file = Buffer.alloc(
    tables.reduce((sum, one) => sum + ((one.bytes.length + 3) & ~3), 12 + 16 * count),
  );
  woff.copy(file, 0, 4, 8);
  file.writeUInt16BE(count, 4);
  let at = 12 + 16 * count;
  tables.forEach(({ entry, bytes }, i) => {
    entry.copy(file, 12 + 16 * i, 0, 4);
    entry.copy(file, 16 + 16 * i, 16, 20);
    file.writeUInt32BE(at, 20 + 16 * i);
    file.writeUInt32BE(bytes.length, 24 + 16 * i);
    file.set(bytes, at);
    at += (bytes.length + 3) & ~3;
  });
  return file;
}
