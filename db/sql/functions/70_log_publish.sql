-- Checkpoints outside this house: what came back, and how each sink is getting on.

-- A witness's signature line, verified by the caller.
create or replace function audit.keep_cosignature(p_size bigint, p_witness text, p_line text, p_signed_at timestamptz)
  returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  insert into audit.cosignatures (size, witness, line, signed_at) values (p_size, p_witness, p_line, p_signed_at)
  on conflict do nothing
$$;

-- A time-stamp token, verified by the caller.
create or replace function audit.keep_timestamp(p_size bigint, p_sink text, p_token bytea, p_stamped_at timestamptz)
  returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  insert into audit.timestamps (size, sink, token, stamped_at) values (p_size, p_sink, p_token, p_stamped_at)
  on conflict do nothing
$$;

-- The sinks that are configured now; what is no longer among them is marked, and its history kept.
create or replace function audit.set_log_sinks(p_names text[], p_kinds text[]) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into audit.log_sinks (name, kind) select * from unnest(p_names, p_kinds)
  on conflict (name) do update set kind = excluded.kind, removed = false;
  update audit.log_sinks s set removed = true where not s.name = any (p_names) and not s.removed;
end
$$;

-- How a delivery went. p_problem null: it arrived.
create or replace function audit.report_sink(p_name text, p_size bigint, p_problem text, p_next_try_at timestamptz)
  returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  update audit.log_sinks s
     set tried_at = clock_timestamp(), next_try_at = p_next_try_at, problem = left(p_problem, 64),
         failures = case when p_problem is null then 0 else s.failures + 1 end,
         last_size = case when p_problem is null then greatest(p_size, s.last_size) else s.last_size end,
         delivered_at = case when p_problem is null then clock_timestamp() else s.delivered_at end
   where s.name = p_name
$$;
