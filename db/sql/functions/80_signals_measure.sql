-- The numbers that each detector judges (domain/signals/). Each function names the index that serves it; a test reads the
-- plans. All are called by the worker alone. p_until: where the window ends, so that a past day can be measured again.

-- Cases opened by person, queue and day over 28 days. Serves by: opening_hours_by_hour.
create or replace function access.measure_volume(p_until timestamptz) returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object('staff', r.staff_id, 'queue', r.queue_id, 'day', r.day, 'cases', r.cases)), '[]')
    from (
      select h.staff_id, h.queue_id, to_char(h.hour at time zone 'UTC', 'YYYY-MM-DD') as day, sum(h.cases) as cases
        from access.opening_hours h
       where h.hour >= date_trunc('day', p_until - interval '1 microsecond', 'UTC') - interval '27 days' and h.hour < p_until
       group by 1, 2, 3) r
$$;

-- Cases opened by person, queue and hour of the day: over the 28 days before, and on the last day. Serves by:
-- opening_hours_by_hour.
create or replace function access.measure_hours(p_until timestamptz) returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object('staff', r.staff_id, 'queue', r.queue_id, 'hour', r.hour,
      'before', r.before, 'today', r.today)), '[]')
    from (
      select h.staff_id, h.queue_id, extract(hour from h.hour at time zone 'UTC')::integer as hour,
             sum(h.cases) filter (where h.hour < d.start) as before, sum(h.cases) filter (where h.hour >= d.start) as today
        from (select date_trunc('day', p_until - interval '1 microsecond', 'UTC') as start) d
        join access.opening_hours h on h.hour >= d.start - interval '28 days' and h.hour < p_until
       group by 1, 2, 3) r
$$;

-- Accounts that somebody opened in the last two days and on at least three days of the last four hundred: on how many
-- person-days anybody opened them, how many were theirs, and which share of them their part of the work would give: of what
-- the queue opened within four hours, what they opened. Serves by: opened_accounts_by_time, opened_accounts_by_account,
-- opening_hours_of_queue.
create or replace function access.measure_same_participant(p_until timestamptz) returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with lately as materialized (
    select distinct a.staff_id, a.account from access.opened_accounts a
     where a.opened_at >= p_until - interval '2 days' and a.opened_at < p_until
  ), repeated as materialized (
    select l.staff_id, l.account, r.days, r.cases, r.views, r.since
      from lately l
      cross join lateral (
        select count(distinct (a.opened_at at time zone 'UTC')::date) as days, count(distinct a.case_id) as cases,
               count(*) as views, min(a.opened_at) as since
          from access.opened_accounts a
         where a.account = l.account and a.staff_id = l.staff_id
           and a.opened_at >= p_until - interval '400 days' and a.opened_at < p_until) r
     where r.days >= 3
  ), units as (
    select r.staff_id, r.account, a.staff_id as by_whom, (a.opened_at at time zone 'UTC')::date as day,
           min(a.opened_at) as at, (array_agg(a.queue_id order by a.opened_at))[1] as queue_id
      from repeated r
      join access.opened_accounts a on a.account = r.account
       and a.opened_at >= p_until - interval '400 days' and a.opened_at < p_until
     group by 1, 2, 3, 4
  ), shared as (
    select u.staff_id, u.account, u.by_whom,
           (select coalesce(sum(h.cases) filter (where h.staff_id = u.staff_id), 0)::float8 / greatest(sum(h.cases), 1)
              from access.opening_hours h
             where h.queue_id = u.queue_id and h.hour >= u.at - interval '4 hours' and h.hour <= u.at + interval '4 hours') as share
      from units u
  )
  select jsonb_build_object('pairs', (select count(*) from lately), 'rows', coalesce(jsonb_agg(jsonb_build_object(
      'staff', r.staff_id, 'account', r.account, 'days', r.days, 'cases', r.cases, 'views', r.views,
      'since', unseal.instant(r.since), 'everybody', s.everybody, 'share', s.share)), '[]'))
    from repeated r
    join (select s.staff_id, s.account, count(*) as everybody, avg(s.share) as share from shared s group by 1, 2) s
      on s.staff_id = r.staff_id and s.account = r.account
$$;

