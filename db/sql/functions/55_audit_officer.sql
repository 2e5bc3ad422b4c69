-- Looking at the log, and taking it away as a file. Both are acts, and are in the log before anything is shown.

-- What of the log an actor may read beside their own acts. The same rule as staff.current_log_range, for an actor that
-- has been resolved already.
create or replace function audit.range_of(a staff.actor) returns tstzrange
  language sql stable
as $$
  select case
      when (a).roles @> array['compliance_officer'] then tstzrange(null, null)
      when (a).roles @> array['auditor'] and m.reads_from is not null then tstzrange(m.reads_from, m.reads_until)
      else 'empty'::tstzrange
    end
    from staff.members m
   where m.id = (a).staff_id
$$;

-- Only what a filter can be: known names, short values. Whatever else a caller sends does not reach the log.
create or replace function audit.known_filters(p_filters jsonb) returns jsonb
  language sql immutable
as $$
  select coalesce(jsonb_object_agg(f.key, left(f.value, 64)), '{}'::jsonb)
    from jsonb_each_text(coalesce(p_filters, '{}'::jsonb)) f
   where f.key in ('actor', 'subject', 'case', 'caseNumber', 'action', 'outcome', 'purpose', 'from', 'until', 'event',
     'thread', 'of')
     and f.value is not null
$$;

-- Whom and what a look was aimed at: it stands in the trail of that case and of that person.
create or replace function audit.search_target(p_filters jsonb, p_detail jsonb) returns jsonb
  language sql stable
as $$
  select jsonb_strip_nulls(jsonb_build_object('detail', p_detail, 'staffId', p_filters ->> 'subject',
    'threadId', p_filters ->> 'thread', 'caseId', coalesce(p_filters ->> 'case',
      (select c.id::text from triage.cases c where c.number = (p_filters ->> 'caseNumber')::bigint))))
$$;

