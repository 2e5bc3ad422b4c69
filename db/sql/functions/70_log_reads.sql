-- Where events stand in the log, and whether a reveal may go on.

-- An event's place, counted from 0; null while it waits for the sequencer.
create or replace function audit.index_of(p_event uuid) returns bigint
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$ select l.log_index from audit.leaves l where l.event_id = p_event limit 1 $$;

-- Events in the order of the log: what a reader resumes by (where log_index > … order by log_index). Under the caller's own
-- row-level security. Events that still wait are not in it.
create or replace view audit.sequenced with (security_invoker = true) as
  select l.log_index, e.* from audit.leaves l join audit.events e on e.id = l.event_id;

-- The leaf of each event, wherever it is: log_index is null while it waits. Under the caller's own row-level security.
create or replace view audit.every_leaf with (security_invoker = true) as
  select p.event_id, null::bigint as log_index, p.leaf from audit.pending_leaves p
  union all
  select l.event_id, l.log_index, l.leaf from audit.leaves l;

-- Strict mode: may content leave for this event? Yes when the mode is off, or when the event's leaf is under a checkpoint.
-- An event that nobody can name (null) is under none.
create or replace function audit.reveal_may_proceed(p_event uuid) returns boolean
  language plpgsql stable
as $$
begin
  if not coalesce((select s.strict from audit.log_settings s), true) then
    return true;
  end if;
  return coalesce((select l.log_index < (select max(c.size) from audit.checkpoints c)
    from audit.leaves l where l.event_id = p_event limit 1), false);
end
$$;

-- How the log is, in figures, for readiness and `unseal log status`: how many leaves wait (counted to 100,000) and since
-- when, what the sequencer says of itself, the newest checkpoint. Carries nothing of any event.
create or replace function audit.log_state() returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object(
    'strict', (select s.strict from audit.log_settings s),
    'waiting', (select count(*) from (select from audit.pending_leaves limit 100000) w),
    -- The first twelve digits of an id are its milliseconds since 1970 (RFC 9562 §5.7).
    'waitingSince', (select unseal.instant(to_timestamp(
        ('x' || lpad(translate(left(p.event_id::text, 13), '-', ''), 16, '0'))::bit(64)::bigint / 1000.0))
      from audit.pending_leaves p order by p.event_id limit 1),
    'now', unseal.instant(clock_timestamp()),
    'sequencer', (select jsonb_build_object('state', q.state, 'problem', q.problem, 'since', unseal.instant(q.since),
      'seenAt', unseal.instant(q.seen_at), 'instance', q.instance) from audit.sequencer q),
    'head', (select jsonb_build_object('size', c.size, 'root', encode(c.root, 'hex'),
      'signedAt', unseal.instant(c.signed_at)) from audit.checkpoints c order by c.size desc limit 1),
    'keys', (select coalesce(jsonb_agg(jsonb_build_object('vkey', k.vkey, 'addedAt', unseal.instant(k.added_at),
      'addedSize', k.added_size, 'afterLoss', k.after_loss, 'endedAt', unseal.instant(e.ended_at)) order by k.added_at), '[]')
      from audit.log_keys k left join audit.log_key_ends e using (vkey)),
    'sinks', (select coalesce(jsonb_agg(jsonb_build_object('name', s.name, 'kind', s.kind, 'lastSize', s.last_size,
      'deliveredAt', unseal.instant(s.delivered_at), 'triedAt', unseal.instant(s.tried_at), 'failures', s.failures,
      'problem', s.problem, 'nextTryAt', unseal.instant(s.next_try_at)) order by s.name), '[]')
      from audit.log_sinks s where not s.removed))
$$;
