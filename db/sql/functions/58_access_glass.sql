-- Breaking the glass for a threat to life: at once, loudly, and reviewed. Nothing here closes an entry but a review.

-- Tells officers (and whoever else is named) of something they must take note of, one by one.
create or replace function access.give_notice(p_kind text, p_audience text[], p_level integer, p_staff uuid, p_other uuid, p_case uuid,
  p_request uuid, p_glass uuid) returns uuid
  language plpgsql
as $$
declare
  v_id uuid;
begin
  insert into access.notices (kind, audience, level, staff_id, other_id, case_id, request_id, break_glass_id)
  values (p_kind, p_audience, p_level, p_staff, p_other, p_case, p_request, p_glass) returning id into v_id;
  perform pg_notify('unseal_live', json_build_object('type', 'notice', 'noticeId', v_id, 'audience', p_audience)::text);
  return v_id;
end
$$;

-- The entry in the register, the notice and the bell.
create or replace function access.register_glass(a staff.actor, g access.grants) returns access.break_glass
  language plpgsql
as $$
declare
  b     access.break_glass;
  v_due timestamptz := clock_timestamp() + make_interval(hours => (select p.review_hours from access.policy_versions p where p.state = 'active'));
begin
  insert into access.break_glass (grant_id, staff_id, case_id, thread_id, scope, reason, expires_at, review_due_at, next_escalation)
  values (g.id, a.staff_id, g.case_id, g.thread_id, g.scope, g.reason, g.expires_at, v_due, v_due) returning * into b;
  perform audit.write(a, 'staff', 'glass.broken', 'done', jsonb_build_object('caseId', g.case_id, 'threadId', g.thread_id,
    'grantId', g.id, 'purpose', g.purpose, 'reason', g.reason, 'detail', jsonb_build_object('scope', g.scope, 'entry', b.id,
      'reviewDueAt', unseal.instant(v_due))));
  perform access.give_notice('break_glass', array['compliance_officer'], 0, a.staff_id, null, g.case_id, null, b.id);
  perform pg_notify('unseal_live', json_build_object('type', 'break_glass', 'breakGlassId', b.id, 'level', 0,
    'audience', array['compliance_officer'])::text);
  return b;
end
$$;

