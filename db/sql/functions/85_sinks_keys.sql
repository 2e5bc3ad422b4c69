-- Keys of machines that read the log, for the operator (`unseal siem-keys`) as the database's owner. A key itself never comes
-- here: the operator's machine draws it, shows it once, and sends its SHA-256.

-- p_until: null for a key that holds until it is revoked. p_first: events before this place are not for it.
create or replace function audit.add_siem_key(p_label text, p_key_hash bytea, p_until timestamptz, p_first bigint) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_id uuid;
begin
  insert into audit.siem_keys (label, key_hash, scopes, expires_at, first_index)
  values (p_label, p_key_hash, array['feed:read'], p_until, p_first)
  returning id into v_id;
  perform audit.write(null::staff.actor, 'operator', 'siem.key_created', 'done', jsonb_build_object('detail',
    jsonb_strip_nulls(jsonb_build_object('keyId', v_id, 'firstIndex', p_first, 'until', unseal.instant(p_until)))));
  return v_id;
end
$$;

create or replace function audit.revoke_siem_key(p_key uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update audit.siem_keys set revoked_at = clock_timestamp() where id = p_key and revoked_at is null;
  if not found then
    raise exception using errcode = 'UN004', message = 'There is no such key in use.';
  end if;
  perform audit.write(null::staff.actor, 'operator', 'siem.key_revoked', 'done',
    jsonb_build_object('detail', jsonb_build_object('keyId', p_key)));
end
$$;

create or replace function audit.list_siem_keys()
  returns table (id uuid, label text, scopes text[], first_index bigint, created_at timestamptz, expires_at timestamptz,
                 revoked_at timestamptz, last_used_at timestamptz, last_index bigint)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select k.id, k.label, k.scopes, k.first_index, k.created_at, k.expires_at, k.revoked_at, k.last_used_at, k.last_index
    from audit.siem_keys k order by k.created_at, k.id
$$;
