-- The public keys that the log is signed with, and what leaves the house.

create or replace function audit.add_log_key(p_vkey text, p_key_id text, p_origin text, p_after_loss boolean) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into audit.log_keys (vkey, key_id, origin, added_size, after_loss)
  values (p_vkey, p_key_id, p_origin, coalesce((select max(c.size) from audit.checkpoints c), 0), p_after_loss);
  perform audit.write(null::staff.actor, 'operator', 'log.key_added', 'done', jsonb_build_object('detail',
    jsonb_build_object('vkey', p_vkey, 'afterLoss', p_after_loss)));
end
$$;

create or replace function audit.end_log_key(p_vkey text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into audit.log_key_ends (vkey, ended_size)
  select k.vkey, coalesce((select max(c.size) from audit.checkpoints c), 0) from audit.log_keys k where k.vkey = p_vkey
  on conflict do nothing;
  if not found then
    return false;
  end if;
  perform audit.write(null::staff.actor, 'operator', 'log.key_ended', 'done', jsonb_build_object('detail',
    jsonb_build_object('vkey', p_vkey)));
  return true;
end
$$;

-- A copy of the log, or a proof about one event, leaves as files. Before the first byte of them. Out: the event's id.
create or replace function audit.record_log_export(p_from bigint) returns uuid
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select audit.write(null::staff.actor, 'operator', 'log.exported', 'done',
    jsonb_build_object('detail', jsonb_build_object('from', p_from)))
$$;

create or replace function audit.record_proof(p_event uuid) returns uuid
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select audit.write(null::staff.actor, 'operator', 'log.proved', 'done',
    jsonb_build_object('detail', jsonb_build_object('event', p_event)))
$$;
