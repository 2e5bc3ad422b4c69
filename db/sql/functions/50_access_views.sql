-- Opening a thread: grant → view, committed → read. The three promises that matter most are kept in this file.

-- Ends the open views of one person, on one case or on all.
create or replace function access.end_views_of(p_staff uuid, p_case uuid, p_how text) returns void
  language plpgsql
as $$
begin
  insert into access.view_ends (view_id, how)
  select v.id, p_how from access.views v
   where v.staff_id = p_staff and (p_case is null or v.case_id = p_case) and v.expires_at > clock_timestamp()
     and v.id >= unseal.uuid7_floor(clock_timestamp() - interval '1 day')
  on conflict do nothing;
end
$$;

-- A purpose must be borne out by a flag of the platform's: a moderator's own flag, or a purpose that nothing on the case
-- supports, opens nothing.
create or replace function access.purpose_fits(p_case uuid, p_purpose text) returns boolean
  language plpgsql stable
as $$
begin
  return (select case p_purpose
      when 'user_report_review' then exists (select from triage.flags f where f.case_id = p_case and f.source = 'user_report')
      when 'automated_flag_review' then exists (select from triage.flags f where f.case_id = p_case
        and f.source in ('keyword', 'classifier', 'hash_match', 'trusted_flagger'))
      when 'child_safety_report' then exists (select from triage.flags f where f.case_id = p_case
        and f.source <> 'staff' and f.category = 'child_safety')
      else false
    end);
end
$$;

-- The messages that a scope covers: what platforms flagged on this case and k neighbours on either side, at most 200.
create or replace function access.window_of(p_thread uuid, p_case uuid, p_scope text)
  returns table (message_id uuid, place bigint, total bigint)
  language plpgsql stable
  set plan_cache_mode = force_generic_plan
as $$
declare
  v_reach   bigint := case p_scope when 'flagged_window' then 5 when 'wider_window' then 20 else 1000000 end;
  v_flagged uuid[] := array(select unnest(f.flagged_message_ids) from triage.flags f
                             where f.case_id = p_case and f.source <> 'staff');
begin
  return query
    with ordered as materialized (select o.id, o.pos from sealed.in_order(p_thread) o),
    flagged as materialized (select o.pos from ordered o where o.id = any (v_flagged)),
    chosen as (
      select o.id, o.pos, min(abs(o.pos - f.pos)) as distance
        from flagged f join ordered o on o.pos between f.pos - v_reach and f.pos + v_reach
       group by o.id, o.pos
    )
    select c.id, c.pos, count(*) over () from chosen c order by c.distance, c.pos limit 200;
end
$$;

-- What stands in the way of reading under this claim. Asked when a view is opened and again when it is read.
create or replace function access.refusal(a staff.actor, c triage.cases) returns text
  language plpgsql stable
as $$
begin
  return (select coalesce(triage.refusal(a, c), case
      when (c).claimed_by is distinct from (a).staff_id or (c).claim_expires_at <= clock_timestamp() then 'not-your-claim'
    end));
end
$$;

-- requestAccess: policy decides. In: purpose, scope, reason; preset = the reason is the sentence of the claimed case.
-- Out: {ok, grantId, expiresAt}.
create or replace function access.request_access(p_actor jsonb, p_case uuid, p_purpose text, p_scope text, p_reason text,
  p_preset boolean) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
begin
  return access.grant_for(staff.resolve(p_actor), p_case, p_purpose, p_scope, p_reason, p_preset);
end
$$;

create or replace function access.grant_for(a staff.actor, p_case uuid, p_purpose text, p_scope text, p_reason text,
  p_preset boolean) returns jsonb
  language plpgsql
as $$
declare
  c             triage.cases;
  g             access.grants;
  v_code        text;
  v_requirement text;
  v_target      jsonb;
