-- Platforms and their keys, for the operator (`unseal platforms`, `unseal platform-keys`) as the database's owner.
-- A key itself never comes here: the operator's machine draws it, shows it once, and sends its SHA-256.

create or replace function intake.add_platform(p_slug text, p_name text) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_id uuid;
begin
  insert into intake.platforms (slug, name) values (p_slug, p_name) returning id into v_id;
  perform audit.write(null::staff.actor, 'operator', 'intake.platform_added', 'done',
    jsonb_build_object('detail', jsonb_build_object('platformId', v_id, 'slug', p_slug)));
  return v_id;
end
$$;

create or replace function intake.list_platforms()
  returns table (id uuid, slug text, name text, created_at timestamptz, usable_keys bigint)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select p.id, p.slug, p.name, p.created_at,
      (select count(*) from intake.platform_keys k where k.platform_id = p.id and k.revoked_at is null
          and (k.expires_at is null or k.expires_at > clock_timestamp()))
    from intake.platforms p order by p.slug
$$;

-- p_until: null for a key that holds until it is revoked. p_scopes: what it may do.
drop function if exists intake.add_key(text, text, bytea, timestamptz);
create or replace function intake.add_key(p_slug text, p_label text, p_key_hash bytea, p_until timestamptz,
  p_scopes text[] default array['flags:write']) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_platform uuid;
  v_id       uuid;
begin
  select p.id into v_platform from intake.platforms p where p.slug = p_slug;
  if v_platform is null then
    raise exception using errcode = 'UN003', message = 'There is no such platform.';
  end if;
  insert into intake.platform_keys (platform_id, label, key_hash, scopes, expires_at)
  values (v_platform, p_label, p_key_hash, p_scopes, p_until)
  returning id into v_id;
  perform audit.write(null::staff.actor, 'operator', 'intake.key_created', 'done', jsonb_build_object('detail',
    jsonb_strip_nulls(jsonb_build_object('platformId', v_platform, 'keyId', v_id, 'scopes', p_scopes, 'until', unseal.instant(p_until)))));
  return v_id;
end
$$;

-- A new key beside an old one, which goes on for p_overlap and no longer than it would have.
create or replace function intake.rotate_key(p_key uuid, p_key_hash bytea, p_overlap interval) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  k       intake.platform_keys;
  v_id    uuid;
  v_until timestamptz;
begin
  select * into k from intake.platform_keys p where p.id = p_key for update;
  if k.id is null or k.revoked_at is not null or k.expires_at <= clock_timestamp() then
    raise exception using errcode = 'UN004', message = 'There is no such key in use.';
  end if;
  if p_overlap not between interval '0' and interval '30 days' then
    raise exception using errcode = 'UN005', message = 'The overlap must be between nothing and 30 days.';
  end if;
  v_until := least(k.expires_at, clock_timestamp() + p_overlap);
  insert into intake.platform_keys (platform_id, label, key_hash, scopes, expires_at)
  values (k.platform_id, k.label, p_key_hash, k.scopes, k.expires_at)
  returning id into v_id;
  update intake.platform_keys set expires_at = v_until where id = k.id;
  perform audit.write(null::staff.actor, 'operator', 'intake.key_rotated', 'done', jsonb_build_object('detail',
    jsonb_build_object('platformId', k.platform_id, 'keyId', v_id, 'oldKeyId', k.id,
      'oldKeyUntil', unseal.instant(v_until))));
  return v_id;
end
$$;

create or replace function intake.revoke_key(p_key uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_platform uuid;
begin
  update intake.platform_keys set revoked_at = clock_timestamp() where id = p_key and revoked_at is null
  returning platform_id into v_platform;
  if v_platform is null then
    raise exception using errcode = 'UN004', message = 'There is no such key in use.';
  end if;
  perform audit.write(null::staff.actor, 'operator', 'intake.key_revoked', 'done', jsonb_build_object('detail',
    jsonb_build_object('platformId', v_platform, 'keyId', p_key)));
end
$$;

create or replace function intake.list_keys(p_slug text)
  returns table (id uuid, platform text, label text, scopes text[], created_at timestamptz, expires_at timestamptz,
                 revoked_at timestamptz, last_used_at timestamptz)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select k.id, p.slug, k.label, k.scopes, k.created_at, k.expires_at, k.revoked_at, k.last_used_at
    from intake.platform_keys k join intake.platforms p on p.id = k.platform_id
   where p_slug is null or p.slug = p_slug
   order by p.slug, k.created_at, k.id
$$;
