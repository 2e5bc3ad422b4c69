-- Filing with NCMEC: the ledger that the worker writes, one call at a time. What to do next is worked out in
-- domain/cybertip/filing/ from what stands here; what may never happen is refused here, whoever asks.

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

-- The worker's side. A lease has a token: whoever has lost it can write nothing more to the ledger.

-- Takes up one filing that is due and that nobody works on. A call that another worker had begun and not ended is in doubt
-- from here on. Out: {attemptId, token, reportId, threadId, caseId, environment, revision, tries}, or null.
create or replace function cybertip.take_filing(p_instance text, p_lease interval) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       cybertip.attempts;
  r       cybertip.reports;
  v_step  cybertip.steps;
  v_id    uuid;
begin
  if not (select s.live from cybertip.settings s) then
    return null;
  end if;
  select x.id into v_id from cybertip.attempts x join cybertip.reports y on y.id = x.report_id
   where x.state = 'open' and y.state = 'filing' and (x.leased_until is null or x.leased_until < clock_timestamp())
     and (x.next_try_at is null or x.next_try_at <= clock_timestamp())
   order by x.next_try_at nulls first, x.id limit 1 for update of y, x skip locked;
  if v_id is null then
    return null;
  end if;
  update cybertip.attempts set lease_token = gen_random_uuid(), leased_by = left(p_instance, 200),
      leased_until = clock_timestamp() + p_lease, tries = tries + 1
   where id = v_id returning * into t;
  select * into r from cybertip.reports where id = t.report_id;
  update cybertip.steps set state = 'failed', ended_at = clock_timestamp(), in_doubt = true, cause = 'interrupted'
   where attempt_id = t.id and state = 'begun' returning * into v_step;
  if found then
    perform audit.write(null::staff.actor, 'system', 'cybertip.step_ended', 'failed', cybertip.target(r, jsonb_build_object(
      'attempt', t.n, 'step', v_step.n, 'kind', v_step.kind, 'file', v_step.file_no, 'cause', 'interrupted')));
  end if;
  return jsonb_build_object('attemptId', t.id, 'token', t.lease_token, 'reportId', r.id, 'threadId', r.thread_id,
    'caseId', r.case_id, 'environment', t.environment, 'revision', t.revision, 'tries', t.tries);
end
$$;

-- Keeps the lease. Out: whether it is still held, and whether somebody asked to stop.
create or replace function cybertip.hold_filing(p_attempt uuid, p_token uuid, p_lease interval) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_report uuid;
begin
  update cybertip.attempts set leased_until = clock_timestamp() + p_lease
   where id = p_attempt and lease_token = p_token and state = 'open' returning report_id into v_report;
  return jsonb_build_object('held', v_report is not null,
    'stopAsked', coalesce((select r.stop_asked_at is not null from cybertip.reports r where r.id = v_report), false));
end
$$;

-- Gives the lease back; the filing is due again at p_until. What a person did since the ledger was read (try at once, stop)
-- is not put off by it: p_since and p_stop are what stood there.
create or replace function cybertip.rest_filing(p_attempt uuid, p_token uuid, p_until timestamptz, p_since text, p_stop boolean)
  returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update cybertip.attempts t set lease_token = null, leased_until = null, leased_by = null,
      next_try_at = case when unseal.instant(r.filing_at) = p_since and (r.stop_asked_at is not null) = p_stop then p_until end
    from cybertip.reports r
   where t.id = p_attempt and t.lease_token = p_token and t.state = 'open' and r.id = t.report_id;
  return found;
end
$$;

