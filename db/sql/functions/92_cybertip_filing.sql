-- Filing with NCMEC, as people ask for it: file, try again, stop. The worker's side is 92_cybertip_ledger.sql.

-- Writes what happened to a report beside its event, for those who read its metadata.
create or replace function cybertip.note_filing(a staff.actor, r cybertip.reports, p_action text, p_to text, p_outcome text,
  p_detail jsonb) returns void
  language plpgsql
as $$
declare
  v_from  text := r.state;
  v_event uuid := audit.write(a, case when (a).staff_id is null then 'system' else 'staff' end, p_action, p_outcome,
    cybertip.target(r, p_detail || jsonb_build_object('revision', (r).approved_revision)));
begin
  r.state := p_to;
  perform cybertip.record(r, (a).staff_id, split_part(p_action, '.', 2), v_from, p_detail ->> 'code', v_event);
end
$$;

-- A new attempt, on record before anything is sent. There is always one while a report is being filed.
create or replace function cybertip.begin_attempt(r cybertip.reports) returns uuid
  language plpgsql
as $$
declare
  v_id uuid;
begin
  insert into cybertip.attempts (report_id, n, environment, schema_version, revision, digest)
  select (r).id, (select coalesce(max(t.n), 0) + 1 from cybertip.attempts t where t.report_id = (r).id), (r).environment,
         s.schema_version, (r).approved_revision, (r).approved_digest
    from cybertip.settings s
  returning id into v_id;
  return v_id;
end
$$;

-- What stands in the way of sending anything out now. Out: a refusal's code, or null.
create or replace function cybertip.not_live(p_environment text) returns text
  language sql stable
as $$
  select case when not s.live then 'filing-not-live' when p_environment <> s.environment then 'environment-changed' end
    from cybertip.settings s
$$;

-- The last export of what is approved now: somebody may be filing it by hand. Null when there is none.
create or replace function cybertip.taken_out(r cybertip.reports) returns cybertip.readings
  language sql stable
as $$
  select x from cybertip.readings x
   where x.report_id = (r).id and x.kind = 'export' and x.revision = (r).approved_revision and x.opened_at >= (r).approved_at
     and (r).state <> 'filed'
   order by x.id desc limit 1
$$;

-- Asks for an approved report to be filed. p_sure: the export that was taken out was not filed by hand. Out: {ok, state, revision}.
drop function if exists cybertip.file_report(jsonb, uuid);
create or replace function cybertip.file_report(p_actor jsonb, p_report uuid, p_sure boolean) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  r      cybertip.reports;
  v_code text;
begin
  select * into r from cybertip.reports where id = p_report for update;
  v_code := cybertip.working_refusal(a, r);
  if v_code is null and r.state in ('filing', 'filed') and r.way = 'live' then
    return jsonb_build_object('ok', true, 'state', r.state, 'revision', r.revision);
  end if;
  r.environment := (select s.environment from cybertip.settings s);
  v_code := coalesce(v_code, case when r.state = 'filed' then 'already-filed' when r.state <> 'approved' then 'cybertip-not-approved' end,
    cybertip.not_live(r.environment), case when not p_sure and (cybertip.taken_out(r)).id is not null then 'export-outstanding' end);
  if v_code is not null then
    return audit.denied(a, 'cybertip.filing_asked', v_code, cybertip.target(r, jsonb_build_object('reportId', p_report)));
  end if;
  perform cybertip.note_filing(a, r, 'cybertip.filing_asked', 'filing', 'done', jsonb_build_object('environment', r.environment,
    'exportNotFiled', case when (cybertip.taken_out(r)).id is not null then true end));
  update cybertip.reports set state = 'filing', way = 'live', environment = r.environment, filing_by = a.staff_id,
      filing_at = clock_timestamp(), stop_asked_by = null, stop_asked_at = null, changed_at = clock_timestamp()
   where id = r.id;
  perform cybertip.begin_attempt(r);
  return jsonb_build_object('ok', true, 'state', 'filing', 'revision', r.revision);
end
$$;

-- Goes on with what stands still, or does at once what waits. Tries are counted anew. p_sure as above. Out: the same.
drop function if exists cybertip.try_again(jsonb, uuid);
create or replace function cybertip.try_again(p_actor jsonb, p_report uuid, p_sure boolean) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  r      cybertip.reports;
  v_open text;
  v_code text;
begin
  select * into r from cybertip.reports where id = p_report for update;
  select t.environment into v_open from cybertip.attempts t where t.report_id = r.id and t.state = 'open';
  v_code := coalesce(cybertip.working_refusal(a, r),
    case when r.state = 'filed' then 'already-filed'
         when r.state not in ('stuck', 'filing') or r.approved_revision is null then 'not-stuck' end,
    -- An attempt that is open belongs to the environment in which it was opened.
    cybertip.not_live(coalesce(v_open, (select s.environment from cybertip.settings s))),
    -- What is open at the service is not out of our hands: it was never offered for filing by hand.
    case when not p_sure and v_open is null and (cybertip.taken_out(r)).id is not null then 'export-outstanding' end);
  if v_code is not null then
    return audit.denied(a, 'cybertip.filing_retried', v_code, cybertip.target(r, jsonb_build_object('reportId', p_report)));
  end if;
  perform cybertip.note_filing(a, r, 'cybertip.filing_retried', 'filing', 'done', jsonb_build_object(
    'exportNotFiled', case when v_open is null and (cybertip.taken_out(r)).id is not null then true end));
  r.environment := coalesce(v_open, (select s.environment from cybertip.settings s));
  update cybertip.reports set state = 'filing', way = 'live', environment = r.environment, stuck_code = null, stuck_file_no = null,
      stuck_at = null, filing_by = a.staff_id, filing_at = clock_timestamp(), stop_asked_by = null, stop_asked_at = null,
      changed_at = clock_timestamp()
   where id = r.id;
  update cybertip.attempts set next_try_at = null where report_id = r.id and state = 'open';
  if not found then
    perform cybertip.begin_attempt(r);
  end if;
  return jsonb_build_object('ok', true, 'state', 'filing', 'revision', r.revision);
end
$$;

-- Asks for a filing to be stopped: what is open at the service is retracted. When it was too late it is filed after all.
create or replace function cybertip.stop_filing(p_actor jsonb, p_report uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  r      cybertip.reports;
  v_code text;
begin
  select * into r from cybertip.reports where id = p_report for update;
  v_code := coalesce(cybertip.working_refusal(a, r),
    case r.state when 'filing' then null when 'filed' then 'already-filed' else 'not-filing' end);
  if v_code is not null then
    return audit.denied(a, 'cybertip.stop_asked', v_code, cybertip.target(r, jsonb_build_object('reportId', p_report)));
  end if;
  if r.stop_asked_at is null then
    perform cybertip.note_filing(a, r, 'cybertip.stop_asked', 'filing', 'done', '{}');
    update cybertip.reports set stop_asked_by = a.staff_id, stop_asked_at = clock_timestamp(), changed_at = clock_timestamp()
     where id = r.id;
    update cybertip.attempts set next_try_at = null where report_id = r.id and state = 'open';
  end if;
  return jsonb_build_object('ok', true, 'state', 'filing', 'revision', r.revision);
end
$$;
