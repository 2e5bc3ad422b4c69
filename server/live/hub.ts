import { z } from "zod";
import { webSql } from "../../db/web-client.ts";
import { log } from "../log/logger.ts";

/** What the database announces: ids only. */
const announcement = z.union([
  z.object({ type: z.literal("case_changed"), queueId: z.string(), caseId: z.string() }),
  z.object({ type: z.literal("queue_changed"), queueId: z.string() }),
  z.object({ type: z.literal("session_ended"), sessionId: z.string() }),
  z.object({ type: z.literal("view_ended"), viewId: z.string(), sessionId: z.string() }),
  z.object({
    type: z.literal("request_changed"),
    requestId: z.string(),
    requesterId: z.string(),
    queueId: z.string(),
  }),
  z.object({
    type: z.literal("break_glass"),
    breakGlassId: z.string(),
    level: z.number(),
    audience: z.array(z.string()),
  }),
  z.object({ type: z.literal("notice"), noticeId: z.string(), audience: z.array(z.string()) }),
  z.object({ type: z.literal("policy_changed") }),
]);
export type Announcement = z.infer<typeof announcement>;
type Listener = (what: Announcement) => void;

interface Hub {
  listeners: Set<Listener>;
  started: Promise<unknown> | null;
}

// One LISTEN for the process, however many pages are open and however often Next loads this module.
const KEY = Symbol.for("unseal.live");
const holder = globalThis as { [key: symbol]: Hub | undefined };

function hub(): Hub {
  holder[KEY] ??= { listeners: new Set(), started: null };
  return holder[KEY];
}

/**
 * Hears what changes, from any process that shares the database. When the connection breaks, the driver listens again;
 * what was announced meanwhile is lost, so pages also ask again whenever their stream opens anew.
 *
 * @returns a function that stops hearing
 * @throws when the database cannot be reached
 */
export async function hear(listener: Listener): Promise<() => void> {
  const { listeners } = hub();
  hub().started ??= webSql()
    .listen("unseal_live", (payload) => {
      const what = announcement.safeParse(JSON.parse(payload));
      if (!what.success) return log.warn("live.unknown_announcement");
      for (const each of listeners) each(what.data);
    })
    .catch((error: unknown) => {
      hub().started = null;
      throw error;
    });
  await hub().started;
  listeners.add(listener);
  return () => listeners.delete(listener);
}
