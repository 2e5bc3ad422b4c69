-- Opening under a grant, with everything asked again that could have changed since it was made.

-- What stands in the way of a view of this grant, on the thread that it opens. Asked when it is opened and when it is read.
create or replace function access.view_refusal(a staff.actor, g access.grants, p_case uuid) returns text
  language plpgsql stable
as $$
declare
  c      triage.cases;
  v_code text;
begin
  select * into c from triage.cases where id = (g).case_id;
  v_code := access.standing(a, c, (g).purpose);
  if (g).request_id is not null then
    -- Out of an approver's sight, by whatever way it came there, it is approved no more.
    g.requirement := access.met_by(g, c);
  end if;
  if v_code is null and p_case <> (g).case_id then
    select * into c from triage.cases where id = p_case;
    if c.id is null or not access.in_reach(a, c) then
      v_code := 'not-found';
    end if;
  end if;
  -- A thread that was ever a restricted matter stays one, however ordinary the newest report of it: beyond the flagged
  -- window it needs the clearance.
  if v_code is null and (g).scope <> 'flagged_window' and exists (
       select from triage.cases o where o.thread_id = c.thread_id and o.restricted_subject is not null
          and not o.restricted_subject = any ((a).clearances)) then
    v_code := 'not-found';
  end if;
  return coalesce(v_code, access.unmet(
    (access.ruling_on((a).roles, access.subjects_of(c), (g).purpose, (g).scope)).requirement, (g).requirement));
end
$$;

-- Opens one view of a grant and counts it. p_thread: one of the threads that a grant for several covers; null for its own.
-- Reveals nothing.
create or replace function access.open_under(a staff.actor, p_grant uuid, p_thread uuid) returns jsonb
  language plpgsql
as $$
declare
  g       access.grants;
  c       triage.cases;
  r       record;
  v_case  uuid;
  v_code  text;
  v_event uuid;
begin
  if a.staff_id is null then
    return audit.denied(a, 'view.opened', 'not-signed-in', jsonb_build_object('grantId', p_grant));
  end if;
  -- Locked: a revocation comes before this view or after it, and two views at once are two.
  select * into g from access.grants where id = p_grant for update;
  perform 1 from triage.cases where id = g.case_id for share;
  v_case := g.case_id;
  v_code := case
    when g.id is null or g.staff_id <> a.staff_id then 'not-found'
    when g.session_id <> a.session_id then 'other-session'
    when g.revoked_at is not null or g.expires_at <= clock_timestamp() then 'grant-expired'
    when g.views_used >= g.view_limit then 'view-limit'
  end;
  if v_code is null and p_thread is not null and p_thread <> g.thread_id then
    c := access.case_of_thread(p_thread);
    v_case := c.id;
    if v_case is null or g.scope <> 'participant_threads' or not p_thread = any ((access.threads_of(g))[1:20]) then
      v_code := 'not-found';
    end if;
  end if;
  v_code := coalesce(v_code, access.view_refusal(a, g, v_case));
  if v_code is null then
    update access.grants set views_used = views_used + 1 where id = g.id;
    g.thread_id := coalesce(p_thread, g.thread_id);
    g.case_id := v_case;
    r := access.view_for(a, g);
    v_code := r.code;
  end if;
  if v_code is not null then
    return audit.denied(a, 'view.opened', v_code, jsonb_build_object('grantId', p_grant, 'caseId', g.case_id));
  end if;
  v_event := audit.write(a, 'staff', 'view.opened', 'done', r.target);
  return access.keep_view(r.v, v_event);
end
$$;

create or replace function access.open_thread(p_actor jsonb, p_grant uuid, p_thread uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  return access.open_under(staff.resolve(p_actor), p_grant, p_thread);
end
$$;

-- What this person may ask for on this case, by the policy in force. Who is in the thread counts only for whoever holds the
-- claim, which is an event: looking at cases leaves no trace, and must not tell which of them need two approvers. (A request
-- on any case is told the truth, in the log.) Purposes that nothing on the case bears out are left out.
create or replace function access.options_on(a staff.actor, c triage.cases) returns jsonb
  language plpgsql stable
as $$
declare
  v_subjects text[] := case when (c).claimed_by = (a).staff_id and (c).claim_expires_at > clock_timestamp()
    then access.subjects_of(c) else array[coalesce((c).restricted_subject, 'ordinary')] end;
  v_plain    text := v_subjects[1];
  v_version  uuid := (select v.id from access.policy_versions v where v.state = 'active');
  -- The same decision as access.ruling_on, for everything at once; a test holds the two against each other.
  v_fitting  text[] := array(
    select p.purpose from (select distinct r.purpose from access.policy_rules r where r.version_id = v_version) p
     where access.purpose_fits_for((a).staff_id, (c).id, p.purpose) and ((c).state = 'open'
       or not access.needs_claim(p.purpose) or (p.purpose = 'child_safety_report' and cybertip.opens_for(a, c))));
begin
  return (
    with held as (
      select r.purpose, r.scope, r.role, case when r.subject = 'restricted' then v_plain else r.subject end as about,
             access.rank_of(r.requirement) as rank,
             row_number() over (partition by r.purpose, r.scope, r.role, case when r.subject = 'restricted' then v_plain else r.subject end
               order by r.subject = 'restricted') as nth
        from access.policy_rules r
       where r.version_id = v_version and r.role = any ((a).roles) and r.purpose = any (v_fitting)
         and (r.subject = any (v_subjects) or (r.subject = 'restricted' and v_plain <> 'ordinary'))
    ), mildest as (
      select h.purpose, h.scope, h.about, min(h.rank) as rank from held h where h.nth = 1 group by h.purpose, h.scope, h.about
    )
    select coalesce(jsonb_agg(jsonb_build_object('purpose', o.purpose, 'scope', o.scope, 'requirement',
        (array['automatic', 'ticket', 'one_approver', 'two_approvers', 'never'])[o.rank]) order by o.purpose, o.scope), '[]')
      from (select m.purpose, m.scope, case when count(*) < cardinality(v_subjects) then 5 else max(m.rank) end as rank
              from mildest m group by m.purpose, m.scope) o);
end
$$;

-- Whether a view could still be read: for a page that shows it and may have missed that it was ended. Reveals nothing.
create or replace function access.check_view(p_actor jsonb, p_view uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a staff.actor := staff.resolve(p_actor);
  v access.views;
  g access.grants;
begin
  if a.staff_id is null then
    return audit.denied(a, 'view.read', 'not-signed-in', jsonb_build_object('viewId', p_view));
  end if;
  select * into v from access.views where id = p_view;
  if v.id is null or v.staff_id <> a.staff_id then
    return audit.denied(a, 'view.read', 'not-found', jsonb_build_object('viewId', p_view));
  end if;
  if v.scope = 'collection' then
    return jsonb_build_object('ok', true, 'expiresAt', unseal.instant(v.expires_at), 'open', legal.still_open(a, v));
  end if;
  select * into g from access.grants where id = v.grant_id;
  return jsonb_build_object('ok', true, 'expiresAt', unseal.instant(v.expires_at), 'open',
    v.session_id = a.session_id and v.expires_at > clock_timestamp() and g.revoked_at is null and g.expires_at > clock_timestamp()
      and not exists (select from access.view_ends e where e.view_id = v.id) and access.view_refusal(a, g, v.case_id) is null);
end
$$;
