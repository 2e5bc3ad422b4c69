-- What goes with an exported log: the values that its leaves are commitments to.

-- What is stored of the events at these places, with the hash of the leaf that it would give today: it differs when the
-- event was changed. A place whose event is gone has no row.
drop function if exists audit.payloads(bigint, bigint);
create function audit.payloads(p_from bigint, p_until bigint)
  returns table (log_index bigint, event_id uuid, salt text, reason text, detail text, ip text, user_agent text, leaf_hash text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select l.log_index, e.id, encode(e.leaf_salt, 'hex'), e.reason, nullif(e.detail::text, '{}'), e.ip,
         case when v.version >= 2 then e.user_agent end,
         encode(sha256('\x00'::bytea || convert_to(audit.entry_of(e.id, audit.leaf(e, v.version)), 'UTF8')), 'base64')
    from audit.leaves l join audit.events e on e.id = l.event_id
    -- Quotes inside a JSON text are escaped: this stands in a leaf only where it means it.
    cross join lateral (select case when strpos(l.leaf, '"v":1') > 0 then 1 else 2 end as version) v
   where l.log_index >= p_from and l.log_index < p_until
   order by l.log_index
$$;

-- audit.unplaced_events tells the same page by page.
drop function if exists audit.unlogged_events();
