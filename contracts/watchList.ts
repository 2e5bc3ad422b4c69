import { z } from "zod";
import { id, instant, staffRef, written } from "./triage.ts";

export const WATCH_CATEGORIES = ["journalist", "official", "staff", "in_the_news"] as const;
const account = written(256).min(1);

/** GET /api/watch-list: officers alone. POST adds → 201 {id}; DELETE /api/watch-list/:id ends → 204. */
export const watchEntry = z.object({
  id,
  platform: z.object({ id, name: z.string() }),
  /** The platform's own id of the account. */
  participantId: z.string(),
  category: z.enum(WATCH_CATEGORIES),
  reason: z.string(),
  addedBy: staffRef,
  addedAt: instant,
  until: instant.nullable(),
  ended: z.object({ by: staffRef, at: instant }).nullable(),
  /** Whether it counts now: neither ended nor past its date. */
  active: z.boolean(),
});
export type WatchEntry = z.infer<typeof watchEntry>;
export const watchList = z.object({
  entries: z.array(watchEntry),
  platforms: z.array(z.object({ id, name: z.string() })),
});
export type WatchList = z.infer<typeof watchList>;

export const addWatchRequest = z.strictObject({
  platformId: id,
  participantId: account,
  category: z.enum(WATCH_CATEGORIES),
  reason: written(2000).trim().min(1),
  until: z.iso.datetime({ offset: true }).nullable().default(null),
});
export type AddWatchRequest = z.input<typeof addWatchRequest>;
export const addedResult = z.object({ id });
export type AddedResult = z.infer<typeof addedResult>;
