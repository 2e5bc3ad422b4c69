-- The state of the log, and checking it from the console. The checking itself is done by the worker, as unseal_audit.

create or replace function audit.verification_dto(v audit.verifications) returns jsonb
  language sql stable
as $$
  select jsonb_build_object('id', (v).id, 'state', (v).state, 'phase', (v).phase, 'done', (v).done, 'total', (v).total,
    'askedBy', (select jsonb_build_object('id', m.id, 'name', m.name) from staff.members m where m.id = (v).asked_by),
    'askedAt', unseal.instant((v).asked_at), 'endedAt', unseal.instant((v).ended_at), 'result', (v).result)
$$;

-- Who looks after the log: officers, auditors (it says nothing of anybody), administrators.
create or replace function audit.integrity_refusal(a staff.actor) returns text
  language sql immutable
as $$
  select case
    when (a).staff_id is null then 'not-signed-in'
    when not (a).roles && array['compliance_officer', 'auditor', 'administrator'] then 'wrong-role'
  end
$$;

-- Out: {ok, log, feeds, verifications}: the log in figures (audit.log_state), what is sent to the SIEM, and the last ten times
-- that the log was checked.
create or replace function audit.read_integrity(p_actor jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  v_code text := audit.integrity_refusal(a);
begin
  if v_code is not null then
    return audit.denied(a, 'log.state_read', v_code, '{}');
  end if;
  return jsonb_build_object('ok', true, 'log', audit.log_state(), 'feeds', (
    select coalesce(jsonb_agg(jsonb_build_object('name', f.name, 'lag', greatest(0,
        coalesce((select max(c.size) from audit.checkpoints c), 0) - f.next_index), 'deliveredAt', unseal.instant(f.delivered_at),
        'failures', f.failures, 'problem', f.problem, 'nextTryAt', unseal.instant(f.next_try_at)) order by f.name), '[]')
      from audit.siem_sinks f where not f.removed), 'verifications', (
    select coalesce(jsonb_agg(audit.verification_dto(v) order by v.id desc), '[]')
      from (select * from audit.verifications order by id desc limit 10) v));
end
$$;

-- Asks for a check, or finds the one that is under way. Out: {ok, id, started}.
create or replace function audit.ask_verification(p_actor jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  v_code text := audit.integrity_refusal(a);
  v_id   uuid;
begin
  if v_code is not null then
    return audit.denied(a, 'log.verification_asked', v_code, '{}');
  end if;
  insert into audit.verifications (asked_by) values (a.staff_id) on conflict do nothing returning id into v_id;
  if v_id is null then
    return jsonb_build_object('ok', true, 'started', false, 'id',
      (select v.id from audit.verifications v where v.state in ('waiting', 'running')));
  end if;
  perform audit.write(a, 'staff', 'log.verification_asked', 'done',
    jsonb_build_object('detail', jsonb_build_object('verification', v_id)));
  perform graphile_worker.add_job('verify_log', max_attempts => 1);
  return jsonb_build_object('ok', true, 'started', true, 'id', v_id);
end
$$;

create or replace function audit.cancel_verification(p_actor jsonb, p_id uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  v_code text := audit.integrity_refusal(a);
begin
  if v_code is null and not exists (select from audit.verifications v where v.id = p_id) then
    v_code := 'not-found';
  end if;
  if v_code is not null then
    return audit.denied(a, 'log.verification_cancelled', v_code, '{}');
  end if;
  update audit.verifications set state = 'cancelled', ended_at = clock_timestamp()
   where id = p_id and state in ('waiting', 'running');
  if found then
    perform audit.write(a, 'staff', 'log.verification_cancelled', 'done',
      jsonb_build_object('detail', jsonb_build_object('verification', p_id)));
  end if;
  return jsonb_build_object('ok', true);
end
$$;

-- Takes up what waits, or what a worker that is no more has left. Out: {id, run}, or null.
create or replace function audit.take_up_verification() returns jsonb
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  update audit.verifications
     set state = 'running', run = gen_random_uuid(), phase = 'leaves', done = 0, total = 0, seen_at = clock_timestamp()
   where id = (select v.id from audit.verifications v
     where v.state = 'waiting' or v.state = 'running' and v.seen_at < clock_timestamp() - interval '1 minute'
     for update skip locked limit 1)
  returning jsonb_build_object('id', id, 'run', run)
$$;

-- How far it is. Out: whether to go on; no when it was cancelled or another took it up.
create or replace function audit.report_verification(p_id uuid, p_run uuid, p_phase text, p_done bigint, p_total bigint)
  returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update audit.verifications
     set phase = p_phase, done = p_done, total = p_total, seen_at = clock_timestamp()
   where id = p_id and run = p_run and state = 'running';
  return found;
end
$$;

-- How it ended: sound, unsound or broken (it could not be finished). The result stands in the log too.
create or replace function audit.end_verification(p_id uuid, p_run uuid, p_state text, p_result jsonb) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update audit.verifications set state = p_state, result = p_result, ended_at = clock_timestamp()
   where id = p_id and run = p_run and state = 'running';
  if not found then
    return false;
  end if;
  perform audit.write(null::staff.actor, 'system', 'log.verified', case p_state when 'sound' then 'done' else 'failed' end,
    jsonb_build_object('detail', jsonb_build_object('verification', p_id, 'state', p_state) || coalesce(p_result, '{}')));
  return true;
end
$$;

-- For the check: the next events in the order of their ids, by name only where something is wrong with their leaf. Out:
-- {last, count, unlogged: […], twice: […]}; an event has one leaf, waiting or in its place, whenever one looks.
create or replace function audit.unplaced_events(p_after uuid, p_before uuid, p_limit integer) returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with next as materialized (
    select e.id from audit.events e where e.id > p_after and e.id < p_before order by e.id limit least(p_limit, 20000)
  ), placed as materialized (
    select n.id, (select count(*) from audit.leaves l where l.event_id = n.id)
        + (select count(*) from audit.pending_leaves p where p.event_id = n.id) as leaves
      from next n
  )
  select jsonb_build_object('last', (select n.id from next n order by n.id desc limit 1), 'count', count(*),
      'unlogged', coalesce(jsonb_agg(id order by id) filter (where leaves = 0), '[]'),
      'twice', coalesce(jsonb_agg(id order by id) filter (where leaves > 1), '[]'))
    from placed
$$;
