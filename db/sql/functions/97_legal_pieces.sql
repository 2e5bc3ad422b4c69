-- The ledger of a build, written by the worker file by file. What comes next is worked out in server/legal/productions/ from
-- what stands here. A lease has a token: whoever has lost it writes nothing more, and what a packet stood on is asked anew
-- each time the lease is kept.

-- Does this worker still build it?
create or replace function legal.builds(p legal.productions, p_token uuid) returns boolean
  language sql stable
as $$
  select coalesce((p).state = 'building' and (p).lease_token = p_token and (p).leased_until > clock_timestamp(), false)
$$;

-- Takes up one build that is due and that nobody works on. Packets that stand on nothing any more are discarded on the way.
-- Out: {productionId, token, tries, failures}, or null.
create or replace function legal.take_production(p_instance text, p_lease interval) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  p      legal.productions;
  v_code text;
begin
  perform legal.sweep_productions();
  select * into p from legal.productions x
   where x.state = 'building' and (x.leased_until is null or x.leased_until < clock_timestamp())
     and (x.next_try_at is null or x.next_try_at <= clock_timestamp())
   order by x.next_try_at nulls first, x.id limit 1 for update skip locked;
  if p.id is null then
    return null;
  end if;
  v_code := legal.production_ended(p);
  if v_code is not null then
    perform legal.end_production(null::staff.actor, p, v_code, null);
    return null;
  end if;
  update legal.productions set lease_token = gen_random_uuid(), leased_by = left(p_instance, 200),
      leased_until = clock_timestamp() + p_lease, tries = tries + 1
   where id = p.id returning * into p;
  return jsonb_build_object('productionId', p.id, 'token', p.lease_token, 'tries', p.tries, 'failures', p.failures);
end
$$;

-- Discards what is finished or stands still, and has nothing to stand on any more. (What is being built, its worker finds out.)
create or replace function legal.sweep_productions() returns void
  language plpgsql
as $$
declare
  p      legal.productions;
  v_code text;
begin
  for p in select * from legal.productions x where x.state in ('stuck', 'built') order by x.id limit 100 for update skip locked loop
    v_code := legal.production_ended(p);
    if v_code is not null then
      perform legal.end_production(null::staff.actor, p, v_code, null);
    end if;
  end loop;
end
$$;

-- Keeps the lease. Out: whether the build goes on. A packet that stands on nothing any more is discarded here.
create or replace function legal.hold_production(p_production uuid, p_token uuid, p_lease interval) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  p      legal.productions;
  v_code text;
begin
  select * into p from legal.productions where id = p_production for update;
  -- One that has lapsed and that nobody has taken up is kept like any other.
  if p.state is distinct from 'building' or p.lease_token is distinct from p_token then
    return false;
  end if;
  v_code := legal.production_ended(p);
  if v_code is not null then
    perform legal.end_production(null::staff.actor, p, v_code, null);
    return false;
  end if;
  update legal.productions set leased_until = clock_timestamp() + p_lease where id = p.id;
  return true;
end
$$;

-- Gives the lease back; the build is due again after p_after. p_failed: it had come to nothing. Out: how often in a row.
create or replace function legal.rest_production(p_production uuid, p_token uuid, p_after interval, p_failed boolean) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_failures integer;
begin
  update legal.productions set lease_token = null, leased_until = null, leased_by = null,
      next_try_at = clock_timestamp() + p_after, failures = case when p_failed then failures + 1 else failures end
   where id = p_production and lease_token = p_token and state = 'building' returning failures into v_failures;
  return v_failures;
end
$$;