begin
  if a.staff_id is null then
    return audit.denied(a, 'access.requested', 'not-signed-in', jsonb_build_object('caseId', p_case, 'purpose', p_purpose));
  end if;
  select * into c from triage.cases where id = p_case for share;
  v_target := jsonb_build_object('caseId', p_case, 'threadId', c.thread_id, 'purpose', p_purpose,
    'reason', left(p_reason, 2000), 'detail', jsonb_build_object('scope', p_scope, 'preset', p_preset));
  v_code := access.refusal(a, c);
  if v_code is null then
    select o.requirement into v_requirement from access.options_for(a) o where o.purpose = p_purpose and o.scope = p_scope;
    v_code := case
      when not access.reason_has_substance(p_reason) then 'reason-without-substance'
      when not exists (select from triage.flags f where f.case_id = p_case and f.source <> 'staff') then 'staff-flag-only'
      when coalesce(v_requirement, 'never') = 'never' or not access.purpose_fits(p_case, p_purpose) then 'purpose-not-allowed'
      when v_requirement <> 'automatic' then 'needs-approver'
      when p_preset and (p_scope <> 'flagged_window' or p_purpose is distinct from access.preset_purpose(p_case))
        then 'preset-does-not-fit'
    end;
  end if;
  if v_code is not null then
    return audit.denied(a, 'access.requested', v_code, v_target);
  end if;
  insert into access.grants (staff_id, session_id, case_id, thread_id, purpose, scope, reason, preset, requirement, expires_at)
  values (a.staff_id, a.session_id, p_case, c.thread_id, p_purpose, p_scope, p_reason, p_preset, v_requirement,
    clock_timestamp() + interval '30 minutes')
  returning * into g;
  perform audit.write(a, 'staff', 'access.requested', 'done', v_target || jsonb_build_object('grantId', g.id));
  return jsonb_build_object('ok', true, 'grantId', g.id, 'expiresAt', unseal.instant(g.expires_at));
end
$$;