-- Cases opened by person, queue, region and four hours of the day over 28 days, and how many of them had an attribute.
-- Serves by: openings_by_time.
create or replace function access.measure_skew(p_until timestamptz) returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with chosen as materialized (
    select o.staff_id, o.queue_id, o.region, extract(hour from o.opened_at at time zone 'UTC')::integer / 4 as block,
           o.minor, o.prominent, o.countries
      from access.openings o
     where o.opened_at >= p_until - interval '28 days' and o.opened_at < p_until and o.fresh
  ), cells as (
    select c.staff_id, c.queue_id, c.region, c.block, count(*) as n, count(*) filter (where c.minor) as minor,
           count(*) filter (where c.prominent) as prominent
      from chosen c group by 1, 2, 3, 4
  ), countries as (
    select k.staff_id, k.queue_id, k.region, k.block, jsonb_object_agg(k.country, k.n) as counts
      from (select c.staff_id, c.queue_id, c.region, c.block, x.country, count(*) as n
              from chosen c cross join lateral unnest(c.countries) x(country) group by 1, 2, 3, 4, 5) k
     group by 1, 2, 3, 4
  )
  select coalesce(jsonb_agg(jsonb_build_object('staff', c.staff_id, 'queue', c.queue_id, 'region', c.region, 'block', c.block,
      'n', c.n, 'minor', c.minor, 'prominent', c.prominent, 'countries', coalesce(k.counts, '{}'))), '[]')
    from cells c left join countries k using (staff_id, queue_id, region, block)
$$;

-- Cases opened a day ago or more, over a week, and how many of them the person neither decided nor escalated within a day.
-- Serves by: openings_by_time, decisions_of_case.
create or replace function access.measure_undecided(p_until timestamptz) returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object('staff', r.staff_id, 'stratum', r.queue_id, 'n', r.n, 'k', r.k)), '[]')
    from (
      select o.staff_id, o.queue_id, count(*) as n, count(*) filter (where not exists (
               select from triage.decisions d
                where d.case_id = o.case_id and d.decided_by = o.staff_id and d.undone_at is null
                  and d.decided_at between o.opened_at and o.opened_at + interval '1 day')) as k
        from access.openings o
       where o.opened_at >= p_until - interval '8 days' and o.opened_at < p_until - interval '1 day' and o.fresh
       group by 1, 2) r
$$;

-- Cases opened in a week, and how many of them lay in queues that the person is no member of. Serves by: openings_by_time.
create or replace function access.measure_outside_queue(p_until timestamptz) returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object('staff', r.staff_id, 'stratum', 'all', 'n', r.n, 'k', r.k)), '[]')
    from (
      select o.staff_id, count(*) as n, count(*) filter (where o.outside) as k
        from access.openings o
       where o.opened_at >= p_until - interval '7 days' and o.opened_at < p_until and o.fresh
       group by 1) r
$$;

-- Accounts opened in a week by person and queue, and those that link two or more of the threads that the person opened.
-- Serves by: opened_accounts_by_time.
create or replace function access.measure_contact_graph(p_until timestamptz) returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with seen as materialized (
    select a.staff_id, a.account, (array_agg(a.queue_id))[1] as queue_id, count(distinct a.thread_id) as threads
      from access.opened_accounts a
     where a.opened_at >= p_until - interval '7 days' and a.opened_at < p_until
     group by 1, 2
  ), links as (
    select s.staff_id, s.account, s.queue_id, array(
             select distinct a.thread_id from access.opened_accounts a
              where a.account = s.account and a.staff_id = s.staff_id
                and a.opened_at >= p_until - interval '7 days' and a.opened_at < p_until) as threads
      from seen s where s.threads >= 2
  )
  select jsonb_build_object(
    'accounts', coalesce((select jsonb_agg(jsonb_build_object('staff', r.staff_id, 'stratum', r.queue_id, 'n', r.n))
      from (select s.staff_id, s.queue_id, count(*) as n from seen s group by 1, 2) r), '[]'),
    'links', coalesce((select jsonb_agg(jsonb_build_object('staff', l.staff_id, 'account', l.account, 'stratum', l.queue_id,
      'threads', l.threads)) from links l), '[]'))
$$;

