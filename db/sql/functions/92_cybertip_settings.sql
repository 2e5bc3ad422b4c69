-- How reports leave: environment, credentials, reporter, and whether live submission is on (it is off until somebody says so).
-- Set by the administrator of the machine with `unseal cybertip …`; the password rests as ciphertext.

-- Changes what is named in p: environment, base, username, password {keyId, kekId, wrapped, box}, reporter, schemaVersion,
-- dueHours, mostBytes. Credentials belong to one environment: with another one they go, and live submission goes off.
create or replace function cybertip.configure(p jsonb) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s       cybertip.settings;
  v_moves boolean;
begin
  select * into s from cybertip.settings for update;
  v_moves := p ->> 'environment' <> s.environment;
  if v_moves and exists (select from cybertip.attempts t where t.state = 'open') then
    raise exception using errcode = 'UN022',
      message = 'A report is being filed in the environment that is set. Wait until it is settled, or stop it.';
  end if;
  if v_moves then
    delete from sealed.thread_keys where thread_id = s.secret_id and key_id = s.password_key;
    s.environment := p ->> 'environment';
    s.username := null;
    s.password_key := null;
    s.password_ct := null;
    s.live := false;
  end if;
  -- A local service may move on this machine; NCMEC's own lie where they lie.
  s.base := case when s.environment = 'local' then coalesce(p ->> 'base', s.base) end;
  if p ? 'password' then
    delete from sealed.thread_keys where thread_id = s.secret_id and key_id = s.password_key;
    insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped)
    values (s.secret_id, (p #>> '{password,keyId}')::uuid, p #>> '{password,kekId}', decode(p #>> '{password,wrapped}', 'base64'));
    s.password_key := (p #>> '{password,keyId}')::uuid;
    s.password_ct := decode(p #>> '{password,box}', 'base64');
  end if;
  update cybertip.settings set environment = s.environment, base = s.base, live = s.live,
      username = coalesce(p ->> 'username', s.username), password_key = s.password_key, password_ct = s.password_ct,
      reporter = coalesce(p -> 'reporter', s.reporter), schema_version = coalesce(p ->> 'schemaVersion', s.schema_version),
      due_hours = coalesce((p ->> 'dueHours')::integer, s.due_hours), most_bytes = coalesce((p ->> 'mostBytes')::bigint, s.most_bytes),
      changed_at = clock_timestamp();
  perform audit.write(null::staff.actor, 'operator', 'cybertip.settings_changed', 'done', jsonb_build_object('detail',
    jsonb_build_object('what', (select jsonb_agg(k order by k) from jsonb_object_keys(p) k), 'environment', s.environment,
      'live', s.live)));
end
$$;

-- Switches live submission. Exports for filing by hand work either way.
create or replace function cybertip.set_live(p_live boolean) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s cybertip.settings;
begin
  select * into s from cybertip.settings for update;
  if s.live is distinct from p_live then
    update cybertip.settings set live = p_live, changed_at = clock_timestamp();
    perform audit.write(null::staff.actor, 'operator', case when p_live then 'cybertip.live_enabled' else 'cybertip.live_disabled' end,
      'done', jsonb_build_object('detail', jsonb_build_object('environment', s.environment)));
  end if;
end
$$;

-- What was found when the service's schema was last compared with the model.
create or replace function cybertip.last_schema_check(p_environment text, p_version text) returns jsonb
  language sql stable
as $$
  select jsonb_build_object('checkedAt', unseal.instant(c.checked_at), 'outcome', c.outcome, 'sha256', c.sha256,
      'differences', c.differences, 'cause', c.cause,
      -- A failed look says nothing of the schema: what was known before still holds.
      'knownOutcome', (select o.outcome from cybertip.schema_checks o where o.environment = p_environment and o.version = p_version
        and o.outcome <> 'failed' order by o.id desc limit 1))
    from cybertip.schema_checks c where c.environment = p_environment and c.version = p_version order by c.id desc limit 1
$$;

-- The settings without the password, for the operator.
create or replace function cybertip.show_settings() returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('secretId', s.secret_id, 'environment', s.environment, 'base', s.base, 'username', s.username,
    'hasPassword', s.password_ct is not null, 'reporter', s.reporter, 'schemaVersion', s.schema_version, 'live', s.live,
    'dueHours', s.due_hours, 'mostBytes', s.most_bytes, 'changedAt', unseal.instant(s.changed_at),
    'filing', (select count(*) from cybertip.reports r where r.state = 'filing'),
    'stuck', (select count(*) from cybertip.reports r where r.state = 'stuck'),
    'schemaCheck', cybertip.last_schema_check(s.environment, s.schema_version))
    from cybertip.settings s
$$;

-- What the worker calls the service with, the password still sealed.
create or replace function cybertip.service_settings() returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('secretId', s.secret_id, 'environment', s.environment, 'base', s.base, 'username', s.username,
    'schemaVersion', s.schema_version, 'live', s.live, 'password', case when k.key_id is not null then jsonb_build_object(
      'keyId', k.key_id, 'kekId', k.kek_id, 'wrapped', encode(k.wrapped, 'base64'), 'box', encode(s.password_ct, 'base64')) end)
    from cybertip.settings s left join sealed.thread_keys k on k.thread_id = s.secret_id and k.key_id = s.password_key
$$;

create or replace function cybertip.record_schema_check(p jsonb) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_before text := cybertip.last_schema_check(p ->> 'environment', p ->> 'version') ->> 'knownOutcome';
begin
  insert into cybertip.schema_checks (environment, version, outcome, sha256, differences, cause, request_id)
  values (p ->> 'environment', p ->> 'version', p ->> 'outcome', p ->> 'sha256', coalesce(p -> 'differences', '[]'), p ->> 'cause',
    left(p ->> 'requestId', 300));
  if p ->> 'outcome' <> 'failed' and v_before is distinct from p ->> 'outcome' then
    perform audit.write(null::staff.actor, 'system', 'cybertip.schema_checked',
      case p ->> 'outcome' when 'changed' then 'failed' else 'done' end, jsonb_build_object('detail',
        jsonb_build_object('environment', p ->> 'environment', 'version', p ->> 'version', 'outcome', p ->> 'outcome',
          'sha256', p ->> 'sha256')));
  end if;
end
$$;
