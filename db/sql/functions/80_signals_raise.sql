-- From a finding to a signal. A finding that goes on joins its open signal; one that was concluded comes back only with new
-- evidence; nothing is ever dropped.

-- The officer who has least to do, and who is not the one it is about. Null when there is no other.
create or replace function access.next_owner(p_subject uuid) returns uuid
  language sql stable
as $$
  select m.id from staff.members m
   where m.state = 'active' and m.roles @> array['compliance_officer'] and m.id <> p_subject
   order by (select count(*) from access.signals s where s.owner_id = m.id and s.state <> 'resolved'), m.id
   limit 1
$$;

create or replace function access.signal_due(p_severity smallint) returns interval
  language sql immutable
as $$ select (array['7 days', '5 days', '3 days', '1 day'])[p_severity]::interval $$;

-- Up to twelve views, the newest first, that show what a finding says. p_pattern as the detector made it.
create or replace function access.evidence_of(p_detector text, p_subject uuid, p_from timestamptz, p_until timestamptz,
  p_pattern text) returns uuid[]
  language plpgsql stable
as $$
declare
  v_word  text := split_part(p_pattern, ':', 1);
  v_value text := split_part(p_pattern, ':', 2);
begin
  if p_detector = 'same_participant' then
    return array(select a.view_id from access.opened_accounts a
      where a.account = p_pattern::uuid and a.staff_id = p_subject and a.opened_at >= p_from and a.opened_at < p_until
      order by a.opened_at desc limit 12);
  end if;
  return array(
    select o.view_id from access.openings o
     where o.staff_id = p_subject and o.opened_at >= p_from and o.opened_at < p_until
       and case p_detector
         when 'volume' then o.queue_id = p_pattern::uuid
         when 'outside_queue' then o.outside
         -- As access.measure_undecided counts it: who decides a day later than that has still looked without deciding.
         when 'undecided' then o.fresh and o.opened_at < p_until - interval '1 day' and not exists (select from triage.decisions d where d.case_id = o.case_id
           and d.decided_by = p_subject and d.undone_at is null
           and d.decided_at between o.opened_at and o.opened_at + interval '1 day')
         when 'skew' then o.fresh and case v_word when 'minor' then o.minor when 'prominent' then o.prominent
           when 'region' then o.region = v_value else v_value = any (o.countries) end
         else true
       end
     order by o.opened_at desc limit 12);
end
$$;

