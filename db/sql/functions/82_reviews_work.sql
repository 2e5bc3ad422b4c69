-- What an officer does with a review. Never of one's own act, never of what one approved: to them it is not there.

create or replace function access.may_review(a staff.actor, r access.reviews) returns boolean
  language sql stable
as $$
  select (r).subject_id <> (a).staff_id and not exists (
    select from access.views v cross join lateral access.approvers_of(v.grant_id) p(id)
     where v.id = (r).view_id and p.id = (a).staff_id)
$$;

create or replace function access.review_row(r access.reviews) returns jsonb
  language sql stable
as $$
  select jsonb_build_object('id', (r).id, 'kind', (r).kind, 'state', (r).state, 'level', (r).level,
    'subject', access.person((r).subject_id), 'madeAt', unseal.instant((r).made_at), 'dueAt', unseal.instant((r).due_at),
    'at', unseal.instant(coalesce(v.opened_at, e.at)), 'viewId', (r).view_id, 'eventId', (r).event_id,
    'case', case when v.id is not null then jsonb_build_object('id', v.case_id,
      'number', (select c.number from triage.cases c where c.id = v.case_id)) end,
    'purpose', v.purpose, 'scope', v.scope, 'reason', v.reason, 'messages', cardinality(v.message_ids), 'action', e.action,
    'signalId', (r).signal_id, 'verdict', (r).verdict, 'reviewer', access.person((r).reviewer_id),
    'reviewedAt', unseal.instant((r).reviewed_at), 'note', (r).note, 'raisedId', (r).raised_id)
    from (select 1) one
    left join access.views v on v.id = (r).view_id
    left join audit.events e on e.id = (r).event_id
$$;

-- p_state: due (the first due first) or done (newest first).
create or replace function access.list_reviews(p_actor jsonb, p_state text, p_after jsonb, p_limit integer) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  v_code text := access.officer_refusal(a);
  v_ids  uuid[];
  v_last access.reviews;