create or replace function access.break_the_glass(p_actor jsonb, p_case uuid, p_scope text, p_reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a        staff.actor := staff.resolve(p_actor);
  c        triage.cases;
  r        access.ruling;
  g        access.grants;
  b        access.break_glass;
  v_code   text;
  v_view   jsonb;
  v_target jsonb;
begin
  v_target := jsonb_build_object('caseId', p_case, 'purpose', 'threat_to_life', 'reason', left(p_reason, 2000),
    'detail', jsonb_build_object('scope', p_scope));
  if a.staff_id is null then
    return audit.denied(a, 'glass.broken', 'not-signed-in', v_target);
  end if;
  select * into c from triage.cases where id = p_case for share;
  v_code := access.standing(a, c, 'threat_to_life');
  if v_code is null then
    r := access.ruling_on(a.roles, access.subjects_of(c), 'threat_to_life', p_scope);
    v_code := case
      when access.visible_length(p_reason) < (select p.glass_reason_length from access.policy_versions p where p.id = r.version_id)
        then 'reason-too-short'
      -- Somebody in the thread is a colleague or watch-listed, or the policy wants another person: ask, it reaches them at once.
      when r.requirement <> 'never' then access.unmet(r.requirement, 'automatic')
    end;
    v_code := coalesce(v_code, access.ask_refusal(a, c, r, 'threat_to_life', p_scope, p_reason, false));
    perform staff.one_at_a_time(a.staff_id);
    if v_code is null and (select count(*) from access.break_glass o where o.staff_id = a.staff_id
         and o.broken_at > clock_timestamp() - interval '24 hours') >= 10 then
      v_code := 'rate-limited';
    end if;
  end if;
  if v_code is not null then
    return audit.denied(a, 'glass.broken', v_code, v_target);
  end if;
  g := access.make_grant(a, c, r, jsonb_build_object('purpose', 'threat_to_life', 'scope', p_scope, 'reason', p_reason), null);
  b := access.register_glass(a, g);
  v_view := access.open_under(a, g.id, null);
  return v_view || case when (v_view ->> 'ok')::boolean
    then jsonb_build_object('breakGlassId', b.id, 'reviewDueAt', unseal.instant(b.review_due_at)) else '{}' end;
end
$$;

create or replace function access.acknowledged_by(p_notices uuid[]) returns jsonb
  language sql stable
as $$
  select coalesce(jsonb_agg(jsonb_build_object('by', access.person(k.staff_id), 'at', unseal.instant(k.at)) order by k.at), '[]')
    from access.notice_acknowledgements k where k.notice_id = any (p_notices)
$$;

-- The register. Officers and administrators see all of it, everybody else their own. p_query: {open, cursor, limit}.
create or replace function access.list_glass(p_actor jsonb, p_query jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a       staff.actor := staff.resolve(p_actor);
  v_limit integer := least(greatest((p_query ->> 'limit')::integer, 1), 100);
  v_ids   uuid[];
begin
  if a.staff_id is null then
    return audit.denied(a, 'glass.listed', 'not-signed-in', '{}');
  end if;
  if not a.roles && array['moderator', 'specialist', 'lead', 'compliance_officer', 'administrator'] then
    return audit.denied(a, 'glass.listed', 'wrong-role', '{}');
  end if;
  v_ids := array(select b.id from access.break_glass b
    where (a.roles && array['compliance_officer', 'administrator'] or b.staff_id = a.staff_id)
      and (not coalesce((p_query ->> 'open')::boolean, false) or b.reviewed_at is null)
      and b.id < coalesce((p_query ->> 'cursor')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
    order by b.id desc limit v_limit + 1);
  return jsonb_build_object('ok', true, 'nextCursor', case when cardinality(v_ids) > v_limit then v_ids[v_limit] end, 'entries', (
    select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'by', access.person(b.staff_id), 'mine', b.staff_id = a.staff_id,
        'caseId', b.case_id, 'caseNumber', (select c.number from triage.cases c where c.id = b.case_id), 'scope', b.scope,
        'reason', b.reason, 'brokenAt', unseal.instant(b.broken_at), 'expiresAt', unseal.instant(b.expires_at),
        'views', g.views_used, 'grantId', g.id, 'revokedAt', unseal.instant(g.revoked_at),
        'reviewDueAt', unseal.instant(b.review_due_at), 'level', b.level,
        'review', case when b.reviewed_at is not null then jsonb_build_object('by', access.person(b.reviewed_by),
          'at', unseal.instant(b.reviewed_at), 'finding', b.finding, 'note', b.review_note) end,
        'acknowledged', access.acknowledged_by(array(select n.id from access.notices n where n.break_glass_id = b.id and n.level = 0)),
        'may', jsonb_build_object('review', b.reviewed_at is null and a.roles @> array['compliance_officer']
          and not access.had_part_in_glass(a, b)))
        order by b.id desc), '[]')
      from access.break_glass b join access.grants g on g.id = b.grant_id where b.id = any (v_ids[1:v_limit])));
end
$$;

-- Is the review of this entry for somebody else? For whoever broke it, and for whoever approved that (and has become an
-- officer since).
create or replace function access.had_part_in_glass(a staff.actor, b access.break_glass) returns boolean
  language sql stable
as $$ select (b).staff_id = (a).staff_id or (a).staff_id in (select access.approvers_of((b).grant_id)) $$;