-- openView: writes which messages will be read, until when, and the transaction that says so. Reveals nothing.
create or replace function access.open_view(p_actor jsonb, p_grant uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
begin
  return access.view_for(staff.resolve(p_actor), p_grant);
end
$$;

create or replace function access.view_for(a staff.actor, p_grant uuid) returns jsonb
  language plpgsql
as $$
declare
  g           access.grants;
  c           triage.cases;
  v           access.views;
  v_code      text;
  v_now       timestamptz := clock_timestamp();
  v_total     bigint;
begin
  if a.staff_id is null then
    return audit.denied(a, 'view.opened', 'not-signed-in', jsonb_build_object('grantId', p_grant));
  end if;
  select * into g from access.grants where id = p_grant;
  select * into c from triage.cases where id = g.case_id for share;
  v_code := case
    when g.id is null or g.staff_id <> a.staff_id then 'not-found'
    when g.session_id <> a.session_id then 'other-session'
    when g.revoked_at is not null or g.expires_at <= v_now then 'grant-expired'
    else access.refusal(a, c)
  end;
  -- The rate that a person can read at, whatever the web process is made to do (promise 3).
  if v_code is null and (select count(*) from (select from access.views w where w.staff_id = a.staff_id
       and w.id >= unseal.uuid7_floor(v_now - interval '1 hour') limit 600) r) >= 600 then
    v_code := 'rate-limited';
  end if;
  if v_code is not null then
    return audit.denied(a, 'view.opened', v_code, jsonb_build_object('grantId', p_grant, 'caseId', g.case_id));
  end if;

  select coalesce(array_agg(w.message_id order by w.place), '{}'), coalesce(array_agg(w.place::integer order by w.place), '{}'),
         coalesce(max(w.total), 0)
    into v.message_ids, v.places, v_total from access.window_of(g.thread_id, g.case_id, g.scope) w;
  select coalesce(array_agg(f.id), '{}') into v.flag_ids
    from triage.flags f where f.case_id = g.case_id and f.source <> 'staff';
  v.truncated := v_total > cardinality(v.message_ids);
  v.id := unseal.uuid7();
  v.expires_at := least(v_now + interval '10 minutes', g.expires_at);
  insert into access.views (id, grant_id, staff_id, session_id, case_id, thread_id, purpose, scope, reason, message_ids,
    places, flag_ids, truncated, opened_at, expires_at, opened_xid)
  values (v.id, g.id, a.staff_id, a.session_id, g.case_id, g.thread_id, g.purpose, g.scope, g.reason, v.message_ids,
    v.places, v.flag_ids, v.truncated, v_now, v.expires_at, pg_current_xact_id());
  perform audit.write(a, 'staff', 'view.opened', 'done', jsonb_build_object('caseId', g.case_id, 'threadId', g.thread_id,
    'grantId', g.id, 'viewId', v.id, 'purpose', g.purpose, 'reason', g.reason, 'detail', jsonb_build_object(
      'scope', g.scope, 'preset', g.preset, 'messages', cardinality(v.message_ids), 'truncated', v.truncated,
      'until', unseal.instant(v.expires_at))));
  return jsonb_build_object('ok', true, 'viewId', v.id, 'grantId', g.id, 'openedAt', unseal.instant(v_now),
    'expiresAt', unseal.instant(v.expires_at), 'messageCount', cardinality(v.message_ids), 'truncated', v.truncated);
end
$$;

-- Grant and view in one commit: the one keypress of a claimed case. Reveals nothing.
create or replace function access.request_and_open(p_actor jsonb, p_case uuid, p_purpose text, p_scope text, p_reason text,
  p_preset boolean) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
declare
  a       staff.actor := staff.resolve(p_actor);
  v_grant jsonb := access.grant_for(a, p_case, p_purpose, p_scope, p_reason, p_preset);
begin
  if not (v_grant ->> 'ok')::boolean then
    return v_grant;
  end if;
  return access.view_for(a, (v_grant ->> 'grantId')::uuid);
end
$$;

-- A commit can be visible before it is on disk (synchronous_commit = off is any role's to set). Content leaves only when
-- the write-ahead log is flushed past everything seen so far; in the usual case that is one comparison.
create or replace function access.log_is_on_disk() returns boolean
  language plpgsql
as $$
declare
  v_lsn pg_lsn := pg_current_wal_insert_lsn();
begin
  if pg_current_wal_flush_lsn() >= v_lsn then
    return true;
  end if;
  if current_setting('server_version_num')::integer >= 170000 then
    execute $emit$select pg_logical_emit_message(false, 'unseal', '', true)$emit$;
  else
    for i in 1 .. 300 loop
      exit when pg_current_wal_flush_lsn() >= v_lsn;
      perform pg_sleep(0.002);
    end loop;
  end if;
  return pg_current_wal_flush_lsn() >= v_lsn;
end
$$;

-- readView: the only function that hands out ciphertext, and the only one that hands out wrapped keys to read it with.
-- Promise 1: the view was committed by an earlier transaction, this is no standby, and nothing has ended in between.
create or replace function access.read_view(p_actor jsonb, p_view uuid) returns json
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
declare
  a      staff.actor;
  v      access.views;
  c      triage.cases;
  v_code text;
  v_flagged uuid[];
  v_out  json;
begin
  -- A hot standby can serve a stale "yes", and could not even record the "no".
  if pg_is_in_recovery() then
    return jsonb_build_object('ok', false, 'code', 'standby');
  end if;
  a := staff.resolve(p_actor);
  if a.staff_id is null then
    return audit.denied(a, 'view.read', 'not-signed-in', jsonb_build_object('viewId', p_view));
  end if;
  select * into v from access.views where id = p_view;
  select * into c from triage.cases where id = v.case_id;
  v_code := case
    when v.id is null or v.staff_id <> a.staff_id then 'not-found'
    when v.session_id <> a.session_id then 'other-session'
    when pg_xact_status(v.opened_xid) is distinct from 'committed' then 'view-not-committed'
    when v.expires_at <= clock_timestamp() then 'view-expired'
    when exists (select from access.view_ends e where e.view_id = v.id) then 'view-ended'
    when not exists (select from access.grants g where g.id = v.grant_id and g.revoked_at is null
                       and g.expires_at > clock_timestamp()) then 'grant-expired'
    else access.refusal(a, c)
  end;
  if v_code is null and not exists (
    select from access.options_for(a) o
     where o.purpose = v.purpose and o.scope = v.scope and o.requirement = 'automatic') then
    v_code := 'purpose-not-allowed';
  end if;
  if v_code is null and not access.log_is_on_disk() then
    v_code := 'view-not-committed';
  end if;
  if v_code is not null then
    return audit.denied(a, 'view.read', v_code, jsonb_build_object('viewId', p_view, 'caseId', v.case_id,
      'threadId', v.thread_id));
  end if;

  v_flagged := array(select unnest(f.flagged_message_ids) from triage.flags f where f.id = any (v.flag_ids));
  -- Only what was there when the view was opened: a later edit is another message.
  with placed as materialized (
    select o.id, o.place, o.place - lag(o.place, 1, 0) over (order by o.place) - 1 as gap
      from unnest(v.message_ids, v.places) o(id, place)
  ), shown as materialized (
    select distinct on (m.id) m.* from sealed.messages m
     where m.thread_id = v.thread_id and m.id = any (v.message_ids) and m.received_at <= v.opened_at
     order by m.id, m.revision desc
  ), files as materialized (
    select x.* from sealed.attachments x join shown s on x.message_id = s.id and x.revision = s.revision
     where x.thread_id = v.thread_id
  ), people as materialized (
    select p.* from sealed.participants p
     where p.thread_id = v.thread_id
       and (p.id in (select s.sender_id from shown s)
         or p.id in (select f.reporter_id from triage.flags f where f.id = any (v.flag_ids)))
  ), words as materialized (
    select w.* from sealed.flag_words w where w.thread_id = v.thread_id and w.flag_id = any (v.flag_ids)
  ), keys as (
    select k.* from sealed.thread_keys k
     where k.thread_id = v.thread_id
       and k.key_id in (select key_id from shown union select key_id from people union select key_id from words)
  )
  select json_build_object('ok', true, 'viewId', v.id, 'caseId', v.case_id, 'threadId', v.thread_id,
    'expiresAt', v.expires_at,
    'keys', coalesce((select json_agg(json_build_object('id', k.key_id, 'kekId', k.kek_id,
      'wrapped', encode(k.wrapped, 'base64'))) from keys k), '[]'),
    'messages', coalesce((select json_agg(json_build_object('id', s.id, 'revision', s.revision, 'senderId', s.sender_id,
        'sentAt', s.sent_at, 'kind', s.kind, 'editedAt', s.edited_at, 'deletedAt', s.deleted_at,
        'keyId', s.key_id, 'body', encode(s.body_ct, 'base64'), 'flagged', s.id = any (v_flagged), 'gapBefore', o.gap,
        'attachments', coalesce((select json_agg(json_build_object('mediaType', x.media_type, 'sizeBytes', x.size_bytes,
            'sha256', x.sha256, 'md5', x.md5, 'perceptualHash', x.perceptual_hash) order by x.ordinal)
          from files x where x.message_id = s.id), '[]')) order by o.place)
      from placed o join shown s on s.id = o.id), '[]'),
    'participants', coalesce((select json_agg(json_build_object('id', p.id, 'pseudonym', 'Account ' || p.ordinal,
      'keyId', p.key_id, 'identity', encode(p.identity_ct, 'base64')) order by p.ordinal) from people p), '[]'),
    'words', coalesce((select json_agg(json_build_object('flagId', w.flag_id, 'keyId', w.key_id,
      'words', encode(w.words_ct, 'base64'))) from words w), '[]'))
    into v_out;
  return v_out;
end
$$;

create or replace function access.close_view(p_actor jsonb, p_view uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
declare
  a staff.actor := staff.resolve(p_actor);
  v access.views;
begin
  if a.staff_id is null then
    return audit.denied(a, 'view.closed', 'not-signed-in', jsonb_build_object('viewId', p_view));
  end if;
  select * into v from access.views where id = p_view;
  if v.id is null or v.staff_id <> a.staff_id then
    return audit.denied(a, 'view.closed', 'not-found', jsonb_build_object('viewId', p_view));
  end if;
  insert into access.view_ends (view_id, how) values (p_view, 'closed') on conflict do nothing;
  if found then
    perform audit.write(a, 'staff', 'view.closed', 'done', jsonb_build_object('viewId', p_view, 'caseId', v.case_id,
      'threadId', v.thread_id, 'grantId', v.grant_id));
  end if;
  return jsonb_build_object('ok', true);
end
$$;
