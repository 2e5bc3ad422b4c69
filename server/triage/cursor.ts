import { z } from "zod";
import { BadRequest } from "../http/readBody.ts";

const place = z.strictObject({ v: z.string().nullable(), id: z.uuid() });
export type Place = z.infer<typeof place>;

/** Where a page ended, as an opaque word for the next request. */
export function writeCursor(at: Place): string {
  return Buffer.from(JSON.stringify(at)).toString("base64url");
}

/**
 * @returns the place, or null without a cursor
 * @throws BadRequest `bad-cursor` when it was not written by `writeCursor`
 */
export function readCursor(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    throw new BadRequest("bad-cursor");
  }
}
