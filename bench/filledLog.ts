import type { Sql } from "postgres";

/** People, cases and acts of a log of some months, in proportions as a floor of moderators makes them. */
export interface FilledLog {
  /** A moderator, one of a hundred, who has never taken in a flag: that is a platform's act, and three in ten events. */
  readonly busy: string;
  /** A case with the usual handful of events. */
  readonly caseId: string;
  /** An event nine tenths of the way down, newest first. */
  readonly deep: string;
}

const ACTORS = 100;
// How many of a hundred events are of which action; the last takes the rest.
const ACTIONS = [
  ["intake.flag_accepted", 30],
  ["case.claimed", 15],
  ["access.requested", 15],
  ["view.opened", 15],
  ["view.closed", 8],
  ["case.decided", 14],
  ["sign_in.attempt", 2],
  ["audit.searched", 1],
] as const;

/**
 * Fills the log, as the superuser and without the functions that would take an hour for it. Events lie in the month
 * before and this one, evenly.
 *
 * @param options.leaves whether each event gets a leaf of the usual length
 * @param options.views whether each view that was opened is there too, under a thread of the same id as its case, most of
 *   them ended; and people who are on the staff
 */
export async function filledLog(
  admin: Sql,
  count: number,
  { leaves = false, views = false },
): Promise<FilledLog> {
  let upTo = 0;
  const action = ACTIONS.map(([name, share]) => {
    upTo += share;
    return `when r < ${upTo} then '${name}'`;
  }).join(" ");
  const ids = `array(select ('01890000-0000-7000-8000-' || lpad(a::text, 12, '0'))::uuid from generate_series(1, ${ACTORS}) a)`;
  // Indexes are made anew afterwards: kept up row by row they would take most of the time.
  const indexes = await admin`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid = 'audit.events'::regclass and not indisprimary`;
  for (const { name } of indexes) await admin.unsafe(`drop index ${name}`);
  await admin.unsafe(`
    insert into audit.events (id, at, actor_kind, actor_id, actor_roles, action, outcome, case_id, purpose, reason, detail,
      ip, leaf_salt)
    select (left(unseal.uuid7_floor(at)::text, 14) || '7' || substr(h, 1, 3) || '-8' || substr(h, 4, 3) || '-' || substr(h, 7, 12))::uuid,
           at, 'staff', (${ids})[case when action = 'intake.flag_accepted' then 1 else 2 + i % ${ACTORS - 1} end], '{moderator}', action, case when i % 50 = 0 then 'denied' else 'done' end,
           ('01890000-0000-7000-9000-' || lpad((i / 8)::text, 12, '0'))::uuid,
           case when action in ('access.requested', 'view.opened') then 'user_report_review' end,
           case when action in ('access.requested', 'view.opened') then 'Reviewing the reported messages of the case I claimed.' end,
           case when i % 50 = 0 then '{"code": "not-your-claim"}'::jsonb else '{}' end, '192.0.2.7', '\\x00'
      from (
        select i, md5(i::text) as h, start + (now() - start) * (i::double precision / ${count}) as at,
               case ${action} else 'case.read' end as action
          from (select i, mod(abs(hashint4(i)::bigint), 100) as r, date_trunc('month', now() - interval '1 month') + interval '1 day' as start
                  from generate_series(1, ${count}) i) n) e`);
  for (const { definition } of indexes) await admin.unsafe(definition.replace(" ON ONLY ", " ON "));
  if (leaves) {
    await admin`insert into audit.pending_leaves (event_id, leaf)
      select e.id, audit.leaf(e) from audit.events e on conflict do nothing`;
  }
  await admin`analyze audit.events`;
  if (views) await fillViews(admin);
  const deepAt = Math.floor(count * 0.9);
  const [deep] = await admin`select id from audit.events order by id desc offset ${deepAt} limit 1`;
  return {
    busy: `01890000-0000-7000-8000-${String(7).padStart(12, "0")}`,
    caseId: `01890000-0000-7000-9000-${String(Math.floor(count / 16)).padStart(12, "0")}`,
    deep: deep?.id as string,
  };
}

/** Rows of access.views for the events that opened them, and of the staff who did. */
async function fillViews(admin: Sql): Promise<void> {
  for (let n = 1; n <= ACTORS; n++) {
    const id = `01890000-0000-7000-8000-${String(n).padStart(12, "0")}`;
    await admin`insert into staff.members (id, email, name, roles, regions, languages)
      values (${id}, ${`bench-${n}@staff.example.org`}, ${`Bench ${n}`}, '{moderator}', '{eu}', '{en}') on conflict do nothing`;
  }
  const indexes = await admin`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid = 'access.views'::regclass and not indisprimary`;
  for (const { name } of indexes) await admin.unsafe(`drop index ${name}`);
  await admin`
    insert into access.views (id, grant_id, staff_id, session_id, case_id, thread_id, purpose, scope, reason, message_ids, places,
      flag_ids, truncated, opened_at, expires_at, opened_xid, event_id)
    select e.id, e.id, e.actor_id, e.actor_id, e.case_id, e.case_id, e.purpose, 'flagged_window', e.reason, array[e.id], '{1}', '{}',
      false, e.at, e.at + interval '10 minutes', '3', e.id
      from audit.events e where e.action = 'view.opened' and e.outcome = 'done'`;
  for (const { definition } of indexes) await admin.unsafe(definition.replace(" ON ONLY ", " ON "));
  await admin`insert into access.view_ends (view_id, ended_at, how)
    select id, opened_at + interval '2 minutes', 'decided' from access.views where places = '{1}'`;
  await admin`vacuum analyze access.views`;
  await admin`vacuum analyze access.view_ends`;
  await admin`vacuum analyze audit.events`;
}
