import { BadRequest } from "../http/readBody.ts";

const BYTES = 16;

/** Where a page ended, as an opaque word: the id of its last event. Pages are cut by id, so events that come meanwhile
 * neither repeat nor hide a line. */
export function writeCursor(eventId: string): string {
  return Buffer.from(eventId.replaceAll("-", ""), "hex").toString("base64url");
}

/**
 * @returns the id, or undefined without a cursor
 * @throws BadRequest `bad-cursor` when it was not written by `writeCursor`
 */
export function readCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const bytes = Buffer.from(cursor, "base64url");
  if (bytes.length !== BYTES || bytes.toString("base64url") !== cursor) throw new BadRequest("bad-cursor");
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
