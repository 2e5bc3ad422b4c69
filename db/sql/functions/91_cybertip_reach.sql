-- Who may work on a CyberTip report, who may read what about it, and what a report does to the cases of its thread.

-- Writes, hands in, approves: a specialist cleared for child safety, in the region of the case.
create or replace function cybertip.works(a staff.actor) returns boolean
  language sql immutable parallel safe
as $$ select coalesce((a).roles @> array['specialist'] and 'child_safety' = any ((a).clearances), false) $$;

-- Reads the register and a report's metadata, and never what it says.
create or replace function cybertip.looks_on(a staff.actor) returns boolean
  language sql immutable parallel safe
as $$ select coalesce((a).roles && array['legal_counsel', 'compliance_officer'], false) $$;

-- What stands in the way of working on a report. Out: a refusal's code, or null. Somebody's own account in the thread keeps
-- them from it altogether.
create or replace function cybertip.working_refusal(a staff.actor, r cybertip.reports) returns text
  language plpgsql stable
as $$
begin
  return case
    when (a).staff_id is null then 'not-signed-in'
    when not cybertip.works(a) then case when cybertip.looks_on(a) then 'wrong-role'
      when (a).roles @> array['specialist'] then 'not-found' else 'wrong-role' end
    when (r).id is null or not (r).region = any ((a).regions)
      or access.own_account_in((a).staff_id, (r).platform_id, (r).thread_id) then 'not-found'
  end;
end
$$;

-- The same for its metadata. Nobody reads, holds or destroys what is about themselves.
create or replace function cybertip.metadata_refusal(a staff.actor, r cybertip.reports) returns text
  language plpgsql stable
as $$
begin
  return case
    when (a).staff_id is null then 'not-signed-in'
    when cybertip.looks_on(a) then case when (r).id is null
      or access.own_account_in((a).staff_id, (r).platform_id, (r).thread_id) then 'not-found' end
    else cybertip.working_refusal(a, r)
  end;
end
$$;

-- Is a report of this case alive? From the first draft until it is withdrawn or destroyed.
create or replace function cybertip.stands_on(p_case uuid) returns boolean
  language plpgsql stable
as $$
begin
  return exists (select from cybertip.reports r where r.case_id = p_case and r.state <> 'withdrawn' and r.destroyed_at is null);
end
$$;

-- May this person open the case's thread for its report, whoever holds the case and whatever became of it?
create or replace function cybertip.opens_for(a staff.actor, c triage.cases) returns boolean
  language plpgsql stable
as $$
begin
  return (c).id is not null and cybertip.works(a) and access.in_reach(a, c) and cybertip.stands_on((c).id);
end
$$;

-- Is an attempt at filing under way? Nothing may change a report then.
create or replace function cybertip.is_being_filed(p_report uuid) returns boolean
  language plpgsql stable
as $$
begin
  return exists (select from cybertip.attempts t where t.report_id = p_report and t.state = 'open')
      or exists (select from cybertip.reports r where r.id = p_report and r.state = 'filing');
end
$$;

-- What an event about a report names.
create or replace function cybertip.target(r cybertip.reports, p_detail jsonb default '{}') returns jsonb
  language sql stable
as $$
  select jsonb_build_object('caseId', (r).case_id, 'threadId', (r).thread_id,
    'detail', jsonb_strip_nulls(jsonb_build_object('reportId', (r).id, 'number', (r).number) || p_detail))
$$;

-- One line of a report's history; state and revision as they are now.
create or replace function cybertip.record(r cybertip.reports, p_staff uuid, p_what text, p_from text, p_note text, p_event uuid)
  returns void
  language plpgsql
as $$
begin
  insert into cybertip.history (report_id, staff_id, what, from_state, to_state, revision, note, event_id)
  values ((r).id, p_staff, p_what, p_from, (r).state, (r).revision, left(p_note, 2000), p_event);
