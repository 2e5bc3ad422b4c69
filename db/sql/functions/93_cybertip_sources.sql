-- From where platforms' attachments are fetched, and with what token: set by the administrator of the machine
-- (`unseal cybertip source …`) as the database's owner. The token arrives sealed.

-- p: {origins, inside, header, token: {keyId, kekId, wrapped, box} or null}; what is left out stays. Out: nothing.
create or replace function cybertip.set_source(p_slug text, p jsonb) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_platform uuid;
  s          cybertip.attachment_sources;
begin
  select f.id into v_platform from intake.platforms f where f.slug = p_slug;
  if v_platform is null then
    raise exception using errcode = 'UN003', message = 'There is no such platform.';
  end if;
  if not exists (select from cybertip.attachment_sources o where o.platform_id = v_platform) then
    insert into cybertip.attachment_sources (platform_id, origins)
    values (v_platform, array(select jsonb_array_elements_text(p -> 'origins')));
  end if;
  select * into s from cybertip.attachment_sources where platform_id = v_platform for update;
  if p ? 'token' then
    delete from sealed.thread_keys where thread_id = s.secret_id and key_id = s.token_key;
    s.token_key := (p #>> '{token,keyId}')::uuid;
    s.token_ct := decode(p #>> '{token,box}', 'base64');
    if s.token_key is not null then
      insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped)
      values (s.secret_id, s.token_key, p #>> '{token,kekId}', decode(p #>> '{token,wrapped}', 'base64'));
    end if;
  end if;
  update cybertip.attachment_sources
     set origins = case when p ? 'origins' then array(select jsonb_array_elements_text(p -> 'origins')) else s.origins end,
         inside = coalesce((p ->> 'inside')::boolean, s.inside), header = coalesce(p ->> 'header', s.header),
         token_key = s.token_key, token_ct = s.token_ct, changed_at = clock_timestamp()
   where platform_id = v_platform;
  perform audit.write(null::staff.actor, 'operator', 'cybertip.source_changed', 'done', jsonb_build_object('detail',
    jsonb_build_object('platformId', v_platform, 'what', (select jsonb_agg(k order by k) from jsonb_object_keys(p) k))));
end
$$;

create or replace function cybertip.remove_source(p_slug text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s cybertip.attachment_sources;
begin
  delete from cybertip.attachment_sources where platform_id = (select f.id from intake.platforms f where f.slug = p_slug)
  returning * into s;
  if s.platform_id is null then
    raise exception using errcode = 'UN003', message = 'There is no such source.';
  end if;
  delete from sealed.thread_keys where thread_id = s.secret_id;
  perform audit.write(null::staff.actor, 'operator', 'cybertip.source_removed', 'done',
    jsonb_build_object('detail', jsonb_build_object('platformId', s.platform_id)));
end
$$;

-- Without the tokens. A platform of which nobody has said anything is there with no origins.
create or replace function cybertip.list_sources() returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object('platform', f.slug, 'secretId', s.secret_id, 'origins', coalesce(s.origins, '{}'),
      'inside', coalesce(s.inside, false), 'header', s.header, 'hasToken', s.token_ct is not null) order by f.slug), '[]')
    from intake.platforms f left join cybertip.attachment_sources s on s.platform_id = f.id
$$;
