-- How a filing ends: attempts that are over, reports that wait for a person, receipts, and what the service said.

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
