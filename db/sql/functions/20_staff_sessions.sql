-- Who is asking. Identity comes from the session token, resolved here, never from a name that the application asserts.

-- In: {token, ip, userAgent, requestId, background}. Out: the actor; with staff_id null when the token opens nothing
-- (the rest of the record still says where the call came from, for the denial's event).
-- background = the page asked by itself: such calls do not keep an idle session alive.
create or replace function staff.resolve(p_actor jsonb) returns staff.actor
  language plpgsql
as $$
declare
  v_actor staff.actor;
  v_now   timestamptz := clock_timestamp();
  v_seen  timestamptz;
begin
  select m.id, s.id, m.name, m.roles, m.clearances, m.regions, s.last_seen_at
    into v_actor.staff_id, v_actor.session_id, v_actor.name, v_actor.roles, v_actor.clearances, v_actor.regions, v_seen
    from staff.sessions s
    join staff.members m on m.id = s.staff_id
   where s.token_hash = sha256(convert_to(p_actor ->> 'token', 'UTF8'))
     and s.ended_at is null
     and s.expires_at > v_now
     and s.last_seen_at + s.idle_limit > v_now
     and m.state = 'active';
  v_actor.ip := left(p_actor ->> 'ip', 64);
  v_actor.user_agent := left(p_actor ->> 'userAgent', 300);
  v_actor.request_id := left(p_actor ->> 'requestId', 64);
  -- At most one write in ten seconds: a page of fifty requests must not be fifty updates of one row.
  if v_actor.staff_id is not null and not coalesce((p_actor ->> 'background')::boolean, false)
     and v_seen < v_now - interval '10 seconds' then
    update staff.sessions set last_seen_at = v_now
     where id = v_actor.session_id and last_seen_at < v_now and ended_at is null;
  end if;
  return v_actor;
end
$$;

-- What is counted against a limit is counted by one transaction of a person at a time: otherwise a burst in parallel passes
-- the count together.
create or replace function staff.one_at_a_time(p_staff uuid) returns void
  language plpgsql
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(p_staff::text, 5));
end
$$;

-- The same for row-level security: the token of this transaction, set by `set_config('unseal.token', …, true)`.
-- Forging another setting gains nothing, since nothing but the token is ever read.
create or replace function staff.current_actor() returns staff.actor
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select m.id, s.id, m.name, m.roles, m.clearances, m.regions, null::text, null::text, null::text
    from staff.sessions s
    join staff.members m on m.id = s.staff_id
   where s.token_hash = sha256(convert_to(current_setting('unseal.token', true), 'UTF8'))
     and s.ended_at is null
     and s.expires_at > clock_timestamp()
     and s.last_seen_at + s.idle_limit > clock_timestamp()
     and m.state = 'active'
$$;

create or replace function staff.current_id() returns uuid
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$ select (staff.current_actor()).staff_id $$;

create or replace function staff.current_has_role(p_roles text[]) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$ select coalesce((staff.current_actor()).roles && p_roles, false) $$;

