-- Sinks that the worker pushes events to, as unseal_audit. A cursor moves on only by what a sink has acknowledged, and only
-- from where the sender believed it to be: two senders cannot both move it.

-- The sinks that are configured now. A new one begins at the beginning of the log, or at its end (p_from_now). That events go
-- to another place, or to none any more, is an event.
create or replace function audit.set_siem_sinks(p_names text[], p_targets text[], p_from_now boolean) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_end  bigint := case when p_from_now then coalesce((select max(c.size) from audit.checkpoints c), 0) else 0 end;
  v_name text;
begin
  -- Two workers that start at once: the second finds nothing left to say.
  perform pg_advisory_xact_lock(hashtextextended('unseal.siem.sinks', 0));
  for v_name in
    insert into audit.siem_sinks as s (name, target, next_index)
    select n.name, n.target, v_end from unnest(p_names, p_targets) as n(name, target)
    on conflict (name) do update set target = excluded.target, removed = false, configured_at = clock_timestamp(),
        -- The place that changed gets its turn at once.
        next_try_at = null
      where s.removed or s.target <> excluded.target
    returning s.name
  loop
    perform audit.write(null::staff.actor, 'system', 'siem.sink_configured', 'done', jsonb_build_object('detail',
      jsonb_build_object('sink', v_name, 'target', p_targets[array_position(p_names, v_name)])));
  end loop;
  for v_name in
    update audit.siem_sinks s set removed = true where not s.name = any (p_names) and not s.removed returning s.name
  loop
    perform audit.write(null::staff.actor, 'system', 'siem.sink_removed', 'done',
      jsonb_build_object('detail', jsonb_build_object('sink', v_name)));
  end loop;
end
$$;

-- The sender's turn: where to go on, and how long to wait before. Says that somebody looks after the sink.
-- Out: {nextIndex, waitMs, failures}; null when the sink is not configured.
create or replace function audit.siem_turn(p_name text, p_instance text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update audit.siem_sinks s set seen_at = clock_timestamp(), instance = left(p_instance, 64)
   where s.name = p_name and (s.seen_at is null or s.seen_at < clock_timestamp() - interval '10 seconds'
     or s.instance is distinct from left(p_instance, 64));
  return (select jsonb_build_object('nextIndex', s.next_index, 'failures', s.failures,
      'waitMs', greatest(0, ceil(extract(epoch from s.next_try_at - clock_timestamp()) * 1000)))
    from audit.siem_sinks s where s.name = p_name and not s.removed);
end
$$;

-- Everything from p_from up to p_next was acknowledged. False when the cursor is elsewhere: somebody else moved it.
create or replace function audit.siem_delivered(p_name text, p_from bigint, p_next bigint) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s audit.siem_sinks;
begin
  select * into s from audit.siem_sinks k where k.name = p_name and not k.removed for update;
  if s.name is null or s.next_index <> p_from or p_next <= p_from then
    return false;
  end if;
  update audit.siem_sinks k
     set next_index = p_next, delivered_at = clock_timestamp(), failures = 0, failing_since = null, alerted_at = null,
         problem = null, next_try_at = null
   where k.name = p_name;
  if s.delivered_at is null then
    perform audit.write(null::staff.actor, 'system', 'siem.first_delivery', 'done',
      jsonb_build_object('detail', jsonb_build_object('sink', p_name, 'first', p_from)));
  end if;
  if s.alerted_at is not null then
    perform audit.write(null::staff.actor, 'system', 'siem.sink_recovered', 'done', jsonb_build_object('detail',
      jsonb_build_object('sink', p_name, 'since', unseal.instant(s.failing_since), 'failures', s.failures)));
  end if;
  return true;
end
$$;

-- A delivery failed, for a reason in one word. After p_alert of nothing but failures it is an event, once.
create or replace function audit.siem_failed(p_name text, p_problem text, p_wait interval, p_alert interval) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s audit.siem_sinks;
begin
  update audit.siem_sinks k
     set failures = k.failures + 1, failing_since = coalesce(k.failing_since, clock_timestamp()),
         problem = left(p_problem, 64), next_try_at = clock_timestamp() + p_wait
   where k.name = p_name and not k.removed
  returning * into s;
  if s.alerted_at is null and s.failing_since <= clock_timestamp() - p_alert then
    update audit.siem_sinks k set alerted_at = clock_timestamp() where k.name = p_name;
    perform audit.write(null::staff.actor, 'system', 'siem.sink_failing', 'failed', jsonb_build_object('detail',
      jsonb_build_object('sink', p_name, 'problem', s.problem, 'since', unseal.instant(s.failing_since),
        'failures', s.failures)));
  end if;
end
$$;

-- How the sinks and keys are getting on, for those who look after the log. Out: {ok, size, sinks, keys, gaps}.
create or replace function audit.list_feeds(p_actor jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  v_size bigint := (audit.feed_head() ->> 'size')::bigint;
begin
  if a.staff_id is null then
    return audit.denied(a, 'siem.listed', 'not-signed-in', '{}');
  end if;
  if not a.roles && array['compliance_officer', 'auditor', 'administrator'] then
    return audit.denied(a, 'siem.listed', 'wrong-role', '{}');
  end if;
  return jsonb_build_object('ok', true, 'size', v_size,
    'sinks', (select coalesce(jsonb_agg(jsonb_build_object('name', s.name, 'target', s.target, 'nextIndex', s.next_index,
        'lastIndex', case when s.delivered_at is not null then s.next_index - 1 end,
        'lag', greatest(0, v_size - s.next_index), 'deliveredAt', unseal.instant(s.delivered_at),
        'seenAt', unseal.instant(s.seen_at), 'failures', s.failures, 'failingSince', unseal.instant(s.failing_since),
        'alerted', s.alerted_at is not null, 'problem', s.problem, 'nextTryAt', unseal.instant(s.next_try_at),
        'removed', s.removed) order by s.name), '[]') from audit.siem_sinks s),
    'keys', (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'label', k.label, 'firstIndex', k.first_index,
        'lastIndex', k.last_index, 'createdAt', unseal.instant(k.created_at), 'expiresAt', unseal.instant(k.expires_at),
        'revokedAt', unseal.instant(k.revoked_at), 'lastUsedAt', unseal.instant(k.last_used_at)) order by k.created_at), '[]')
      from audit.siem_keys k),
    'gaps', (select coalesce(jsonb_agg(jsonb_build_object('first', g.first_index, 'last', g.last_index,
        'foundAt', unseal.instant(g.found_at)) order by g.first_index), '[]')
      from (select * from audit.siem_gaps order by first_index limit 100) g));
end
$$;