-- Whose events the caller may read, for the query that follows: {ok, staffId, whole, from, until}. whole = more than
-- their own. Row-level security decides by itself; this tells the application which index will serve.
create or replace function audit.reach(p_actor jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a staff.actor := staff.resolve(p_actor);
begin
  if a.staff_id is null then
    return audit.denied(a, 'audit.searched', 'not-signed-in', '{}');
  end if;
  return audit.reach_of(a);
end
$$;

create or replace function audit.reach_of(a staff.actor) returns jsonb
  language sql stable
as $$
  select jsonb_build_object('ok', true, 'staffId', (a).staff_id, 'whole', not isempty(r),
      'from', unseal.instant(lower(r)), 'until', unseal.instant(upper(r)))
    from audit.range_of(a) r
$$;

-- Somebody looks at the log. p_page: events (the list), event (one record), case, staff, thread (its readers); p_filters:
-- what they asked for.
-- Looking beyond one's own acts is an event, at most one for one person, page and set of filters in five minutes.
-- Out: the reach (see above), or a refusal.
create or replace function audit.record_search(p_actor jsonb, p_page text, p_filters jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a         staff.actor := staff.resolve(p_actor);
  v_filters jsonb := audit.known_filters(p_filters);
  v_detail  jsonb := jsonb_build_object('page', left(p_page, 20), 'filters', v_filters);
  v_target  jsonb;
  v_range   tstzrange;
  v_code    text;
begin
  v_target := audit.search_target(v_filters, v_detail);
  if a.staff_id is null then
    return audit.denied(a, 'audit.searched', 'not-signed-in', v_target);
  end if;
  v_range := audit.range_of(a);
  v_code := case p_page
    when 'events' then null
    when 'event' then case when not exists (
      select from audit.events e where e.id = (v_filters ->> 'event')::uuid
         and (e.actor_id = a.staff_id or e.at <@ v_range)) then 'not-found' end
    when 'case' then case when not exists (
      select from audit.events e where e.case_id = (v_filters ->> 'case')::uuid
         and (e.actor_id = a.staff_id and e.outcome = 'done' or e.at <@ v_range)) then 'not-found' end
    when 'staff' then case
      when isempty(v_range) and (v_filters ->> 'subject')::uuid is distinct from a.staff_id then 'wrong-role'
      when not exists (select from staff.members m where m.id = (v_filters ->> 'subject')::uuid) then 'not-found' end
    when 'thread' then case
      when isempty(v_range) then 'wrong-role'
      when not audit.thread_in((v_filters ->> 'thread')::uuid, v_range) then 'not-found' end
    else 'not-found'
  end;
  if v_code is not null then
    return audit.denied(a, 'audit.searched', v_code, v_target);
  end if;
  if not isempty(v_range) and not audit.searched_lately(a.staff_id, v_detail) then
    -- Two tabs that ask at once: the second waits for the first, then finds its event.
    perform pg_advisory_xact_lock(hashtextextended(a.staff_id::text || v_detail::text, 2));
    if not audit.searched_lately(a.staff_id, v_detail) then
      perform audit.write(a, 'staff', 'audit.searched', 'done', v_target);
    end if;
  end if;
  return audit.reach_of(a);
end
$$;

-- A fresh snapshot for each question, hence volatile: after the wait for the lock the other's event must be seen.
create or replace function audit.searched_lately(p_staff uuid, p_detail jsonb) returns boolean
  language sql volatile
as $$
  select exists (
    select from audit.events e
     where e.actor_id = p_staff and e.action = 'audit.searched' and e.outcome = 'done'
       and e.id >= unseal.uuid7_floor(clock_timestamp() - interval '5 minutes') and e.detail = p_detail)
$$;

-- The log leaves as a file. Committed before the first byte of it: who, in which format, by which filters. For those who
-- read more than their own acts. p_format person: the readers of a thread, drawn up for one of its participants; that takes
-- the whole log, or it would leave readers out. Out: {ok, eventId, staffId, whole, from, until}.
create or replace function audit.record_export(p_actor jsonb, p_format text, p_filters jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a         staff.actor := staff.resolve(p_actor);
  v_filters jsonb := audit.known_filters(p_filters);
  v_target  jsonb;
  v_range   tstzrange;
  v_code    text;
begin
  v_target := audit.search_target(v_filters, jsonb_build_object('format', left(p_format, 10), 'filters', v_filters));
  if a.staff_id is null then
    return audit.denied(a, 'audit.exported', 'not-signed-in', v_target);
  end if;
  v_range := audit.range_of(a);
  v_code := case
    when isempty(v_range) or p_format = 'person' and v_range <> '(,)' then 'wrong-role'
    when v_filters ? 'thread' and not audit.thread_in((v_filters ->> 'thread')::uuid, v_range)
      or v_filters ? 'subject' and v_filters ->> 'of' = 'views'
        and not exists (select from staff.members m where m.id = (v_filters ->> 'subject')::uuid) then 'not-found'
  end;
  if v_code is not null then
    return audit.denied(a, 'audit.exported', v_code, v_target);
  end if;
  return audit.reach_of(a)
    || jsonb_build_object('eventId', audit.write(a, 'staff', 'audit.exported', 'done', v_target));
end
$$;

-- The same for the `unseal audit export` command, which has a role and no session. Out: the event's id.
create or replace function audit.record_operator_export(p_format text, p_filters jsonb) returns uuid
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select audit.write(null::staff.actor, 'operator', 'audit.exported', 'done', jsonb_build_object('detail',
    jsonb_build_object('format', left(p_format, 10), 'filters', audit.known_filters(p_filters))))
$$;

-- The numbers of cases, for those who read events about them and not the cases themselves. Called under row-level
-- security, as the bearer of this transaction's token. Only what somebody did makes a case theirs to know: a refusal is
-- an event of theirs too, and asking twice must not tell that the case exists. Materialized: who asks is worked out once
-- and not for each case.
create or replace function audit.case_numbers(p_cases uuid[]) returns table (id uuid, number bigint)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with me as materialized (select staff.current_id() as staff_id, staff.current_log_range() as log)
  select c.id, c.number
    from me
    join triage.cases c on c.id = any (p_cases[1:2000])
   where exists (select from audit.events e where e.case_id = c.id
                    and (e.actor_id = me.staff_id and e.outcome = 'done' or e.at <@ me.log))
$$;

create or replace function audit.case_of_number(p_number bigint) returns uuid
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with me as materialized (select staff.current_id() as staff_id, staff.current_log_range() as log)
  select c.id
    from me
    join triage.cases c on c.number = p_number
   where exists (select from audit.events e where e.case_id = c.id
                    and (e.actor_id = me.staff_id and e.outcome = 'done' or e.at <@ me.log))
$$;
