-- The ledger that the worker writes, one call at a time. What to do next is worked out in domain/cybertip/filing/ from what
-- stands here; what may never happen is refused here, whoever asks. A lease has a token: whoever has lost it writes nothing more.

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
