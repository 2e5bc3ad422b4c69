-- Content on its way into a CyberTip report: read by the worker to file it, by a specialist to export it. Committed first,
-- read after, like a view; what is read is what was approved, as it stood when it was saved, so that whatever arrives later
-- changes nothing of what leaves, and a filing that is taken up again sends the very same bytes.

-- Writes that content will be read. The event is the caller's. Out: {ok, readingId, number, revision, expiresAt}.
create or replace function cybertip.keep_reading(a staff.actor, r cybertip.reports, p_kind text, p_attempt uuid,
  p_revision integer, p_reason text, p_minutes integer, p_id uuid, p_event uuid) returns jsonb
  language plpgsql
as $$
declare
  v_until timestamptz := clock_timestamp() + make_interval(mins => p_minutes);
begin
  insert into cybertip.readings (id, report_id, thread_id, kind, staff_id, session_id, attempt_id, revision, reason, event_id,
    expires_at)
  values (p_id, (r).id, (r).thread_id, p_kind, (a).staff_id, (a).session_id, p_attempt, p_revision, p_reason, p_event, v_until);
  return jsonb_build_object('ok', true, 'readingId', p_id, 'number', (r).number, 'revision', p_revision, 'expiresAt', unseal.instant(v_until));
end
$$;

-- What an event says of a reading.
create or replace function cybertip.reading_target(r cybertip.reports, p_reading uuid, p_kind text, p_attempt uuid)
  returns jsonb
  language sql stable
as $$
  select jsonb_build_object('caseId', (r).case_id, 'threadId', (r).thread_id, 'purpose', 'child_safety_report',
    'detail', jsonb_strip_nulls(jsonb_build_object('reportId', (r).id, 'readingId', p_reading, 'kind', p_kind,
      'attemptId', p_attempt, 'revision', (r).approved_revision)))
$$;

