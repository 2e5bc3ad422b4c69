import { z } from "zod";
import type { QueueSort } from "../../domain/vocabulary.ts";
import { BadRequest } from "../http/readBody.ts";

const place = z.strictObject({ v: z.string().nullable(), id: z.uuid() });
export type Place = z.infer<typeof place>;

/** What the value of a place looks like in each order. A place that was made up is refused here, not by a failure. */
const VALUES: Readonly<Record<QueueSort, (value: string | null) => boolean>> = {
  priority: (value) => value !== null && /^-?\d{1,7}$/.test(value),
  due: (value) => value !== null && isInstant(value),
  oldest: (value) => value === null,
  newest: (value) => value === null,
};

/** An instant as PostgreSQL writes it in UTC. */
function isInstant(value: string): boolean {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.\d{1,6})?\+00$/.exec(value) ?? [];
  const at = Date.parse(`${day}T${time}Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(`${day}T${time}`);
}

/** Where a page ended, as an opaque word for the next request. */
export function writeCursor(at: Place): string {
  return Buffer.from(JSON.stringify(at)).toString("base64url");
}

/**
 * @returns the place, or null without a cursor
 * @throws BadRequest `bad-cursor` when it was not written by `writeCursor` for this order
 */
export function readCursor(cursor: string | undefined, sort: QueueSort): Place | null {
  if (cursor === undefined) return null;
  try {
    const at = place.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    if (VALUES[sort](at.v)) return at;
  } catch {
    // Not JSON, or not of the form: told as the one refusal below.
  }
  throw new BadRequest("bad-cursor");
}