create or replace function staff.current_regions() returns text[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$ select coalesce((staff.current_actor()).regions, '{}') $$;

create or replace function staff.current_clearances() returns text[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$ select coalesce((staff.current_actor()).clearances, '{}') $$;

-- Queues that the caller works in: member, in a role that triages, cleared for the subject.
create or replace function staff.current_queues() returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(array_agg(q.id), '{}')
    from staff.current_actor() a
    join triage.queue_members qm on qm.staff_id = a.staff_id
    join triage.queues q on q.id = qm.queue_id
   where a.roles && array['moderator', 'specialist', 'lead']
     and (q.restricted_subject is null or q.restricted_subject = any (a.clearances))
$$;

-- A reader of the whole log: an officer, or an auditor inside the range given to them. Others see their own acts.
create or replace function staff.current_log_range() returns tstzrange
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select case
      when a.roles @> array['compliance_officer'] then tstzrange(null, null)
      when a.roles @> array['auditor'] and m.reads_from is not null then tstzrange(m.reads_from, m.reads_until)
      else 'empty'::tstzrange
    end
    from staff.current_actor() a
    join staff.members m on m.id = a.staff_id
$$;

-- Signing in, first half: how to derive the proof for this address. An unknown address gets a salt that is as stable.
create or replace function staff.sign_in_challenge(p_email text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v jsonb;
begin
  select jsonb_build_object('salt', encode(c.salt, 'hex'), 'memoryKib', c.memory_kib, 'passes', c.passes, 'lanes', c.lanes)
    into v
    from staff.members m join staff.credentials c on c.staff_id = m.id
   where m.email = lower(p_email);
  if v is null then
    select jsonb_build_object(
        'salt', encode(substring(sha256(d.secret || convert_to(lower(coalesce(p_email, '')), 'UTF8')) from 1 for 16), 'hex'),
        'memoryKib', 19456, 'passes', 2, 'lanes', 1)
      into v from staff.decoy d;
  end if;
  return v;
end
$$;

-- Second half: the proof is the raw argon2id output. The stored verifier never leaves; the session is made here.
-- p_from: {ip, userAgent, requestId}. Out: {ok, token, sessionId, staffId} or {ok: false, code: wrong | locked}.
create or replace function staff.sign_in(p_from jsonb, p_email text, p_proof bytea, p_idle interval, p_absolute interval)
  returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_actor    staff.actor;
  v_hash     bytea := sha256(convert_to(lower(coalesce(p_email, '')), 'UTF8'));
  v_ip       text := left(p_from ->> 'ip', 64);
  v_member   staff.members;
  v_verifier bytea;
  v_token    text;
  v_now      timestamptz := clock_timestamp();
begin
  v_actor.ip := v_ip;
  v_actor.user_agent := left(p_from ->> 'userAgent', 300);
  v_actor.request_id := left(p_from ->> 'requestId', 64);

  -- One attempt at a time for one address: otherwise a burst in parallel passes the count together.
  perform pg_advisory_xact_lock(hashtextextended(encode(v_hash, 'hex'), 1));
  if (select count(*) from staff.sign_in_attempts a
       where a.email_hash = v_hash and not a.succeeded and a.at > v_now - interval '15 minutes'
         and a.at > coalesce((select max(b.at) from staff.sign_in_attempts b
                               where b.email_hash = v_hash and b.succeeded), '-infinity')) >= 8
     or (select count(*) from staff.sign_in_attempts a
          where a.ip = v_ip and not a.succeeded and a.at > v_now - interval '15 minutes') >= 100 then
    select * into v_member from staff.members m where m.email = lower(p_email);
    return audit.denied(v_actor, 'sign_in.attempt', 'locked', jsonb_build_object('staffId', v_member.id));
  end if;

  select m.* into v_member from staff.members m where m.email = lower(p_email) and m.state = 'active';
  select c.verifier into v_verifier from staff.credentials c where c.staff_id = v_member.id;
  if v_verifier is null or p_proof is null or v_verifier <> sha256(p_proof) then
    insert into staff.sign_in_attempts (email_hash, ip, succeeded) values (v_hash, v_ip, false);
    return audit.denied(v_actor, 'sign_in.attempt', 'wrong', jsonb_build_object('staffId', v_member.id));
  end if;

  insert into staff.sign_in_attempts (email_hash, ip, succeeded) values (v_hash, v_ip, true);
  -- 244 bits from PostgreSQL's strong random source.
  v_token := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
  insert into staff.sessions (staff_id, token_hash, idle_limit, expires_at, ip, user_agent)
  values (v_member.id, sha256(convert_to(v_token, 'UTF8')), least(p_idle, interval '60 minutes'),
          v_now + least(p_absolute, interval '24 hours') - interval '1 second', v_ip, v_actor.user_agent)
  returning id into v_actor.session_id;
  v_actor.staff_id := v_member.id;
  v_actor.roles := v_member.roles;
  perform audit.write(v_actor, 'staff', 'sign_in.attempt', 'done', '{}');
  return jsonb_build_object('ok', true, 'token', v_token, 'sessionId', v_actor.session_id, 'staffId', v_member.id);
end
$$;

-- The person behind a token, for the page shell; null when the token opens nothing.
create or replace function staff.me(p_actor jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_actor staff.actor := staff.resolve(p_actor);
begin
  if v_actor.staff_id is null then
    return null;
  end if;
  return (
    select jsonb_build_object('id', m.id, 'name', m.name, 'email', m.email, 'roles', m.roles, 'regions', m.regions,
        'clearances', m.clearances, 'session', jsonb_build_object('id', s.id, 'expiresAt', unseal.instant(s.expires_at),
          'idleExpiresAt', unseal.instant(least(s.last_seen_at + s.idle_limit, s.expires_at))))
      from staff.members m join staff.sessions s on s.id = v_actor.session_id
     where m.id = v_actor.staff_id);
end
$$;

-- Ends sessions of one person, all or one; pages that hold one are told at once.
create or replace function staff.end_sessions(p_staff uuid, p_only uuid, p_how text) returns integer
  language plpgsql
as $$
declare
  v_session uuid;
  v_count   integer := 0;
begin
  for v_session in
    update staff.sessions set ended_at = clock_timestamp(), ended_how = p_how
     where staff_id = p_staff and ended_at is null and (p_only is null or id = p_only)
    returning id
  loop
    v_count := v_count + 1;
    perform pg_notify('unseal_live', json_build_object('type', 'session_ended', 'sessionId', v_session)::text);
  end loop;
  return v_count;
end
$$;

create or replace function staff.sign_out(p_actor jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_actor staff.actor := staff.resolve(p_actor);
begin
  if v_actor.staff_id is null then
    return jsonb_build_object('ok', true);
  end if;
  perform triage.release_all(v_actor.staff_id, v_actor.session_id);
  perform staff.end_sessions(v_actor.staff_id, v_actor.session_id, 'signed_out');
  perform audit.write(v_actor, 'staff', 'sign_in.ended', 'done', '{}');
  return jsonb_build_object('ok', true);
end
$$;

-- A refusal that the application made before it reached the database: wrong origin, wrong role for a page, a body that
-- no verb saw. Only the closed list of detail keys goes in.
create or replace function audit.record_denial(p_actor jsonb, p_action text, p_code text, p_target jsonb) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_actor staff.actor := staff.resolve(p_actor || '{"background": true}');
begin
  perform audit.denied(v_actor, p_action, p_code, jsonb_strip_nulls(jsonb_build_object(
    'caseId', (p_target ->> 'caseId')::uuid, 'viewId', (p_target ->> 'viewId')::uuid,
    'queueId', (p_target ->> 'queueId')::uuid, 'decisionId', (p_target ->> 'decisionId')::uuid,
    'staffId', (p_target ->> 'staffId')::uuid, 'threadId', (p_target ->> 'threadId')::uuid,
    'detail', jsonb_build_object('route', left(p_target ->> 'route', 120)))));
end
$$;
