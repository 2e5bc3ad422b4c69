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
           -- A view of a collection shows every wording up to its cut-off, where it was collected with content.
           coalesce((select json_agg(json_build_object('id', m.id, 'revision', m.revision)) from (
              select s.id, max(s.revision) as revision from sealed.messages s
               where c.id is null and s.thread_id = v.thread_id and s.id = any (v.message_ids) and s.received_at <= v.opened_at
               group by s.id
              union all
              select s.id, s.revision from sealed.messages s
               where 'content' = any (c.categories) and s.thread_id = v.thread_id and s.id = any (v.message_ids)
                 and s.received_at <= c.cut_off) m), '[]') as messages,
           -- And of those who wrote, the names of whom the request, or counsel before it was opened, has named.
           array(select distinct s.sender_id from sealed.messages s
                  where s.thread_id = v.thread_id and s.id = any (v.message_ids) and (c.id is null or exists (
                    select from sealed.participants p join triage.threads t on t.id = p.thread_id
                     where p.thread_id = s.thread_id and p.id = s.sender_id and (exists (
                       select from legal.request_accounts a where a.request_id = c.request_id and a.platform_id = t.platform_id
                          and a.platform_participant_id = p.platform_participant_id and a.added_version <= c.scope_version
                          and (a.dropped_version is null or a.dropped_version > c.scope_version))
                       or exists (select from legal.decisions d join sealed.legal_pseudonyms n on n.thread_id = c.request_id
                          and n.number = d.pseudonym and n.platform_id = t.platform_id
                          and n.platform_participant_id = p.platform_participant_id
                         where d.collection_id = c.id and d.at <= v.opened_at and not exists (
                           select from legal.decisions b where b.takes_back = d.id and b.at <= v.opened_at)))))
                 union select f.reporter_id from triage.flags f
                  where f.id = any (v.flag_ids) and f.reporter_id is not null) as people
      from access.views v left join access.view_ends e on e.view_id = v.id
      left join legal.collections c on c.id = v.grant_id
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
