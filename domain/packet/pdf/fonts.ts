import type { TrueType } from "./trueType.ts";

/** A glyph in its place, as a shaper gives it; lengths in units of the face. */
export interface ShapedGlyph {
  readonly glyph: number;
  /** Where in the text (UTF-16 units) the characters begin that it stands for. */
  readonly at: number;
  readonly advance: number;
  readonly x: number;
  readonly y: number;
}

export interface PdfFace {
  readonly face: TrueType;
  /** Shapes a stretch of one direction, one face and one script. @returns glyphs from left to right */
  readonly shape: (text: string, rightToLeft: boolean) => readonly ShapedGlyph[];
}

/** What transcripts are written with. */
export interface PdfFonts {
  readonly regular: PdfFace;
  readonly bold: PdfFace;
  readonly emoji: PdfFace;
  /** Letters that mathematics and ornament make of letters: bold, script, double-struck. */
  readonly letters: PdfFace;
  /** For whatever the others do not have: covers the Basic Multilingual Plane. */
  readonly rest: PdfFace;
}

/** Faces by which text is addressed: with single bytes (Western text), or with numbers of glyphs (all else). */
export type ByteFontName = "regular" | "bold";
export type GlyphFontName = "regular" | "emoji" | "letters" | "rest";

/** What is drawn as one: lengths are in thousandths of the size, places in UTF-16 units from where its word begins. */
export interface ShapedCluster {
  readonly start: number;
  readonly end: number;
  readonly width: number;
  /** In the order in which they are read. */
  readonly glyphs: readonly PlacedGlyph[];
}

/** A word that was shaped. */
export interface ShapedWord {
  readonly clusters: readonly ShapedCluster[];
  readonly width: number;
  readonly glyphs: readonly PlacedGlyph[];
  /** The glyphs' numbers from left to right where each stands just behind the one before; empty where one does not. */
  readonly even: string;
  /** Whether a line may be broken within it. */
  readonly breakable: boolean;
}

export interface PlacedGlyph {
  /** The glyph's number in the file, in hexadecimal. */
  readonly number: string;
  /** How far a PDF moves on by itself, and how far it should. */
  readonly nominal: number;
  readonly advance: number;
  readonly x: number;
  readonly y: number;
}