-- By an officer who had no part in it. Once: a review is not rewritten.
create or replace function access.review_glass(p_actor jsonb, p_entry uuid, p_finding text, p_note text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  b      access.break_glass;
  v_code text;
begin
  if a.staff_id is null then
    return audit.denied(a, 'glass.reviewed', 'not-signed-in', '{}');
  end if;
  a := access.held(a);
  select * into b from access.break_glass where id = p_entry for update;
  v_code := case
    when not coalesce(a.roles @> array['compliance_officer'], false) then 'wrong-role'
    when b.id is null then 'not-found'
    when access.had_part_in_glass(a, b) then 'own-request'
    when b.reviewed_at is not null then 'already-reviewed'
    when not access.reason_has_substance(p_note) then 'reason-without-substance'
  end;
  if v_code is not null then
    return audit.denied(a, 'glass.reviewed', v_code, jsonb_build_object('caseId', b.case_id));
  end if;
  update access.break_glass set reviewed_by = a.staff_id, reviewed_at = clock_timestamp(), finding = p_finding, review_note = p_note
   where id = p_entry;
  perform audit.write(a, 'staff', 'glass.reviewed', 'done', jsonb_build_object('caseId', b.case_id, 'threadId', b.thread_id,
    'grantId', b.grant_id, 'staffId', b.staff_id, 'reason', p_note, 'detail', jsonb_build_object('entry', b.id, 'finding', p_finding)));
  return jsonb_build_object('ok', true);
end
$$;

-- What is overdue rises, and every officer and administrator hears of it, again every four hours until somebody reviews it.
create or replace function access.escalate_glass() returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  b       access.break_glass;
  v_count integer := 0;
begin
  for b in
    select * from access.break_glass t where t.reviewed_at is null and t.next_escalation <= clock_timestamp()
     order by t.id limit 500 for update skip locked
  loop
    update access.break_glass set level = least(level + 1, 100), next_escalation = clock_timestamp() + interval '4 hours'
     where id = b.id returning * into b;
    perform access.give_notice('break_glass_overdue', array['compliance_officer', 'administrator'], b.level, b.staff_id, null, b.case_id, null, b.id);
    perform pg_notify('unseal_live', json_build_object('type', 'break_glass', 'breakGlassId', b.id, 'level', b.level,
      'audience', array['compliance_officer', 'administrator'])::text);
    perform audit.write(null::staff.actor, 'system', 'glass.escalated', 'done', jsonb_build_object('caseId', b.case_id,
      'threadId', b.thread_id, 'grantId', b.grant_id, 'staffId', b.staff_id, 'detail', jsonb_build_object('entry', b.id, 'level', b.level)));
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

-- Is this person among those who must take note? Whoever was hired later has colleagues who did.
create or replace function access.is_told(a staff.actor, n access.notices) returns boolean
  language plpgsql stable
as $$
begin
  return (n).audience && (a).roles and (n).at >= (select m.created_at from staff.members m where m.id = (a).staff_id)
    -- Of a lawful request that they may read: it may be about themselves, or lie out of a counsel's regions.
    and ((n).lawful_request_id is null or exists (
      select from legal.requests r where r.id = (n).lawful_request_id and legal.metadata_refusal(a, r) is null));
end
$$;

-- Notices to the caller's roles. p_query: {open, cursor, limit}; open = those they have not taken note of.
create or replace function access.list_notices(p_actor jsonb, p_query jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a       staff.actor := staff.resolve(p_actor);
  v_limit integer := least(greatest((p_query ->> 'limit')::integer, 1), 100);
  v_ids   uuid[];
begin
  if a.staff_id is null then
    return audit.denied(a, 'notice.listed', 'not-signed-in', '{}');
  end if;
  if not a.roles && array['compliance_officer', 'administrator', 'legal_counsel'] then
    return audit.denied(a, 'notice.listed', 'wrong-role', '{}');
  end if;
  v_ids := array(select n.id from access.notices n
    where access.is_told(a, n) and n.id < coalesce((p_query ->> 'cursor')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
      and (not coalesce((p_query ->> 'open')::boolean, true) or not exists (
        select from access.notice_acknowledgements k where k.notice_id = n.id and k.staff_id = a.staff_id))
    order by n.id desc limit v_limit + 1);
  return jsonb_build_object('ok', true, 'nextCursor', case when cardinality(v_ids) > v_limit then v_ids[v_limit] end,
    'waiting', (select count(*) from access.notices n where access.is_told(a, n) and not exists (
      select from access.notice_acknowledgements k where k.notice_id = n.id and k.staff_id = a.staff_id)),
    'notices', (
    select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'kind', n.kind, 'level', n.level, 'at', unseal.instant(n.at),
        'subject', access.person(n.staff_id), 'other', access.person(n.other_id), 'caseId', n.case_id, 'requestId', n.request_id,
        'breakGlassId', n.break_glass_id, 'holdId', n.hold_id, 'daysLeft', n.days_left,
        'lawfulRequest', (select jsonb_build_object('id', r.id, 'number', legal.shown_number(r)) from legal.requests r where r.id = n.lawful_request_id),
        'acknowledgedAt', (select unseal.instant(k.at) from access.notice_acknowledgements k
          where k.notice_id = n.id and k.staff_id = a.staff_id), 'acknowledged', access.acknowledged_by(array[n.id])) order by n.id desc), '[]')
      from access.notices n where n.id = any (v_ids[1:v_limit])));
end
$$;

create or replace function access.acknowledge_notice(p_actor jsonb, p_notice uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a staff.actor := staff.resolve(p_actor);
  n access.notices;
begin
  if a.staff_id is null then
    return audit.denied(a, 'notice.acknowledged', 'not-signed-in', '{}');
  end if;
  select * into n from access.notices where id = p_notice;
  if n.id is null or not access.is_told(a, n) then
    return audit.denied(a, 'notice.acknowledged', 'not-found', '{}');
  end if;
  insert into access.notice_acknowledgements (notice_id, staff_id) values (n.id, a.staff_id) on conflict do nothing;
  if found then
    perform audit.write(a, 'staff', 'notice.acknowledged', 'done', jsonb_build_object('caseId', n.case_id, 'staffId', n.staff_id,
      'detail', jsonb_build_object('notice', n.id, 'kind', n.kind, 'level', n.level)));
  end if;
  return jsonb_build_object('ok', true);
end
$$;