-- Everything that was done to file the report, for domain/cybertip/filing. Null when the lease is lost.
create or replace function cybertip.filing_ledger(p_attempt uuid, p_token uuid) returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('since', unseal.instant(r.filing_at), 'stopAsked', r.stop_asked_at is not null,
    'now', unseal.instant(clock_timestamp()),
    'attempts', (select jsonb_agg(jsonb_build_object('n', t.n, 'state', t.state, 'openedAt', unseal.instant(t.opened_at),
        'reportId', t.ncmec_report_id, 'submittedAt', unseal.instant(t.submitted_at),
        'lastChangeAt', unseal.instant(t.last_change_at),
        'steps', (select coalesce(jsonb_agg(jsonb_build_object('kind', s.kind, 'fileNo', s.file_no, 'state', s.state,
            'begunAt', unseal.instant(s.begun_at), 'endedAt', unseal.instant(s.ended_at), 'code', s.code, 'inDoubt', s.in_doubt,
            'cause', s.cause, 'fileId', s.file_id,
            'intact', case when s.kind = 'upload' and s.state = 'accepted' then coalesce(lower(s.md5) = s.sent_md5, false) end)
            order by s.n), '[]') from cybertip.steps s where s.attempt_id = t.id and s.kind <> 'status')) order by t.n)
      from cybertip.attempts t where t.report_id = r.id))
    from cybertip.attempts mine join cybertip.reports r on r.id = mine.report_id
   where mine.id = p_attempt and mine.lease_token = p_token and mine.state = 'open'
$$;

-- Puts on record that a call is about to be made. Refuses what may never be, whatever the caller has worked out.
-- Out: {ok, stepId}; 'lease-lost' when another worker has taken over.
create or replace function cybertip.begin_step(p_attempt uuid, p_token uuid, p_kind text, p_file integer, p_reading uuid)
  returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  r      cybertip.reports;
  t      cybertip.attempts;
  v_id   uuid;
begin
  select y.* into r from cybertip.reports y join cybertip.attempts x on x.report_id = y.id where x.id = p_attempt for update of y;
  select * into t from cybertip.attempts where id = p_attempt for update;
  if t.lease_token is distinct from p_token or t.leased_until <= clock_timestamp() or t.state <> 'open' or r.state <> 'filing' then
    return jsonb_build_object('ok', false, 'code', 'lease-lost');
  end if;
  if exists (select from cybertip.attempts o where o.report_id = r.id and o.state = 'finished')
     or (p_kind = 'submit') <> (t.ncmec_report_id is null)
     or p_kind <> 'retract' and (r.approved_revision is distinct from t.revision or exists (
       select from cybertip.steps s where s.attempt_id = t.id and (s.kind = 'retract' or s.state = 'refused' or s.in_doubt
         or s.kind = 'upload' and s.state = 'accepted' and lower(s.md5) is distinct from s.sent_md5)))
     or p_kind = 'fileinfo' and not exists (
       select from cybertip.steps s where s.attempt_id = t.id and s.kind = 'upload' and s.file_no = p_file and s.state = 'accepted')
     -- Nothing is filed that lacks a file which was approved with it.
     or p_kind = 'finish' and exists (
       select from cybertip.revision_files f where f.report_id = r.id and f.revision = t.revision and f.included
          and 2 <> (select count(*) from cybertip.steps s where s.attempt_id = t.id and s.file_no = f.file_no
            and s.kind in ('upload', 'fileinfo') and s.state = 'accepted')) then
    raise exception using errcode = 'UN023', message = 'This step cannot follow what stands in the ledger.';
  end if;
  insert into cybertip.steps (attempt_id, n, kind, file_no, try, lease_token, reading_id)
  select t.id, coalesce(max(s.n), 0) + 1, p_kind, p_file,
         1 + count(*) filter (where s.kind = p_kind and s.file_no is not distinct from p_file), p_token, p_reading
    from cybertip.steps s where s.attempt_id = t.id
  returning id into v_id;
  return jsonb_build_object('ok', true, 'stepId', v_id);
end
$$;

