-- The access policy's life: drafted and proposed by an officer, confirmed by somebody else, in force until another is.

create or replace function access.person(p_staff uuid) returns jsonb
  language sql stable
as $$ select jsonb_build_object('id', m.id, 'name', m.name) from staff.members m where m.id = p_staff $$;

create or replace function access.policy_row(a staff.actor, v access.policy_versions) returns jsonb
  language sql stable
as $$
  select jsonb_build_object('id', (v).id, 'number', (v).number, 'state', (v).state, 'summary', (v).summary,
    'settings', jsonb_build_object('ticketPattern', (v).ticket_pattern, 'sameReasonMost', (v).same_reason_most,
      'requestMinutes', (v).request_minutes, 'takeUpMinutes', (v).take_up_minutes,
      'glassReasonLength', (v).glass_reason_length, 'reviewHours', (v).review_hours),
    'basedOn', (v).based_on, 'draftedBy', access.person((v).drafted_by), 'draftedAt', unseal.instant((v).drafted_at),
    'proposedBy', access.person((v).proposed_by), 'proposedAt', unseal.instant((v).proposed_at),
    'proposalReason', (v).proposal_reason, 'decidedBy', access.person((v).decided_by),
    'decidedAt', unseal.instant((v).decided_at), 'decisionReason', (v).decision_reason,
    'supersededAt', unseal.instant((v).superseded_at),
    'may', jsonb_build_object(
      'edit', (v).state = 'draft' and (a).roles @> array['compliance_officer'] and (v).drafted_by = (a).staff_id,
      'propose', (v).state = 'draft' and (a).roles @> array['compliance_officer'] and (v).drafted_by = (a).staff_id,
      'decide', (v).state = 'proposed' and access.sees_drafts(a) and (v).proposed_by <> (a).staff_id and (v).drafted_by <> (a).staff_id,
      'withdraw', (v).state in ('draft', 'proposed') and (v).drafted_by = (a).staff_id and (a).roles @> array['compliance_officer']))
$$;

-- May this person see this version? What was never in force is the officers' and the administrators'.
create or replace function access.policy_visible(a staff.actor, v access.policy_versions) returns boolean
  language sql immutable
as $$ select (v).id is not null and ((v).state in ('active', 'superseded') or access.sees_drafts(a)) $$;

create or replace function access.list_policies(p_actor jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a staff.actor := staff.resolve(p_actor);
begin
  if a.staff_id is null then
    return audit.denied(a, 'policy.read', 'not-signed-in', '{}');
  end if;
  return jsonb_build_object('ok', true, 'mayDraft', a.roles @> array['compliance_officer'],
    'versions', (select coalesce(jsonb_agg(access.policy_row(a, v) order by v.number desc), '[]')
                   from access.policy_versions v where access.policy_visible(a, v)));
end
$$;

-- Out: {version, rules, against: {id, number, settings, rules} or null}. A proposal is held against the version in force,
-- any other against the one before it.
create or replace function access.read_policy(p_actor jsonb, p_version uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a staff.actor := staff.resolve(p_actor);
  v access.policy_versions;
  o access.policy_versions;
begin
  if a.staff_id is null then
    return audit.denied(a, 'policy.read', 'not-signed-in', '{}');
  end if;
  select * into v from access.policy_versions where id = p_version;
  if not access.policy_visible(a, v) then
    return audit.denied(a, 'policy.read', 'not-found', '{}');
  end if;
  if v.state in ('draft', 'proposed') then
    select * into o from access.policy_versions where state = 'active';
  else
    select * into o from access.policy_versions where id = v.based_on and access.policy_visible(a, policy_versions);
  end if;
  return jsonb_build_object('ok', true, 'version', access.policy_row(a, v), 'rules', access.rules_of(v.id),
    'against', case when o.id is not null then jsonb_build_object('id', o.id, 'number', o.number,
      'settings', access.policy_row(a, o) -> 'settings', 'rules', access.rules_of(o.id)) end);
end
$$;

create or replace function access.rules_of(p_version uuid) returns jsonb
  language sql stable
as $$
  select coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'purpose', r.purpose, 'scope', r.scope, 'subject', r.subject,
      'requirement', r.requirement, 'minutes', r.minutes, 'viewLimit', r.view_limit)
      order by r.purpose, r.scope, r.subject, r.role), '[]')
    from access.policy_rules r where r.version_id = p_version
