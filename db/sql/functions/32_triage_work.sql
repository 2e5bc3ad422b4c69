-- Claiming, deciding, undoing. Each verb is one conditional update: of two who are first, the database picks one.

create or replace function triage.announce(p_queue uuid, p_case uuid) returns void
  language plpgsql
as $$
begin
  perform pg_notify('unseal_live', json_build_object('type', 'case_changed', 'queueId', p_queue, 'caseId', p_case)::text);
end
$$;

-- Lets go of what one person holds: all of it, or what they claimed in one session. Open views end with the claim.
create or replace function triage.release_all(p_staff uuid, p_session uuid) returns void
  language plpgsql
as $$
declare
  c triage.cases;
begin
  for c in
    update triage.cases set claimed_by = null, claimed_session = null, claimed_at = null, claim_expires_at = null
     where claimed_by = p_staff and (p_session is null or claimed_session = p_session)
    returning *
  loop
    perform access.end_views_of(p_staff, c.id, 'released');
    perform triage.announce(c.queue_id, c.id);
  end loop;
end
$$;

-- The checks that every act on a case shares. Out: a refusal's code, or null.
create or replace function triage.refusal(a staff.actor, c triage.cases) returns text
  language plpgsql stable
as $$
begin
  return case
      when not (a).roles && array['moderator', 'specialist', 'lead'] then 'wrong-role'
      when (c).id is null or not triage.can_see(a, c) then 'not-found'
      when (c).state <> 'open' then 'case-not-open'
    end;
end
$$;

