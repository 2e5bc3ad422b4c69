-- Which acts are reviewed: some drawn by lot, some because they must be.

-- Accounts on the watch-list, as access.account_of names them, and since when.
create or replace function access.watched_accounts() returns table (account uuid, since timestamptz)
  language sql stable
as $$
  select access.account_of(w.platform_id, w.participant_id), w.added_at from access.watch_list w
   where w.ended_at is null and coalesce(w.until > clock_timestamp(), true)
$$;

-- One review, unless this act is reviewed for this reason already. Out: whether it is new.
create or replace function access.require_reviews(p_kind text, p_view uuid, p_event uuid, p_subject uuid, p_signal uuid,
  p_due interval) returns boolean
  language plpgsql
as $$
begin
  insert into access.reviews (kind, view_id, event_id, subject_id, signal_id, due_at)
  values (p_kind, p_view, p_event, p_subject, p_signal, clock_timestamp() + p_due)
  on conflict do nothing;
  return found;
end
$$;

-- Views that were opened for a threat to life are reviewed within a day.
create or replace function access.require_reviews_of_views(p_views uuid[]) returns void
  language plpgsql
as $$
declare
  v record;
begin
  for v in select w.id, w.staff_id from access.views w where w.id = any (p_views) and w.purpose = 'threat_to_life' loop
    if access.require_reviews('break_glass', v.id, null, v.staff_id, null, interval '1 day') then
      perform audit.write(null::staff.actor, 'system', 'review.required', 'done', jsonb_build_object('staffId', v.staff_id,
        'viewId', v.id, 'detail', jsonb_build_object('kind', 'break_glass')));
    end if;
  end loop;
end
$$;

-- What has become due for review since: views of accounts that were put on the watch-list up to thirty days later, and
-- exports of the log. Called by the worker. Out: how many.
create or replace function access.require_due_reviews() returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  r       record;
  v_count integer := 0;
begin
  for r in
    select 'watch_list' as kind, a.view_id, null::uuid as event_id, a.staff_id
      from access.watched_accounts() w
      join access.opened_accounts a on a.account = w.account and a.opened_at >= w.since - interval '30 days'
     where not exists (select from access.reviews x where x.view_id = a.view_id and x.kind = 'watch_list')
    union all
    select 'officer_export', null, e.id, e.actor_id
      from audit.events e
     where e.action = 'audit.exported' and e.outcome = 'done' and e.actor_kind = 'staff'
       and e.id >= unseal.uuid7_floor(clock_timestamp() - interval '40 days')
       and not exists (select from access.reviews x where x.event_id = e.id and x.kind = 'officer_export')
  loop
    if access.require_reviews(r.kind, r.view_id, r.event_id, r.staff_id, null, interval '5 days') then
      perform audit.write(null::staff.actor, 'system', 'review.required', 'done', jsonb_strip_nulls(jsonb_build_object(
        'staffId', r.staff_id, 'viewId', r.view_id, 'detail', jsonb_strip_nulls(jsonb_build_object('kind', r.kind,
          'eventId', r.event_id)))));
      v_count := v_count + 1;
    end if;
  end loop;
  return v_count;
end
$$;

-- The place of an act in a week's lot.
create or replace function access.lot(p_seed bytea, p_act uuid) returns bytea
  language sql immutable parallel safe
as $$ select sha256(p_seed || uuid_send(p_act)) $$;

-- Draws one week by lot: of each person's views one in fifty, at least one and at most twenty; of each officer's and
-- auditor's searches one in twenty, at least one and at most ten. The seed is the salt of the first event after the week:
-- the database draws it at random when everything that can be drawn has happened, so nobody can choose, and as the event
-- names it, anybody can draw again. Null when the week is not over or was drawn.
create or replace function access.draw_week(p_week date) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_from  timestamptz := p_week::timestamp at time zone 'UTC';
  v_until timestamptz := (p_week + 7)::timestamp at time zone 'UTC';
  e       audit.events;
  w       access.review_weeks;
begin
  if extract(isodow from p_week) <> 1 then
    raise exception 'A week begins on a Monday.';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('draw week', 0));
  -- A minute for what was about to commit.
  if clock_timestamp() < v_until + interval '1 minute' or exists (select from access.review_weeks k where k.week = p_week) then
    return null;
  end if;
  select * into e from audit.events t where t.id >= unseal.uuid7_floor(v_until) order by t.id limit 1;
  if e.id is null then
    return null;
  end if;
  w := row(p_week, e.id, sha256(uuid_send(e.id) || e.leaf_salt), 0, 0, clock_timestamp());
  with ranked as (
    select v.id, v.staff_id, row_number() over (partition by v.staff_id order by access.lot(w.seed, v.id)) as place,
           count(*) over (partition by v.staff_id) as of_all
      from access.views v where v.id >= unseal.uuid7_floor(v_from) and v.id < unseal.uuid7_floor(v_until)
  ), drawn as (
    insert into access.reviews (kind, view_id, subject_id, due_at)
    select 'sampled', r.id, r.staff_id, clock_timestamp() + interval '14 days'
      from ranked r where r.place <= least(20, ceil(r.of_all / 50.0))
    on conflict do nothing returning 1
  )
  select count(*) into w.views from drawn;
  with ranked as (
    select t.id, t.actor_id, row_number() over (partition by t.actor_id order by access.lot(w.seed, t.id)) as place,
           count(*) over (partition by t.actor_id) as of_all
      from audit.events t
     where t.action = 'audit.searched' and t.outcome = 'done' and t.actor_kind = 'staff'
       and t.id >= unseal.uuid7_floor(v_from) and t.id < unseal.uuid7_floor(v_until)
  ), drawn as (
    insert into access.reviews (kind, event_id, subject_id, due_at)
    select 'officer_search', r.id, r.actor_id, clock_timestamp() + interval '14 days'
      from ranked r where r.place <= least(10, ceil(r.of_all / 20.0))
    on conflict do nothing returning 1
  )
  select count(*) into w.searches from drawn;
  insert into access.review_weeks select w.*;
  perform audit.write(null::staff.actor, 'system', 'review.drawn', 'done', jsonb_build_object('detail', jsonb_build_object(
    'week', p_week, 'eventId', w.event_id, 'seed', encode(w.seed, 'hex'), 'views', w.views, 'searches', w.searches)));
  return jsonb_build_object('week', p_week, 'views', w.views, 'searches', w.searches);
end
$$;

-- The weeks that are over and not drawn yet, up to five back: a worker that slept draws them late and not never.
create or replace function access.draw_weeks() returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_monday date := date_trunc('week', clock_timestamp() at time zone 'UTC')::date;
  v_count  integer := 0;
begin
  for i in reverse 5 .. 1 loop
    v_count := v_count + (access.draw_week(v_monday - 7 * i) is not null)::integer;
  end loop;
  return v_count;
end
$$;

-- What is past its due time rises a level, with an event; it comes due again and stays in every officer's list.
create or replace function access.escalate_reviews() returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  r       access.reviews;
  v_count integer := 0;
begin
  for r in
    select t.* from access.reviews t where t.state = 'due' and t.due_at <= clock_timestamp()
     order by t.due_at limit 500 for update skip locked
  loop
    update access.reviews set level = least(level + 1, 3), due_at = clock_timestamp() + interval '2 days' where id = r.id;
    perform audit.write(null::staff.actor, 'system', 'review.escalated', 'done', jsonb_strip_nulls(jsonb_build_object(
      'staffId', r.subject_id, 'viewId', r.view_id, 'detail', jsonb_build_object('reviewId', r.id, 'kind', r.kind,
        'level', least(r.level + 1, 3)))));
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;