-- p_findings: [{subject, detector, version, pattern, severity, from, until, numbers, explanation, newEvidence, views?,
-- events?}]. Called by the worker. Out: {raised, joined}.
create or replace function access.raise_signals(p_findings jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  f        jsonb;
  v_done   text;
  v_raised integer := 0;
  v_joined integer := 0;
begin
  -- In one order always: two runs that raise the same wait for each other and never in a ring.
  for f in select x from jsonb_array_elements(p_findings) x order by x ->> 'subject', x ->> 'detector', x ->> 'pattern' loop
    v_done := access.raise_signal(f);
    v_raised := v_raised + (v_done = 'raised')::integer;
    v_joined := v_joined + (v_done = 'joined')::integer;
  end loop;
  return jsonb_build_object('raised', v_raised, 'joined', v_joined);
end
$$;

create or replace function access.raise_signal(f jsonb) returns text
  language plpgsql
as $$
declare
  s          access.signals;
  v_subject  uuid := (f ->> 'subject')::uuid;
  v_detector text := f ->> 'detector';
  v_pattern  text := f ->> 'pattern';
  v_severity smallint := (f ->> 'severity')::smallint;
  v_views    uuid[] := array(select x::uuid from jsonb_array_elements_text(f -> 'views') x);
  v_events   uuid[] := array(select x::uuid from jsonb_array_elements_text(f -> 'events') x);
  v_previous uuid;
  v_new      bigint;
  v_rose     boolean;
begin
  if not exists (select from staff.members m where m.id = v_subject) then
    return 'unknown';
  end if;
  -- Two runs at once: the second waits, then finds the first one's signal.
  perform pg_advisory_xact_lock(hashtextextended(v_subject::text || v_detector || v_pattern, 3));
  if cardinality(v_views) + cardinality(v_events) = 0 then
    v_views := access.evidence_of(v_detector, v_subject, (f ->> 'from')::timestamptz, (f ->> 'until')::timestamptz, v_pattern);
  end if;
  select * into s from access.signals t
   where t.subject_id = v_subject and t.detector = v_detector and t.pattern = v_pattern
   order by t.id desc limit 1;

  if s.id is not null and s.state <> 'resolved' then
    v_new := access.unseen_acts(v_subject, v_detector, v_pattern, v_views || v_events);
    perform access.add_evidence(s.id, v_views, v_events);
    -- What weighs more than it did is told also when the evidence was known, and is due as what weighs that much.
    v_rose := v_severity > s.severity;
    if v_new = 0 and not v_rose then
      return 'known';
    end if;
    update access.signals set occurrences = occurrences + 1, last_at = clock_timestamp(),
        window_until = greatest(window_until, (f ->> 'until')::timestamptz), severity = greatest(severity, v_severity),
        numbers = f -> 'numbers', explanation = f ->> 'explanation',
        due_at = case when v_rose then least(due_at, clock_timestamp() + access.signal_due(v_severity)) else due_at end
     where id = s.id;
    -- At most one event an hour: it goes on, it does not begin anew. Unless it rose.
    if v_rose or s.last_at < clock_timestamp() - interval '1 hour' then
      perform audit.write(null::staff.actor, 'system', 'signal.joined', 'done', jsonb_build_object('staffId', v_subject,
        'detail', jsonb_strip_nulls(jsonb_build_object('signalId', s.id, 'detector', v_detector, 'evidence', v_new,
          'severity', case when v_rose then v_severity end))));
    end if;
    return 'joined';
  end if;

  if s.id is not null then
    -- Concluded before: what was known then does not raise it again.
    v_new := access.unseen_acts(v_subject, v_detector, v_pattern, v_views || v_events);
    if v_new < greatest((f ->> 'newEvidence')::integer, 1) then
      return 'known';
    end if;
    v_previous := s.id;
  end if;
  insert into access.signals (subject_id, detector, detector_version, pattern, severity, window_from, window_until, numbers,
    explanation, owner_id, due_at, previous_id)
  values (v_subject, v_detector, (f ->> 'version')::integer, v_pattern, v_severity, (f ->> 'from')::timestamptz,
    (f ->> 'until')::timestamptz, f -> 'numbers', f ->> 'explanation', access.next_owner(v_subject),
    clock_timestamp() + access.signal_due(v_severity), v_previous)
  returning * into s;
  perform access.add_evidence(s.id, v_views, v_events);
  perform audit.write(null::staff.actor, 'system', 'signal.raised', 'done', jsonb_build_object('staffId', v_subject,
    'detail', jsonb_strip_nulls(jsonb_build_object('signalId', s.id, 'detector', v_detector, 'version', s.detector_version,
      'severity', v_severity, 'ownerId', s.owner_id, 'dueAt', unseal.instant(s.due_at), 'previousId', v_previous))));
  return 'raised';
end
$$;

-- How many of these acts no signal of this pattern has looked at. One has looked at its evidence, and, when that is full, at
-- whatever is older than the end of its window: what found no room then is not new because a night is judged once more.
create or replace function access.unseen_acts(p_subject uuid, p_detector text, p_pattern text, p_acts uuid[]) returns bigint
  language sql stable
as $$
  select count(*) from unnest(p_acts) n(id)
   where not exists (
     select from access.signals o
      where o.subject_id = p_subject and o.detector = p_detector and o.pattern = p_pattern
        and (exists (select from access.signal_evidence e where e.signal_id = o.id and e.ref_id = n.id)
          or n.id < unseal.uuid7_floor(o.window_until)
             and (select count(*) from access.signal_evidence e where e.signal_id = o.id) >= 60))
$$;

-- At most sixty a signal: enough to look at, and a reviewer's time is finite. Each view that is named is to be reviewed.
drop function if exists access.add_evidence(uuid, uuid[], uuid[]);
create function access.add_evidence(p_signal uuid, p_views uuid[], p_events uuid[]) returns void
  language plpgsql
as $$
declare
  v_room  bigint := 60 - (select count(*) from access.signal_evidence e where e.signal_id = p_signal);
  v_added uuid[];
begin
  with new as (
    insert into access.signal_evidence (signal_id, kind, ref_id)
    select p_signal, x.kind, x.id from (
      select 'view' as kind, v.id from unnest(p_views) v(id) union all select 'event', e.id from unnest(p_events) e(id)) x
     where x.id is not null and not exists (select from access.signal_evidence e where e.signal_id = p_signal and e.ref_id = x.id)
     limit greatest(v_room, 0)
    on conflict do nothing
    returning ref_id
  )
  select coalesce(array_agg(n.ref_id), '{}') into v_added from new n;
  -- (But for a signal that a review raised: the view has just been reviewed.)
  perform access.require_reviews('signal', v.id, null, v.staff_id, p_signal, interval '5 days')
     from access.views v join access.signals s on s.id = p_signal and s.detector <> 'review'
    where v.id = any (p_views) and v.id = any (v_added);
end
$$;

-- Whatever is past its due time rises a level, with an event that every officer reads, and comes due again; an owner who is
-- no officer any more is replaced. Called by the worker. Out: how many rose.
create or replace function access.escalate_signals() returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s       access.signals;
  v_owner uuid;
  v_count integer := 0;
begin
  for s in
    select t.* from access.signals t
     where t.state <> 'resolved'
       and not exists (select from staff.members m where m.id = t.owner_id and m.state = 'active'
                         and m.roles @> array['compliance_officer'])
     order by t.id for update skip locked
  loop
    v_owner := access.next_owner(s.subject_id);
    continue when v_owner is not distinct from s.owner_id;
    update access.signals set owner_id = v_owner, state = 'open' where id = s.id;
    perform audit.write(null::staff.actor, 'system', 'signal.assigned', 'done', jsonb_build_object('staffId', s.subject_id,
      'detail', jsonb_build_object('signalId', s.id, 'ownerId', v_owner)));
  end loop;
  for s in
    select t.* from access.signals t where t.state <> 'resolved' and t.due_at <= clock_timestamp()
     order by t.due_at limit 500 for update skip locked
  loop
    perform access.raise_level(s, null::staff.actor, null);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

-- One level up. What is overdue comes due again; what is not is never due later than it was, whoever lifts it.
create or replace function access.raise_level(s access.signals, a staff.actor, p_note text) returns void
  language plpgsql
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_due timestamptz := v_now + case when (s).level >= 2 then interval '1 day' else interval '2 days' end;
begin
  update access.signals set level = least(level + 1, 3), due_at = case when due_at > v_now then least(due_at, v_due) else v_due end
   where id = (s).id;
  perform audit.write(a, case when (a).staff_id is null then 'system' else 'staff' end, 'signal.escalated', 'done',
    jsonb_strip_nulls(jsonb_build_object('staffId', (s).subject_id, 'reason', p_note,
      'detail', jsonb_build_object('signalId', (s).id, 'level', least((s).level + 1, 3)))));
end
$$;
