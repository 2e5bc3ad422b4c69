-- What must be kept after filing, and the one way in which it may be destroyed before: 18 U.S.C. 2258A(h) and 2258B(c).

-- Is this thread held, now?
create or replace function cybertip.is_held(p_thread uuid) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select exists (select from cybertip.holds h
                  where h.thread_id = p_thread and h.released_at is null and h.until_at > clock_timestamp())
$$;

-- (What keeps the thread from being deleted meanwhile: sealed.keep_held, in 95_legal_held.sql.)

-- A hold is never shortened or taken back, but by a destruction that two people stand behind.
create or replace function cybertip.keep_holds() returns trigger
  language plpgsql
as $$
begin
  if (to_jsonb(new) - array['released_at', 'released_by', 'destruction_id'])
       is distinct from (to_jsonb(old) - array['released_at', 'released_by', 'destruction_id']) or old.released_at is not null then
    raise exception using errcode = 'UN031', message = 'A hold stays as it was made. Make another that lasts longer.';
  end if;
  return new;
end
$$;
drop trigger if exists keep_holds on cybertip.holds;
create trigger keep_holds before update on cybertip.holds for each row execute function cybertip.keep_holds();

-- Preservation for one year from the submission. Called where a report becomes filed, in the same transaction; twice is once.
create or replace function cybertip.hold_from_filing(p_report uuid, p_at timestamptz) returns void
  language plpgsql
as $$
begin
  perform legal.close_gate();
  insert into cybertip.holds (thread_id, report_id, kind, from_at, until_at, reason)
  select r.thread_id, r.id, 'preservation', p_at, p_at + interval '1 year', 'Preserved for one year from submission, 18 U.S.C. 2258A(h).'
    from cybertip.reports r where r.id = p_report
  on conflict (report_id) where kind = 'preservation' do nothing;
end
$$;

-- The row of a filed report for an act of counsel, locked. Out: a refusal's code, or null.
create or replace function cybertip.take_up_filed(a staff.actor, p_report uuid, out r cybertip.reports, out code text)
  language plpgsql
as $$
begin
  if (a).staff_id is null then
    code := 'not-signed-in';
    return;
  end if;
  if not (a).roles @> array['legal_counsel'] then
    code := 'wrong-role';
    return;
  end if;
  select * into r from cybertip.reports where id = p_report for update;
  code := case
    when cybertip.metadata_refusal(a, r) is not null then 'not-found'
    when r.destroyed_at is not null then 'cybertip-destroyed'
    when r.state <> 'filed' then 'not-filed'
  end;
end
$$;

