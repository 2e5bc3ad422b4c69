-- Events as they leave for a SIEM: the leaf as it stands in the tree, and beside it the network address and the detail. Of the
-- detail, domain/siem/facts.ts lets known words and ids through. Neither a reason nor the salt of a leaf is in it.

-- From a place on, in the order of the log. What is missing in the middle is told by the places of what is there. `event` is
-- null when the row that the leaf speaks of is gone: the leaf still leaves.
create or replace function audit.feed_batch(p_from bigint, p_limit integer)
  returns table (log_index bigint, leaf text, event jsonb)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select l.log_index, l.leaf, e.event
    from (select * from audit.leaves where log_index >= p_from order by log_index limit least(p_limit, 2000)) l
    -- One by one, by id (hence the offset): the planner takes the limit for a tenth of the log and would read all events.
    left join lateral (
      select jsonb_build_object('id', e.id, 'action', e.action, 'outcome', e.outcome, 'actorKind', e.actor_kind,
          'actorId', e.actor_id, 'detail', e.detail, 'ip', e.ip,
          'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) as event
        from audit.events e where e.id = l.event_id offset 0) e on true
   order by l.log_index
$$;

-- How the log is called and how long it is, by its newest checkpoint: {origin, size}. origin is null while there is none.
create or replace function audit.feed_head() returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce((select jsonb_build_object('origin', split_part(c.note, E'\n', 1), 'size', c.size)
    from audit.checkpoints c order by c.size desc limit 1), '{"origin":null,"size":0}')
$$;

-- Leaves are missing in the middle of the log. An event, once for each gap; a word from a caller alone makes none.
create or replace function audit.record_gap(p_first bigint, p_last bigint) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from audit.leaves l where l.log_index between p_first and p_last)
    or not exists (select from audit.leaves l where l.log_index > p_last) then
    return;
  end if;
  insert into audit.siem_gaps (first_index, last_index) values (p_first, p_last) on conflict do nothing;
  if found then
    perform audit.write(null::staff.actor, 'system', 'siem.gap_found', 'failed',
      jsonb_build_object('detail', jsonb_build_object('first', p_first, 'last', p_last)));
  end if;
end
$$;

-- A machine asks for what stands behind a place (-1: from the beginning). The key is looked up each time, so that one that was
-- revoked opens nothing more from that moment. Out: {ok, origin, size, from, rows: [{index, leaf, event}]}, or a refusal.
create or replace function audit.read_feed(p_key_hash bytea, p_context jsonb, p_after bigint, p_limit integer) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  k      audit.siem_keys;
  a      staff.actor;
  v_code text;
  v_rows jsonb;
  v_from bigint;
  v_last bigint;
begin
  a.ip := left(p_context ->> 'ip', 64);
  a.user_agent := left(p_context ->> 'userAgent', 300);
  a.request_id := left(p_context ->> 'requestId', 64);
  select * into k from audit.siem_keys s where s.key_hash = p_key_hash;
  v_code := case
    when p_key_hash is null then 'feed-key-missing'
    when k.id is null then 'feed-key-unknown'
    when k.revoked_at is not null then 'feed-key-revoked'
    when k.expires_at <= clock_timestamp() then 'feed-key-expired'
    when not k.scopes @> array['feed:read'] then 'feed-key-scope'
  end;
  if v_code is not null then
    return audit.denied(a, 'siem.key_refused', v_code,
      jsonb_build_object('detail', jsonb_strip_nulls(jsonb_build_object('keyId', k.id))));
  end if;
  v_from := greatest(p_after + 1, k.first_index);
  select jsonb_agg(jsonb_build_object('index', b.log_index, 'leaf', b.leaf, 'event', b.event) order by b.log_index),
      max(b.log_index)
    into v_rows, v_last from audit.feed_batch(v_from, p_limit) b;
  if v_last is not null and k.first_used_at is null then
    update audit.siem_keys s set first_used_at = clock_timestamp() where s.id = k.id and s.first_used_at is null;
    if found then
      perform audit.write(a, 'system', 'siem.first_delivery', 'done',
        jsonb_build_object('detail', jsonb_build_object('keyId', k.id, 'first', v_from)));
    end if;
  end if;
  -- How far a key has read is kept to the event; that it asked in vain, once in ten seconds.
  if v_last > coalesce(k.last_index, -1) or k.last_used_at is null or k.last_used_at < clock_timestamp() - interval '10 seconds' then
    update audit.siem_keys s set last_used_at = clock_timestamp(), last_index = greatest(s.last_index, v_last) where s.id = k.id;
  end if;
  return audit.feed_head() || jsonb_build_object('ok', true, 'from', v_from, 'rows', coalesce(v_rows, '[]'));
end
$$;

-- The operator reads events at the command line (`unseal siem pull`). Before the first of them. Out: the event's id.
create or replace function audit.record_pull(p_format text, p_after bigint) returns uuid
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select audit.write(null::staff.actor, 'operator', 'siem.pulled', 'done',
    jsonb_build_object('detail', jsonb_build_object('format', left(p_format, 10), 'from', p_after + 1)))
$$;
