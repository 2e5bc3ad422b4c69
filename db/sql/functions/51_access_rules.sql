-- What decides whether somebody may open something, and how: the policy in force, who takes part in the thread, and what
-- else stands in the way. Asked when access is requested, again when a view is opened, and again when it is read.

-- Why an act of compliance officers' is refused to somebody; null when it is not.
create or replace function access.officer_refusal(a staff.actor) returns text
  language sql stable
as $$ select case when (a).staff_id is null then 'not-signed-in'
                  when not (a).roles @> array['compliance_officer'] then 'wrong-role' end $$;

-- Requirements and their order, mildest first.
create or replace function access.rank_of(p_requirement text) returns integer
  language sql immutable parallel safe
as $$ select array_position(array['automatic', 'ticket', 'one_approver', 'two_approvers', 'never'], coalesce(p_requirement, 'never')) $$;

-- Is an account of this thread's the staff member's own? Half a year after they said that it is theirs no more, it still
-- counts.
create or replace function access.own_account_in(p_staff uuid, p_platform uuid, p_thread uuid) returns boolean
  language plpgsql stable
as $$
begin
  return exists (
    select from sealed.participants p
      join staff.platform_accounts s on s.platform_id = p_platform and s.account_id = p.platform_participant_id
     where p.thread_id = p_thread and s.staff_id = p_staff
       and (s.left_at is null or s.left_at > clock_timestamp() - interval '180 days'));
end
$$;

-- What kind of thread this is, for the rules: ordinary or its restricted subject, and whether somebody in it is a colleague
-- (or oneself) or watch-listed. The same look-ups whatever the answer: neither time nor code tells which it was.
create or replace function access.subjects_of(c triage.cases) returns text[]
  language plpgsql stable
as $$
declare
  v_now   timestamptz := clock_timestamp();
  v_staff boolean;
  v_known boolean;
begin
  -- One statement: the accounts once, then a look into each index.
  select exists (select from staff.platform_accounts s where s.platform_id = c.platform_id and s.account_id = any (t.accounts)
           and (s.left_at is null or s.left_at > v_now - interval '180 days')),
         exists (select from access.watch_list w where w.platform_id = c.platform_id and w.participant_id = any (t.accounts)
           and w.ended_at is null and (w.until is null or w.until > v_now))
    into v_staff, v_known
    from (select array(select p.platform_participant_id from sealed.participants p where p.thread_id = c.thread_id) as accounts offset 0) t;
  return array[coalesce(c.restricted_subject, 'ordinary')] || case when v_staff then array['conflict'] end
    || case when v_known then array['watch_listed'] end;
end
$$;

-- The rule that decides, by one version of the policy (the one in force when null): for each subject the mildest among the
-- roles, and of those the strictest. A subject without a rule is refused. A restricted subject's own rule stands before the
-- one for restricted subjects in general.
create or replace function access.ruling_on(p_roles text[], p_subjects text[], p_purpose text, p_scope text,
  p_version uuid default null) returns access.ruling
  language plpgsql stable
as $$
declare
  v         access.ruling;
  o         access.ruling;
  v_subject text;
begin
  if p_version is null then
    select p.id into p_version from access.policy_versions p where p.state = 'active';
  end if;
  foreach v_subject in array p_subjects loop
    if v_subject in ('ordinary', 'conflict', 'watch_listed') then
      select r.requirement, r.minutes, r.view_limit, r.role, r.subject, r.version_id into o
        from access.policy_rules r
       where r.version_id = p_version and r.purpose = p_purpose and r.scope = p_scope and r.subject = v_subject
         and r.role = any (p_roles)
       order by array_position(array['automatic', 'ticket', 'one_approver', 'two_approvers', 'never'], r.requirement), r.minutes desc
       limit 1;
    else
      select r.requirement, r.minutes, r.view_limit, r.role, r.subject, r.version_id into o
        from access.policy_rules r
       where r.version_id = p_version and r.purpose = p_purpose and r.scope = p_scope and r.role = any (p_roles)
         and r.subject in (v_subject, 'restricted')
         and (r.subject = v_subject or not exists (
           select from access.policy_rules e where e.version_id = p_version and e.purpose = p_purpose and e.scope = p_scope
              and e.subject = v_subject and e.role = r.role))
       order by array_position(array['automatic', 'ticket', 'one_approver', 'two_approvers', 'never'], r.requirement), r.minutes desc
       limit 1;
    end if;
    if o.requirement is null then
      return row('never', null, null, null, null, p_version)::access.ruling;
    end if;
    -- The strictest subject decides; the narrowest limits hold.
    if v.requirement is null then
      v := o;
    else
      if access.rank_of(o.requirement) > access.rank_of(v.requirement) then
        v.requirement := o.requirement;
        v.role := o.role;
        v.subject := o.subject;
      end if;
      v.minutes := least(v.minutes, o.minutes);
      v.view_limit := least(v.view_limit, o.view_limit);
    end if;
  end loop;
  return v;
end
$$;

-- Work on a claimed case; the other purposes need a grant and reach, but no claim.
create or replace function access.needs_claim(p_purpose text) returns boolean
  language sql immutable parallel safe
as $$ select p_purpose in ('user_report_review', 'automated_flag_review', 'child_safety_report') $$;

-- Does this thread's data lie within the person's regions and clearances? For what cannot wait for the right queue.
create or replace function access.in_reach(a staff.actor, c triage.cases) returns boolean
  language plpgsql stable
