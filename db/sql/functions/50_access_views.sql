-- Opening a thread: grant → view, committed → read. The three promises that matter most are kept in this file.

-- Ends the open views of one person, on one case or on all.
create or replace function access.end_views_of(p_staff uuid, p_case uuid, p_how text) returns void
  language plpgsql
as $$
begin
  perform access.end_views_where(p_staff, null, p_case, p_how);
end
$$;

-- The messages that a scope covers: what platforms flagged on this case and k neighbours on either side, at most 200, the
-- nearest to a flagged one first. Out: ids and places (from 1) in the thread's order, and whether there were more.
create or replace function access.window_of(p_thread uuid, p_flagged uuid[], p_scope text,
  out message_ids uuid[], out places integer[], out truncated boolean)
  language plpgsql stable
  set plan_cache_mode = force_generic_plan
as $$
declare
  v_all   uuid[] := sealed.ids_in_order(p_thread);
  v_count integer := cardinality(v_all);
  -- Of more than 200 the nearest 200 are shown, and those are all within 200 of a flagged one.
  v_reach integer := case when p_scope in ('flagged_window', 'participant_threads') then 5
                       when p_scope in ('wider_window', 'attachment') then 20 else 200 end;
  v_total bigint;
begin
  select coalesce(array_agg(c.place order by c.place), '{}'), coalesce(array_agg(v_all[c.place] order by c.place), '{}'),
         coalesce(max(c.total), 0)
    into places, message_ids, v_total from (
    select p.place, count(*) over () as total
      from unnest(v_all) with ordinality f(id, place),
           generate_series(greatest(f.place - v_reach, 1), least(f.place + v_reach, v_count)) p(place)
     where f.id = any (p_flagged)
       and (p_scope <> 'attachment' or exists (
         select from sealed.attachments x where x.thread_id = p_thread and x.message_id = v_all[p.place]))
     group by p.place
     order by min(abs(p.place - f.place)), p.place
     limit 200) c;
  truncated := cardinality(places) < case when p_scope = 'whole_thread' and v_total > 0 then v_count else v_total end;
end
$$;

-- What stands in the way of reading under this claim. Asked when a view is opened and again when it is read.
create or replace function access.refusal(a staff.actor, c triage.cases) returns text
  language plpgsql stable
as $$
begin
  return coalesce(triage.refusal(a, c), case
      when (c).claimed_by is distinct from (a).staff_id or (c).claim_expires_at <= clock_timestamp() then 'not-your-claim'
    end);
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
declare
  a staff.actor := staff.resolve(p_actor);
  r record;
begin
  r := access.grant_for(a, p_case, p_purpose, p_scope, p_reason, p_preset, 0);
  if r.code is not null then
    return audit.denied(a, 'access.requested', r.code, r.target);
  end if;
  perform audit.write(a, 'staff', 'access.requested', 'done', r.target);
  return jsonb_build_object('ok', true, 'grantId', (r.g).id, 'expiresAt', unseal.instant((r.g).expires_at));
end
$$;

-- Checks the policy and writes the grant; the event is the caller's. Out: a refusal's code, or the grant and its case;
-- and in either case what the event says. p_views: how many views the caller opens with it.
create or replace function access.grant_for(a staff.actor, p_case uuid, p_purpose text, p_scope text, p_reason text,
  p_preset boolean, p_views integer, out code text, out g access.grants, out c triage.cases, out target jsonb)
  language plpgsql
as $$
declare
  r          access.ruling;
  v_purposes text[];
