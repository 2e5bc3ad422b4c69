-- Who read a thread, for those who read the log and neither threads nor cases.

-- Whether anything about a thread lies in a range of the log: a view of it, or an event of its cases.
create or replace function audit.thread_in(p_thread uuid, p_range tstzrange) returns boolean
  language sql stable
as $$
  select exists (select from access.views v where v.thread_id = p_thread and v.opened_at <@ p_range)
      or exists (select from triage.cases c join audit.events e on e.case_id = c.id
                  where c.thread_id = p_thread and e.at <@ p_range)
$$;

-- The cases of a thread, newest first, of which the caller may read an event. Called under row-level security, as the bearer
-- of this transaction's token.
create or replace function audit.cases_of_thread(p_thread uuid) returns table (id uuid, number bigint)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with me as materialized (select staff.current_log_range() as log)
  select c.id, c.number
    from me
    join triage.cases c on c.thread_id = p_thread
   where exists (select from audit.events e where e.case_id = c.id and e.at <@ me.log)
   order by c.id desc
   limit 100
$$;

-- The thread of a case, for the way from the trail of a case to the readers of its thread. The same rule.
create or replace function audit.thread_of_case(p_case uuid) returns uuid
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with me as materialized (select staff.current_log_range() as log)
  select c.thread_id
    from me
    join triage.cases c on c.id = p_case
   where exists (select from audit.events e where e.case_id = c.id and e.at <@ me.log)
$$;