create or replace function triage.claim_case(p_actor jsonb, p_case uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  c      triage.cases;
  v_code text;
begin
  if a.staff_id is null then
    return audit.denied(a, 'case.claimed', 'not-signed-in', jsonb_build_object('caseId', p_case));
  end if;
  select * into c from triage.cases where id = p_case for update;
  v_code := triage.refusal(a, c);
  if v_code is null and c.claimed_by <> a.staff_id and c.claim_expires_at > clock_timestamp() then
    v_code := 'claimed-by-another';
  end if;
  if v_code is null and c.claimed_by is distinct from a.staff_id and triage.holds_too_many(a.staff_id) then
    v_code := 'too-many-claims';
  end if;
  if v_code is not null then
    return audit.denied(a, 'case.claimed', v_code, jsonb_build_object('caseId', p_case, 'threadId', c.thread_id));
  end if;
  return triage.take(a, c);
end
$$;

-- A moderator holds ten cases at the most: who claims to look around is stopped before it becomes a collection.
create or replace function triage.holds_too_many(p_staff uuid) returns boolean
  language plpgsql
as $$
begin
  perform staff.one_at_a_time(p_staff);
  return (select count(*) >= 10 from triage.cases where claimed_by = p_staff and claim_expires_at > clock_timestamp());
end
$$;

create or replace function triage.take(a staff.actor, c triage.cases) returns jsonb
  language plpgsql
as $$
declare
  v_until timestamptz := clock_timestamp() + interval '3 minutes';
begin
  -- A lapsed claim of somebody else ends here, with the views that hung on it.
  if c.claimed_by <> a.staff_id then
    perform access.end_views_of(c.claimed_by, c.id, 'released');
  end if;
  update triage.cases
     set claimed_by = a.staff_id, claimed_session = a.session_id, claimed_at = clock_timestamp(), claim_expires_at = v_until
   where id = c.id;
  perform audit.write(a, 'staff', 'case.claimed', 'done', jsonb_build_object('caseId', c.id, 'threadId', c.thread_id,
    'queueId', c.queue_id));
  perform triage.announce(c.queue_id, c.id);
  return jsonb_build_object('ok', true, 'caseId', c.id, 'expiresAt', unseal.instant(v_until));
end
$$;

-- The most urgent case of a queue that nobody holds. Two who ask at once get two cases: locked rows are passed over.
create or replace function triage.claim_next(p_actor jsonb, p_queue uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
declare
  a staff.actor := staff.resolve(p_actor);
  c triage.cases;
begin
  if a.staff_id is null then
    return audit.denied(a, 'case.claimed', 'not-signed-in', jsonb_build_object('queueId', p_queue));
  end if;
  if not a.roles && array['moderator', 'specialist', 'lead'] then
    return audit.denied(a, 'case.claimed', 'wrong-role', jsonb_build_object('queueId', p_queue));
  end if;
  if not exists (
    select from triage.queue_members qm join triage.queues q on q.id = qm.queue_id
     where qm.queue_id = p_queue and qm.staff_id = a.staff_id
       and (q.restricted_subject is null or q.restricted_subject = any (a.clearances))) then
    return audit.denied(a, 'case.claimed', 'not-found', jsonb_build_object('queueId', p_queue));
  end if;
  if triage.holds_too_many(a.staff_id) then
    return audit.denied(a, 'case.claimed', 'too-many-claims', jsonb_build_object('queueId', p_queue));
  end if;
  select * into c from triage.cases t
   where t.queue_id = p_queue and t.state = 'open' and t.region = any (a.regions)
     and (t.restricted_subject is null or t.restricted_subject = any (a.clearances))
     and (t.claimed_by is null or t.claim_expires_at <= clock_timestamp())
   order by t.priority_rank, t.id
   limit 1 for update skip locked;
  if c.id is null then
    return jsonb_build_object('ok', true, 'caseId', null);
  end if;
  return triage.take(a, c);
end
$$;

-- Keeps a claim alive. Not an event of its own: the claim is in the log, and its lapse will be.
create or replace function triage.heartbeat(p_actor jsonb, p_case uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
declare
  a       staff.actor := staff.resolve(p_actor);
  c       triage.cases;
  v_until timestamptz := clock_timestamp() + interval '3 minutes';
begin
  if a.staff_id is null then
    return audit.denied(a, 'case.claim_kept', 'not-signed-in', jsonb_build_object('caseId', p_case));
  end if;
  update triage.cases t set claim_expires_at = v_until
   where t.id = p_case and t.state = 'open' and t.claimed_by = a.staff_id and t.claim_expires_at > clock_timestamp()
     and triage.refusal(a, t) is null
  returning * into c;
  if c.id is null then
    return audit.denied(a, 'case.claim_kept', 'not-your-claim', jsonb_build_object('caseId', p_case));
  end if;
  return jsonb_build_object('ok', true, 'caseId', p_case, 'expiresAt', unseal.instant(v_until));
end
$$;

create or replace function triage.release_case(p_actor jsonb, p_case uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
declare
  a staff.actor := staff.resolve(p_actor);
  c triage.cases;
begin
  if a.staff_id is null then
    return audit.denied(a, 'case.released', 'not-signed-in', jsonb_build_object('caseId', p_case));
  end if;
  update triage.cases set claimed_by = null, claimed_session = null, claimed_at = null, claim_expires_at = null
   where id = p_case and claimed_by = a.staff_id and state = 'open'
  returning * into c;
  if c.id is null then
    return audit.denied(a, 'case.released', 'not-your-claim', jsonb_build_object('caseId', p_case));
  end if;
  perform access.end_views_of(a.staff_id, c.id, 'released');
  perform audit.write(a, 'staff', 'case.released', 'done', jsonb_build_object('caseId', c.id, 'threadId', c.thread_id,
    'queueId', c.queue_id));
  perform triage.announce(c.queue_id, c.id);
  return jsonb_build_object('ok', true);
end
$$;

-- p_decision: {outcome, policyId, action, note}, its form checked by contracts/triage.ts and by the table's constraints.
create or replace function triage.decide(p_actor jsonb, p_case uuid, p_decision jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
declare
  a         staff.actor := staff.resolve(p_actor);
  c         triage.cases;
  d         triage.decisions;
  v_code    text;
  v_outcome text := p_decision ->> 'outcome';
  v_policy  uuid := (p_decision ->> 'policyId')::uuid;
  v_to      uuid;
  v_now     timestamptz := clock_timestamp();
begin
  if a.staff_id is null then
    return audit.denied(a, 'case.decided', 'not-signed-in', jsonb_build_object('caseId', p_case));
  end if;
  select * into c from triage.cases where id = p_case for update;
  v_code := triage.refusal(a, c);
  if v_code is null and (c.claimed_by is distinct from a.staff_id or c.claim_expires_at <= v_now) then
    v_code := 'not-your-claim';
  end if;
  if v_code is null and v_policy is not null
     and not exists (select from triage.policies p where p.id = v_policy and p.active) then
    v_code := 'unknown-policy';
  end if;
  if v_code is null and v_outcome = 'escalate' then
    select q.escalates_to into v_to from triage.queues q where q.id = c.queue_id;
    if v_to is null then
      v_code := 'no-escalation-queue';
    end if;
  end if;
  if v_code is not null then
    return audit.denied(a, 'case.decided', v_code, jsonb_build_object('caseId', p_case, 'threadId', c.thread_id));
  end if;

  insert into triage.decisions (case_id, decided_by, outcome, policy_id, action, note, viewed, from_queue_id, to_queue_id,
    decided_at, undo_until)
  values (p_case, a.staff_id, v_outcome, v_policy, p_decision ->> 'action', p_decision ->> 'note',
    exists (select from access.views v where v.case_id = p_case and v.staff_id = a.staff_id
              and pg_xact_status(v.opened_xid) is not distinct from 'committed'),
    c.queue_id, v_to, v_now, v_now + interval '10 seconds')
  returning * into d;
  if v_outcome = 'escalate' then
    update triage.cases set queue_id = v_to,
        restricted_subject = (select q.restricted_subject from triage.queues q where q.id = v_to),
        claimed_by = null, claimed_session = null, claimed_at = null, claim_expires_at = null
     where id = p_case;
    perform triage.announce(v_to, p_case);
  else
    update triage.cases set state = 'decided', decided_at = v_now,
        claimed_by = null, claimed_session = null, claimed_at = null, claim_expires_at = null
     where id = p_case;
  end if;
  perform access.end_views_of(a.staff_id, p_case, 'decided');
  perform audit.write(a, 'staff', 'case.decided', 'done', jsonb_build_object('caseId', p_case, 'threadId', c.thread_id,
    'queueId', c.queue_id, 'decisionId', d.id, 'detail', jsonb_build_object('outcome', v_outcome, 'action', d.action,
      'policyId', v_policy, 'viewed', d.viewed)));
  perform triage.announce(c.queue_id, p_case);
  return jsonb_build_object('ok', true, 'decisionId', d.id, 'undoUntil', unseal.instant(d.undo_until));
end
$$;

-- Within ten seconds, by the one who decided. The case comes back open and theirs.
create or replace function triage.undo_decision(p_actor jsonb, p_decision uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  d      triage.decisions;
  c      triage.cases;
  v_code text;
begin
  if a.staff_id is null then
    return audit.denied(a, 'case.decision_undone', 'not-signed-in', jsonb_build_object('decisionId', p_decision));
  end if;
  select * into d from triage.decisions where id = p_decision;
  -- The thread before the case, as intake and raise_flag lock them: a flag that arrives now opens its case before or after.
  perform 1 from triage.threads t join triage.cases o on o.thread_id = t.id where o.id = d.case_id for update of t;
  select * into c from triage.cases where id = d.case_id for update;
  -- Again, now that the case is locked: somebody may have undone it in between.
  select * into d from triage.decisions where id = p_decision;
  v_code := case
    when not a.roles && array['moderator', 'specialist', 'lead'] then 'wrong-role'
    when d.id is null or d.decided_by <> a.staff_id then 'not-found'
    when d.undone_at is not null then 'already-undone'
    when d.undo_until <= clock_timestamp() then 'undo-too-late'
    when d.outcome = 'escalate' and (c.queue_id <> d.to_queue_id or c.state <> 'open'
      or (c.claimed_by <> a.staff_id and c.claim_expires_at > clock_timestamp())) then 'taken-over'
    when d.outcome <> 'escalate' and exists (select from triage.cases n where n.thread_id = c.thread_id and n.state = 'open')
      then 'newer-case'
  end;
  -- An escalation may have moved the case out of sight; the right to undo is judged where it came from.
  if v_code is null then
    c.queue_id := d.from_queue_id;
    c.restricted_subject := (select q.restricted_subject from triage.queues q where q.id = d.from_queue_id);
    if not triage.can_see(a, c) then
      v_code := 'not-found';
    end if;
  end if;
  if v_code is not null then
    return audit.denied(a, 'case.decision_undone', v_code, jsonb_build_object('decisionId', p_decision, 'caseId', d.case_id));
  end if;

  update triage.decisions set undone_at = clock_timestamp() where id = p_decision;
  update triage.cases set state = 'open', decided_at = null, queue_id = d.from_queue_id,
      restricted_subject = c.restricted_subject, claimed_by = a.staff_id, claimed_session = a.session_id,
      claimed_at = clock_timestamp(), claim_expires_at = clock_timestamp() + interval '3 minutes'
   where id = c.id;
  perform audit.write(a, 'staff', 'case.decision_undone', 'done', jsonb_build_object('caseId', c.id,
    'threadId', c.thread_id, 'queueId', c.queue_id, 'decisionId', p_decision));
  perform triage.announce(d.from_queue_id, c.id);
  if d.to_queue_id is not null then
    perform triage.announce(d.to_queue_id, c.id);
  end if;
  return jsonb_build_object('ok', true, 'caseId', c.id);
end
$$;

-- A flag by staff, on the thread of a case they can see. It joins the open case, or opens a new one that cites the old;
-- it widens no window and opens nothing: the windows are drawn around what platforms flagged.
create or replace function triage.raise_flag(p_actor jsonb, p_case uuid, p_category text, p_severity text, p_reason text)
  returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
declare
  a          staff.actor := staff.resolve(p_actor);
  c          triage.cases;
  n          triage.cases;
  v_code     text;
  v_flag     uuid := unseal.uuid7();
  v_severity smallint := array_position(array['low', 'medium', 'high', 'critical'], p_severity);
  v_queue    triage.queues;
begin
  if a.staff_id is null then
    return audit.denied(a, 'case.flagged', 'not-signed-in', jsonb_build_object('caseId', p_case));
  end if;
  select * into c from triage.cases where id = p_case;
  v_code := case
    when not a.roles && array['moderator', 'specialist', 'lead'] then 'wrong-role'
    when c.id is null or not triage.can_see(a, c) then 'not-found'
    when v_severity is null then 'unknown-severity'
    when not access.reason_has_substance(p_reason) then 'reason-without-substance'
  end;
  if v_code is not null then
    return audit.denied(a, 'case.flagged', v_code, jsonb_build_object('caseId', p_case, 'threadId', c.thread_id));
  end if;

  perform 1 from triage.threads t where t.id = c.thread_id for update;
  select * into n from triage.cases t where t.thread_id = c.thread_id and t.state = 'open' for update;
  if n.id is not null then
    update triage.cases set flag_count = flag_count + 1, priority = least(priority + 25, 1000000),
        severity = greatest(severity, v_severity),
        sources = (select array_agg(distinct s order by s) from unnest(sources || array['staff']) s)
     where id = n.id;
  else
    select q.* into v_queue from triage.queue_routes r join triage.queues q on q.id = r.queue_id
     where (r.category is null or r.category = p_category) and (r.region is null or r.region = c.region)
     order by r.rank limit 1;
    if v_queue.id is null then
      select * into v_queue from triage.queues where id = c.queue_id;
    end if;
    insert into triage.cases (thread_id, platform_id, queue_id, region, category, severity, restricted_subject, priority,
      sources, flag_count, message_count, participant_count, minor_count, previous_case_id, due_at)
    values (c.thread_id, c.platform_id, v_queue.id, c.region, p_category, v_severity, v_queue.restricted_subject,
      v_severity * 100, array['staff'], 1, c.message_count, c.participant_count, c.minor_count, c.id,
      clock_timestamp() + interval '24 hours')
    returning * into n;
  end if;
  insert into triage.flags (id, platform_id, platform_flag_id, thread_id, case_id, source, category, severity, made_by,
    joined_case, new_message_count, previous_case_id)
  values (v_flag, c.platform_id, 'staff:' || v_flag, c.thread_id, n.id, 'staff', p_category, v_severity, a.staff_id,
    n.previous_case_id is distinct from c.id, 0, n.previous_case_id);
  perform audit.write(a, 'staff', 'case.flagged', 'done', jsonb_build_object('caseId', n.id, 'threadId', c.thread_id,
    'queueId', n.queue_id, 'flagId', v_flag, 'reason', p_reason,
    'detail', jsonb_build_object('category', p_category, 'severity', p_severity)));
  perform triage.announce(n.queue_id, n.id);
  return jsonb_build_object('ok', true, 'flagId', v_flag, 'caseId', n.id);
end
$$;

-- The sweep of lapsed claims, for the worker: each lapse is an event, and the queue hears of it.
create or replace function triage.expire_claims() returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
declare
  c       record;
  v_count integer := 0;
begin
  for c in
    select t.id, t.thread_id, t.queue_id, t.claimed_by from triage.cases t
     where t.claimed_by is not null and t.claim_expires_at <= clock_timestamp()
     order by t.id limit 500 for update skip locked
  loop
    update triage.cases set claimed_by = null, claimed_session = null, claimed_at = null, claim_expires_at = null
     where id = c.id;
    perform access.end_views_of(c.claimed_by, c.id, 'released');
    perform audit.write(null::staff.actor, 'system', 'case.claim_lapsed', 'done', jsonb_build_object('caseId', c.id,
      'threadId', c.thread_id, 'queueId', c.queue_id, 'staffId', c.claimed_by));
    perform triage.announce(c.queue_id, c.id);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;