begin
  if a.staff_id is null then
    code := 'not-signed-in';
    target := jsonb_build_object('caseId', p_case, 'purpose', p_purpose);
    return;
  end if;
  select * into c from triage.cases where id = p_case for share;
  target := jsonb_build_object('caseId', p_case, 'threadId', c.thread_id, 'purpose', p_purpose,
    'reason', left(p_reason, 2000), 'detail', jsonb_build_object('scope', p_scope, 'preset', p_preset));
  code := access.standing(a, c, p_purpose);
  if code is null then
    r := access.ruling_on(a.roles, access.subjects_of(c), p_purpose, p_scope);
    v_purposes := access.purposes_of(p_case);
    code := case
      when not access.reason_has_substance(p_reason) then 'reason-without-substance'
      when cardinality(v_purposes) = 0 then 'staff-flag-only'
      when r.requirement = 'never' then 'purpose-not-allowed'
      when not p_purpose = any (v_purposes) and not access.purpose_fits_for(a.staff_id, p_case, p_purpose)
        then 'purpose-not-allowed'
      when r.requirement <> 'automatic' then access.unmet(r.requirement, 'automatic')
      when p_purpose = 'threat_to_life' then 'use-break-glass'
      when p_purpose = 'legal_process' then 'needs-reference'
      when p_scope = 'participant_threads' then 'unknown-participant'
      when p_preset and (p_scope <> 'flagged_window' or p_purpose <> v_purposes[1]) then 'preset-does-not-fit'
      when not p_preset and access.reason_is_worn(a.staff_id, p_reason,
        (select v.same_reason_most from access.policy_versions v where v.id = r.version_id)) then 'reason-repeated'
    end;
  end if;
  if code is not null then
    return;
  end if;
  insert into access.grants (staff_id, session_id, case_id, thread_id, purpose, scope, reason, preset, requirement, expires_at,
    view_limit, views_used)
  values (a.staff_id, a.session_id, p_case, c.thread_id, p_purpose, p_scope, p_reason, p_preset, r.requirement,
    clock_timestamp() + make_interval(mins => r.minutes), r.view_limit, p_views)
  returning * into g;
  target := target || jsonb_build_object('grantId', g.id);
end
$$;

