import type { Query } from "../../db/auditSession.ts";
import type { Findings } from "./Findings.ts";

const BATCH = 5_000;
const FIRST = "00000000-0000-0000-0000-000000000000";
const LAST = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** Events in the order of their ids: how many, and those whose leaf is missing or stands twice. */
type Page = { count: number; unlogged: string[]; twice: string[] };

/** The events from the oldest to the newest, page by page: one statement over all of them would run out of time one day. */
export async function* pagesOfEvents(query: Query): AsyncGenerator<Page, void> {
  for (let after = FIRST; ; ) {
    const [row] = await query<{ page: Page & { last: string | null } }>(
      "select audit.unplaced_events($1::uuid, $2::uuid, $3) as page",
      [after, LAST, BATCH],
    );
    if (!row || row.page.last === null) return;
    yield row.page;
    after = row.page.last;
  }
}

/**
 * Walks the events from the oldest to the newest: each has one leaf, in its place or waiting.
 *
 * @param goOn called after each batch with the events that are done; answers whether to go on
 * @returns how many were looked at; null when it was told to stop
 */
export async function checkEvents(
  query: Query,
  findings: Findings,
  goOn: (done: number) => Promise<boolean>,
): Promise<number | null> {
  let done = 0;
  for await (const page of pagesOfEvents(query)) {
    for (const eventId of page.unlogged) findings.add("event-unlogged", { eventId });
    for (const eventId of page.twice) findings.add("leaf-twice", { eventId });
    done += page.count;
    if (!(await goOn(done))) return null;
  }
  return done;
}
