import { TILE_WIDTH, tilePath } from "../../../domain/tlog/tiles.ts";

/** What an exported log has beside the layout of c2sp.org/tlog-tiles. */
export const CHECKPOINT = "checkpoint";
export const VKEYS = "vkeys";
export const UNLOGGED = "payload/unlogged.ndjson";
export const README = "README.txt";

/**
 * The values behind the leaves of one bundle, a line for each: `payload/x001/234.ndjson`, and `payload/x001/234.p/7.ndjson` of
 * a bundle of seven: as with the bundle itself, what an earlier checkpoint covers is never written over.
 */
export function payloadPath(n: number, width: number): string {
  return `${tilePath(0, n, width).replace("tile/0", "payload")}.ndjson`;
}

/** The values behind one leaf. All null and no salt: removed, which is a finding. */
export type Payload = {
  readonly index: number;
  /** Of the event. */
  readonly id: string;
  /** Hexadecimal. */
  readonly salt: string;
  readonly reason: string | null;
  /** PostgreSQL's own text of the jsonb: that is what was hashed. */
  readonly detail: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** Base64: of the leaf that the stored event gives today. */
  readonly leafHash: string;
};

/** How many leaves the bundle n of a log of this size has. */
export function bundleWidth(size: number, n: number): number {
  return Math.min(TILE_WIDTH, size - n * TILE_WIDTH);
}