end
$$;

-- Restricts a thread: its cases disappear from the lists and counts of everybody without the clearance, what they hold on
-- it ends, and open cases move to the queue that is restricted to it, when there is one.
create or replace function cybertip.restrict_thread(a staff.actor, p_thread uuid) returns void
  language plpgsql
as $$
declare
  c       triage.cases;
  g       access.grants;
  w       record;
  v_queue uuid;
begin
  for c in select * from triage.cases where thread_id = p_thread order by id for update loop
    v_queue := cybertip.restricted_queue(c);
    if c.restricted_subject is distinct from 'child_safety' or v_queue <> c.queue_id then
      update triage.cases set restricted_subject = 'child_safety', queue_id = v_queue where id = c.id;
      perform triage.announce(c.queue_id, c.id);
      if v_queue <> c.queue_id then
        perform triage.announce(v_queue, c.id);
      end if;
      c.restricted_subject := 'child_safety';
      c.queue_id := v_queue;
    end if;
    -- Also of somebody cleared, if the case has moved out of their queues.
    if c.claimed_by is not null and not coalesce(triage.can_see(access.actor_of(c.claimed_by), c), false) then
      update triage.cases set claimed_by = null, claimed_session = null, claimed_at = null, claim_expires_at = null
       where id = c.id;
      perform audit.write(a, 'staff', 'case.claim_ended', 'done', jsonb_build_object('caseId', c.id, 'threadId', p_thread,
        'queueId', c.queue_id, 'staffId', c.claimed_by));
    end if;
  end loop;
  for g in
    select o.* from access.grants o join staff.members m on m.id = o.staff_id
     where o.thread_id = p_thread and o.revoked_at is null and o.expires_at > clock_timestamp()
       and not 'child_safety' = any (m.clearances)
     order by o.id for update of o
  loop
    perform access.end_grant(a, g, 'A CyberTip report was begun on this thread.');
  end loop;
  -- Views under a grant for several threads: the grant stays, this thread does not.
  for w in
    select distinct v.staff_id, v.grant_id, v.case_id from access.views v join staff.members m on m.id = v.staff_id
     where v.thread_id = p_thread and v.expires_at > clock_timestamp()
       and v.id >= unseal.uuid7_floor(clock_timestamp() - interval '1 day') and not 'child_safety' = any (m.clearances)
       and not exists (select from access.view_ends e where e.view_id = v.id)
  loop
    perform access.end_views_where(w.staff_id, w.grant_id, w.case_id, 'revoked');
  end loop;
end
$$;

-- The queue of restricted matters for a case: of its region before one of any; its own when it is open no more, lies there
-- already, or there is none.
create or replace function cybertip.restricted_queue(c triage.cases) returns uuid
  language plpgsql stable
as $$
declare
  v_queue uuid := (c).queue_id;
begin
  if (c).state = 'open' and not exists (
       select from triage.queues q where q.id = v_queue and q.restricted_subject = 'child_safety') then
    select q.id into v_queue from triage.queues q
     where q.restricted_subject = 'child_safety' and (q.region is null or q.region = (c).region)
     order by q.region is null, q.position, q.id limit 1;
  end if;
  return coalesce(v_queue, (c).queue_id);
end
$$;

-- A thread that ever had a report stays restricted, whatever arrives on it later and wherever a case is sent.
create or replace function cybertip.keep_restricted() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if new.restricted_subject is distinct from 'child_safety' and exists (
       select from cybertip.reports r where r.thread_id = new.thread_id) then
    new.restricted_subject := 'child_safety';
    if tg_op = 'INSERT' then
      new.queue_id := cybertip.restricted_queue(new);
    end if;
  end if;
  return new;
end
$$;
drop trigger if exists keep_restricted on triage.cases;
create trigger keep_restricted before insert or update of restricted_subject, queue_id on triage.cases
  for each row execute function cybertip.keep_restricted();
