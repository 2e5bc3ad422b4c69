-- Grants: asked for, decided by policy, counted, revoked. (50 has the one keypress of a claimed case, and the views.)

-- Everything but the rule that keeps a request from being made. Takes note of the reason, so it is asked last.
create or replace function access.ask_refusal(a staff.actor, c triage.cases, r access.ruling, p_purpose text, p_scope text,
  p_reason text, p_preset boolean) returns text
  language plpgsql
as $$
begin
  return case
    when not access.reason_has_substance(p_reason) then 'reason-without-substance'
    when not exists (select from triage.flags f where f.case_id = (c).id and f.source <> 'staff') then 'staff-flag-only'
    when (r).requirement = 'never' or not access.purpose_fits_for((a).staff_id, (c).id, p_purpose) then 'purpose-not-allowed'
    when not p_preset and access.reason_is_worn((a).staff_id, p_reason,
      (select p.same_reason_most from access.policy_versions p where p.id = (r).version_id)) then 'reason-repeated'
  end;
end
$$;

-- A grant: one person, one session, until then, so many views.
create or replace function access.make_grant(a staff.actor, c triage.cases, r access.ruling, p_ask jsonb, p_request uuid)
  returns access.grants
  language plpgsql
as $$
declare
  g access.grants;
begin
  insert into access.grants (staff_id, session_id, case_id, thread_id, purpose, scope, reason, preset, requirement, expires_at,
    view_limit, request_id, participant_id, ticket, reference)
  values (a.staff_id, a.session_id, c.id, c.thread_id, p_ask ->> 'purpose', p_ask ->> 'scope', p_ask ->> 'reason', false,
    r.requirement, clock_timestamp() + make_interval(mins => r.minutes), r.view_limit, p_request,
    (p_ask ->> 'participantId')::uuid, p_ask ->> 'ticket', p_ask ->> 'reference')
  returning * into g;
  perform audit.write(a, 'staff', 'access.requested', 'done', jsonb_build_object('caseId', c.id, 'threadId', c.thread_id,
    'grantId', g.id, 'purpose', g.purpose, 'reason', g.reason, 'detail', jsonb_strip_nulls(jsonb_build_object('scope', g.scope,
      'preset', false, 'requirement', g.requirement, 'request', p_request, 'ticket', g.ticket, 'reference', g.reference))));
  return g;
end
$$;