-- openView: writes which messages will be read, until when, and the transaction that says so. Reveals nothing.
create or replace function access.open_view(p_actor jsonb, p_grant uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
begin
  return access.open_under(staff.resolve(p_actor), p_grant, null);
end
$$;

-- Works out a view of a grant that has just been checked; the event and the row are the caller's. Out: a refusal's code, or
-- the view and what its event says.
create or replace function access.view_for(a staff.actor, g access.grants, out code text, out v access.views, out target jsonb)
  language plpgsql
as $$
declare
  v_now     timestamptz := clock_timestamp();
  v_since   uuid := unseal.uuid7_floor(v_now - interval '1 hour');
  v_flagged uuid[];
  w         record;
begin
  -- The rate that a person can read at, whatever the web process is made to do (promise 3).
  perform staff.one_at_a_time(a.staff_id);
  if exists (select from access.views o where o.staff_id = a.staff_id and o.id >= v_since offset 599 limit 1) then
    code := 'rate-limited';
    return;
  end if;
  select array_agg(distinct f.id), array_agg(m) into v.flag_ids, v_flagged
    from triage.flags f left join unnest(f.flagged_message_ids) m on true
   where f.case_id = g.case_id and f.source <> 'staff';
  v.flag_ids := coalesce(v.flag_ids, '{}');
  w := access.window_of(g.thread_id, v_flagged, g.scope);
  v.message_ids := w.message_ids;
  v.places := w.places;
  v.truncated := w.truncated;
  v.id := unseal.uuid7();
  v.grant_id := g.id;
  v.staff_id := a.staff_id;
  v.session_id := a.session_id;
  v.case_id := g.case_id;
  v.thread_id := g.thread_id;
  v.purpose := g.purpose;
  v.scope := g.scope;
  v.reason := g.reason;
  v.opened_at := v_now;
  v.expires_at := least(v_now + interval '10 minutes', g.expires_at);
  v.opened_xid := pg_current_xact_id();
  target := jsonb_build_object('caseId', g.case_id, 'threadId', g.thread_id, 'grantId', g.id, 'viewId', v.id,
    'purpose', g.purpose, 'reason', g.reason, 'detail', jsonb_build_object('scope', g.scope, 'preset', g.preset,
      'messages', cardinality(v.message_ids),
      'messagesSha256', encode(sha256(convert_to(array_to_string(v.message_ids, ','), 'UTF8')), 'hex'), 'truncated', v.truncated, 'until', unseal.instant(v.expires_at)));
end
$$;

-- Writes a view and answers it.
create or replace function access.keep_view(v access.views, p_event uuid) returns jsonb
  language plpgsql
as $$
begin
  v.event_id := p_event;
  insert into access.views select v.*;
  return jsonb_build_object('ok', true, 'viewId', v.id, 'grantId', v.grant_id, 'openedAt', unseal.instant(v.opened_at),
    'expiresAt', unseal.instant(v.expires_at), 'messageCount', cardinality(v.message_ids), 'truncated', v.truncated);
end
$$;

-- Grant and view in one commit: the one keypress of a claimed case. Reveals nothing. What was checked for the grant holds
-- for the view: the case is locked in between.
create or replace function access.request_and_open(p_actor jsonb, p_case uuid, p_purpose text, p_scope text, p_reason text,
  p_preset boolean) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
declare
  a        staff.actor := staff.resolve(p_actor);
  r        record;
  o        record;
  v_events uuid[];
begin
  r := access.grant_for(a, p_case, p_purpose, p_scope, p_reason, p_preset, 1);
  if r.code is not null then
    return audit.denied(a, 'access.requested', r.code, r.target);
  end if;
  o := access.view_for(a, r.g);
  if o.code is not null then
    perform audit.write(a, 'staff', 'access.requested', 'done', r.target);
    return audit.denied(a, 'view.opened', o.code, jsonb_build_object('grantId', (r.g).id, 'caseId', p_case));
  end if;
  v_events := audit.write_each(a, 'staff', 'done', array['access.requested', 'view.opened'], array[r.target, o.target]);
  return access.keep_view(o.v, v_events[2]);
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

-- Whether content may be read under a view, now: promise 1. Everything that opens under a view asks here: messages, drafts of
-- reports, attachments. The view was committed by an earlier transaction, this is no standby, and nothing has ended in between.
-- Out: a refusal's code, or null; the view and its grant. `wait`: that is no refusal but a matter of waiting. (In strict mode the
-- view's leaf must be under a signed checkpoint, and for three seconds the caller may ask again.)
create or replace function access.may_read_under(a staff.actor, p_view uuid, out code text, out wait boolean, out v access.views,
  out g access.grants)
  language plpgsql
as $$
begin
  wait := false;
  -- A hot standby can serve a stale "yes", and could not even record the "no".
  if pg_is_in_recovery() then
    code := 'standby';
    return;
  end if;
  if a.staff_id is null then
    code := 'not-signed-in';
    return;
  end if;
  select * into v from access.views where id = p_view;
  select * into g from access.grants where id = v.grant_id;
  code := case
    -- An older snapshot would answer by what was allowed then.
    when current_setting('transaction_isolation') <> 'read committed' then 'view-not-committed'
    when v.id is null or v.staff_id <> a.staff_id then 'not-found'
    when v.session_id <> a.session_id then 'other-session'
    when v.event_id is null or pg_xact_status(v.opened_xid) is distinct from 'committed' then 'view-not-committed'
    when v.expires_at <= clock_timestamp() then 'view-expired'
    when exists (select from access.view_ends e where e.view_id = v.id) then 'view-ended'
    when g.id is null or g.revoked_at is not null or g.expires_at <= clock_timestamp() then 'grant-expired'
    -- Claim or reach, the policy in force, who is in the thread: asked again, and held against what the grant met.
    else access.view_refusal(a, g, v.case_id)
  end;
  if code is null and not audit.reveal_may_proceed(v.event_id) then
    code := 'awaiting-checkpoint';
    wait := clock_timestamp() < v.opened_at + interval '3 seconds';
  end if;
  if code is null and not access.log_is_on_disk() then
    code := 'view-not-committed';
  end if;
end
$$;

-- What is answered when it may not: a standby cannot record it, waiting is not recorded, everything else is.
create or replace function access.not_read(a staff.actor, p_action text, p_code text, p_wait boolean, p jsonb) returns jsonb
  language plpgsql
as $$
begin
  if p_wait then
    return jsonb_build_object('ok', false, 'code', p_code, 'wait', true);
  end if;
  if pg_is_in_recovery() then
    return jsonb_build_object('ok', false, 'code', p_code);
  end if;
  return audit.denied(a, p_action, p_code, p);
end
$$;

-- readView: hands out ciphertext and wrapped keys of messages, if access.may_read_under says so.
create or replace function access.read_view(p_actor jsonb, p_view uuid) returns json
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
declare
  a staff.actor;
  v access.views;
  o record;
  v_flagged      uuid[];
  v_people       uuid[];
  v_keys         uuid[];
  v_has_words    boolean;
  v_has_files    boolean;
  v_messages     json;
  v_participants json;
  v_words        json;
begin
  -- On a standby nobody is asked who they are: that writes, too.
  if not pg_is_in_recovery() then
    a := staff.resolve(p_actor);
  end if;
  o := access.may_read_under(a, p_view);
  v := o.v;
  if o.code is not null then
    return access.not_read(a, 'view.read', o.code, o.wait, jsonb_build_object('viewId', p_view, 'caseId', v.case_id,
      'threadId', v.thread_id));
  end if;

  -- The rows of messages, people, words and keys, each in one plain statement; their order in the window is a list of its own.
  -- A statement with all of it at once spent more time on starting than on running.
  select array_agg(m), array_agg(f.reporter_id), bool_or(f.has_words) into v_flagged, v_people, v_has_words
    from triage.flags f left join unnest(f.flagged_message_ids) m on true where f.id = any (v.flag_ids);
  v_has_files := exists (select from sealed.attachments x
    where x.thread_id = v.thread_id and x.message_id = any (v.message_ids));
  -- Only what was there when the view was opened: a later edit is another message.
  select json_agg(row_to_json(r)), v_people || array_agg(r."senderId"), array_agg(r."keyId")
    into v_messages, v_people, v_keys from (
    select distinct on (m.id) m.id, m.revision, m.sender_id as "senderId", m.sent_at as "sentAt", m.kind,
           m.edited_at as "editedAt", m.deleted_at as "deletedAt", m.key_id as "keyId", encode(m.body_ct, 'base64') as body,
           m.id = any (v_flagged) as flagged,
           case when v_has_files then (
             select json_agg(json_build_object('mediaType', x.media_type, 'sizeBytes', x.size_bytes, 'sha256', x.sha256,
               'md5', x.md5, 'perceptualHash', x.perceptual_hash, 'ordinal', x.ordinal, 'keyId', x.key_id,
               'location', case when v.scope = 'attachment' then encode(x.location_ct, 'base64') end) order by x.ordinal)
               from sealed.attachments x
              where x.thread_id = m.thread_id and x.message_id = m.id and x.revision = m.revision) end as attachments
      from sealed.messages m
     where m.thread_id = v.thread_id and m.id = any (v.message_ids) and m.received_at <= v.opened_at
     order by m.id, m.revision desc) r;
  select json_agg(row_to_json(r)), v_keys || array_agg(r."keyId") into v_participants, v_keys from (
    select p.id, p.ordinal, p.key_id as "keyId", encode(p.identity_ct, 'base64') as identity
      from sealed.participants p where p.thread_id = v.thread_id and p.id = any (v_people) order by p.ordinal) r;
  if v_has_words then
    select json_agg(row_to_json(r)), v_keys || array_agg(r."keyId") into v_words, v_keys from (
      select w.flag_id as "flagId", w.key_id as "keyId", encode(w.words_ct, 'base64') as words
        from sealed.flag_words w where w.thread_id = v.thread_id and w.flag_id = any (v.flag_ids)) r;
  end if;
  return json_build_object('ok', true, 'viewId', v.id, 'caseId', v.case_id, 'threadId', v.thread_id,
    'expiresAt', v.expires_at, 'order', v.message_ids, 'places', v.places, 'messages', coalesce(v_messages, '[]'),
    'participants', coalesce(v_participants, '[]'), 'words', coalesce(v_words, '[]'),
    'keys', coalesce((select json_agg(json_build_object('id', k.key_id, 'kekId', k.kek_id,
        'wrapped', encode(k.wrapped, 'base64')))
      from sealed.thread_keys k where k.thread_id = v.thread_id and k.key_id = any (v_keys)), '[]'));
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
