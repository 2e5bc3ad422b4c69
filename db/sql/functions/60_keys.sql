-- Rotation: the worker sees wrapped data keys and re-wraps them; it never sees a ciphertext they open.

create or replace function sealed.keys_not_wrapped_by(p_kek text, p_limit integer)
  returns table (thread_id uuid, key_id uuid, kek_id text, wrapped bytea)
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select k.thread_id, k.key_id, k.kek_id, k.wrapped from sealed.thread_keys k
   where k.kek_id < p_kek or k.kek_id > p_kek
   order by k.thread_id, k.key_id limit least(p_limit, 1000)
$$;

-- Conditional on the old bytes: of two rotations at once, the second changes nothing. Out: how many were changed.
create or replace function sealed.rewrap_keys(p_keys jsonb) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_count integer;
begin
  update sealed.thread_keys k
     set kek_id = r."kekId", wrapped = decode(r.wrapped, 'base64')
    from jsonb_to_recordset(p_keys) as r("threadId" uuid, "keyId" uuid, "oldWrapped" text, "kekId" text, wrapped text)
   where k.thread_id = r."threadId" and k.key_id = r."keyId" and k.wrapped = decode(r."oldWrapped", 'base64');
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

create or replace function sealed.record_rotation(p_kek text, p_rewrapped bigint, p_outcome text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform audit.write(null::staff.actor, 'operator', 'keys.rotated', p_outcome,
    jsonb_build_object('detail', jsonb_build_object('kekId', p_kek, 'rewrapped', p_rewrapped)));
end
$$;

-- How many data keys each key-encryption key still wraps.
create or replace function sealed.key_counts() returns table (kek_id text, keys bigint)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$ select k.kek_id, count(*) from sealed.thread_keys k group by k.kek_id $$;