$$;

-- A draft, copied from a version (the one in force when null). At most five drafts a person.
create or replace function access.draft_policy(p_actor jsonb, p_based_on uuid, p_summary text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  o      access.policy_versions;
  v      access.policy_versions;
  v_code text;
begin
  if a.staff_id is null then
    return audit.denied(a, 'policy.drafted', 'not-signed-in', '{}');
  end if;
  select * into o from access.policy_versions p where case when p_based_on is null then p.state = 'active' else p.id = p_based_on end;
  v_code := case
    when not a.roles @> array['compliance_officer'] then 'wrong-role'
    when o.id is null then 'not-found'
    when (select count(*) from access.policy_versions p where p.drafted_by = a.staff_id and p.state = 'draft') >= 5 then 'rate-limited'
  end;
  if v_code is not null then
    return audit.denied(a, 'policy.drafted', v_code, '{}');
  end if;
  insert into access.policy_versions (based_on, summary, ticket_pattern, same_reason_most, request_minutes, take_up_minutes,
    glass_reason_length, review_hours, drafted_by)
  values ((select p.id from access.policy_versions p where p.state = 'active'), p_summary, o.ticket_pattern, o.same_reason_most, o.request_minutes, o.take_up_minutes,
    o.glass_reason_length, o.review_hours, a.staff_id)
  returning * into v;
  insert into access.policy_rules select v.id, r.role, r.purpose, r.scope, r.subject, r.requirement, r.minutes, r.view_limit
    from access.policy_rules r where r.version_id = o.id;
  perform audit.write(a, 'staff', 'policy.drafted', 'done', jsonb_build_object('detail',
    jsonb_build_object('version', v.number, 'basedOn', o.number)));
  return jsonb_build_object('ok', true, 'id', v.id, 'number', v.number);
end
$$;

-- A pattern must be a regular expression before it is kept: a broken one would refuse every ticket.
create or replace function access.is_pattern(p_pattern text) returns boolean
  language plpgsql stable
as $$
begin
  perform '' ~ ('^(?:' || p_pattern || ')$');
  return true;
exception when invalid_regular_expression then
  return false;
end
$$;

-- p_draft: {summary, settings, rules}, its form checked by contracts/accessPolicy.ts and by the tables' constraints.
create or replace function access.edit_policy(p_actor jsonb, p_version uuid, p_draft jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  v      access.policy_versions;
  s      jsonb := p_draft -> 'settings';
  v_code text;
begin
  if a.staff_id is null then
    return audit.denied(a, 'policy.edited', 'not-signed-in', '{}');
  end if;
  select * into v from access.policy_versions where id = p_version for update;
  v_code := case
    when not a.roles @> array['compliance_officer'] then 'wrong-role'
    when v.id is null or v.drafted_by is distinct from a.staff_id then 'not-found'
    when v.state <> 'draft' then 'not-a-draft'
    when not access.is_pattern(s ->> 'ticketPattern') then 'bad-pattern'
    when exists (select from jsonb_to_recordset(p_draft -> 'rules') r(role text, purpose text, subject text, requirement text)
                  where r.requirement <> 'never' and (r.role in ('compliance_officer', 'administrator', 'auditor')
                     or (r.role = 'legal_counsel' and r.purpose <> 'legal_process')
                     or (r.subject in ('conflict', 'watch_listed') and r.requirement <> 'two_approvers'))) then 'beyond-policy'
  end;
  if v_code is not null then
    return audit.denied(a, 'policy.edited', v_code, '{}');
  end if;
  -- Who edits has the comparison with the version in force before them: that is what they change from now on.
  update access.policy_versions set based_on = (select p.id from access.policy_versions p where p.state = 'active'),
      summary = p_draft ->> 'summary', ticket_pattern = s ->> 'ticketPattern',
      same_reason_most = (s ->> 'sameReasonMost')::integer, request_minutes = (s ->> 'requestMinutes')::integer,
      take_up_minutes = (s ->> 'takeUpMinutes')::integer, glass_reason_length = (s ->> 'glassReasonLength')::integer,
      review_hours = (s ->> 'reviewHours')::integer
   where id = p_version;
  delete from access.policy_rules where version_id = p_version;
  insert into access.policy_rules (version_id, role, purpose, scope, subject, requirement, minutes, view_limit)
  select p_version, r.role, r.purpose, r.scope, r.subject, r.requirement, r.minutes, r."viewLimit"
    from jsonb_to_recordset(p_draft -> 'rules') r(role text, purpose text, scope text, subject text, requirement text,
      minutes integer, "viewLimit" integer);
  perform audit.write(a, 'staff', 'policy.edited', 'done', jsonb_build_object('detail', jsonb_build_object('version', v.number,
    'rules', jsonb_array_length(p_draft -> 'rules'))));
  return jsonb_build_object('ok', true);
end
$$;

-- One step of a version's life. p_step: propose, confirm, reject, withdraw.
create or replace function access.move_policy(p_actor jsonb, p_version uuid, p_step text, p_reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a        staff.actor := staff.resolve(p_actor);
  v        access.policy_versions;
  v_code   text;
  v_action text := case p_step when 'propose' then 'policy.proposed' when 'confirm' then 'policy.confirmed'
                     when 'reject' then 'policy.rejected' else 'policy.withdrawn' end;
begin
  if a.staff_id is null then
    return audit.denied(a, v_action, 'not-signed-in', '{}');
  end if;
  a := access.held(a);
  -- One step at a time, whichever versions they are about.
  perform pg_advisory_xact_lock(hashtextextended('the access policy', 1));
  select * into v from access.policy_versions where id = p_version for update;
  v_code := case
    when p_step in ('propose', 'withdraw') and not coalesce(a.roles @> array['compliance_officer'], false) then 'wrong-role'
    when p_step in ('confirm', 'reject') and not coalesce(access.sees_drafts(a), false) then 'wrong-role'
    when v.id is null or (p_step in ('propose', 'withdraw') and v.drafted_by is distinct from a.staff_id) then 'not-found'
    when p_step in ('confirm', 'reject') and a.staff_id in (v.proposed_by, v.drafted_by) then 'own-proposal'
    when p_step = 'propose' and v.state <> 'draft' then 'not-a-draft'
    when p_step = 'withdraw' and v.state not in ('draft', 'proposed') then 'not-a-draft'
    when p_step in ('confirm', 'reject') and v.state <> 'proposed' then 'not-proposed'
    when not access.reason_has_substance(p_reason) then 'reason-without-substance'
    -- What was compared with an older policy must be looked at again before it replaces a newer one.
    when p_step in ('propose', 'confirm') and v.based_on is distinct from (select p.id from access.policy_versions p where p.state = 'active')
      then 'stale-proposal'
  end;
  if v_code is not null then
    return audit.denied(a, v_action, v_code, jsonb_build_object('reason', left(p_reason, 2000),
      'detail', jsonb_build_object('version', v.number)));
  end if;
  if p_step = 'propose' then
    update access.policy_versions set state = 'proposed', proposed_by = a.staff_id, proposed_at = clock_timestamp(),
      proposal_reason = p_reason where id = p_version;
  elsif p_step = 'confirm' then
    update access.policy_versions set state = 'superseded', superseded_at = clock_timestamp() where state = 'active';
    update access.policy_versions set state = 'active', decided_by = a.staff_id, decided_at = clock_timestamp(),
      decision_reason = p_reason where id = p_version;
  else
    update access.policy_versions set state = case p_step when 'reject' then 'rejected' else 'withdrawn' end,
      decided_by = a.staff_id, decided_at = clock_timestamp(), decision_reason = p_reason where id = p_version;
  end if;
  perform audit.write(a, 'staff', v_action, 'done', jsonb_build_object('reason', p_reason,
    'detail', jsonb_build_object('version', v.number)));
  if p_step = 'confirm' then
    perform access.end_what_policy_ended(a);
    perform pg_notify('unseal_live', json_build_object('type', 'policy_changed')::text);
  end if;
  return jsonb_build_object('ok', true);
end
$$;

-- Grants that still run and that would not be given any more (by the policy, by a conflict that has become known, because an
-- approver has lost the right to approve): ended, and what is open under them with them. Grants last eight hours at the most,
-- and ids sort by time. In their order, so that two who end some at once do not wait for each other in a ring.
create or replace function access.end_what_policy_ended(a staff.actor) returns integer
  language plpgsql
as $$
declare
  g       access.grants;
  c       triage.cases;
  v_own   triage.cases;
  v_met   text;
  v_roles text[];
  v_count integer := 0;
begin
  for g in
    select * from access.grants t
     where t.id >= unseal.uuid7_floor(clock_timestamp() - interval '9 hours') and t.revoked_at is null and t.expires_at > clock_timestamp()
     order by t.id
  loop
    select * into v_own from triage.cases where id = g.case_id;
    v_met := access.met_by(g, v_own);
    v_roles := (select m.roles from staff.members m where m.id = g.staff_id);
    -- Its own case, and what else is open under a grant for several threads: of that, only the view ends.
    for c in
      select * from triage.cases t where t.id = any (array[g.case_id] || case when g.scope = 'participant_threads' then array(
        select w.case_id from access.views w
         where w.staff_id = g.staff_id and w.grant_id = g.id and w.expires_at > clock_timestamp()
           and w.id >= unseal.uuid7_floor(g.granted_at - interval '1 minute')) end)
    loop
      continue when access.unmet((access.ruling_on(v_roles, access.subjects_of(c), g.purpose, g.scope)).requirement, v_met) is null;
      if c.id = g.case_id then
        perform access.end_grant(a, g, null);
        v_count := v_count + 1;
      else
        perform access.end_views_where(g.staff_id, g.id, c.id, 'revoked');
      end if;
    end loop;
  end loop;
  return v_count;
end
$$;

-- Who could open this, and how? p_ask: {versionId, roles, purpose, scope, subjects}, or {versionId, caseId, purpose, scope}:
-- for a case the answer says whether somebody in it is watch-listed, so it is for officers alone.
create or replace function access.simulate(p_actor jsonb, p_ask jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a          staff.actor := staff.resolve(p_actor);
  v          access.policy_versions;
  c          triage.cases;
  r          access.ruling;
  v_case     uuid := (p_ask ->> 'caseId')::uuid;
  v_purpose  text := p_ask ->> 'purpose';
  v_scope    text := p_ask ->> 'scope';
  v_code     text;
  v_subjects text[];
  v_people   jsonb := '[]';
  v_approve  uuid[];
begin
  if a.staff_id is null then
    return audit.denied(a, 'policy.simulated', 'not-signed-in', '{}');
  end if;
  select * into v from access.policy_versions p
   where case when p_ask ->> 'versionId' is null then p.state = 'active' else p.id = (p_ask ->> 'versionId')::uuid end;
  select * into c from triage.cases where id = v_case;
  v_code := case
    when not a.roles && array['compliance_officer', 'administrator', 'auditor'] then 'wrong-role'
    when v_case is not null and not a.roles @> array['compliance_officer'] then 'wrong-role'
    when not access.policy_visible(a, v) or (v_case is not null and c.id is null) then 'not-found'
  end;
  if v_code is not null then
    return audit.denied(a, 'policy.simulated', v_code, jsonb_build_object('caseId', v_case, 'purpose', v_purpose));
  end if;
  if v_case is null then
    v_subjects := array(select jsonb_array_elements_text(p_ask -> 'subjects'));
    -- The plain subject first: it is what "restricted" stands in for.
    v_subjects := array(select s from unnest(v_subjects) s order by s in ('conflict', 'watch_listed'), s);
    r := access.ruling_on(array(select jsonb_array_elements_text(p_ask -> 'roles')), v_subjects, v_purpose, v_scope, v.id);
  else
    v_subjects := access.subjects_of(c);
    -- An act about a case: who looks at who could open it stands in its trail.
    perform audit.write(a, 'staff', 'policy.simulated', 'done', jsonb_build_object('caseId', v_case, 'threadId', c.thread_id,
      'purpose', v_purpose, 'detail', jsonb_build_object('scope', v_scope, 'version', v.number)));
    v_approve := array(select o.id from staff.members o where o.state = 'active' and o.roles && array['specialist', 'lead']
      and access.may_approve(access.actor_of(o.id), c));
    select coalesce(jsonb_agg(p.line order by p.rank, p.hindered, p.name), '[]') into v_people from (
      select access.rank_of(x.ruling ->> 'requirement') as rank, jsonb_array_length(x.obstacles) as hindered, x.name,
             x.ruling || jsonb_build_object('person', jsonb_build_object('id', x.id, 'name', x.name), 'roles', x.roles,
               'obstacles', x.obstacles, 'approvers', x.approvers) as line
        from (
          select m.id, m.name, m.roles, access.ruling_row(access.ruling_on(m.roles, v_subjects, v_purpose, v_scope, v.id)) as ruling,
                 access.obstacles(access.actor_of(m.id), c, v_purpose) as obstacles,
                 cardinality(array_remove(v_approve, m.id)) as approvers
            from (select * from staff.members m where m.state = 'active' and m.roles && array['moderator', 'specialist', 'lead', 'legal_counsel']
                   order by m.name limit 200) m) x
       where x.ruling ->> 'requirement' <> 'never') p;
  end if;
  return jsonb_build_object('ok', true, 'version', jsonb_build_object('id', v.id, 'number', v.number), 'subjects', v_subjects,
    'ruling', case when v_case is null then access.ruling_row(r) end, 'people', v_people);
end
$$;

create or replace function access.ruling_row(r access.ruling) returns jsonb
  language sql immutable
as $$
  select jsonb_build_object('requirement', (r).requirement, 'minutes', (r).minutes, 'viewLimit', (r).view_limit,
    'rule', case when (r).role is not null then jsonb_build_object('role', (r).role, 'subject', (r).subject) end)
$$;

-- Everything that stands in one person's way beside the rule, in the words of contracts/accessPolicy.ts.
create or replace function access.obstacles(a staff.actor, c triage.cases, p_purpose text) returns jsonb
  language plpgsql stable
as $$
declare
  v_reported boolean := p_purpose = 'child_safety_report' and cybertip.opens_for(a, c);
begin
  return to_jsonb(array_remove(array[
    case when not (a).roles && array['moderator', 'specialist', 'lead'] and not (p_purpose = 'legal_process' and (a).roles @> array['legal_counsel']) then 'role' end,
    case when p_purpose not in ('threat_to_life', 'security_incident', 'legal_process') and not v_reported and not exists (
      select from triage.queue_members qm where qm.staff_id = (a).staff_id and qm.queue_id = (c).queue_id) then 'queue' end,
    case when not (c).region = any ((a).regions) then 'region' end,
    case when (c).restricted_subject is not null and not (c).restricted_subject = any ((a).clearances) then 'clearance' end,
    case when access.needs_claim(p_purpose) and (c).state <> 'open' and not v_reported then 'case_closed' end,
    case when access.needs_claim(p_purpose) and (c).state = 'open' and not v_reported and ((c).claimed_by is distinct from (a).staff_id
      or (c).claim_expires_at <= clock_timestamp()) then 'claim' end,
    case when not access.purpose_fits_for((a).staff_id, (c).id, p_purpose) then 'purpose' end,
    case when access.own_account_in((a).staff_id, (c).platform_id, (c).thread_id) then 'own_account' end], null));
end
$$;