-- A person must look before the build goes on.
create or replace function legal.stick_production(p_production uuid, p_token uuid, p_code text, p_path text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  p legal.productions;
  r legal.requests;
begin
  select * into p from legal.productions where id = p_production for update;
  if p.state is distinct from 'building' or p.lease_token is distinct from p_token then
    return;
  end if;
  update legal.productions set state = 'stuck', stuck_code = p_code, stuck_path = left(p_path, 300), stuck_at = clock_timestamp(),
      lease_token = null, leased_until = null, leased_by = null, next_try_at = null, changed_at = clock_timestamp()
   where id = p.id returning * into p;
  select * into r from legal.requests where id = p.request_id;
  perform legal.record(r, null, 'packet_stuck', r.state, p_code,
    audit.write(null::staff.actor, 'system', 'legal.packet_stuck', 'failed', legal.production_target(p, r, jsonb_build_object('code', p_code))));
end
$$;

-- A file as the worker goes on from it. Hashes in hexadecimal.
create or replace function legal.part_of(f legal.production_parts) returns jsonb
  language sql stable
as $$
  select jsonb_build_object('n', (f).n, 'path', (f).path, 'kind', (f).kind, 'state', (f).state, 'detail', (f).detail,
    'records', (f).records, 'crc32', (f).crc32, 'size', (f).size, 'deflated', (f).deflated, 'pieces', (f).pieces,
    'sha256', encode((f).sha256, 'hex'), 'sha512', encode((f).sha512, 'hex'))
$$;

-- Everything that was written so far. Null when the lease is lost.
create or replace function legal.production_ledger(p_production uuid, p_token uuid) returns jsonb
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  p legal.productions;
begin
  select * into p from legal.productions where id = p_production;
  if not legal.builds(p, p_token) then
    return null;
  end if;
  return jsonb_build_object('exportEvent', p.export_event, 'prefix', p.bates_prefix, 'firstNumber', p.first_number,
    'recordsTotal', p.records_total, 'categories', p.categories, 'facts', p.facts, 'note', p.note, 'toolVersion', p.tool_version,
    'askedAt', unseal.instant(p.asked_at), 'volume', p.volume, 'name', legal.packet_name(p),
    'parts', (select coalesce(jsonb_agg(legal.part_of(f) order by f.n), '[]') from legal.production_parts f where f.production_id = p.id));
end
$$;

-- Names a further file; one of that path that is there already stays as it is. Out: {ok, part}.
create or replace function legal.add_part(p_production uuid, p_token uuid, p_path text, p_kind text, p_detail jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  p legal.productions;
  f legal.production_parts;
begin
  select * into p from legal.productions where id = p_production for update;
  if not legal.builds(p, p_token) then
    return jsonb_build_object('ok', false, 'code', 'lease-lost');
  end if;
  f := legal.keep_part(p.id, p_path, p_kind, p_detail);
  return jsonb_build_object('ok', true, 'part', legal.part_of(f));
end
$$;

create or replace function legal.keep_part(p_production uuid, p_path text, p_kind text, p_detail jsonb) returns legal.production_parts
  language plpgsql
as $$
declare
  f legal.production_parts;
begin
  select * into f from legal.production_parts x where x.production_id = p_production
    and (x.path = p_path or p_path is null and x.path is null and x.detail -> 'start' = p_detail -> 'start');
  if f.n is null then
    insert into legal.production_parts (production_id, n, path, kind, detail)
    select p_production, coalesce(max(x.n), 0) + 1, p_path, p_kind, coalesce(p_detail, '{}')
      from legal.production_parts x where x.production_id = p_production
    returning * into f;
  end if;
  return f;
end
$$;

-- Begins a file, or begins it anew: what an interrupted try has left is taken away.
create or replace function legal.begin_part(p_production uuid, p_token uuid, p_n integer) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  p legal.productions;
begin
  select * into p from legal.productions where id = p_production for share;
  if not legal.builds(p, p_token) then
    return false;
  end if;
  update legal.production_parts set state = 'writing' where production_id = p.id and n = p_n and state in ('waiting', 'writing');
  if not found then
    return false;
  end if;
  delete from sealed.legal_pieces where thread_id = p.id and part_no = p_n;
  return true;
end
$$;

-- The key that seals what this worker writes.
create or replace function legal.keep_production_key(p_production uuid, p_token uuid, p_key uuid, p_kek text, p_wrapped bytea) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  p legal.productions;
begin
  select * into p from legal.productions where id = p_production for share;
  if not legal.builds(p, p_token) then
    return false;
  end if;
  insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped) values (p.id, p_key, p_kek, p_wrapped);
  return true;
end
$$;

-- One sealed piece of a file that is being written.
create or replace function legal.write_piece(p_production uuid, p_token uuid, p_part integer, p_n integer, p_key uuid, p_piece bytea)
  returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  p legal.productions;
begin
  select * into p from legal.productions where id = p_production for share;
  if not legal.builds(p, p_token) or not exists (
       select from legal.production_parts f where f.production_id = p.id and f.n = p_part and f.state = 'writing') then
    return false;
  end if;
  insert into sealed.legal_pieces (thread_id, part_no, n, key_id, piece_ct) values (p.id, p_part, p_n, p_key, p_piece);
  return true;
end
$$;

-- A file is whole: from here on it is never written again. p: crc32, size, deflated, pieces, sha256, sha512 (hexadecimal),
-- records, detail (what it has told, beside what it began with), follow: [{path, kind, detail}] that come of it.
create or replace function legal.finish_part(p_production uuid, p_token uuid, p_n integer, p jsonb) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  d legal.productions;
  f legal.production_parts;
begin
  select * into d from legal.productions where id = p_production for update;
  if not legal.builds(d, p_token) then
    return false;
  end if;
  update legal.production_parts
     set state = 'done', done_at = clock_timestamp(), crc32 = (p ->> 'crc32')::bigint, size = (p ->> 'size')::bigint,
         deflated = (p ->> 'deflated')::bigint, pieces = (p ->> 'pieces')::integer, sha256 = decode(p ->> 'sha256', 'hex'),
         sha512 = decode(p ->> 'sha512', 'hex'), records = coalesce((p ->> 'records')::bigint, 0),
         detail = detail || coalesce(p -> 'detail', '{}')
   where production_id = d.id and n = p_n and state = 'writing' returning * into f;
  if f.n is null then
    return false;
  end if;
  if (select count(*) from sealed.legal_pieces x where x.thread_id = d.id and x.part_no = f.n) <> f.pieces then
    raise exception using errcode = 'UN041', message = 'A file has not all of its pieces.';
  end if;
  perform legal.keep_part(d.id, x ->> 'path', x ->> 'kind', x -> 'detail')
    from jsonb_array_elements(coalesce(p -> 'follow', '[]')) with ordinality as o(x, i) order by i;
  update legal.productions set records_done = records_done + case when f.kind in ('records', 'accounts') then f.records else 0 end, failures = 0
   where id = d.id;
  return true;
end
$$;

-- An attachment that the platform does not give: on record, so that a build which is taken up again says the same.
create or replace function legal.miss_part(p_production uuid, p_token uuid, p_n integer, p_why text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  d legal.productions;
begin
  select * into d from legal.productions where id = p_production for share;
  if not legal.builds(d, p_token) then
    return false;
  end if;
  delete from sealed.legal_pieces where thread_id = d.id and part_no = p_n;
  update legal.production_parts set state = 'absent', done_at = clock_timestamp(), detail = detail || jsonb_build_object('why', left(p_why, 60))
   where production_id = d.id and n = p_n and kind = 'attachments' and state in ('waiting', 'writing');
  return found;
end
$$;

-- All records are written: the event whose proof goes into the packet. Written once; another try gets the same.
-- p: recordsSha512, files, size. Out: the event's id, or null when the lease is lost.
create or replace function legal.record_packet(p_production uuid, p_token uuid, p jsonb) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  d legal.productions;
  r legal.requests;
begin
  select * into d from legal.productions where id = p_production for update;
  if not legal.builds(d, p_token) then
    return null;
  end if;
  if d.export_event is not null then
    return d.export_event;
  end if;
  if legal.production_ended(d) is not null or exists (
       select from legal.production_parts f where f.production_id = d.id and f.state not in ('done', 'absent')
          and f.kind not in ('proof', 'leaf', 'bag')) then
    raise exception using errcode = 'UN042', message = 'Not all records of the packet are written.';
  end if;
  select * into r from legal.requests where id = d.request_id;
  update legal.productions set export_event = audit.write(null::staff.actor, 'system', 'legal.packet_recorded', 'done',
      legal.production_target(d, r, jsonb_build_object('recordsSha512', p ->> 'recordsSha512', 'files', (p ->> 'files')::bigint,
        'bytes', (p ->> 'bytes')::bigint, 'records', d.records_total, 'first', legal.bates(d, d.first_number),
        'last', case when d.records_total > 0 then legal.bates(d, d.first_number + d.records_total - 1) end,
        'collectionId', d.collection_id, 'collectionSha256', (select encode(c.digest, 'hex') from legal.collections c where c.id = d.collection_id))))
   where id = d.id returning * into d;
  perform legal.record(r, null, 'packet_recorded', r.state, null, d.export_event);
  return d.export_event;
end
$$;

-- The packet is whole: it waits for a second counsel. p: manifestSha512, zipSha512 (hexadecimal), zipBytes, vkey.
create or replace function legal.finish_production(p_production uuid, p_token uuid, p jsonb) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  d      legal.productions;
  r      legal.requests;
  v_code text;
begin
  select * into d from legal.productions where id = p_production for update;
  if not legal.builds(d, p_token) then
    return false;
  end if;
  v_code := legal.production_ended(d);
  if v_code is not null then
    perform legal.end_production(null::staff.actor, d, v_code, null);
    return false;
  end if;
  if d.records_done <> d.records_total or exists (
       select from legal.production_parts f where f.production_id = d.id and f.state not in ('done', 'absent')) then
    raise exception using errcode = 'UN042', message = 'Not all files of the packet are written.';
  end if;
  -- What files were made from has done its service.
  delete from sealed.legal_pieces x using legal.production_parts f
   where f.production_id = d.id and f.path is null and x.thread_id = d.id and x.part_no = f.n;
  update legal.productions set state = 'built', built_at = clock_timestamp(), changed_at = clock_timestamp(),
      manifest_sha512 = decode(p ->> 'manifestSha512', 'hex'), zip_sha512 = decode(p ->> 'zipSha512', 'hex'),
      zip_bytes = (p ->> 'zipBytes')::bigint, vkey = p ->> 'vkey', lease_token = null, leased_until = null, leased_by = null,
      next_try_at = null
   where id = d.id returning * into d;
  select * into r from legal.requests where id = d.request_id;
  perform legal.record(r, null, 'packet_built', r.state, null,
    audit.write(null::staff.actor, 'system', 'legal.packet_built', 'done', legal.production_target(d, r, jsonb_build_object(
      'manifestSha512', p ->> 'manifestSha512', 'zipSha512', p ->> 'zipSha512', 'bytes', d.zip_bytes))));
  return true;
end
$$;

-- Ends a production before release: its pieces and keys go, its numbers are used no more. a null: because what it stood on ended.
create or replace function legal.end_production(a staff.actor, p legal.productions, p_why text, p_reason text) returns void
  language plpgsql
as $$
declare
  r       legal.requests;
  v_bytes bigint;
begin
  select * into r from legal.requests where id = (p).request_id;
  select coalesce(sum(octet_length(x.piece_ct)), 0) into v_bytes from sealed.legal_pieces x where x.thread_id = (p).id;
  delete from sealed.legal_pieces where thread_id = (p).id;
  delete from sealed.thread_keys where thread_id = (p).id;
  update legal.productions set state = 'discarded', discarded_why = p_why, discarded_by = (a).staff_id,
      discarded_at = clock_timestamp(), discard_reason = left(p_reason, 2000), lease_token = null, leased_until = null,
      leased_by = null, next_try_at = null, stuck_code = null, stuck_path = null, stuck_at = null, changed_at = clock_timestamp()
   where id = (p).id returning * into p;
  perform legal.record(r, (a).staff_id, 'packet_discarded', r.state, coalesce(p_reason, p_why),
    audit.write(a, case when (a).staff_id is null then 'system' else 'staff' end, 'legal.packet_discarded', 'done',
      legal.production_target(p, r, jsonb_build_object('why', p_why, 'bytes', v_bytes))
        || jsonb_strip_nulls(jsonb_build_object('reason', p_reason))));
end
$$;
