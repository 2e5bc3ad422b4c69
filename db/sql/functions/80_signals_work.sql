-- What an officer does with a signal. Nobody sees, owns or concludes one about themselves: to its subject it is not there.

create or replace function access.signal_row(s access.signals, p_staff uuid) returns jsonb
  language sql stable
as $$
  select jsonb_build_object('id', (s).id, 'subject', access.person((s).subject_id), 'detector', (s).detector,
    'version', (s).detector_version, 'severity', unseal.severity_name((s).severity), 'state', (s).state, 'level', (s).level,
    'explanation', (s).explanation, 'occurrences', (s).occurrences, 'from', unseal.instant((s).window_from),
    'until', unseal.instant((s).window_until), 'raisedAt', unseal.instant((s).raised_at), 'lastAt', unseal.instant((s).last_at),
    'dueAt', unseal.instant((s).due_at), 'owner', access.person((s).owner_id), 'mine', (s).owner_id is not distinct from p_staff,
    'conclusion', (s).conclusion, 'resolvedAt', unseal.instant((s).resolved_at), 'resolvedBy', access.person((s).resolved_by))
$$;

-- p_state: open (everything that is not concluded, the first due first) or resolved (newest first). p_after: {at, id} of the
-- last row of the page before.
create or replace function access.list_signals(p_actor jsonb, p_state text, p_after jsonb, p_limit integer) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  v_code text := access.officer_refusal(a);
  v_ids  uuid[];
  v_last access.signals;
