import type { Query } from "../../db/auditSession.ts";
import type { Findings } from "./Findings.ts";

const BATCH = 5_000;
const FIRST = "00000000-0000-0000-0000-000000000000";
const LAST = "ffffffff-ffff-ffff-ffff-ffffffffffff";

type Page = { last: string | null; count: number; unlogged: string[]; twice: string[] };

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
  let after = FIRST;
  for (let done = 0; ; ) {
    const [row] = await query<{ page: Page }>(
      "select audit.unplaced_events($1::uuid, $2::uuid, $3) as page",
      [after, LAST, BATCH],
    );
    const page = row?.page;
    if (!page || page.last === null) return done;
    for (const eventId of page.unlogged) findings.add("event-unlogged", { eventId });
    for (const eventId of page.twice) findings.add("leaf-twice", { eventId });
    done += page.count;
    after = page.last;
    if (!(await goOn(done))) return null;
  }
}
