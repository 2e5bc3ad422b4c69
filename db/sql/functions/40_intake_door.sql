-- The platforms' door: whose key is this, and may it come in. Keys are 256 random bits, so a plain SHA-256 keeps them.

-- Out: the key and its platform; `code` is null when the key may do what `p_scope` names.
create or replace function intake.check_key(p_key_hash bytea, p_scope text,
  out key_id uuid, out platform_id uuid, out code text)
  language plpgsql
as $$
declare
  k intake.platform_keys;
begin
  select * into k from intake.platform_keys p where p.key_hash = p_key_hash;
  key_id := k.id;
  platform_id := k.platform_id;
  code := case
    when p_key_hash is null then 'key-missing'
    when k.id is null then 'key-unknown'
    when k.revoked_at is not null then 'key-revoked'
    when k.expires_at <= clock_timestamp() then 'key-expired'
    when not k.scopes @> array[p_scope] then 'scope-missing'
  end;
  -- At most once a minute, and never waiting for another delivery that does the same.
  if code is null and (k.last_used_at is null or k.last_used_at < clock_timestamp() - interval '1 minute') then
    update intake.platform_keys p set last_used_at = clock_timestamp()
     where p.id = (select l.id from intake.platform_keys l where l.id = k.id for no key update skip locked);
  end if;
end
$$;

-- Where a call came from. In: {ip, userAgent, requestId}.
create or replace function intake.caller(p_context jsonb) returns staff.actor
  language plpgsql stable
as $$
declare
  a staff.actor;
begin
  a.ip := left(p_context ->> 'ip', 64);
  a.user_agent := left(p_context ->> 'userAgent', 300);
  a.request_id := left(p_context ->> 'requestId', 64);
  return a;
end
$$;

-- A key was refused. The event names the key and the platform when they are known.
create or replace function intake.refuse_key(p_actor staff.actor, p_key uuid, p_platform uuid, p_code text) returns jsonb
  language plpgsql
as $$
begin
  perform audit.write(p_actor, case when p_platform is null then 'nobody' else 'platform' end, 'intake.key_refused',
    'denied', jsonb_build_object('platformId', p_platform,
      'detail', jsonb_strip_nulls(jsonb_build_object('code', p_code, 'keyId', p_key))));
  return jsonb_build_object('ok', false, 'code', p_code);
end
$$;

-- Asked before a body is read. Out: {ok, platformId} or {ok: false, code}.
create or replace function intake.enter(p_key_hash bytea, p_context jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  k record;
begin
  select * into k from intake.check_key(p_key_hash, 'flags:write');
  if k.code is not null then
    return intake.refuse_key(intake.caller(p_context), k.key_id, k.platform_id, k.code);
  end if;
  return jsonb_build_object('ok', true, 'platformId', k.platform_id);
end
$$;

-- Flags that never became one: how many lines were refused, by code. The words of the list are ours; others are dropped.
create or replace function intake.record_refusals(p_key_hash bytea, p_codes jsonb, p_context jsonb) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  k       record;
  v_codes jsonb;
begin
  select * into k from intake.check_key(p_key_hash, 'flags:write');
  select jsonb_object_agg(c.key, c.value::integer) into v_codes
    from jsonb_each_text(p_codes) c where c.key ~ '^[a-z]+(-[a-z]+)*$' and length(c.key) <= 40 and c.value ~ '^\d{1,9}$';
  if v_codes is null then
    return;
  end if;
  perform audit.write(intake.caller(p_context), case when k.platform_id is null then 'nobody' else 'platform' end,
    'intake.refused', 'denied', jsonb_build_object('platformId', k.platform_id,
      'detail', jsonb_strip_nulls(jsonb_build_object('codes', v_codes, 'keyId', k.key_id))));
end
$$;
