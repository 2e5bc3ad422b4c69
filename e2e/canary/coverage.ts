import { admin } from "../support/admin.ts";
import type { Put } from "./register.ts";

/** A view as the database keeps it, and everything that it covers. */
export interface Covering {
  readonly id: string;
  readonly staffId: string;
  readonly openedAt: number;
  readonly endsAt: number;
  readonly committed: boolean;
  /** Whether one event says that it was opened, by whom, on what. */
  readonly events: number;
  covers(put: Put): boolean;
}

interface Row {
  id: string;
  staff_id: string;
  thread_id: string;
  opened_at: Date;
  ends_at: Date;
  committed: boolean;
  events: number;
  messages: { id: string; revision: number }[];
  people: string[];
  flags: string[];
}

/** Every view of these people. What a view covers is worked out from what it says, not from what was read. */
export async function viewsOf(staffIds: readonly string[]): Promise<Map<string, Covering>> {
  const rows = await admin()<Row[]>`
    select v.id, v.staff_id, v.thread_id, v.opened_at, v.flag_ids as flags,
           least(v.expires_at, coalesce(e.ended_at, v.expires_at)) as ends_at,
           pg_xact_status(v.opened_xid) = 'committed' as committed,
           (select count(*)::int from audit.events a where a.view_id = v.id and a.action = 'view.opened'
               and a.outcome = 'done' and a.actor_id = v.staff_id and a.thread_id = v.thread_id
               and a.reason is not null and a.purpose is not null) as events,
           (select json_agg(json_build_object('id', m.id, 'revision', m.revision)) from (
              select s.id, max(s.revision) as revision from sealed.messages s
               where s.thread_id = v.thread_id and s.id = any (v.message_ids) and s.received_at <= v.opened_at
               group by s.id) m) as messages,
           array(select distinct s.sender_id from sealed.messages s
                  where s.thread_id = v.thread_id and s.id = any (v.message_ids)
                 union select f.reporter_id from triage.flags f
                  where f.id = any (v.flag_ids) and f.reporter_id is not null) as people
      from access.views v left join access.view_ends e on e.view_id = v.id
     where v.staff_id = any (${[...staffIds]})`;
  return new Map(rows.map((row) => [row.id, coveringOf(row)]));
}

function coveringOf(row: Row): Covering {
  return {
    id: row.id,
    staffId: row.staff_id,
    openedAt: row.opened_at.getTime(),
    endsAt: row.ends_at.getTime(),
    committed: row.committed,
    events: row.events,
    covers({ what, thread, owner, revision }) {
      if (thread !== row.thread_id) return false;
      switch (what) {
        case "body":
          return row.messages.some((message) => message.id === owner && message.revision === revision);
        case "identity":
          return row.people.includes(owner);
        case "words":
          return row.flags.includes(owner);
        case "location":
          return false;
      }
    },
  };
}
