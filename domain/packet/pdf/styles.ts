import type { ByteFontName } from "./fonts.ts";

/** A4, in points. */
export const PAGE = { width: 595, height: 842, left: 42, right: 553 } as const;

/** Where the words of a message begin; Bates numbers stand in the margin before. */
export const TEXT_LEFT = 130;
/** Where the first line stands. Lines are counted in halves of the distance between two. */
export const FIRST_LINE = 778;
export const HALF_LINE = 6;
export const HALF_LINES = 118;

export interface TextStyle {
  readonly font: ByteFontName;
  readonly size: number;
  /** The operator that sets the colour. */
  readonly colour: string;
}

const QUIET = ".35 g";

export const STYLES = {
  body: { font: "regular", size: 9, colour: "0 g" },
  earlier: { font: "regular", size: 8.5, colour: ".3 g" },
  note: { font: "regular", size: 7.5, colour: QUIET },
  stamp: { font: "regular", size: 7, colour: QUIET },
  sender: { font: "bold", size: 9, colour: "0 g" },
  /** Of an account that the request names; the word `outgoing` says the same without colour. */
  target: { font: "bold", size: 9, colour: ".08 .25 .5 rg" },
  title: { font: "bold", size: 15, colour: "0 g" },
  heading: { font: "bold", size: 9, colour: "0 g" },
} as const satisfies Record<string, TextStyle>;