-- Keeps a thread longer: for counsel's own reasons, or because law enforcement asked. p: {until, kind, reason, reference}.
create or replace function cybertip.extend_hold(p_actor jsonb, p_report uuid, p jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a       staff.actor := access.held(staff.resolve(p_actor));
  t       record;
  r       cybertip.reports;
  v_until timestamptz := (p ->> 'until')::timestamptz;
  v_kind  text := coalesce(p ->> 'kind', 'extension');
  v_code  text;
  v_hold  uuid;
begin
  t := cybertip.take_up_filed(a, p_report);
  r := t.r;
  v_code := coalesce(t.code, case
    when not access.reason_has_substance(p ->> 'reason') then 'reason-without-substance'
    when v_kind = 'law_enforcement' and coalesce(p ->> 'reference', '') !~ '\S' then 'needs-reference'
    when v_until <= clock_timestamp() then 'already-past'
    when v_until > clock_timestamp() + interval '20 years' then 'too-far-ahead'
  end);
  if v_code is not null then
    return cybertip.refuse(a, r, p_report, 'cybertip.held', v_code);
  end if;
  perform legal.close_gate();
  insert into cybertip.holds (thread_id, report_id, kind, from_at, until_at, reason, reference, made_by)
  values (r.thread_id, r.id, v_kind, clock_timestamp(), v_until, p ->> 'reason', p ->> 'reference', a.staff_id)
  returning id into v_hold;
  perform cybertip.record(r, a.staff_id, 'held', r.state, p ->> 'reason',
    audit.write(a, 'staff', 'cybertip.held', 'done', cybertip.target(r, jsonb_build_object('holdId', v_hold, 'kind', v_kind,
      'until', unseal.instant(v_until), 'reference', p ->> 'reference')) || jsonb_build_object('reason', p ->> 'reason')));
  return cybertip.moved(r);
end
$$;

-- What forbids a destruction now: a report of the thread that is not settled, or somebody else's hold.
create or replace function cybertip.destruction_refusal(r cybertip.reports) returns text
  language plpgsql stable
as $$
begin
  return case
    when exists (select from cybertip.reports o where o.thread_id = (r).thread_id
      and o.state in ('draft', 'waiting', 'approved', 'filing', 'stuck')) then 'report-open'
    when exists (select from cybertip.holds h where h.thread_id = (r).thread_id and h.kind = 'law_enforcement'
      and h.released_at is null and h.until_at > clock_timestamp()) then 'held-for-law-enforcement'
    when exists (select from legal.holds_on((r).thread_id)) then 'held-for-lawful-request'
  end;
end
$$;

-- Asks for the destruction of a filed report's thread, as law enforcement did. Somebody else confirms.
create or replace function cybertip.ask_destruction(p_actor jsonb, p_report uuid, p_reference text, p_reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a       staff.actor := access.held(staff.resolve(p_actor));
  t       record;
  r       cybertip.reports;
  v_code  text;
  v_id    uuid := unseal.uuid7();
  v_event uuid;
begin
  t := cybertip.take_up_filed(a, p_report);
  r := t.r;
  v_code := coalesce(t.code, case
    when coalesce(p_reference, '') !~ '\S' then 'needs-reference'
    when not access.reason_has_substance(p_reason) then 'reason-without-substance'
    when exists (select from cybertip.destructions d where d.thread_id = r.thread_id and d.state = 'asked') then 'already-asked'
  end, cybertip.destruction_refusal(r));
  if v_code is not null then
    return cybertip.refuse(a, r, p_report, 'cybertip.destruction_asked', v_code);
  end if;
  v_event := audit.write(a, 'staff', 'cybertip.destruction_asked', 'done', cybertip.target(r, jsonb_build_object(
    'destructionId', v_id, 'reference', p_reference)) || jsonb_build_object('reason', p_reason));
  insert into cybertip.destructions (id, report_id, thread_id, reference, reason, asked_by, event_id)
  values (v_id, r.id, r.thread_id, p_reference, p_reason, a.staff_id, v_event);
  perform cybertip.record(r, a.staff_id, 'destruction_asked', r.state, p_reason, v_event);
  return cybertip.moved(r);
end
$$;

-- May this person confirm or call off? A second counsel, or a specialist who works on such reports; never who asked.
create or replace function cybertip.confirms(a staff.actor, r cybertip.reports) returns text
  language plpgsql stable
as $$
begin
  return case
    when (a).staff_id is null then 'not-signed-in'
    when (a).roles @> array['legal_counsel'] then cybertip.metadata_refusal(a, r)
    else cybertip.working_refusal(a, r)
  end;
end
$$;

-- Calls a destruction off that was asked for: by counsel, the one who asked or another.
create or replace function cybertip.call_off_destruction(p_actor jsonb, p_report uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a       staff.actor := access.held(staff.resolve(p_actor));
  t       record;
  r       cybertip.reports;
  d       cybertip.destructions;
  v_code  text;
begin
  t := cybertip.take_up_filed(a, p_report);
  r := t.r;
  v_code := t.code;
  if v_code is null then
    select * into d from cybertip.destructions where report_id = r.id and state = 'asked' for update;
    if d.id is null then
      v_code := 'no-destruction';
    end if;
  end if;
  if v_code is not null then
    return cybertip.refuse(a, r, p_report, 'cybertip.destruction_called_off', v_code);
  end if;
  update cybertip.destructions set state = 'withdrawn', ended_at = clock_timestamp() where id = d.id;
  perform cybertip.record(r, a.staff_id, 'destruction_called_off', r.state, null,
    audit.write(a, 'staff', 'cybertip.destruction_called_off', 'done', cybertip.target(r, jsonb_build_object('destructionId', d.id))));
  return cybertip.moved(r);
end
$$;

-- Counts and digests of what a thread's content is, for the proof that it was there and is gone. The digest of a table is
-- SHA-256 over its rows' digests in the order of their keys: of ciphertext, so that it tells nothing.
create or replace function cybertip.inventory(p_thread uuid) returns jsonb
  language plpgsql stable
as $$
declare
  v jsonb := '{}';
  t text;
  o jsonb;
begin
  foreach t in array array['thread_keys', 'participants', 'messages', 'attachments', 'flag_words', 'flag_reporters',
    'cybertip_drafts', 'cybertip_accounts', 'cybertip_answers', 'kept_identities', 'kept_keys'] loop
    execute format($q$select jsonb_build_object('rows', count(*), 'sha256',
        encode(sha256(coalesce(string_agg(x.d, ''::bytea order by x.d), ''::bytea)), 'hex'))
      from (select sha256(convert_to(r::text, 'UTF8')) as d from sealed.%I r where r.thread_id = $1) x$q$, t) into o using p_thread;
    v := v || jsonb_build_object(t, o);
  end loop;
  return v;
end
$$;

-- Confirms: releases the holds, deletes keys and ciphertext of the thread, and keeps the proof. By another than who asked.
create or replace function cybertip.destroy_thread(p_actor jsonb, p_report uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a        staff.actor := access.held(staff.resolve(p_actor));
  r        cybertip.reports;
  o        cybertip.reports;
  d        cybertip.destructions;
  g        access.grants;
  t        text;
  v_code   text;
  v_event  uuid;
  v_before jsonb;
  v_after  jsonb;
  v_proof  jsonb;
begin
  select * into r from cybertip.reports where id = p_report;
  -- The thread first, as intake locks it: nothing arrives in between.
  perform 1 from triage.threads h where h.id = r.thread_id for update;
  -- And nobody makes a hold in between.
  perform sealed.pass_gate();
  select * into r from cybertip.reports where id = p_report for update;
  select * into d from cybertip.destructions where report_id = r.id and state = 'asked' for update;
  v_code := coalesce(cybertip.confirms(a, r), case
    when r.destroyed_at is not null then 'cybertip-destroyed'
    when d.id is null then 'no-destruction'
    when d.asked_by = a.staff_id then 'own-request'
  end, cybertip.destruction_refusal(r));
  if v_code is not null then
    return cybertip.refuse(a, r, p_report, 'cybertip.destroyed', v_code);
  end if;
  v_before := cybertip.inventory(r.thread_id);
  update cybertip.holds set released_at = clock_timestamp(), released_by = a.staff_id, destruction_id = d.id
   where thread_id = r.thread_id and released_at is null;
  for g in
    select * from access.grants where thread_id = r.thread_id and revoked_at is null and expires_at > clock_timestamp()
     order by id for update
  loop
    perform access.end_grant(a, g, 'The thread was destroyed at the request of law enforcement.');
  end loop;
  foreach t in array array['cybertip_answers', 'cybertip_accounts', 'cybertip_drafts', 'flag_words', 'flag_reporters',
    'attachments', 'messages', 'participants', 'kept_identities', 'kept_keys', 'thread_keys'] loop
    execute format('delete from sealed.%I where thread_id = $1', t) using r.thread_id;
  end loop;
  v_after := cybertip.inventory(r.thread_id);
  v_proof := jsonb_build_object('kind', 'destruction', 'destructionId', d.id, 'reference', d.reference, 'reason', d.reason,
    'askedBy', d.asked_by, 'askedAt', unseal.instant(d.asked_at), 'confirmedBy', a.staff_id,
    'at', unseal.instant(clock_timestamp()), 'threadId', r.thread_id,
    'reports', (select jsonb_agg(jsonb_build_object('number', q.number, 'ncmecReportId', q.ncmec_report_id,
        'environment', q.environment, 'filedAt', unseal.instant(q.filed_at)) order by q.number)
      from cybertip.reports q where q.thread_id = r.thread_id),
    'destroyed', v_before, 'left', v_after);
  update cybertip.destructions set state = 'done', confirmed_by = a.staff_id, ended_at = clock_timestamp(), proof = v_proof,
      proof_sha256 = sha256(convert_to(v_proof::text, 'UTF8'))
   where id = d.id returning * into d;
  v_event := audit.write(a, 'staff', 'cybertip.destroyed', 'done', cybertip.target(r, jsonb_build_object('destructionId', d.id,
    'reference', d.reference, 'proofSha256', encode(d.proof_sha256, 'hex'), 'destroyed', v_before))
    || jsonb_build_object('staffId', d.asked_by));
  for o in
    update cybertip.reports set destroyed_at = clock_timestamp(), changed_at = clock_timestamp()
     where thread_id = r.thread_id and destroyed_at is null returning *
  loop
    perform cybertip.record(o, a.staff_id, 'destroyed', o.state, d.reference, v_event);
  end loop;
  return cybertip.moved(r);
end
$$;

-- The proof, word for word: its SHA-256 stands in the event. Out: {ok, proof (text), sha256}.
create or replace function cybertip.read_proof(p_actor jsonb, p_report uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  r      cybertip.reports;
  d      cybertip.destructions;
  v_code text;
begin
  select * into r from cybertip.reports where id = p_report;
  v_code := cybertip.metadata_refusal(a, r);
  if v_code is null then
    -- A thread that was written to again may be destroyed again: the proof is of the time when this report was.
    select * into d from cybertip.destructions where thread_id = r.thread_id and state = 'done' and ended_at <= r.destroyed_at
     order by ended_at desc limit 1;
    if d.id is null then
      v_code := 'no-destruction';
    end if;
  end if;
  if v_code is not null then
    return cybertip.refuse(a, r, p_report, 'cybertip.proof_read', v_code);
  end if;
  perform audit.write(a, 'staff', 'cybertip.proof_read', 'done', cybertip.target(r, jsonb_build_object('destructionId', d.id)));
  return jsonb_build_object('ok', true, 'proof', d.proof::text, 'sha256', encode(d.proof_sha256, 'hex'));
end
$$;