begin
  if v_code is not null then
    return audit.denied(a, 'signal.listed', v_code, '{}');
  end if;
  p_limit := least(greatest(p_limit, 1), 100);
  if p_state = 'resolved' then
    v_ids := array(select s.id from access.signals s
      where s.state = 'resolved' and s.subject_id <> a.staff_id
        and (s.resolved_at, s.id) < (coalesce((p_after ->> 'v')::timestamptz, 'infinity'),
          coalesce((p_after ->> 'id')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
      order by s.resolved_at desc, s.id desc limit p_limit + 1);
  else
    v_ids := array(select s.id from access.signals s
      where s.state <> 'resolved' and s.subject_id <> a.staff_id
        and (s.due_at, s.id) > (coalesce((p_after ->> 'v')::timestamptz, '-infinity'),
          coalesce((p_after ->> 'id')::uuid, '00000000-0000-0000-0000-000000000000'))
      order by s.due_at, s.id limit p_limit + 1);
  end if;
  if cardinality(v_ids) > p_limit then
    select * into v_last from access.signals s where s.id = v_ids[p_limit];
  end if;
  return jsonb_build_object('ok', true,
    'signals', coalesce((select jsonb_agg(access.signal_row(s, a.staff_id) order by x.n)
      from unnest(v_ids[1:p_limit]) with ordinality x(id, n) join access.signals s on s.id = x.id), '[]'),
    'nextCursor', case when v_last.id is not null then unseal.cursor(v_last.id,
      case p_state when 'resolved' then v_last.resolved_at else v_last.due_at end::text) end,
    'counts', (select jsonb_build_object('open', count(*), 'mine', count(*) filter (where s.owner_id = a.staff_id),
        'overdue', count(*) filter (where s.due_at <= clock_timestamp()), 'escalated', count(*) filter (where s.level > 1))
      from access.signals s where s.state <> 'resolved' and s.subject_id <> a.staff_id));
end
$$;

-- One signal with its numbers, evidence and history. Looking is an act: at most one event in five minutes.
create or replace function access.read_signal(p_actor jsonb, p_signal uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a        staff.actor := staff.resolve(p_actor);
  s        access.signals;
  v_code   text := access.officer_refusal(a);
  v_detail jsonb := jsonb_build_object('signalId', p_signal);
begin
  if v_code is null then
    select * into s from access.signals t where t.id = p_signal and t.subject_id <> a.staff_id;
    v_code := case when s.id is null then 'not-found' end;
  end if;
  if v_code is not null then
    return audit.denied(a, 'signal.read', v_code, jsonb_build_object('detail', v_detail));
  end if;
  perform access.note_look(a, 'signal.read', s.subject_id, v_detail);
  return jsonb_build_object('ok', true, 'signal', access.signal_row(s, a.staff_id) || jsonb_build_object(
    'pattern', s.pattern, 'numbers', s.numbers, 'note', s.note, 'previousId', s.previous_id,
    'mayOwn', s.state <> 'resolved' and s.owner_id is distinct from a.staff_id and (s.state = 'open' or s.level > 1)
      or s.state = 'open' and s.owner_id = a.staff_id,
    'mayResolve', s.state = 'owned' and s.owner_id = a.staff_id,
    'mayEscalate', s.state <> 'resolved' and s.level < 3,
    'views', coalesce((
      select jsonb_agg(jsonb_build_object('id', v.id, 'openedAt', unseal.instant(v.opened_at), 'purpose', v.purpose,
          'scope', v.scope, 'messages', cardinality(v.message_ids), 'reason', v.reason,
          'case', jsonb_build_object('id', v.case_id, 'number', (select c.number from triage.cases c where c.id = v.case_id)),
          'review', (select jsonb_build_object('id', r.id, 'verdict', r.verdict) from access.reviews r
                      where r.view_id = v.id order by r.verdict is null, r.id limit 1)) order by v.id desc)
        from access.signal_evidence e join access.views v on v.id = e.ref_id
       where e.signal_id = s.id and e.kind = 'view'), '[]'),
    'events', coalesce((
      select jsonb_agg(jsonb_build_object('id', v.id, 'at', unseal.instant(v.at), 'action', v.action, 'outcome', v.outcome,
          'denial', case when v.outcome = 'denied' then v.detail ->> 'code' end) order by v.id desc)
        from access.signal_evidence e join audit.events v on v.id = e.ref_id
       where e.signal_id = s.id and e.kind = 'event'), '[]'),
    'history', coalesce((
      select jsonb_agg(jsonb_build_object('id', h.id, 'at', unseal.instant(h.at), 'action', h.action,
          'by', access.person(h.actor_id), 'level', h.detail -> 'level', 'reason', h.reason) order by h.id desc)
        from audit.events h
       where h.subject_staff_id = s.subject_id and h.id >= unseal.uuid7_floor(s.raised_at - interval '2 seconds')
         and h.action in ('signal.raised', 'signal.joined', 'signal.assigned', 'signal.escalated', 'signal.owned', 'signal.resolved')
         and h.outcome = 'done' and h.detail ->> 'signalId' = s.id::text), '[]')));
end
$$;

create or replace function access.note_look(a staff.actor, p_action text, p_subject uuid, p_detail jsonb) returns void
  language plpgsql
as $$
begin
  if not exists (
    select from audit.events e
     where e.actor_id = a.staff_id and e.action = p_action and e.outcome = 'done'
       and e.id >= unseal.uuid7_floor(clock_timestamp() - interval '5 minutes') and e.detail = p_detail) then
    perform audit.write(a, 'staff', p_action, 'done', jsonb_build_object('staffId', p_subject, 'detail', p_detail));
  end if;
end
$$;

-- Acknowledges a signal: from now on this officer answers for it. Of two at once one gets it. Taken from somebody else only
-- once it has risen.
create or replace function access.own_signal(p_actor jsonb, p_signal uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a        staff.actor := staff.resolve(p_actor);
  s        access.signals;
  v_code   text := access.officer_refusal(a);
  v_detail jsonb := jsonb_build_object('signalId', p_signal);
begin
  if v_code is null then
    select * into s from access.signals t where t.id = p_signal and t.subject_id <> a.staff_id for update;
    v_code := case
      when s.id is null then 'not-found'
      when s.state = 'resolved' then 'signal-concluded'
      when s.state = 'owned' and s.owner_id <> a.staff_id and s.level = 1 then 'signal-taken'
    end;
  end if;
  if v_code is not null then
    return audit.denied(a, 'signal.owned', v_code, jsonb_build_object('detail', v_detail));
  end if;
  if s.state = 'open' or s.owner_id is distinct from a.staff_id then
    update access.signals set state = 'owned', owner_id = a.staff_id where id = s.id;
    perform audit.write(a, 'staff', 'signal.owned', 'done', jsonb_build_object('staffId', s.subject_id, 'detail',
      v_detail || jsonb_strip_nulls(jsonb_build_object('insteadOf', nullif(s.owner_id, a.staff_id)))));
  end if;
  return jsonb_build_object('ok', true);
end
$$;

-- Ends a signal, with a conclusion and the words for it. Only by its owner.
create or replace function access.resolve_signal(p_actor jsonb, p_signal uuid, p_conclusion text, p_note text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a        staff.actor := staff.resolve(p_actor);
  s        access.signals;
  v_code   text := access.officer_refusal(a);
  v_detail jsonb := jsonb_build_object('signalId', p_signal);
begin
  if v_code is null then
    select * into s from access.signals t where t.id = p_signal and t.subject_id <> a.staff_id for update;
    v_code := case
      when s.id is null then 'not-found'
      when s.state = 'resolved' then 'signal-concluded'
      when s.state <> 'owned' or s.owner_id <> a.staff_id then 'not-your-signal'
      when not access.reason_has_substance(p_note) then 'note-without-substance'
    end;
  end if;
  if v_code is not null then
    return audit.denied(a, 'signal.resolved', v_code, jsonb_build_object('detail', v_detail));
  end if;
  update access.signals set state = 'resolved', conclusion = p_conclusion, note = p_note, resolved_by = a.staff_id,
      resolved_at = clock_timestamp()
   where id = s.id;
  perform audit.write(a, 'staff', 'signal.resolved', 'done', jsonb_build_object('staffId', s.subject_id, 'reason', p_note,
    'detail', v_detail || jsonb_build_object('conclusion', p_conclusion, 'detector', s.detector)));
  return jsonb_build_object('ok', true);
end
$$;

-- Lifts a signal before its due time: every officer reads it, and any of them may take it on.
create or replace function access.escalate_signal(p_actor jsonb, p_signal uuid, p_note text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  s      access.signals;
  v_code text := access.officer_refusal(a);
begin
  if v_code is null then
    select * into s from access.signals t where t.id = p_signal and t.subject_id <> a.staff_id for update;
    v_code := case
      when s.id is null then 'not-found'
      when s.state = 'resolved' then 'signal-concluded'
      when s.level = 3 then 'already-at-the-top'
      when not access.reason_has_substance(p_note) then 'note-without-substance'
    end;
  end if;
  if v_code is not null then
    return audit.denied(a, 'signal.escalated', v_code, jsonb_build_object('detail', jsonb_build_object('signalId', p_signal)));
  end if;
  perform access.raise_level(s, a, p_note);
  return jsonb_build_object('ok', true);
end
$$;
