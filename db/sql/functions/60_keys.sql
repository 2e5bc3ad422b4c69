-- Rotation: the worker sees wrapped data keys and re-wraps them; it never sees a ciphertext they open.

-- Written before a rotation touches anything: when it cannot be, there is no rotation.
create or replace function sealed.start_rotation(p_from text, p_resumed boolean) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform audit.write(null::staff.actor, 'operator', 'keys.rotation_started', 'done',
    jsonb_build_object('detail', jsonb_build_object('from', left(p_from, 64), 'resumed', p_resumed)));
end
$$;

-- The next data keys that another key-encryption key wraps, in the order of the table: a key that cannot be opened is
-- passed by and not met again.
drop function if exists sealed.keys_not_wrapped_by(text, integer);
create or replace function sealed.keys_not_wrapped_by(p_kek text, p_after_thread uuid, p_after_key uuid, p_limit integer)
  returns table (thread_id uuid, key_id uuid, kek_id text, wrapped bytea)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select k.thread_id, k.key_id, k.kek_id, k.wrapped from sealed.thread_keys k
   where k.kek_id <> p_kek and (k.thread_id, k.key_id) > (p_after_thread, p_after_key)
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

drop function if exists sealed.record_rotation(text, bigint, text);
create or replace function sealed.record_rotation(p_kek text, p_rewrapped bigint, p_damaged bigint) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform audit.write(null::staff.actor, 'operator', 'keys.rotated', case when p_damaged = 0 then 'done' else 'failed' end,
    jsonb_build_object('detail', jsonb_build_object('kekId', left(p_kek, 64), 'rewrapped', p_rewrapped,
      'damaged', p_damaged)));
end
$$;

-- Bars a key-encryption key for good, once it wraps nothing. Whoever is sealing with it at this moment is waited for, and
-- counts; whoever comes later is refused by the trigger below, so that no data key is lost with it.
-- Out: how many data keys it still wraps; 0 means that it is barred and may be dropped.
create or replace function sealed.retire_kek(p_kek text) returns bigint
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_left bigint;
begin
  set local lock_timeout = '30s';
  lock table sealed.thread_keys in share row exclusive mode;
  select count(*) into v_left from sealed.thread_keys k where k.kek_id = p_kek;
  if v_left = 0 then
    insert into sealed.retired_keks (kek_id) values (p_kek) on conflict do nothing;
    perform audit.write(null::staff.actor, 'operator', 'keys.dropped', 'done',
      jsonb_build_object('detail', jsonb_build_object('kekId', left(p_kek, 64))));
  end if;
  return v_left;
end
$$;

create or replace function sealed.refuse_retired_keks() returns trigger
  language plpgsql
as $$
begin
  if exists (select from fresh f join sealed.retired_keks r on r.kek_id = f.kek_id) then
    raise exception using errcode = 'UN021',
      message = 'A data key was wrapped by a key-encryption key that has been dropped. Try again: the current one is read anew.';
  end if;
  return null;
end
$$;
drop trigger if exists refuse_retired_on_insert on sealed.thread_keys;
create trigger refuse_retired_on_insert after insert on sealed.thread_keys referencing new table as fresh
  for each statement execute function sealed.refuse_retired_keks();
drop trigger if exists refuse_retired_on_update on sealed.thread_keys;
create trigger refuse_retired_on_update after update on sealed.thread_keys referencing new table as fresh
  for each statement execute function sealed.refuse_retired_keks();

-- How many data keys each key-encryption key still wraps.
create or replace function sealed.key_counts() returns table (kek_id text, keys bigint)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$ select k.kek_id, count(*) from sealed.thread_keys k group by k.kek_id $$;