as $$
begin
  return (c).region = any ((a).regions)
     and ((c).restricted_subject is null or (c).restricted_subject = any ((a).clearances))
     and not exists (select from triage.queues q where q.id = (c).queue_id and q.restricted_subject is not null
                       and not q.restricted_subject = any ((a).clearances));
end
$$;

-- What stands in a person's way on this case for this purpose, rules aside. Out: a refusal's code, or null.
create or replace function access.standing(a staff.actor, c triage.cases, p_purpose text) returns text
  language plpgsql stable
as $$
begin
  -- A report outlives the claim of its case, and the case's decision.
  if p_purpose = 'child_safety_report' and cybertip.opens_for(a, c) then
    return null;
  end if;
  if access.needs_claim(p_purpose) then
    return access.refusal(a, c);
  end if;
  return case
    when not (a).roles && array['moderator', 'specialist', 'lead']
     and not (p_purpose = 'legal_process' and (a).roles @> array['legal_counsel']) then 'wrong-role'
    when (c).id is null then 'not-found'
    when p_purpose in ('threat_to_life', 'security_incident', 'legal_process') then
      case when not access.in_reach(a, c) then 'not-found' end
    when not triage.can_see(a, c) then 'not-found'
  end;
end
$$;

-- The code of a requirement that a grant does not meet; null when it does.
create or replace function access.unmet(p_needed text, p_held text) returns text
  language sql immutable parallel safe
as $$
  select case when access.rank_of(p_needed) > access.rank_of(p_held) then
    case p_needed when 'ticket' then 'needs-ticket' when 'one_approver' then 'needs-approver'
      when 'two_approvers' then 'needs-two-approvers' else 'purpose-not-allowed' end end
$$;

-- A purpose must be borne out by the case: by a flag of the platform's, by a CyberTip report that was begun, or by a decision
-- that somebody else made. A moderator's own flag, or a purpose that nothing supports, opens nothing.
create or replace function access.purpose_fits_for(p_staff uuid, p_case uuid, p_purpose text) returns boolean
  language plpgsql stable
as $$
begin
  return case
    when p_purpose in ('second_decision', 'appeal', 'quality_review') then exists (
      select from triage.decisions d where d.case_id = p_case and d.undone_at is null and d.decided_by <> p_staff)
    when p_purpose in ('threat_to_life', 'security_incident', 'legal_process') then true
    else p_purpose = any (access.purposes_of(p_case))
      or (p_purpose = 'child_safety_report' and cybertip.stands_on(p_case))
  end;
end
$$;

-- Somebody as the rules see them now, for those who are asked about and did not call.
create or replace function access.actor_of(p_staff uuid) returns staff.actor
  language sql stable
as $$
  select row(m.id, null, m.name, m.roles, m.clearances, m.regions, null, null, null)::staff.actor
    from staff.members m where m.id = p_staff and m.state = 'active'
$$;

-- The caller again, with rights that nobody can take away until this transaction ends: who loses a role while they
-- approve either approved before, or did not.
create or replace function access.held(a staff.actor) returns staff.actor
  language plpgsql
as $$
begin
  select m.roles, m.clearances, m.regions into a.roles, a.clearances, a.regions
    from staff.members m where m.id = a.staff_id and m.state = 'active' for share;
  if not found then
    a.staff_id := null;
  end if;
  return a;
end
$$;

-- Officers and administrators act on the policy; everybody who is signed in may read what is or was in force.
create or replace function access.sees_drafts(a staff.actor) returns boolean
  language sql immutable
as $$ select (a).roles && array['compliance_officer', 'administrator'] $$;

-- Rules and words of a version that has been proposed stay what they were, for every function and every role but the
-- database's own administrator.
create or replace function access.keep_policy() returns trigger
  language plpgsql
as $$
begin
  if tg_table_name = 'policy_rules' then
    if exists (select from access.policy_versions v
                where v.id in (case when tg_op <> 'INSERT' then old.version_id end, case when tg_op <> 'DELETE' then new.version_id end)
                  and v.state <> 'draft') then
      raise exception using errcode = 'UN003', message = 'The rules of a policy that has been proposed cannot be changed.';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
  end if;
  if tg_op = 'DELETE' then
    raise exception using errcode = 'UN003', message = 'A version of the access policy cannot be removed.';
  end if;
  if old.state <> 'draft' and (to_jsonb(new) - array['state', 'decided_by', 'decided_at', 'decision_reason', 'superseded_at'])
       is distinct from (to_jsonb(old) - array['state', 'decided_by', 'decided_at', 'decision_reason', 'superseded_at']) then
    raise exception using errcode = 'UN003', message = 'A policy that has been proposed cannot be changed.';
  end if;
  if not (old.state, new.state) in (('draft', 'draft'), ('draft', 'proposed'), ('draft', 'withdrawn'), ('proposed', 'active'),
       ('proposed', 'rejected'), ('proposed', 'withdrawn'), ('active', 'superseded')) then
    raise exception using errcode = 'UN003', message = 'A policy goes from draft to proposed to confirmed, and never back.';
  end if;
  return new;
end
$$;
drop trigger if exists keep_policy on access.policy_versions;
create trigger keep_policy before update or delete on access.policy_versions for each row execute function access.keep_policy();
drop trigger if exists keep_policy on access.policy_rules;
create trigger keep_policy before insert or update or delete on access.policy_rules for each row execute function access.keep_policy();