begin
  if v_code is not null then
    return audit.denied(a, 'review.listed', v_code, '{}');
  end if;
  p_limit := least(greatest(p_limit, 1), 100);
  if p_state = 'done' then
    v_ids := array(select r.id from access.reviews r
      where r.state = 'done' and access.may_review(a, r)
        and (r.reviewed_at, r.id) < (coalesce((p_after ->> 'v')::timestamptz, 'infinity'),
          coalesce((p_after ->> 'id')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
      order by r.reviewed_at desc, r.id desc limit p_limit + 1);
  else
    v_ids := array(select r.id from access.reviews r
      where r.state = 'due' and access.may_review(a, r)
        and (r.due_at, r.id) > (coalesce((p_after ->> 'v')::timestamptz, '-infinity'),
          coalesce((p_after ->> 'id')::uuid, '00000000-0000-0000-0000-000000000000'))
      order by r.due_at, r.id limit p_limit + 1);
  end if;
  if cardinality(v_ids) > p_limit then
    select * into v_last from access.reviews r where r.id = v_ids[p_limit];
  end if;
  return jsonb_build_object('ok', true,
    'reviews', coalesce((select jsonb_agg(access.review_row(r) order by x.n)
      from unnest(v_ids[1:p_limit]) with ordinality x(id, n) join access.reviews r on r.id = x.id), '[]'),
    'nextCursor', case when v_last.id is not null then unseal.cursor(v_last.id,
      case p_state when 'done' then v_last.reviewed_at else v_last.due_at end::text) end,
    'counts', (select jsonb_build_object('due', count(*), 'overdue', count(*) filter (where r.level > 1 or r.due_at <= clock_timestamp()))
      from (select * from access.reviews r where r.state = 'due' and r.subject_id <> a.staff_id limit 10000) r));
end
$$;

-- One act to review: what was opened, why, what was decided on it, and what else is known of the case. No content.
create or replace function access.read_review(p_actor jsonb, p_review uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a        staff.actor := staff.resolve(p_actor);
  r        access.reviews;
  v        access.views;
  e        audit.events;
  v_code   text := access.officer_refusal(a);
  v_detail jsonb := jsonb_build_object('reviewId', p_review);
begin
  if v_code is null then
    select * into r from access.reviews t where t.id = p_review;
    v_code := case when r.id is null or not access.may_review(a, r) then 'not-found' end;
  end if;
  if v_code is not null then
    return audit.denied(a, 'review.read', v_code, jsonb_build_object('detail', v_detail));
  end if;
  perform access.note_look(a, 'review.read', r.subject_id, v_detail);
  select * into v from access.views t where t.id = r.view_id;
  select * into e from audit.events t where t.id = r.event_id;
  return jsonb_build_object('ok', true, 'review', access.review_row(r) || jsonb_build_object(
    'expiresAt', unseal.instant(v.expires_at),
    'endedAt', (select unseal.instant(x.ended_at) from access.view_ends x where x.view_id = v.id),
    'openedBefore', (select count(*) from access.openings o where o.staff_id = r.subject_id and o.case_id = v.case_id
                      and o.view_id <> v.id),
    'flags', coalesce((select jsonb_agg(jsonb_build_object('source', f.source, 'category', f.category,
        'severity', unseal.severity_name(f.severity), 'receivedAt', unseal.instant(f.received_at)) order by f.id)
      from (select * from triage.flags f where f.case_id = v.case_id order by f.id limit 20) f), '[]'),
    'decisions', coalesce((select jsonb_agg(jsonb_build_object('by', access.person(d.decided_by), 'outcome', d.outcome,
        'action', d.action, 'decidedAt', unseal.instant(d.decided_at), 'undone', d.undone_at is not null) order by d.id)
      from triage.decisions d where d.case_id = v.case_id), '[]'),
    'filters', e.detail -> 'filters', 'format', e.detail ->> 'format', 'searchPage', e.detail ->> 'page'));
end
$$;

-- A verdict, once. Questionable and misuse raise a signal about the person.
create or replace function access.give_verdict(p_actor jsonb, p_review uuid, p_verdict text, p_note text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a        staff.actor := staff.resolve(p_actor);
  r        access.reviews;
  v_code   text := access.officer_refusal(a);
  v_signal uuid;
  v_detail jsonb := jsonb_build_object('reviewId', p_review);
begin
  if v_code is null then
    select * into r from access.reviews t where t.id = p_review;
    v_code := case
      when r.id is null or not access.may_review(a, r) then 'not-found'
      when r.state = 'done' then 'already-reviewed'
      when not access.reason_has_substance(p_note) then 'note-without-substance'
    end;
  end if;
  if v_code is null then
    -- Of two who are first, the row's lock picks one: the other finds it done.
    update access.reviews set state = 'done', verdict = p_verdict, note = p_note, reviewer_id = a.staff_id,
        reviewed_at = clock_timestamp()
     where id = p_review and state = 'due';
    if not found then
      v_code := 'already-reviewed';
    end if;
  end if;
  if v_code is not null then
    return audit.denied(a, 'review.given', v_code, jsonb_build_object('detail', v_detail));
  end if;
  if p_verdict <> 'appropriate' then
    perform access.raise_signal(jsonb_build_object('subject', r.subject_id, 'detector', 'review', 'version', 1,
      'pattern', 'review:' || r.id, 'severity', case p_verdict when 'misuse' then 4 else 2 end,
      'from', coalesce((select v.opened_at from access.views v where v.id = r.view_id),
        (select e.at from audit.events e where e.id = r.event_id)), 'until', clock_timestamp(),
      'numbers', jsonb_build_object('verdict', p_verdict, 'kind', r.kind), 'newEvidence', 1,
      'explanation', case p_verdict
        when 'misuse' then 'An officer reviewed this act and holds it for misuse. Their note stands with the review.'
        else 'An officer reviewed this act and found it questionable. Their note stands with the review.' end,
      'views', case when r.view_id is null then '[]'::jsonb else jsonb_build_array(r.view_id) end,
      'events', case when r.event_id is null then '[]'::jsonb else jsonb_build_array(r.event_id) end));
    select s.id into v_signal from access.signals s
     where s.subject_id = r.subject_id and s.detector = 'review' and s.pattern = 'review:' || r.id;
    update access.reviews set raised_id = v_signal where id = r.id;
  end if;
  perform audit.write(a, 'staff', 'review.given', 'done', jsonb_strip_nulls(jsonb_build_object('staffId', r.subject_id,
    'viewId', r.view_id, 'reason', p_note, 'detail', v_detail || jsonb_strip_nulls(jsonb_build_object('kind', r.kind,
      'verdict', p_verdict, 'signalId', v_signal)))));
  return jsonb_build_object('ok', true, 'signalId', v_signal);
end
$$;
