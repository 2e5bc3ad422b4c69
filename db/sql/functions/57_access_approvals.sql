-- Second persons: who may answer, what holds, and each act. (What they are shown: 57_access_requests.sql.) Every act takes
-- the request's row first: of an approval and a withdrawal at once, one comes first and the other sees it.

create or replace function access.announce_request(q access.requests) returns void
  language plpgsql
as $$
begin
  perform pg_notify('unseal_live', json_build_object('type', 'request_changed', 'requestId', (q).id, 'requesterId', (q).staff_id,
    'queueId', (select c.queue_id from triage.cases c where c.id = (q).case_id))::text);
end
$$;

-- May this person answer requests about this case at all? In the right role, with queue, region and clearance; and not when
-- an account of theirs is in the thread.
create or replace function access.may_approve(a staff.actor, c triage.cases) returns boolean
  language plpgsql stable
as $$
begin
  return coalesce((a).roles && array['specialist', 'lead'], false) and triage.can_see(a, c)
     and not access.own_account_in((a).staff_id, (c).platform_id, (c).thread_id);
end
$$;

-- Approvals that still hold: of people who could give them now.
create or replace function access.approvals_that_hold(p_request uuid, c triage.cases) returns integer
  language plpgsql stable
as $$
begin
  return (select count(*) from access.approvals p
           where p.request_id = p_request and p.answer = 'approved' and access.may_approve(access.actor_of(p.staff_id), c));
end
$$;

-- Who approved a grant: they do not review what came of it.
create or replace function access.approvers_of(p_grant uuid) returns setof uuid
  language sql stable
as $$
  select a.staff_id from access.requests r join access.approvals a on a.request_id = r.id
   where r.grant_id = p_grant and a.answer = 'approved'
$$;

-- What so many approvals and a ticket meet.
create or replace function access.met(p_approvals integer, p_ticket text) returns text
  language sql immutable parallel safe
as $$
  select case when p_approvals >= 2 then 'two_approvers' when p_approvals = 1 then 'one_approver'
    when p_ticket is null then 'automatic' else 'ticket' end
$$;

-- What a grant meets now: who approved it may have lost the right to since.
create or replace function access.met_by(g access.grants, c triage.cases) returns text
  language plpgsql stable
as $$
begin
  return case when (g).request_id is null then (g).requirement
    else access.met(access.approvals_that_hold((g).request_id, c), (g).ticket) end;
end
$$;

-- Could all who approved this request open this thread themselves, if it were theirs to do? Nobody approves what lies outside
-- their region or clearance, nor a thread with an account of theirs in it, by approving "several threads" of somebody.
create or replace function access.approvers_reach(p_request uuid, p_thread uuid) returns boolean
  language sql stable
as $$
  select not exists (
    select from access.approvals p join triage.cases c on c.thread_id = p_thread
     where p.request_id = p_request and p.answer = 'approved'
       and (not coalesce(access.in_reach(access.actor_of(p.staff_id), c), false)
         or access.own_account_in(p.staff_id, c.platform_id, p_thread)))
$$;

create or replace function access.request_target(q access.requests) returns jsonb
  language sql immutable
as $$
  select jsonb_build_object('caseId', (q).case_id, 'threadId', (q).thread_id, 'staffId', (q).staff_id, 'purpose', (q).purpose,
    'detail', jsonb_strip_nulls(jsonb_build_object('request', (q).id, 'scope', (q).scope, 'needs', (q).needs,
      'participant', (q).participant_id)))
$$;

create or replace function access.change_row(q access.requests, c triage.cases) returns jsonb
  language plpgsql stable
as $$
begin
  return jsonb_build_object('ok', true, 'state', (q).state, 'needs', (q).needs, 'approved', access.approvals_that_hold((q).id, c));
end
$$;

