import { z } from "zod";
import { FEED_FORMATS } from "../domain/siem/lines.ts";

const count = (least: number, most: number) =>
  z
    .string()
    .regex(/^-?\d{1,16}$/, "Give a whole number.")
    .transform(Number)
    .pipe(z.number().int().min(least).max(most));

/** GET /api/audit/feed: which events, and how. */
export const feedQuery = z.strictObject({
  /** The place in the log behind which to go on: what the last line had as its index. -1 is the beginning. */
  after: count(-1, Number.MAX_SAFE_INTEGER - 1).default(-1),
  /** At most so many events. */
  limit: count(1, 10_000).default(1000),
  format: z.enum(FEED_FORMATS).default("ocsf"),
  /** Seconds to wait for an event when there is none. */
  wait: count(0, 30).default(0),
});
export type FeedQuery = z.infer<typeof feedQuery>;

const index = z.number().int().nonnegative();
const instant = z.iso.datetime();

/** GET /api/audit/feeds: how events get to a SIEM. For those who look after the log. */
export const feeds = z.object({
  /** Places in the log. */
  size: z.number().int().nonnegative(),
  sinks: z.array(
    z.object({
      name: z.enum(["syslog", "https"]),
      /** Host and port. */
      target: z.string(),
      nextIndex: index,
      /** The last place that was acknowledged; null while none was. */
      lastIndex: z.number().int().nullable(),
      /** How many events it is behind. */
      lag: z.number().int().nonnegative(),
      deliveredAt: instant.nullable(),
      /** When a worker last looked after it: long ago means that no worker runs. */
      seenAt: instant.nullable(),
      failures: z.number().int().nonnegative(),
      failingSince: instant.nullable(),
      /** It has failed for so long that it became an event. */
      alerted: z.boolean(),
      /** A word for what went wrong last. */
      problem: z.string().nullable(),
      nextTryAt: instant.nullable(),
      /** No longer configured. */
      removed: z.boolean(),
    }),
  ),
  keys: z.array(
    z.object({
      id: z.uuid(),
      label: z.string(),
      firstIndex: index,
      lastIndex: index.nullable(),
      createdAt: instant,
      expiresAt: instant.nullable(),
      revokedAt: instant.nullable(),
      lastUsedAt: instant.nullable(),
    }),
  ),
  gaps: z.array(z.object({ first: index, last: index, foundAt: instant })),
});
export type Feeds = z.infer<typeof feeds>;
