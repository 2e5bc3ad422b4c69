import { z } from "zod";
import { BadRequest } from "../../http/readBody.ts";

/** The sort key of `legal.list_holds`: live by their day, then the others. */
const place = z.strictObject({
  v: z.string().regex(/^(0\d{20}|1\d{10}\.\d{6})$/),
  id: z.uuid(),
});

/** @returns the place where a page ended, or null without a cursor @throws BadRequest `bad-cursor` */
export function readHoldsCursor(cursor: string | undefined): z.output<typeof place> | null {
  if (cursor === undefined) return null;
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    throw new BadRequest("bad-cursor");
  }
}
