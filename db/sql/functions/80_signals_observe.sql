-- What the detectors of misuse count. Views are observed once each, a slice at a time; afterwards every measure is an
-- aggregate over an index, however many views there are.

-- One account of a platform, wherever it takes part: a hash of the platform's opaque id. No handle, no name.
create or replace function access.account_of(p_platform uuid, p_participant text) returns uuid
  language sql immutable parallel safe
as $$ select substring(encode(sha256(uuid_send(p_platform) || convert_to(p_participant, 'UTF8')), 'hex') from 1 for 32)::uuid $$;

-- Notes the views since the last time, at most two hundred thousand a call: a database that is years old is caught up with
-- step by step. p_back reaches behind the mark for those that committed late; what is noted already is passed over, so it may
-- run as often as one likes. Out: how many were new.
create or replace function access.observe_views(p_until timestamptz, p_back interval) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_mark   access.observed;
  v_cursor uuid;
  v_end    uuid := unseal.uuid7_floor(p_until);
  v_slice  uuid[];
  v_slices integer := 0;
  v_upto   timestamptz := p_until;
  v_new    integer;
  v_count  integer := 0;
begin
  -- One at a time; whoever comes second leaves it to the first.
  if not pg_try_advisory_xact_lock(hashtextextended('observe views', 0)) then
    return 0;
  end if;
  select * into v_mark from access.observed;
  v_cursor := case when v_mark.at is null then v_mark.upto else unseal.uuid7_floor(v_mark.at - p_back) end;
  loop
    v_slice := array(select v.id from access.views v where v.id > v_cursor and v.id < v_end order by v.id limit 5000);
    exit when cardinality(v_slice) = 0;
    v_new := access.observe_slice(v_slice);
    v_count := v_count + v_new;
    v_cursor := v_slice[cardinality(v_slice)];
    v_slices := v_slices + (v_new > 0)::integer;
    if v_slices >= 40 then
      -- The time that the id begins with (RFC 9562 §5.7).
      v_upto := to_timestamp(('x' || translate(left(v_cursor::text, 13), '-', ''))::bit(48)::bigint / 1000.0);
      exit;
    end if;
  end loop;
  update access.observed set upto = greatest(upto, v_cursor), at = greatest(at, v_upto);
  return v_count;
end
$$;

create or replace function access.observe_slice(p_views uuid[]) returns integer
  language plpgsql
as $$
declare
  v_count integer;
begin
  with news as materialized (
    select v.id as view_id, v.staff_id, v.case_id, v.thread_id, v.opened_at, v.purpose,
           row_number() over (partition by v.staff_id, v.case_id order by v.id) as turn
      from access.views v
     -- Counsel's reviews are of one account by their nature, decide no case and lie in nobody's queue: as work on cases they would
     -- stand out always, and mislead about everybody else. Two counsels stand behind each, and reviews are drawn from them.
     where v.id = any (p_views) and v.scope <> 'collection' and not exists (select from access.openings o where o.view_id = v.id)
  ), placed as materialized (
    select n.*, c.region, coalesce((
             -- An escalation since then has moved the case: it was opened in the queue that it came from.
             select d.from_queue_id from triage.decisions d
              where d.case_id = n.case_id and d.outcome = 'escalate' and d.undone_at is null and d.decided_at >= n.opened_at
              order by d.id limit 1), c.queue_id) as queue_id
      from news n join triage.cases c on c.id = n.case_id
  ), people as materialized (
    select p.view_id, access.account_of(t.platform_id, s.platform_participant_id) as account, s.age_band, s.country,
           p.staff_id, p.thread_id, p.case_id, p.queue_id, p.opened_at
      from placed p
      join triage.threads t on t.id = p.thread_id
      join lateral (select s.platform_participant_id, s.age_band, s.country from sealed.participants s
                     where s.thread_id = p.thread_id order by s.ordinal limit 50) s on true
  ), told as (
    select p.view_id, bool_or(p.age_band = 'minor') as minor,
           coalesce(array_agg(distinct p.country) filter (where p.country is not null), '{}') as countries,
           bool_or((select count(distinct x.thread_id) from (
              select a.thread_id from access.opened_accounts a
               where a.account = p.account and a.staff_id <> p.staff_id and a.opened_at > p.opened_at - interval '90 days'
               limit 400) x) >= 8) as prominent
      from people p group by p.view_id
  ), noted as (
    insert into access.openings (view_id, staff_id, case_id, thread_id, queue_id, region, opened_at, fresh, outside, minor,
      prominent, countries)
    select p.view_id, p.staff_id, p.case_id, p.thread_id, p.queue_id, p.region, p.opened_at,
           p.turn = 1 and not exists (select from access.openings o where o.staff_id = p.staff_id and o.case_id = p.case_id),
           not exists (select from triage.queue_members m where m.staff_id = p.staff_id and m.queue_id = p.queue_id),
           coalesce(t.minor, false), coalesce(t.prominent, false), coalesce(t.countries, '{}')
      from placed p left join told t on t.view_id = p.view_id
    returning staff_id, queue_id, opened_at, fresh
  ), accounts as (
    insert into access.opened_accounts (account, view_id, staff_id, thread_id, case_id, queue_id, opened_at)
    select p.account, p.view_id, p.staff_id, p.thread_id, p.case_id, p.queue_id, p.opened_at from people p
    on conflict do nothing
  ), hours as (
    insert into access.opening_hours as h (staff_id, queue_id, hour, cases, views)
    select n.staff_id, n.queue_id, date_trunc('hour', n.opened_at, 'UTC'), count(*) filter (where n.fresh), count(*)
      from noted n group by 1, 2, 3
    on conflict (staff_id, queue_id, hour) do update set cases = h.cases + excluded.cases, views = h.views + excluded.views
  )
  select count(*) into v_count from noted;
  perform access.require_reviews_of_views(p_views);
  return v_count;
end
$$;
