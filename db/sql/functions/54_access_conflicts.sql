-- Conflicts of interest: accounts that staff hold themselves, and the watch list. Compliance alone may list either; a person
-- sees their own accounts. Whoever asks to open such a thread is told that it needs two approvers, and not why.

create or replace function access.platforms_row() returns jsonb
  language sql stable
as $$ select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.name), '[]') from intake.platforms p $$;

create or replace function staff.account_row(s staff.platform_accounts) returns jsonb
  language sql stable
as $$
  select jsonb_build_object('id', (s).id, 'platform', (select jsonb_build_object('id', p.id, 'name', p.name) from intake.platforms p
      where p.id = (s).platform_id), 'accountId', (s).account_id, 'recordedAt', unseal.instant((s).recorded_at),
    'leftAt', unseal.instant((s).left_at))
$$;

create or replace function staff.own_accounts(p_actor jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a staff.actor := staff.resolve(p_actor);
begin
  if a.staff_id is null then
    return audit.denied(a, 'account.listed', 'not-signed-in', '{}');
  end if;
  return jsonb_build_object('ok', true, 'platforms', access.platforms_row(), 'accounts', (
    select coalesce(jsonb_agg(staff.account_row(s) order by s.id), '[]') from staff.platform_accounts s where s.staff_id = a.staff_id));
end
$$;

-- Everybody's, for officers. Looking at it is an act.
create or replace function staff.list_accounts(p_actor jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  v_code text := access.officer_refusal(a);
begin
  if v_code is not null then
    return audit.denied(a, 'account.listed', v_code, '{}');
  end if;
  perform audit.write(a, 'staff', 'account.listed', 'done', '{}');
  return jsonb_build_object('ok', true, 'accounts', (
    select coalesce(jsonb_agg(staff.account_row(s) || jsonb_build_object('person', access.person(s.staff_id)) order by s.staff_id, s.id), '[]')
      from (select * from staff.platform_accounts order by staff_id, id limit 5000) s));
end
$$;

create or replace function staff.record_account(p_actor jsonb, p_platform uuid, p_account text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  v_id   uuid;
  v_code text;
begin
  if a.staff_id is null then
    return audit.denied(a, 'account.recorded', 'not-signed-in', '{}');
  end if;
  -- One recording of a person's at a time, or a burst in parallel passes the count. (A lock of its own: what follows waits for
  -- grants, and openings hold those while they wait for theirs.)
  perform pg_advisory_xact_lock(hashtextextended(a.staff_id::text, 7));
  v_code := case
    when not exists (select from intake.platforms p where p.id = p_platform) then 'not-found'
    when (select count(*) from staff.platform_accounts s where s.staff_id = a.staff_id) >= 50
      -- People have a few accounts. Whoever records many in a day is trying out whose threads are being read.
      or (select count(*) from staff.platform_accounts s where s.staff_id = a.staff_id
            and s.recorded_at > clock_timestamp() - interval '1 day') >= 10 then 'rate-limited'
  end;
  if v_code is not null then
    return audit.denied(a, 'account.recorded', v_code, '{}');
  end if;
  insert into staff.platform_accounts (staff_id, platform_id, account_id) values (a.staff_id, p_platform, p_account)
  on conflict (platform_id, account_id, staff_id) do update set left_at = null
  returning id into v_id;
  -- The account itself is not written to the log: it is a person's, and the list has it.
  perform audit.write(a, 'staff', 'account.recorded', 'done', jsonb_build_object('staffId', a.staff_id));
  -- In nobody's name: among one's own acts it would tell that a thread with this account in it is being read, and by whom.
  perform access.end_what_policy_ended(null::staff.actor);
  return jsonb_build_object('ok', true, 'id', v_id);
end
$$;

create or replace function staff.leave_account(p_actor jsonb, p_id uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a staff.actor := staff.resolve(p_actor);
begin
  if a.staff_id is null then
    return audit.denied(a, 'account.left', 'not-signed-in', '{}');
  end if;
  update staff.platform_accounts set left_at = clock_timestamp() where id = p_id and staff_id = a.staff_id and left_at is null;
  if not found then
    return audit.denied(a, 'account.left', 'not-found', '{}');
  end if;
  perform audit.write(a, 'staff', 'account.left', 'done', jsonb_build_object('staffId', a.staff_id));
  return jsonb_build_object('ok', true);
end
$$;

create or replace function staff.own_sessions(p_actor jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a staff.actor := staff.resolve(p_actor);
begin
  if a.staff_id is null then
    return audit.denied(a, 'staff.sessions_read', 'not-signed-in', '{}');
  end if;
  return jsonb_build_object('ok', true, 'sessions', (
    select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'current', s.id = a.session_id, 'createdAt', unseal.instant(s.created_at),
        'lastSeenAt', unseal.instant(s.last_seen_at), 'expiresAt', unseal.instant(least(s.last_seen_at + s.idle_limit, s.expires_at)),
        'ip', s.ip, 'userAgent', s.user_agent) order by s.last_seen_at desc), '[]')
      from staff.sessions s
     where s.staff_id = a.staff_id and s.ended_at is null and s.expires_at > clock_timestamp()
       and s.last_seen_at + s.idle_limit > clock_timestamp()));
end
$$;

create or replace function staff.end_own_session(p_actor jsonb, p_session uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a staff.actor := staff.resolve(p_actor);
begin
  if a.staff_id is null then
    return audit.denied(a, 'staff.session_ended', 'not-signed-in', '{}');
  end if;
  if not exists (select from staff.sessions s where s.id = p_session and s.staff_id = a.staff_id and s.ended_at is null) then
    return audit.denied(a, 'staff.session_ended', 'not-found', '{}');
  end if;
  perform triage.release_all(a.staff_id, p_session);
  perform staff.end_sessions(a.staff_id, p_session, 'revoked');
  perform audit.write(a, 'staff', 'staff.session_ended', 'done', jsonb_build_object('staffId', a.staff_id));
  return jsonb_build_object('ok', true);
end
$$;

create or replace function access.list_watch(p_actor jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  v_code text := access.officer_refusal(a);
begin
  if v_code is not null then
    return audit.denied(a, 'watch.listed', v_code, '{}');
  end if;
  perform audit.write(a, 'staff', 'watch.listed', 'done', '{}');
  return jsonb_build_object('ok', true, 'platforms', access.platforms_row(), 'entries', (
    select coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'platform', (select jsonb_build_object('id', p.id, 'name', p.name)
          from intake.platforms p where p.id = w.platform_id), 'participantId', w.participant_id, 'category', w.category,
        'reason', w.reason, 'addedBy', access.person(w.added_by), 'addedAt', unseal.instant(w.added_at),
        'until', unseal.instant(w.until), 'ended', case when w.ended_at is not null then jsonb_build_object(
          'by', access.person(w.ended_by), 'at', unseal.instant(w.ended_at)) end,
        'active', w.ended_at is null and (w.until is null or w.until > clock_timestamp())) order by w.id desc), '[]')
      from (select * from access.watch_list order by id desc limit 5000) w));