-- Looks at a case that were refused, after which the same person claimed it or stated a purpose for it within a week; over
-- two weeks, for everybody who opened anything meanwhile. Serves by: events_by_action_outcome, events_by_case.
create or replace function access.measure_lookups(p_until timestamptz) returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with looks as (
    select distinct on (e.actor_id, e.case_id) e.id, e.actor_id, e.case_id, e.at
      from audit.events e
     where e.action in ('case.read', 'audit.searched', 'view.opened') and e.outcome = 'denied' and e.outcome <> 'done'
       and e.id >= unseal.uuid7_floor(p_until - interval '14 days') and e.id < unseal.uuid7_floor(p_until)
       and e.actor_kind = 'staff' and e.case_id is not null and e.detail ->> 'code' in ('not-found', 'wrong-role')
     order by e.actor_id, e.case_id, e.id
  ), followed as (
    select l.actor_id, count(*) as k, array_agg(l.id order by l.id desc) as events
      from looks l
     where exists (
       select from audit.events g
        where g.case_id = l.case_id and g.actor_id = l.actor_id and g.action in ('case.claimed', 'access.requested', 'view.opened')
          and g.outcome = 'done' and g.id > l.id and g.at <= l.at + interval '7 days')
     group by 1
  ), people as (
    select distinct h.staff_id from access.opening_hours h where h.hour >= p_until - interval '14 days' and h.hour < p_until
    union select f.actor_id from followed f
  )
  select coalesce(jsonb_agg(jsonb_build_object('staff', p.staff_id, 'today', coalesce(f.k, 0), 'before', 0, 'days', 0,
      'events', coalesce(f.events[1:12], '{}'))), '[]')
    from people p left join followed f on f.actor_id = p.staff_id
$$;

-- Refusals that a page does not bring about by itself, by person: the last day, the 28 days before, and how many different
-- things they were aimed at. Serves by: events_by_outcome.
create or replace function access.measure_denials(p_until timestamptz) returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with refused as (
    select e.actor_id, e.id, e.at,
           coalesce(e.case_id, e.view_id, e.queue_id, e.grant_id, e.decision_id, e.subject_staff_id) as target
      from audit.events e
     where e.outcome = 'denied' and e.outcome <> 'done' and e.actor_kind = 'staff'
       and e.id >= unseal.uuid7_floor(p_until - interval '29 days') and e.id < unseal.uuid7_floor(p_until)
       and e.detail ->> 'code' in ('wrong-role', 'not-found', 'purpose-not-allowed', 'needs-approver', 'needs-two-approvers',
         'staff-flag-only', 'other-session', 'preset-does-not-fit', 'view-not-committed', 'rate-limited', 'cross-origin')
  ), people as (
    select h.staff_id, count(distinct (h.hour at time zone 'UTC')::date) as days
      from access.opening_hours h
     where h.hour >= p_until - interval '29 days' and h.hour < p_until - interval '1 day' group by 1
  ), counted as (
    select r.actor_id, count(*) filter (where r.at >= p_until - interval '1 day') as today,
           count(*) filter (where r.at < p_until - interval '1 day') as before,
           count(distinct r.target) filter (where r.at >= p_until - interval '1 day') as targets,
           (array_agg(r.id order by r.id desc) filter (where r.at >= p_until - interval '1 day'))[1:12] as events
      from refused r group by 1
  )
  select coalesce(jsonb_agg(jsonb_build_object('staff', coalesce(p.staff_id, c.actor_id), 'today', coalesce(c.today, 0),
      'before', coalesce(c.before, 0), 'days', coalesce(p.days, 20), 'targets', coalesce(c.targets, 0),
      'events', coalesce(c.events, '{}'))), '[]')
    from people p full join counted c on c.actor_id = p.staff_id
$$;

-- How often those who read the log did one thing (audit.exported, audit.searched): the last day, and the 28 days before.
-- Serves by: events_by_actor_action.
create or replace function access.measure_log_use(p_action text, p_until timestamptz) returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object('staff', m.id, 'today', c.today, 'before', c.before, 'days', 28,
      'targets', c.targets, 'events', coalesce(c.events, '{}'))), '[]')
    from staff.members m
    cross join lateral (
      select count(*) filter (where e.at >= p_until - interval '1 day') as today,
             count(*) filter (where e.at < p_until - interval '1 day') as before,
             count(distinct coalesce(e.case_id, e.subject_staff_id)) filter (where e.at >= p_until - interval '1 day') as targets,
             (array_agg(e.id order by e.id desc) filter (where e.at >= p_until - interval '1 day'))[1:12] as events
        from audit.events e
       where e.actor_id = m.id and e.action = p_action and e.outcome = 'done'
         and e.id >= unseal.uuid7_floor(p_until - interval '29 days') and e.id < unseal.uuid7_floor(p_until)) c
   where m.roles && array['compliance_officer', 'auditor']
$$;