-- Asks for access. p_ask: {purpose, scope, reason, ticket, reference, participantId}. Out: {state: granted, grantId, …} where
-- policy asks for nobody else, {state: pending, requestId, …} where somebody must approve.
create or replace function access.request(p_actor jsonb, p_case uuid, p_ask jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a         staff.actor := staff.resolve(p_actor);
  c         triage.cases;
  r         access.ruling;
  g         access.grants;
  q         access.requests;
  pol       access.policy_versions;
  v_purpose text := p_ask ->> 'purpose';
  v_scope   text := p_ask ->> 'scope';
  v_code    text;
  v_target  jsonb;
begin
  if a.staff_id is null then
    return audit.denied(a, 'access.requested', 'not-signed-in', jsonb_build_object('caseId', p_case, 'purpose', v_purpose));
  end if;
  select * into c from triage.cases where id = p_case for share;
  select * into pol from access.policy_versions where state = 'active';
  v_target := jsonb_build_object('caseId', p_case, 'threadId', c.thread_id, 'purpose', v_purpose,
    'reason', left(p_ask ->> 'reason', 2000), 'detail', jsonb_build_object('scope', v_scope));
  v_code := access.standing(a, c, v_purpose);
  if v_code is null then
    r := access.ruling_on(a.roles, access.subjects_of(c), v_purpose, v_scope);
    v_code := case
      when v_purpose = 'threat_to_life' and r.requirement = 'automatic' then 'use-break-glass'
      when v_purpose = 'threat_to_life' and r.requirement <> 'never'
        and access.visible_length(p_ask ->> 'reason') < pol.glass_reason_length then 'reason-too-short'
      when v_scope = 'participant_threads' and not exists (select from sealed.participants p
        where p.thread_id = c.thread_id and p.id = (p_ask ->> 'participantId')::uuid) then 'unknown-participant'
      when v_purpose = 'legal_process' and p_ask ->> 'reference' is null then 'needs-reference'
      when r.requirement = 'ticket' or p_ask ->> 'ticket' is not null then access.ticket_refusal(p_ask ->> 'ticket', pol.ticket_pattern)
    end;
    v_code := coalesce(v_code, access.ask_refusal(a, c, r, v_purpose, v_scope, p_ask ->> 'reason', false));
  end if;
  if v_code is not null then
    return audit.denied(a, 'access.requested', v_code, v_target);
  end if;
  if r.requirement in ('automatic', 'ticket') then
    g := access.make_grant(a, c, r, p_ask, null);
    -- However it was asked for, it is the glass: registered, told and reviewed.
    if v_purpose = 'threat_to_life' then
      perform access.register_glass(a, g);
    end if;
    return jsonb_build_object('ok', true, 'state', 'granted', 'grantId', g.id, 'expiresAt', unseal.instant(g.expires_at),
      'viewsLeft', g.view_limit);
  end if;

  perform staff.one_at_a_time(a.staff_id);
  if (select count(*) from access.requests t where t.staff_id = a.staff_id and t.state in ('pending', 'approved')
       and t.id >= unseal.uuid7_floor(clock_timestamp() - interval '7 days')) >= 20 then
    return audit.denied(a, 'access.asked', 'rate-limited', v_target);
  end if;
  insert into access.requests (staff_id, session_id, case_id, thread_id, participant_id, purpose, scope, reason, ticket, reference,
    policy_version_id, needs, minutes, view_limit, expires_at)
  values (a.staff_id, a.session_id, c.id, c.thread_id, case when v_scope = 'participant_threads' then (p_ask ->> 'participantId')::uuid end,
    v_purpose, v_scope, p_ask ->> 'reason', p_ask ->> 'ticket', p_ask ->> 'reference', r.version_id,
    case r.requirement when 'one_approver' then 1 else 2 end, r.minutes, r.view_limit,
    clock_timestamp() + make_interval(mins => pol.request_minutes))
  on conflict (staff_id, case_id, purpose, scope, coalesce(participant_id, '00000000-0000-0000-0000-000000000000'))
    where state in ('pending', 'approved') do nothing
  returning * into q;
  if q.id is null then
    return audit.denied(a, 'access.asked', 'already-asked', v_target);
  end if;
  perform audit.write(a, 'staff', 'access.asked', 'done', v_target || jsonb_build_object('detail', jsonb_build_object('scope', v_scope,
    'request', q.id, 'needs', q.needs)));
  perform access.announce_request(q);
  return jsonb_build_object('ok', true, 'state', 'pending', 'requestId', q.id, 'needs', q.needs, 'expiresAt', unseal.instant(q.expires_at));
end
$$;

-- Ends a grant and what is open under it. Pages that show it hear of it at once.
create or replace function access.end_grant(a staff.actor, g access.grants, p_reason text) returns void
  language plpgsql
as $$
begin
  update access.grants set revoked_at = clock_timestamp(), revoked_by = a.staff_id where id = g.id and revoked_at is null;
  if not found then
    return;
  end if;
  perform access.end_views_where(g.staff_id, g.id, null, 'revoked');
  perform audit.write(a, case when a.staff_id is null then 'system' else 'staff' end, 'grant.revoked', 'done', jsonb_build_object(
    'caseId', g.case_id, 'threadId', g.thread_id, 'grantId', g.id, 'staffId', g.staff_id, 'purpose', g.purpose, 'reason', p_reason));
end
$$;

-- Ends the open views of one person: of one grant, on one case, or all. The pages are told where somebody else ends them.
create or replace function access.end_views_where(p_staff uuid, p_grant uuid, p_case uuid, p_how text) returns void
  language plpgsql
as $$
declare
  v record;
begin
  for v in
    with ended as (
      insert into access.view_ends (view_id, how)
      select w.id, p_how from access.views w
       where w.staff_id = p_staff and (p_grant is null or w.grant_id = p_grant) and (p_case is null or w.case_id = p_case)
         and w.expires_at > clock_timestamp() and w.id >= unseal.uuid7_floor(clock_timestamp() - interval '1 day')
      on conflict do nothing returning view_id)
    select e.view_id, w.session_id from ended e join access.views w on w.id = e.view_id
  loop
    if p_how = 'revoked' then
      perform pg_notify('unseal_live', json_build_object('type', 'view_ended', 'viewId', v.view_id, 'sessionId', v.session_id)::text);
    end if;
  end loop;
end
$$;

-- By an officer, by a lead who sees the case, or by the one who holds it.
create or replace function access.revoke_grant(p_actor jsonb, p_grant uuid, p_reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  g      access.grants;
  c      triage.cases;
  v_code text;
begin
  if a.staff_id is null then
    return audit.denied(a, 'grant.revoked', 'not-signed-in', jsonb_build_object('grantId', p_grant));
  end if;
  select * into g from access.grants where id = p_grant for update;
  select * into c from triage.cases where id = g.case_id;
  v_code := case
    when g.id is null or not (g.staff_id = a.staff_id or a.roles @> array['compliance_officer']
      or (a.roles @> array['lead'] and triage.can_see(a, c))) then 'not-found'
    when g.revoked_at is not null or g.expires_at <= clock_timestamp() then 'grant-expired'
  end;
  if v_code is not null then
    return audit.denied(a, 'grant.revoked', v_code, jsonb_build_object('grantId', p_grant, 'caseId', g.case_id));
  end if;
  perform access.end_grant(a, g, p_reason);
  return jsonb_build_object('ok', true);
end
$$;

-- Grants that still run. p_box: mine; live = those of others that the caller may revoke.
create or replace function access.list_grants(p_actor jsonb, p_box text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a staff.actor := staff.resolve(p_actor);
begin
  if a.staff_id is null then
    return audit.denied(a, 'grant.listed', 'not-signed-in', '{}');
  end if;
  if p_box = 'live' and not a.roles && array['compliance_officer', 'lead'] then
    return audit.denied(a, 'grant.listed', 'wrong-role', '{}');
  end if;
  return jsonb_build_object('ok', true, 'grants', (
    select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'by', access.person(g.staff_id), 'mine', g.staff_id = a.staff_id,
        'thisSession', g.session_id = a.session_id, 'caseId', g.case_id,
        'caseNumber', (select c.number from triage.cases c where c.id = g.case_id), 'purpose', g.purpose, 'scope', g.scope,
        'reason', g.reason, 'requirement', g.requirement,
        'breakGlassId', (select b.id from access.break_glass b where b.grant_id = g.id),
        'grantedAt', unseal.instant(g.granted_at), 'expiresAt', unseal.instant(g.expires_at),
        'viewsUsed', g.views_used, 'viewLimit', g.view_limit,
        'openViews', (select count(*) from access.views w where w.staff_id = g.staff_id and w.grant_id = g.id
            and w.expires_at > clock_timestamp() and w.id >= unseal.uuid7_floor(g.granted_at - interval '1 minute')
            and not exists (select from access.view_ends e where e.view_id = w.id))) order by g.id desc), '[]')
      from (
        select t.* from access.grants t join triage.cases c on c.id = t.case_id
         where t.id >= unseal.uuid7_floor(clock_timestamp() - interval '9 hours') and t.revoked_at is null and t.expires_at > clock_timestamp()
           and case when p_box = 'live' then t.staff_id <> a.staff_id
                 and (a.roles @> array['compliance_officer'] or triage.can_see(a, c)) else t.staff_id = a.staff_id end
         order by t.id desc limit 200) g));