end
$$;

-- p_entry: {platformId, participantId, category, reason, until}.
create or replace function access.add_watch(p_actor jsonb, p_entry jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  v_id   uuid;
  v_code text := access.officer_refusal(a);
begin
  v_code := coalesce(v_code, case
    when not exists (select from intake.platforms p where p.id = (p_entry ->> 'platformId')::uuid) then 'not-found'
    when not access.reason_has_substance(p_entry ->> 'reason') then 'reason-without-substance'
    when (p_entry ->> 'until')::timestamptz <= clock_timestamp() then 'already-past'
  end);
  if v_code is null then
    -- An entry that has run out makes place for a new one.
    update access.watch_list set ended_at = clock_timestamp(), ended_by = a.staff_id
     where platform_id = (p_entry ->> 'platformId')::uuid and participant_id = p_entry ->> 'participantId'
       and ended_at is null and until <= clock_timestamp();
    insert into access.watch_list (platform_id, participant_id, category, reason, added_by, until)
    values ((p_entry ->> 'platformId')::uuid, p_entry ->> 'participantId', p_entry ->> 'category', p_entry ->> 'reason',
      a.staff_id, (p_entry ->> 'until')::timestamptz)
    on conflict (platform_id, participant_id) where ended_at is null do nothing
    returning id into v_id;
    if v_id is null then
      v_code := 'already-listed';
    end if;
  end if;
  if v_code is not null then
    return audit.denied(a, 'watch.added', v_code, '{}');
  end if;
  -- Neither account nor reason goes into the log: an auditor reads it, and the list is compliance's alone.
  perform audit.write(a, 'staff', 'watch.added', 'done', jsonb_build_object('detail', jsonb_build_object('entry', v_id)));
  -- In nobody's name: by the officer's, an auditor could tell which thread the entry is about.
  perform access.end_what_policy_ended(null::staff.actor);
  return jsonb_build_object('ok', true, 'id', v_id);
end
$$;

create or replace function access.end_watch(p_actor jsonb, p_entry uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  v_code text := access.officer_refusal(a);
begin
  if v_code is not null then
    return audit.denied(a, 'watch.ended', v_code, '{}');
  end if;
  update access.watch_list set ended_at = clock_timestamp(), ended_by = a.staff_id where id = p_entry and ended_at is null;
  if not found then
    return audit.denied(a, 'watch.ended', 'not-found', '{}');
  end if;
  perform audit.write(a, 'staff', 'watch.ended', 'done', jsonb_build_object('detail', jsonb_build_object('entry', p_entry)));
  return jsonb_build_object('ok', true);
end
$$;