-- Puts on record how a call ended. What it means for attempt and report is in the same commit. In p: state, milliseconds,
-- status, code, requestId, sentSha256, sentMd5, sentBytes, answerSha256, reportId, fileId, fileIds, md5, inDoubt, cause,
-- receipt (of a finishing, word for word), answer {keyId, kekId, wrapped, box} (of a refusal, sealed).
-- Out: {ok, filed}. 'lease-lost' when another worker has taken over: then only a receipt is still kept.
create or replace function cybertip.end_step(p_step uuid, p_token uuid, p jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  r     cybertip.reports;
  t     cybertip.attempts;
  s     cybertip.steps;
  v_now timestamptz := clock_timestamp();
begin
  select y.* into r from cybertip.reports y join cybertip.attempts x on x.report_id = y.id join cybertip.steps z on z.attempt_id = x.id
   where z.id = p_step for update of y;
  select x.* into t from cybertip.attempts x join cybertip.steps z on z.attempt_id = x.id where z.id = p_step for update of x;
  select * into s from cybertip.steps where id = p_step for update;
  if s.id is null or s.lease_token <> p_token then
    return jsonb_build_object('ok', false, 'code', 'lease-lost');
  end if;
  if s.state <> 'begun' or t.lease_token is distinct from p_token or t.state <> 'open' then
    if s.kind = 'finish' and p ->> 'state' = 'accepted' and t.state in ('open', 'finished') then
      perform cybertip.keep_receipt(r, t, s, p, v_now);
    end if;
    return jsonb_build_object('ok', false, 'code', 'lease-lost');
  end if;
  update cybertip.steps
     set state = p ->> 'state', ended_at = v_now, milliseconds = (p ->> 'milliseconds')::integer,
         http_status = (p ->> 'status')::integer, code = (p ->> 'code')::integer, request_id = left(p ->> 'requestId', 300),
         sent_sha256 = p ->> 'sentSha256', sent_md5 = p ->> 'sentMd5', sent_bytes = (p ->> 'sentBytes')::bigint,
         answer_sha256 = p ->> 'answerSha256', file_id = left(p ->> 'fileId', 300), md5 = left(p ->> 'md5', 100),
         in_doubt = coalesce((p ->> 'inDoubt')::boolean, false), cause = p ->> 'cause'
   where id = s.id returning * into s;
  if p ? 'answer' and p -> 'answer' <> 'null' then
    insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped)
    values (r.thread_id, (p #>> '{answer,keyId}')::uuid, p #>> '{answer,kekId}', decode(p #>> '{answer,wrapped}', 'base64'));
    insert into sealed.cybertip_answers (thread_id, step_id, key_id, answer_ct)
    values (r.thread_id, s.id, (p #>> '{answer,keyId}')::uuid, decode(p #>> '{answer,box}', 'base64'));
  end if;
  perform audit.write(null::staff.actor, 'system', 'cybertip.step_ended', case s.state when 'accepted' then 'done' else 'failed' end,
    cybertip.target(r, jsonb_build_object('attempt', t.n, 'step', s.n, 'kind', s.kind, 'file', s.file_no, 'state', s.state, 'code', s.code, 'cause', s.cause,
      'environment', t.environment, 'requestId', s.request_id, 'sentSha256', s.sent_sha256, 'answerSha256', s.answer_sha256)));
  if s.state = 'accepted' and s.kind = 'submit' then
    update cybertip.attempts set ncmec_report_id = p ->> 'reportId', submitted_at = s.begun_at,
        expires_at = s.begun_at + interval '24 hours' where id = t.id;
  elsif s.state = 'accepted' and s.kind in ('upload', 'fileinfo') then
    update cybertip.attempts set last_change_at = v_now,
        expires_at = greatest(submitted_at + interval '24 hours', v_now + interval '1 hour') where id = t.id;
  elsif s.state = 'accepted' and s.kind = 'finish' then
    perform cybertip.keep_receipt(r, t, s, p, v_now);
    perform cybertip.mark_filed(r, t, v_now);
    return jsonb_build_object('ok', true, 'filed', true);
  end if;
  return jsonb_build_object('ok', true, 'filed', false);
end
$$;

-- Keeps the receipt; the first one stands. One that is known only by "already finished" is completed by one that comes late.
create or replace function cybertip.keep_receipt(r cybertip.reports, t cybertip.attempts, s cybertip.steps, p jsonb,
  p_at timestamptz) returns void
  language plpgsql
as $$
declare
  v_known boolean;
  v_event uuid;
begin
  select k.answer is not null into v_known from cybertip.receipts k where k.report_id = (r).id;
  if v_known or v_known is not null and p ->> 'receipt' is null then
    return;
  end if;
  v_event := audit.write(null::staff.actor, 'system', 'cybertip.receipt_kept', 'done', cybertip.target(r, jsonb_build_object(
    'attempt', (t).n, 'environment', (t).environment, 'ncmecReportId', (t).ncmec_report_id, 'answerSha256', p ->> 'answerSha256',
    'requestId', p ->> 'requestId', 'wordForWord', p ->> 'receipt' is not null)));
  insert into cybertip.receipts as k (report_id, attempt_id, step_id, environment, ncmec_report_id, file_ids, answer, answer_sha256,
    request_id, filed_at, event_id)
  values ((r).id, (t).id, (s).id, (t).environment, (t).ncmec_report_id,
    coalesce((select array_agg(x) from jsonb_array_elements_text(p -> 'fileIds') x), '{}'), p ->> 'receipt', p ->> 'answerSha256',
    left(p ->> 'requestId', 300), p_at, v_event)
  on conflict (report_id) do update set answer = excluded.answer, answer_sha256 = excluded.answer_sha256,
    request_id = excluded.request_id, file_ids = excluded.file_ids, step_id = excluded.step_id, kept_at = clock_timestamp(),
    event_id = excluded.event_id
    where k.answer is null and k.attempt_id = excluded.attempt_id;
end
$$;

-- The report is filed, for good.
create or replace function cybertip.mark_filed(r cybertip.reports, t cybertip.attempts, p_at timestamptz) returns void
  language plpgsql
as $$
begin
  update cybertip.attempts set state = 'finished', ended_at = p_at, lease_token = null, leased_until = null, next_try_at = null
   where id = (t).id;
  perform cybertip.note_filing(null::staff.actor, r, 'cybertip.filed', 'filed', 'done', jsonb_build_object('environment', (t).environment,
    'attempt', (t).n, 'ncmecReportId', (t).ncmec_report_id));
  update cybertip.reports set state = 'filed', environment = (t).environment, ncmec_report_id = (t).ncmec_report_id, filed_at = p_at,
      stuck_code = null, stuck_file_no = null, stuck_at = null, changed_at = p_at
   where id = (r).id;
  perform cybertip.hold_from_filing((r).id, p_at);
end
$$;

-- Puts on record what became of an attempt. p_as: 'retracted', 'gone', or 'was-finished' by the service's word alone.
-- p_then: 'start' another attempt, or the code under which the report waits for a person. Both in one commit.
create or replace function cybertip.close_attempt(p_attempt uuid, p_token uuid, p_as text, p_then text, p_file integer)
  returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  r      cybertip.reports;
  t      cybertip.attempts;
  s      cybertip.steps;
begin
  select y.* into r from cybertip.reports y join cybertip.attempts x on x.report_id = y.id where x.id = p_attempt for update of y;
  select * into t from cybertip.attempts where id = p_attempt for update;
  if t.lease_token is distinct from p_token or t.state <> 'open' then
    return jsonb_build_object('ok', false, 'code', 'lease-lost');
  end if;
  select * into s from cybertip.steps x where x.attempt_id = t.id and x.kind = 'retract' order by x.n desc limit 1;
  -- An attempt that was asked to finish is over only when the service has said so. One that never was is not filed: a
  -- finishing is on record before it is sent, and the service deletes what is not finished.
  if t.ncmec_report_id is not null and not coalesce(case p_as
       when 'retracted' then s.state = 'accepted' or s.code = 5101
       when 'gone' then s.state = 'refused' and s.code = 5001
         or not exists (select from cybertip.steps x where x.attempt_id = t.id and x.kind = 'finish')
       when 'was-finished' then s.state = 'refused' and s.code = 5102 end, false)
     or t.ncmec_report_id is null and p_as <> 'gone' then
    raise exception using errcode = 'UN023', message = 'This step cannot follow what stands in the ledger.';
  end if;
  if p_as = 'was-finished' then
    perform cybertip.keep_receipt(r, t, s, jsonb_build_object('requestId', s.request_id, 'answerSha256', s.answer_sha256,
      'fileIds', (select coalesce(jsonb_agg(x.file_id order by x.n), '[]') from cybertip.steps x
        where x.attempt_id = t.id and x.kind = 'upload' and x.state = 'accepted')), clock_timestamp());
    perform cybertip.mark_filed(r, t, clock_timestamp());
    return jsonb_build_object('ok', true, 'filed', true);
  end if;
  update cybertip.attempts set state = p_as, ended_at = clock_timestamp(), why = case when p_then <> 'start' then p_then end,
      lease_token = null, leased_until = null, next_try_at = null
   where id = t.id;
  perform audit.write(null::staff.actor, 'system', 'cybertip.attempt_ended', 'done', cybertip.target(r, jsonb_build_object(
    'attempt', t.n, 'as', p_as, 'ncmecReportId', t.ncmec_report_id)));
  if p_then = 'start' then
    perform cybertip.begin_attempt(r);
  else
    perform cybertip.wait_for_person(r, p_then, p_file);
  end if;
  return jsonb_build_object('ok', true, 'filed', false);
end
$$;

-- A person must act. The attempt stays open: nobody knows what became of it, or it cannot be gone on with as things are.
create or replace function cybertip.stick_filing(p_attempt uuid, p_token uuid, p_code text, p_file integer) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  r cybertip.reports;
begin
  select y.* into r from cybertip.reports y join cybertip.attempts x on x.report_id = y.id where x.id = p_attempt for update of y;
  update cybertip.attempts set lease_token = null, leased_until = null, next_try_at = null
   where id = p_attempt and lease_token = p_token and state = 'open';
  if not found then
    return false;
  end if;
  perform cybertip.wait_for_person(r, p_code, p_file);
  return true;
end
$$;

create or replace function cybertip.wait_for_person(r cybertip.reports, p_code text, p_file integer) returns void
  language plpgsql
as $$
begin
  perform cybertip.note_filing(null::staff.actor, r, 'cybertip.filing_stuck', 'stuck', 'failed',
    jsonb_build_object('code', p_code, 'file', p_file));
  update cybertip.reports set state = 'stuck', stuck_code = p_code, stuck_file_no = p_file, stuck_at = clock_timestamp(),
      stop_asked_by = null, stop_asked_at = null, changed_at = clock_timestamp()
   where id = (r).id;
end
$$;

-- What the administrator of the machine learned from NCMEC about an attempt that the service will not tell of.
create or replace function cybertip.settle_attempt(p_number bigint, p_filed boolean, p_reason text) returns text
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  r cybertip.reports;
  t cybertip.attempts;
begin
  select * into r from cybertip.reports where number = p_number for update;
  select * into t from cybertip.attempts where report_id = r.id and state = 'open' for update;
  if t.id is null or r.state <> 'stuck' or t.ncmec_report_id is null then
    raise exception using errcode = 'UN004', message = 'Nothing about this report is unsettled.';
  end if;
  perform audit.write(null::staff.actor, 'operator', 'cybertip.settled', 'done', cybertip.target(r, jsonb_build_object(
    'attempt', t.n, 'filed', p_filed, 'ncmecReportId', t.ncmec_report_id)) || jsonb_build_object('reason', left(p_reason, 2000)));
  if p_filed then
    perform cybertip.keep_receipt(r, t, null::cybertip.steps, '{}', clock_timestamp());
    perform cybertip.mark_filed(r, t, clock_timestamp());
    return 'filed';
  end if;
  update cybertip.attempts set state = 'stopped', why = 'settled', ended_at = clock_timestamp(), lease_token = null,
      leased_until = null
   where id = t.id;
  update cybertip.reports set stuck_code = 'stopped', changed_at = clock_timestamp() where id = r.id;
  return 'not-filed';
end
$$;

-- The receipt, for those who may read a report's metadata. Taking it out is an event. Out: {ok, receipt}.
create or replace function cybertip.read_receipt(p_actor jsonb, p_report uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  r      cybertip.reports;
  k      cybertip.receipts;
  v_code text;
begin
  select * into r from cybertip.reports where id = p_report;
  select * into k from cybertip.receipts where report_id = p_report;
  v_code := coalesce(cybertip.metadata_refusal(a, r), case when k.report_id is null then 'not-found' end);
  if v_code is not null then
    return audit.denied(a, 'cybertip.receipt_exported', v_code,
      cybertip.target(r, jsonb_build_object('reportId', p_report)));
  end if;
  perform audit.write(a, 'staff', 'cybertip.receipt_exported', 'done', cybertip.target(r));
  return jsonb_build_object('ok', true, 'receipt', jsonb_build_object('number', r.number, 'environment', k.environment,
    'ncmecReportId', k.ncmec_report_id, 'fileIds', k.file_ids, 'answer', k.answer, 'answerSha256', k.answer_sha256,
    'requestId', k.request_id, 'filedAt', unseal.instant(k.filed_at), 'keptAt', unseal.instant(k.kept_at), 'way', r.way,
    'event', k.event_id, 'logIndex', audit.index_of(k.event_id),
    'steps', (select coalesce(jsonb_agg(jsonb_build_object('attempt', t.n, 'step', s.n, 'kind', s.kind, 'fileNo', s.file_no,
        'state', s.state, 'begunAt', unseal.instant(s.begun_at), 'endedAt', unseal.instant(s.ended_at), 'code', s.code,
        'requestId', s.request_id, 'sentSha256', s.sent_sha256, 'sentBytes', s.sent_bytes, 'answerSha256', s.answer_sha256,
        'fileId', s.file_id, 'md5', s.md5) order by t.n, s.n), '[]')
      from cybertip.attempts t join cybertip.steps s on s.attempt_id = t.id where t.report_id = r.id)));
end
$$;

-- What the service answered to a step that was not taken, under a view: it may quote what was sent.
-- Out: {ok, stepId, threadId, keyId, answer, key, expiresAt}, still sealed.
create or replace function cybertip.read_answer(p_actor jsonb, p_report uuid, p_view uuid, p_step uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor;
  t      record;
  v      access.views;
  r      cybertip.reports;
  w      sealed.cybertip_answers;
  v_code text;
begin
  if not pg_is_in_recovery() then
    a := staff.resolve(p_actor);
  end if;
  t := access.may_read_under(a, p_view);
  v := t.v;
  select * into r from cybertip.reports where id = p_report;
  v_code := coalesce(t.code, cybertip.view_refusal(a, v, r));
  if v_code is null then
    select x.* into w from sealed.cybertip_answers x
      join cybertip.steps s on s.id = x.step_id join cybertip.attempts e on e.id = s.attempt_id
     where x.thread_id = r.thread_id and x.step_id = p_step and e.report_id = r.id;
    if w.step_id is null then
      v_code := 'not-found';
    end if;
  end if;
  if v_code is not null then
    return access.not_read(a, 'cybertip.answer_read', v_code, t.wait, jsonb_build_object('viewId', p_view, 'caseId', r.case_id,
      'threadId', r.thread_id, 'detail', jsonb_build_object('reportId', p_report)));
  end if;
  perform audit.write(a, 'staff', 'cybertip.answer_read', 'done', cybertip.target(r, jsonb_build_object('stepId', p_step))
    || jsonb_build_object('viewId', v.id, 'purpose', v.purpose));
  return jsonb_build_object('ok', true, 'stepId', w.step_id, 'threadId', r.thread_id, 'keyId', w.key_id,
    'answer', encode(w.answer_ct, 'base64'), 'expiresAt', unseal.instant(v.expires_at),
    'key', (select jsonb_build_object('id', k.key_id, 'kekId', k.kek_id, 'wrapped', encode(k.wrapped, 'base64'))
      from sealed.thread_keys k where k.thread_id = r.thread_id and k.key_id = w.key_id));
end
$$;