end
$$;

-- The threads that a grant for several covers: of one participant on one platform, the case's own first, twenty at the most
-- (of twenty-one the last says that there are more). Those that an approver could not have opened were not approved.
create or replace function access.threads_of(g access.grants) returns uuid[]
  language plpgsql stable
as $$
declare
  v_thread uuid;
  v_all    uuid[] := '{}';
begin
  for v_thread in
    select t.id from sealed.participants mine
      join triage.threads own on own.id = mine.thread_id
      join sealed.participants p on p.platform_participant_id = mine.platform_participant_id
      join triage.threads t on t.id = p.thread_id and t.platform_id = own.platform_id
     where mine.thread_id = (g).thread_id and mine.id = (g).participant_id
     order by t.id <> (g).thread_id, t.created_at desc, t.id
  loop
    continue when v_thread <> (g).thread_id and not access.approvers_reach((g).request_id, v_thread);
    v_all := v_all || v_thread;
    exit when cardinality(v_all) = 21;
  end loop;
  return v_all;
end
$$;

-- The case under which a thread of several is opened: the newest that a platform flagged.
create or replace function access.case_of_thread(p_thread uuid) returns triage.cases
  language sql stable
as $$
  select c from triage.cases c
   where c.thread_id = p_thread and exists (select from triage.flags f where f.case_id = c.id and f.source <> 'staff')
   order by c.id desc limit 1
$$;

create or replace function access.list_threads(p_actor jsonb, p_grant uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a       staff.actor := staff.resolve(p_actor);
  g       access.grants;
  v_code  text;
  v_all   uuid[];
begin
  if a.staff_id is null then
    return audit.denied(a, 'grant.threads_read', 'not-signed-in', jsonb_build_object('grantId', p_grant));
  end if;
  select * into g from access.grants where id = p_grant;
  v_code := case
    when g.id is null or g.staff_id <> a.staff_id then 'not-found'
    when g.session_id <> a.session_id then 'other-session'
    when g.revoked_at is not null or g.expires_at <= clock_timestamp() then 'grant-expired'
    when g.scope <> 'participant_threads' then 'not-found'
  end;
  if v_code is not null then
    return audit.denied(a, 'grant.threads_read', v_code, jsonb_build_object('grantId', p_grant));
  end if;
  v_all := access.threads_of(g);
  -- Whom somebody writes with is told by this list alone: looking at it is an act.
  perform audit.write(a, 'staff', 'grant.threads_read', 'done', jsonb_build_object('grantId', p_grant, 'caseId', g.case_id,
    'threadId', g.thread_id, 'purpose', g.purpose, 'reason', g.reason,
    'detail', jsonb_build_object('threads', least(20, cardinality(v_all)))));
  return jsonb_build_object('ok', true, 'truncated', cardinality(v_all) > 20, 'threads', (
    select coalesce(jsonb_agg(jsonb_build_object('threadId', o.id, 'caseId', (o.c).id, 'caseNumber', (o.c).number,
        'category', (o.c).category, 'region', (o.c).region, 'messages', (o.c).message_count, 'participants', (o.c).participant_count,
        'minors', (o.c).minor_count, 'flaggedAt', unseal.instant((o.c).opened_at)) order by o.n), '[]')
      from (select t.id, t.n, access.case_of_thread(t.id) as c from unnest(v_all[1:20]) with ordinality t(id, n) offset 0) o
     where (o.c).id is not null and access.in_reach(a, o.c)));
end
$$;