-- One answer of one approver. p_answer: approved | denied.
create or replace function access.answer_request(p_actor jsonb, p_request uuid, p_answer text, p_note text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a        staff.actor := staff.resolve(p_actor);
  q        access.requests;
  c        triage.cases;
  v_code   text;
  v_action text := case p_answer when 'approved' then 'approval.given' else 'approval.refused' end;
begin
  if a.staff_id is null then
    return audit.denied(a, v_action, 'not-signed-in', '{}');
  end if;
  select * into q from access.requests where id = p_request for update;
  a := access.held(a);
  select * into c from triage.cases where id = q.case_id for share;
  v_code := case
    when not coalesce(a.roles && array['specialist', 'lead'], false) then 'wrong-role'
    when q.id is null then 'not-found'
    when q.staff_id = a.staff_id then 'own-request'
    when not access.may_approve(a, c) then 'not-found'
    when exists (select from access.approvals p where p.request_id = q.id and p.staff_id = a.staff_id) then 'already-answered'
    when q.state <> 'pending' or q.expires_at <= clock_timestamp() then 'request-closed'
  end;
  if v_code is not null then
    return audit.denied(a, v_action, v_code, coalesce(access.request_target(q), '{}') - 'staffId');
  end if;
  -- Two who approve each other's requests at the same moment come one after the other, so that the second is seen to.
  perform pg_advisory_xact_lock(hashtextextended(least(a.staff_id, q.staff_id)::text || greatest(a.staff_id, q.staff_id)::text, 6));
  insert into access.approvals (request_id, requester_id, staff_id, session_id, answer, place, note)
  values (q.id, q.staff_id, a.staff_id, a.session_id, p_answer,
    (select count(*) + 1 from access.approvals p where p.request_id = q.id), p_note);
  perform audit.write(a, 'staff', v_action, 'done', access.request_target(q) || jsonb_build_object('reason', p_note));
  if p_answer = 'denied' then
    update access.requests set state = 'denied', ended_at = clock_timestamp() where id = q.id returning * into q;
  else
    -- Two who approve each other within a week: allowed, and compliance is told.
    if exists (select from access.approvals p where p.staff_id = q.staff_id and p.requester_id = a.staff_id
                 and p.answer = 'approved' and p.at > clock_timestamp() - interval '7 days') then
      perform access.give_notice('reciprocal_approval', array['compliance_officer'], 0, a.staff_id, q.staff_id, q.case_id, q.id, null);
      perform audit.write(null::staff.actor, 'system', 'approval.reciprocal', 'done', access.request_target(q)
        || jsonb_build_object('detail', jsonb_build_object('request', q.id, 'approver', a.staff_id)));
    end if;
    if access.approvals_that_hold(q.id, c) >= q.needs then
      update access.requests set state = 'approved', approved_at = clock_timestamp(), usable_until = clock_timestamp()
          + make_interval(mins => (select p.take_up_minutes from access.policy_versions p where p.id = q.policy_version_id))
       where id = q.id returning * into q;
    end if;
  end if;
  perform access.announce_request(q);
  return access.change_row(q, c);
end
$$;

-- An approver asks back. The request waits on; others may still answer it.
create or replace function access.ask_back(p_actor jsonb, p_request uuid, p_question text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  q      access.requests;
  c      triage.cases;
  v_code text;
begin
  if a.staff_id is null then
    return audit.denied(a, 'approval.asked_back', 'not-signed-in', '{}');
  end if;
  select * into q from access.requests where id = p_request for update;
  select * into c from triage.cases where id = q.case_id;
  v_code := case
    when not a.roles && array['specialist', 'lead'] then 'wrong-role'
    when q.id is null then 'not-found'
    when q.staff_id = a.staff_id then 'own-request'
    when not access.may_approve(a, c) then 'not-found'
    when q.state <> 'pending' or q.expires_at <= clock_timestamp() then 'request-closed'
    when (select count(*) from access.questions s where s.request_id = q.id) >= 20 then 'rate-limited'
  end;
  if v_code is not null then
    return audit.denied(a, 'approval.asked_back', v_code, coalesce(access.request_target(q), '{}') - 'staffId');
  end if;
  insert into access.questions (request_id, asked_by, question) values (q.id, a.staff_id, p_question);
  perform audit.write(a, 'staff', 'approval.asked_back', 'done', access.request_target(q) || jsonb_build_object('reason', p_question));
  perform access.announce_request(q);
  return access.change_row(q, c);
end
$$;

create or replace function access.answer_question(p_actor jsonb, p_request uuid, p_question uuid, p_answer text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  q      access.requests;
  c      triage.cases;
  v_code text;
begin
  if a.staff_id is null then
    return audit.denied(a, 'approval.answered', 'not-signed-in', '{}');
  end if;
  select * into q from access.requests where id = p_request for update;
  select * into c from triage.cases where id = q.case_id;
  v_code := case
    when q.id is null or q.staff_id <> a.staff_id then 'not-found'
    when q.state <> 'pending' or q.expires_at <= clock_timestamp() then 'request-closed'
  end;
  if v_code is null then
    update access.questions set answer = p_answer, answered_at = clock_timestamp()
     where id = p_question and request_id = q.id and answer is null;
    if not found then
      v_code := 'not-found';
    end if;
  end if;
  if v_code is not null then
    return audit.denied(a, 'approval.answered', v_code, '{}');
  end if;
  perform audit.write(a, 'staff', 'approval.answered', 'done', access.request_target(q) || jsonb_build_object('reason', p_answer));
  perform access.announce_request(q);
  return access.change_row(q, c);
end
$$;

create or replace function access.withdraw_request(p_actor jsonb, p_request uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  q      access.requests;
  c      triage.cases;
  v_code text;
begin
  if a.staff_id is null then
    return audit.denied(a, 'approval.withdrawn', 'not-signed-in', '{}');
  end if;
  select * into q from access.requests where id = p_request for update;
  select * into c from triage.cases where id = q.case_id;
  v_code := case
    when q.id is null or q.staff_id <> a.staff_id then 'not-found'
    when q.state not in ('pending', 'approved') then 'request-closed'
  end;
  if v_code is not null then
    return audit.denied(a, 'approval.withdrawn', v_code, '{}');
  end if;
  update access.requests set state = 'withdrawn', ended_at = clock_timestamp() where id = q.id returning * into q;
  perform audit.write(a, 'staff', 'approval.withdrawn', 'done', access.request_target(q));
  perform access.announce_request(q);
  return access.change_row(q, c);
end
$$;

-- Takes an approved request up: the grant is made now, for this session, and the first view with it. Everything is asked
-- again: the requester's standing, the policy in force, who is in the thread, and whether the approvals still hold.
create or replace function access.open_request(p_actor jsonb, p_request uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  q      access.requests;
  c      triage.cases;
  r      access.ruling;
  g      access.grants;
  v_held integer;
  v_code text;
begin
  if a.staff_id is null then
    return audit.denied(a, 'approval.taken_up', 'not-signed-in', '{}');
  end if;
  select * into q from access.requests where id = p_request for update;
  a := access.held(a);
  -- The approvers too: who loses the right now loses it before this grant, or finds the grant and ends it.
  perform 1 from staff.members m where m.id in (select p.staff_id from access.approvals p where p.request_id = q.id) order by m.id for share;
  v_code := case
    when q.id is null or q.staff_id is distinct from a.staff_id then 'not-found'
    when q.state = 'pending' and q.expires_at > clock_timestamp() then 'not-approved'
    when q.state <> 'approved' or q.usable_until <= clock_timestamp() then 'request-closed'
  end;
  if v_code is null then
    select * into c from triage.cases where id = q.case_id for share;
    v_code := access.standing(a, c, q.purpose);
  end if;
  if v_code is null then
    r := access.ruling_on(a.roles, access.subjects_of(c), q.purpose, q.scope);
    v_held := access.approvals_that_hold(q.id, c);
    v_code := access.unmet(r.requirement, access.met(v_held, q.ticket));
    if v_code in ('needs-approver', 'needs-two-approvers') then
      -- Somebody who approved has lost the right to, or more is asked by now: it waits again.
      update access.requests set state = 'pending', approved_at = null, usable_until = null,
        needs = case r.requirement when 'two_approvers' then 2 else 1 end,
        expires_at = greatest(expires_at, clock_timestamp() + interval '1 hour') where id = q.id returning * into q;
      perform access.announce_request(q);
    end if;
  end if;
  if v_code is not null then
    return audit.denied(a, 'approval.taken_up', v_code, coalesce(access.request_target(q), '{}') - 'staffId');
  end if;
  -- What the grant met, and no more: a policy that asks for more later ends it.
  r.requirement := access.met(v_held, q.ticket);
  r.minutes := least(r.minutes, q.minutes);
  r.view_limit := least(r.view_limit, q.view_limit);
  g := access.make_grant(a, c, r, jsonb_build_object('purpose', q.purpose, 'scope', q.scope, 'reason', q.reason, 'ticket', q.ticket,
    'reference', q.reference, 'participantId', q.participant_id), q.id);
  update access.requests set state = 'used', grant_id = g.id, ended_at = clock_timestamp() where id = q.id returning * into q;
  perform audit.write(a, 'staff', 'approval.taken_up', 'done', access.request_target(q) || jsonb_build_object('grantId', g.id));
  if q.purpose = 'threat_to_life' then
    perform access.register_glass(a, g);
  end if;
  perform access.announce_request(q);
  return access.open_under(a, g.id, null);
end
$$;

-- The sweep of requests that nobody answered or took up in time, for the worker.
create or replace function access.expire_requests() returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  q       access.requests;
  v_count integer := 0;
begin
  for q in
    select * from access.requests t
     where (t.state = 'pending' and t.expires_at <= clock_timestamp()) or (t.state = 'approved' and t.usable_until <= clock_timestamp())
     order by t.id limit 500 for update skip locked
  loop
    update access.requests set state = 'expired', ended_at = clock_timestamp() where id = q.id;
    perform audit.write(null::staff.actor, 'system', 'approval.expired', 'done', access.request_target(q));
    perform access.announce_request(q);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;