-- The worker commits that it reads an approved report to file it: only while it holds the attempt.
-- Out: {ok, readingId, number, revision, expiresAt}, or {ok: false, code}.
create or replace function cybertip.open_submission(p_attempt uuid, p_lease uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       cybertip.attempts;
  r       cybertip.reports;
  v_id    uuid := unseal.uuid7();
  v_code  text;
  v_event uuid;
begin
  -- Nothing is locked: what is asked here is asked again when the content is read.
  select * into t from cybertip.attempts where id = p_attempt;
  select * into r from cybertip.reports where id = t.report_id;
  v_code := cybertip.submission_refusal(t, r, p_lease);
  if v_code is not null then
    return cybertip.not_filed(r, v_code, null, p_attempt);
  end if;
  v_event := audit.write(null::staff.actor, 'system', 'cybertip.content_read', 'done',
    cybertip.reading_target(r, v_id, 'submission', t.id));
  return cybertip.keep_reading(null::staff.actor, r, 'submission', t.id, t.revision, null, 30, v_id, v_event);
end
$$;

-- The worker may not read: recorded like any refusal.
create or replace function cybertip.not_filed(r cybertip.reports, p_code text, p_reading uuid, p_attempt uuid) returns jsonb
  language plpgsql
as $$
declare
  t jsonb;
begin
  if not pg_is_in_recovery() then
    t := cybertip.reading_target(r, p_reading, 'submission', p_attempt);
    perform audit.write(null::staff.actor, 'system', 'cybertip.content_read', 'denied',
      jsonb_set(t, '{detail,code}', to_jsonb(p_code)));
  end if;
  return jsonb_build_object('ok', false, 'code', p_code);
end
$$;

-- What stands in the way of reading for an attempt.
create or replace function cybertip.submission_refusal(t cybertip.attempts, r cybertip.reports, p_lease uuid) returns text
  language sql stable
as $$
  select case
    when (t).id is null then 'not-found'
    when (t).state <> 'open' or (t).lease_token is distinct from p_lease
      or (t).leased_until <= clock_timestamp() then 'lease-lost'
    when (r).state <> 'filing' or (r).approved_revision is distinct from (t).revision
      or (r).approved_digest is distinct from (t).digest or (r).destroyed_at is not null then 'not-approved'
  end
$$;

-- A specialist commits that they take an approved report out, and why. Out: {ok, readingId, number, revision, expiresAt}.
create or replace function cybertip.open_export(p_actor jsonb, p_report uuid, p_reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a        staff.actor := staff.resolve(p_actor);
  r        cybertip.reports;
  v_id     uuid := unseal.uuid7();
  v_code   text;
  v_event  uuid;
  v_target jsonb := jsonb_build_object('detail', jsonb_build_object('reportId', p_report));
begin
  if a.staff_id is null then
    return audit.denied(a, 'cybertip.exported', 'not-signed-in', v_target);
  end if;
  select * into r from cybertip.reports where id = p_report for share;
  v_code := cybertip.export_refusal(a, r);
  if v_code is null then
    v_target := cybertip.reading_target(r, v_id, 'export', null) || jsonb_build_object('reason', left(p_reason, 2000));
    perform staff.one_at_a_time(a.staff_id);
    v_code := case
      when not access.reason_has_substance(p_reason) then 'reason-without-substance'
      when (select count(*) from cybertip.readings o where o.staff_id = a.staff_id and o.kind = 'export'
              and o.opened_at > clock_timestamp() - interval '1 hour') >= 20 then 'rate-limited'
    end;
  end if;
  if v_code is not null then
    return audit.denied(a, 'cybertip.exported', v_code, v_target);
  end if;
  v_event := audit.write(a, 'staff', 'cybertip.exported', 'done', v_target);
  -- Whoever files it must see that somebody may be filing it by hand.
  perform cybertip.record(r, a.staff_id, 'exported', r.state, p_reason, v_event);
  return cybertip.keep_reading(a, r, 'export', null, r.approved_revision, p_reason, 30, v_id, v_event);
end
$$;

-- What stands in the way of taking a report out: whoever may work on it may, once two people stand behind it.
create or replace function cybertip.export_refusal(a staff.actor, r cybertip.reports) returns text
  language plpgsql stable
as $$
begin
  return coalesce(cybertip.working_refusal(a, r), case
    when (r).destroyed_at is not null then 'cybertip-destroyed'
    -- It may be with NCMEC already: whoever filed the export by hand now could file it twice.
    when (r).stuck_code = 'cannot-tell' then 'filing-in-doubt'
    when (r).state = 'stuck' and cybertip.is_being_filed((r).id) then 'filing-under-way'
    when (r).state not in ('approved', 'stuck', 'filed') or (r).approved_revision is null then 'cybertip-not-approved'
  end);
end
$$;

-- Promise 1 for a reading: an earlier transaction committed it, this is no standby, and nothing has ended in between.
-- p_lease: of the attempt, for the worker; a: whoever asks, for people.
create or replace function cybertip.reading_refusal(rd cybertip.readings, r cybertip.reports, a staff.actor, p_lease uuid)
  returns text
  language plpgsql
as $$
declare
  t      cybertip.attempts;
  v_code text;
begin
  v_code := case
    when pg_is_in_recovery() then 'standby'
    -- An older snapshot would answer by what was allowed then.
    when current_setting('transaction_isolation') <> 'read committed' then 'view-not-committed'
    when (rd).id is null or (rd).staff_id is distinct from (a).staff_id then 'not-found'
    when (rd).session_id is distinct from (a).session_id then 'other-session'
    when (rd).event_id is null or pg_xact_status((rd).opened_xid) is distinct from 'committed' then 'view-not-committed'
    when (rd).expires_at <= clock_timestamp() then 'view-expired'
    when (rd).revision is distinct from (r).approved_revision then 'cybertip-not-approved'
  end;
  if v_code is null and (rd).kind = 'submission' then
    select * into t from cybertip.attempts where id = (rd).attempt_id;
    v_code := cybertip.submission_refusal(t, r, p_lease);
  elsif v_code is null then
    v_code := cybertip.export_refusal(a, r);
  end if;
  if v_code is null and not audit.reveal_may_proceed((rd).event_id) then
    v_code := 'awaiting-checkpoint';
  end if;
  if v_code is null and not access.log_is_on_disk() then
    v_code := 'view-not-committed';
  end if;
  return v_code;
end
$$;

-- When the approved revision was saved: nothing that came later belongs to the report.
create or replace function cybertip.as_of(rd cybertip.readings) returns timestamptz
  language sql stable
as $$ select v.saved_at from cybertip.revisions v where v.report_id = (rd).report_id and v.revision = (rd).revision $$;

-- Data keys by their ids, for those who were handed what they open.
create or replace function cybertip.keys_of(p_thread uuid, p_keys uuid[]) returns json
  language sql stable
as $$
  select coalesce(json_agg(json_build_object('id', k.key_id, 'kekId', k.kek_id, 'wrapped', encode(k.wrapped, 'base64'))), '[]')
    from sealed.thread_keys k where k.thread_id = p_thread and k.key_id = any (p_keys)
$$;

-- From where a platform's attachments are fetched, with the sealed token and its key. Null where nobody has said.
create or replace function cybertip.source_of(p_platform uuid) returns json
  language sql stable
as $$
  select json_build_object('origins', s.origins, 'inside', s.inside, 'header', s.header, 'secretId', s.secret_id,
      'tokenKey', s.token_key, 'token', encode(s.token_ct, 'base64'),
      'keys', cybertip.keys_of(s.secret_id, array[s.token_key]))
    from cybertip.attachment_sources s where s.platform_id = p_platform
$$;

-- Everything a report is made of but its messages, still sealed. Asked only after cybertip.reading_refusal.
create or replace function cybertip.filing_of(rd cybertip.readings, r cybertip.reports) returns json
  language plpgsql stable
as $$
declare
  s      cybertip.settings;
  d      sealed.cybertip_drafts;
  v_keys uuid[];
  v_files        json;
  v_participants json;
begin
  select * into s from cybertip.settings;
  select * into d from sealed.cybertip_drafts
   where thread_id = (rd).thread_id and report_id = (rd).report_id and revision = (rd).revision;
  v_keys := array[d.key_id];
  select json_agg(row_to_json(f) order by f."fileNo"), v_keys || array_agg(f."keyId") into v_files, v_keys from (
    select w.file_no as "fileNo", w.message_id as "messageId", m.platform_message_id as "platformMessageId",
           w.message_revision as revision, w.ordinal, m.sender_id as "senderId", m.sent_at as "sentAt",
           x.media_type as "mediaType", x.size_bytes as "sizeBytes", x.md5, x.sha256, x.key_id as "keyId",
           encode(x.location_ct, 'base64') as location, w.viewed, w.shas as "viewedHashes"
      from cybertip.files_viewed((rd).report_id, (rd).revision, null) w
      join sealed.attachments x on x.thread_id = (rd).thread_id and x.message_id = w.message_id
       and x.revision = w.message_revision and x.ordinal = w.ordinal
      join sealed.messages m on m.thread_id = x.thread_id and m.id = x.message_id and m.revision = x.revision
     where w.included) f;
  select json_agg(row_to_json(p) order by p.ordinal), v_keys || array_agg(p."keyId") into v_participants, v_keys from (
    select q.id, q.ordinal, q.platform_participant_id as "platformParticipantId", q.key_id as "keyId",
           encode(q.identity_ct, 'base64') as identity
      from sealed.participants q where q.thread_id = (rd).thread_id) p;
  return json_build_object('ok', true, 'threadId', (rd).thread_id, 'reportId', (r).id, 'revision', (rd).revision,
    'kind', (r).kind, 'asOf', unseal.instant(cybertip.as_of(rd)), 'expiresAt', unseal.instant((rd).expires_at),
    'platformThreadId', (select h.platform_thread_id from triage.threads h where h.id = (rd).thread_id),
    'supplements', (select o.ncmec_report_id from cybertip.reports o where o.id = (r).supplements),
    'platform', (select p.name from intake.platforms p where p.id = (r).platform_id),
    'draft', json_build_object('keyId', d.key_id, 'box', encode(d.draft_ct, 'base64')),
    'files', coalesce(v_files, '[]'), 'participants', coalesce(v_participants, '[]'),
    'keys', cybertip.keys_of((rd).thread_id, v_keys), 'source', cybertip.source_of((r).platform_id),
    'reporter', s.reporter, 'schemaVersion', s.schema_version, 'environment', s.environment, 'mostBytes', s.most_bytes);
end
$$;

-- Messages of a thread as it stood at a moment, still sealed, with the keys that open them.
create or replace function cybertip.sealed_messages(p_thread uuid, p_at timestamptz, p_ids uuid[]) returns json
  language plpgsql stable
as $$
declare
  v_flagged uuid[];
  v_rows    json;
  v_keys    uuid[];
begin
  select array_agg(distinct m) into v_flagged
    from triage.cases c join triage.flags f on f.case_id = c.id, unnest(f.flagged_message_ids) m
   where c.thread_id = p_thread and f.received_at <= p_at and f.source <> 'staff' and m = any (p_ids);
  select json_agg(row_to_json(r)), array_agg(distinct r."keyId") into v_rows, v_keys from (
    select distinct on (m.id) m.id, m.revision, m.platform_message_id as "platformMessageId", m.sender_id as "senderId",
           m.sent_at as "sentAt", m.kind, m.edited_at as "editedAt", m.deleted_at as "deletedAt", m.key_id as "keyId",
           encode(m.body_ct, 'base64') as body, coalesce(m.id = any (v_flagged), false) as flagged,
           (select json_agg(json_build_object('ordinal', x.ordinal, 'mediaType', x.media_type, 'sizeBytes', x.size_bytes,
                'md5', x.md5, 'sha256', x.sha256) order by x.ordinal)
              from sealed.attachments x
             where x.thread_id = m.thread_id and x.message_id = m.id and x.revision = m.revision) as attachments
      from sealed.messages m
     where m.thread_id = p_thread and m.id = any (p_ids) and m.received_at <= p_at
     order by m.id, m.revision desc) r;
  return json_build_object('ok', true, 'messages', coalesce(v_rows, '[]'), 'keys', cybertip.keys_of(p_thread, v_keys));
end
$$;

-- The thread as it stood, for the transcript: without ids its order, with ids those messages, still sealed. Ids and not
-- offsets, so that a thread of any length is read in pieces without sorting it again for each.
create or replace function cybertip.messages_of(rd cybertip.readings, p_ids uuid[]) returns json
  language plpgsql stable
as $$
declare
  v_at timestamptz := cybertip.as_of(rd);
begin
  if p_ids is not null then
    return cybertip.sealed_messages((rd).thread_id, v_at, p_ids[1:1000]);
  end if;
  return json_build_object('ok', true, 'order', array(
    select m.id from (
      select distinct on (t.id) t.id, t.sent_at, t.position from sealed.messages t
       where t.thread_id = (rd).thread_id and t.received_at <= v_at order by t.id, t.revision desc) m
     order by m.sent_at, m.position, m.id));
end
$$;

-- A reading as the worker may use it now. refused: what to answer instead, on record.
create or replace function cybertip.submission_at(p_reading uuid, p_lease uuid, out rd cybertip.readings, out r cybertip.reports,
  out refused json)
  language plpgsql
as $$
declare
  v_code text;
begin
  select * into rd from cybertip.readings where id = p_reading;
  select * into r from cybertip.reports where id = rd.report_id;
  v_code := cybertip.reading_refusal(rd, r, null::staff.actor, p_lease);
  if v_code is not null then
    refused := cybertip.not_filed(r, v_code, p_reading, rd.attempt_id);
  end if;
end
$$;

-- The same for whoever exports.
create or replace function cybertip.export_at(p_actor jsonb, p_reading uuid, out rd cybertip.readings, out r cybertip.reports,
  out refused json)
  language plpgsql
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  v_code text;
begin
  select * into rd from cybertip.readings where id = p_reading and kind = 'export';
  select * into r from cybertip.reports where id = rd.report_id;
  v_code := case when a.staff_id is null then 'not-signed-in' else cybertip.reading_refusal(rd, r, a, null) end;
  if v_code is not null then
    -- A standby could not even record the "no".
    refused := case when pg_is_in_recovery() then json_build_object('ok', false, 'code', v_code)
      else audit.denied(a, 'cybertip.exported', v_code, jsonb_build_object('caseId', r.case_id, 'threadId', rd.thread_id,
        'detail', jsonb_build_object('readingId', p_reading)))::json end;
  end if;
end
$$;

create or replace function cybertip.read_submission(p_reading uuid, p_lease uuid) returns json
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  o record := cybertip.submission_at(p_reading, p_lease);
begin
  if o.refused is not null then
    return o.refused;
  end if;
  return cybertip.filing_of(o.rd, o.r);
end
$$;

create or replace function cybertip.read_submission_messages(p_reading uuid, p_lease uuid, p_ids uuid[]) returns json
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  o record := cybertip.submission_at(p_reading, p_lease);
begin
  if o.refused is not null then
    return o.refused;
  end if;
  return cybertip.messages_of(o.rd, p_ids);
end
$$;

create or replace function cybertip.read_export(p_actor jsonb, p_reading uuid) returns json
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  o record := cybertip.export_at(p_actor, p_reading);
begin
  if o.refused is not null then
    return o.refused;
  end if;
  return cybertip.filing_of(o.rd, o.r);
end
$$;

create or replace function cybertip.read_export_messages(p_actor jsonb, p_reading uuid, p_ids uuid[]) returns json
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  o record := cybertip.export_at(p_actor, p_reading);
begin
  if o.refused is not null then
    return o.refused;
  end if;
  return cybertip.messages_of(o.rd, p_ids);
end
$$;
