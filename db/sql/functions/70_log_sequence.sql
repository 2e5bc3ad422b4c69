-- The sequencer's hand: it orders leaves and keeps the tree, and can neither write a leaf nor change one.

-- What enters the tree for a leaf. One that is too long for the log (none of ours: audit.pending_leaves refuses them) is
-- represented by its hash, so that nothing can stand in the way of what waits behind it.
create or replace function audit.entry_of(p_event uuid, p_leaf text) returns text
  language sql immutable
as $$
  select case when octet_length(p_leaf) <= 65535 then p_leaf
    else '{"id":"' || p_event || '","leafSha256":"' || encode(sha256(convert_to(p_leaf, 'UTF8')), 'hex') || '","v":1}' end
$$;

-- The next leaves in the order in which they will stand, as they will enter the tree.
create or replace function audit.waiting_leaves(p_limit integer) returns table (event_id uuid, leaf text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select p.event_id, audit.entry_of(p.event_id, p.leaf) from audit.pending_leaves p
   order by p.event_id limit least(p_limit, 20000)
$$;

-- Moves these leaves to their places and puts the signed checkpoint over them: all in the caller's transaction, and only if
-- the log still has the size that the caller counted from. Leaves are taken from where they wait, never from the caller.
-- p_levels, p_tiles, p_hashes: the tiles that became full. Errors (UN070) undo the batch; nothing is lost, it waits.
create or replace function audit.append_leaves(p_size bigint, p_events uuid[], p_levels smallint[], p_tiles bigint[],
  p_hashes bytea[], p_root bytea, p_note text) returns bigint
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  -- Row by row through the indexes, however many leaves stand or wait: what the planner would rather scan grows for ever.
  set enable_seqscan = off
  set enable_bitmapscan = off
  set enable_hashjoin = off
  set enable_mergejoin = off
as $$
declare
  v_head  bigint := coalesce((select max(c.size) from audit.checkpoints c), 0);
  v_count bigint := cardinality(p_events);
  v_moved bigint;
begin
  if v_head <> p_size then
    raise exception using errcode = 'UN070', message = 'The log has another size than the batch was made for.';
  end if;
  if v_count = 0 or exists (select from unnest(p_events) o(id) join audit.leaves l on l.event_id = o.id) then
    raise exception using errcode = 'UN070', message = 'A leaf of this batch has its place already.';
  end if;
  -- Far enough ahead that no batch waits for it: every 65,536 leaves.
  if (p_size + v_count) / 65536 > p_size / 65536 then
    perform audit.make_leaf_partitions(p_size + v_count);
  end if;
  insert into audit.leaves (log_index, event_id, leaf)
  select p_size + o.place - 1, p.event_id, audit.entry_of(p.event_id, p.leaf)
    from unnest(p_events) with ordinality o(id, place) join audit.pending_leaves p on p.event_id = o.id;
  get diagnostics v_moved = row_count;
  if v_moved <> v_count then
    raise exception using errcode = 'UN070', message = 'A leaf of this batch is not waiting.';
  end if;
  delete from audit.pending_leaves p where p.event_id = any (p_events);
  get diagnostics v_moved = row_count;
  if v_moved <> v_count then
    raise exception using errcode = 'UN070', message = 'A leaf of this batch did not come to rest.';
  end if;
  insert into audit.tiles (level, tile, hashes) select * from unnest(p_levels, p_tiles, p_hashes);
  insert into audit.checkpoints (size, root, note) values (p_size + v_count, p_root, p_note);
  return p_size + v_count;
end
$$;

-- What the sequencer says of itself: while it runs, at most every few seconds; when it stops, why.
create or replace function audit.report_sequencer(p_state text, p_problem text, p_instance text) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  update audit.sequencer q
     set state = p_state, problem = left(p_problem, 64), instance = left(p_instance, 64), seen_at = clock_timestamp(),
         since = case when q.state = p_state and q.problem is not distinct from left(p_problem, 64) then q.since
           else clock_timestamp() end
$$;

-- Strict mode on or off: an operator's act.
create or replace function audit.set_strict(p_strict boolean) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update audit.log_settings set strict = p_strict, changed_at = clock_timestamp();
  perform audit.write(null::staff.actor, 'operator', 'log.strict_changed', 'done',
    jsonb_build_object('detail', jsonb_build_object('strict', p_strict)));
end
$$;
