-- Content on its way into a packet, and a packet on its way out: committed first, read after, like a view. What is read is what
-- was collected and decided when the packet was asked for; each page asks again whether it still may be.

-- Writes that something will be read. The event is the caller's. Out: {ok, readingId, expiresAt}.
create or replace function legal.keep_production_reading(p legal.productions, p_kind text, a staff.actor, p_token uuid, p_download uuid,
  p_reason text, p_lasts interval, p_id uuid, p_event uuid) returns jsonb
  language plpgsql
as $$
declare
  v_until timestamptz := clock_timestamp() + p_lasts;
begin
  insert into legal.production_readings (id, production_id, kind, staff_id, session_id, download_id, lease_token, reason, event_id, expires_at)
  values (p_id, (p).id, p_kind, (a).staff_id, (a).session_id, p_download, p_token, p_reason, p_event, v_until);
  return jsonb_build_object('ok', true, 'readingId', p_id, 'expiresAt', unseal.instant(v_until));
end
$$;

-- The worker commits that it reads what was collected, to build a packet of it: only while it holds the lease.
create or replace function legal.open_build(p_production uuid, p_token uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  p      legal.productions;
  r      legal.requests;
  v_id   uuid := unseal.uuid7();
  v_code text;
begin
  select * into p from legal.productions where id = p_production;
  select * into r from legal.requests where id = p.request_id;
  v_code := legal.build_refusal(p, r, p_token);
  if v_code is not null then
    return legal.not_built(p, r, v_code, null);
  end if;
  return legal.keep_production_reading(p, 'build', null::staff.actor, p_token, null, null, interval '2 hours', v_id,
    audit.write(null::staff.actor, 'system', 'legal.content_read', 'done', legal.production_target(p, r, jsonb_build_object(
      'readingId', v_id, 'collectionId', p.collection_id)) || jsonb_build_object('purpose', 'legal_process')));
end
$$;

-- What stands in the way of building.
create or replace function legal.build_refusal(p legal.productions, r legal.requests, p_token uuid) returns text
  language plpgsql stable
as $$
begin
  return coalesce(case
    when (p).id is null then 'not-found'
    when not legal.builds(p, p_token) then 'lease-lost'
  end, legal.production_ended(p), legal.disclosure_refusal(r));
end
$$;

-- The worker may not read: recorded like any refusal.
create or replace function legal.not_built(p legal.productions, r legal.requests, p_code text, p_reading uuid) returns jsonb
  language plpgsql
as $$
begin
  if not pg_is_in_recovery() then
    perform audit.write(null::staff.actor, 'system', 'legal.content_read', 'denied', legal.production_target(p, r, jsonb_build_object(
      'code', p_code, 'readingId', p_reading)) || jsonb_build_object('purpose', 'legal_process'));
  end if;
  return jsonb_build_object('ok', false, 'code', p_code);
end
$$;

-- Promise 1 for such a reading: an earlier transaction committed it, this is no standby, and it has not ended.
create or replace function legal.production_reading_refusal(rd legal.production_readings) returns text
  language plpgsql
as $$
begin
  return case
    when pg_is_in_recovery() then 'standby'
    -- An older snapshot would answer by what was allowed then.
    when current_setting('transaction_isolation') <> 'read committed' then 'view-not-committed'
    when (rd).id is null then 'not-found'
    when (rd).event_id is null or pg_xact_status((rd).opened_xid) is distinct from 'committed' then 'view-not-committed'
    when (rd).expires_at <= clock_timestamp() then 'view-expired'
    when not audit.reveal_may_proceed((rd).event_id) then 'awaiting-checkpoint'
    when not access.log_is_on_disk() then 'view-not-committed'
  end;
end
$$;

-- A reading as the worker may use it now. refused: what to answer instead, on record.
create or replace function legal.build_at(p_reading uuid, p_token uuid, out p legal.productions, out c legal.collections,
  out r legal.requests, out refused json)
  language plpgsql
as $$
declare
  rd     legal.production_readings;
  v_code text;
begin
  select * into rd from legal.production_readings where id = p_reading and kind = 'build' and lease_token = p_token;
  select * into p from legal.productions where id = rd.production_id;
  select * into c from legal.collections where id = p.collection_id;
  select * into r from legal.requests where id = p.request_id;
  v_code := coalesce(legal.production_reading_refusal(rd), legal.build_refusal(p, r, p_token));
  if v_code is not null then
    refused := legal.not_built(p, r, v_code, p_reading)::json;
  end if;
end
$$;

-- Wrapped data keys by their ids.
create or replace function legal.keys_of(p_thread uuid, p_keys uuid[]) returns json
  language sql stable
as $$
  select coalesce(json_agg(json_build_object('id', k.key_id, 'kekId', k.kek_id, 'wrapped', encode(k.wrapped, 'base64')) order by k.key_id), '[]')
    from sealed.thread_keys k where k.thread_id = p_thread and k.key_id = any (p_keys)
$$;

-- What holds for the whole packet: its conversations, the rules with their words, still sealed, the accounts, the custody record.
create or replace function legal.read_build(p_reading uuid, p_token uuid) returns json
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  o      record := legal.build_at(p_reading, p_token);
  p      legal.productions := o.p;
  c      legal.collections := o.c;
  w      record;
begin
  if o.refused is not null then
    return o.refused;
  end if;
  w := legal.rules_of(c.id, p.round);
  return json_build_object('ok', true, 'requestId', p.request_id, 'rules', coalesce(w.rules, '[]'),
    'ruleKeys', legal.keys_of(p.request_id, w.key_ids),
    'threads', (select coalesce(json_agg(json_build_object('n', h.n, 'threadId', h.thread_id, 'platformThreadId', t.platform_thread_id,
        'platformId', t.platform_id, 'platform', f.name, 'kind', t.kind, 'messages', h.messages, 'setAside', (
          select json_build_object('kind', d.withheld, 'reason', d.reason, 'by', d.staff_id) from legal.decisions_on(c.id, p.round, h.thread_id) d
           where d.kind = 'set_aside' and d.message_id is null order by d.n desc limit 1)) order by h.n), '[]')
      from legal.collection_threads h join triage.threads t on t.id = h.thread_id join intake.platforms f on f.id = t.platform_id
     where h.collection_id = c.id),
    'accounts', (select coalesce(json_agg(json_build_object('n', x.n, 'accountId', x.platform_participant_id, 'platform', f.name,
        'threadId', y.thread_id, 'participantId', y.id, 'keyId', k.key_id, 'identity', encode(k.identity_ct, 'base64'),
        'ageBand', k.age_band, 'accountAgeDays', k.account_age_days, 'country', k.country, 'firstAt', unseal.instant(y.seen_first),
        'threads', x.threads, 'keys', legal.keys_of(y.thread_id, array[k.key_id])) order by x.n), '[]')
      from legal.collection_accounts x join intake.platforms f on f.id = x.platform_id
      -- As it stood in the newest of its threads that we may look into.
      join lateral (select q.*, min(t.created_at) over () as seen_first from sealed.participants q join triage.threads t on t.id = q.thread_id
         where q.platform_participant_id = x.platform_participant_id and t.platform_id = x.platform_id and t.region = any (c.regions)
           and t.created_at <= c.cut_off
         order by t.created_at desc, t.id desc limit 1) y on true
      -- And at the cut-off, which is what the record says: what intake has written over since was kept.
      join lateral (
        select s.key_id, s.identity_ct, s.age_band, s.account_age_days, s.country, s.n from sealed.kept_identities s
         where s.thread_id = y.thread_id and s.id = y.id and s.kept_at > c.cut_off
        union all
        select y.key_id, y.identity_ct, y.age_band, y.account_age_days, y.country, null
         order by n nulls last limit 1) k on true
     where x.collection_id = c.id and x.threads > 0 and 'subscriber' = any (c.categories)),
    'custody', legal.custody_of(p), 'sources', (
      select coalesce(json_agg(json_build_object('platformId', x.platform_id, 'source', cybertip.source_of(x.platform_id))), '[]')
        from (select distinct a.platform_id from legal.collection_accounts a where a.collection_id = c.id) x));
end
$$;

-- The last decision of a production's round: what comes later is another round's.
create or replace function legal.decided_upto(p legal.productions) returns bigint
  language sql stable
as $$
  select coalesce(max(d.n), 0) from legal.decisions d where d.collection_id = (p).collection_id and d.round <= (p).round
$$;

-- Who takes part in one conversation, with the keys that open their names.
create or replace function legal.read_build_thread(p_reading uuid, p_token uuid, p_thread uuid) returns json
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  o      record := legal.build_at(p_reading, p_token);
  c      legal.collections := o.c;
  v_rows json;
  v_keys uuid[];
begin
  if o.refused is not null then
    return o.refused;
  end if;
  if not exists (select from legal.collection_threads h where h.collection_id = c.id and h.thread_id = p_thread) then
    return json_build_object('ok', false, 'code', 'not-found');
  end if;
  select json_agg(json_build_object('id', x.id, 'accountId', x.account_id, 'namedBy', x.named_by, 'number', x.number,
           'keyId', x.key_id, 'identity', encode(x.identity_ct, 'base64'), 'aliases', (
             select json_agg(json_build_object('keyId', k.key_id, 'identity', encode(k.identity_ct, 'base64')))
               from legal.aliases_until(p_thread, (o.p).asked_at) k where k.id = x.id)) order by x.ordinal, x.id),
         array_agg(distinct x.key_id)
         || coalesce((select array_agg(distinct k.key_id) from legal.aliases_until(p_thread, (o.p).asked_at) k), '{}')
    into v_rows, v_keys from legal.people_of(c, p_thread, legal.decided_upto((o.p))) x;
  return json_build_object('ok', true, 'participants', coalesce(v_rows, '[]'), 'keys', legal.keys_of(p_thread, v_keys));
end
$$;

-- A page of a conversation's messages in the packet's order, sealed: every wording up to the cut-off, what was set aside, what is
-- to be taken out by hand, where attachments lie, and the keys that open them. One row a message, so that none is gathered twice.
create or replace function legal.read_build_page(p_reading uuid, p_token uuid, p_thread uuid, p_after text, p_limit integer) returns json
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  o          record := legal.build_at(p_reading, p_token);
  c          legal.collections := o.c;
  v_bodies   boolean;
  v_ids      uuid[];
  v_places   text[];
  v_rows     json;
  v_files    json;
  v_keys     uuid[];
  v_filekeys uuid[];
begin
  if o.refused is not null then
    return o.refused;
  end if;
  v_bodies := 'content' = any (c.categories);
  select array_agg(x.message_id), array_agg(x.place) into v_ids, v_places
    from legal.collected(c.id, p_thread, p_after, least(p_limit, 5000)) x;
  select json_agg(json_build_array(m.id, m.revision, m.platform_message_id, m.sender_id, extract(epoch from m.sent_at) * 1000,
           m.kind, extract(epoch from m.edited_at) * 1000, extract(epoch from m.deleted_at) * 1000,
           extract(epoch from m.received_at) * 1000, m.key_id, case when v_bodies then translate(encode(m.body_ct, 'base64'), E'\n', '') end)
           order by i.place, m.revision),
         array_agg(distinct m.key_id) filter (where v_bodies and m.body_ct is not null)
    into v_rows, v_keys
    from unnest(v_ids) with ordinality i(id, place)
    join sealed.messages m on m.thread_id = p_thread and m.id = i.id and m.received_at <= c.cut_off;
  select json_agg(json_build_object('messageId', x.message_id, 'revision', x.revision, 'ordinal', x.ordinal, 'mediaType', x.media_type,
           'sizeBytes', x.size_bytes, 'md5', x.md5, 'sha256', x.sha256, 'keyId', x.key_id, 'location', encode(x.location_ct, 'base64'))
           order by x.message_id, x.revision, x.ordinal), array_agg(distinct x.key_id)
    into v_files, v_filekeys
    from sealed.attachments x join sealed.messages m on m.thread_id = x.thread_id and m.id = x.message_id and m.revision = x.revision
   where v_bodies and x.thread_id = p_thread and x.message_id = any (v_ids) and m.received_at <= c.cut_off;
  return json_build_object('ok', true, 'messages', coalesce(v_rows, '[]'), 'files', coalesce(v_files, '[]'),
    'setAside', (select coalesce(json_agg(json_build_object('messageId', d.message_id, 'kind', d.withheld, 'reason', d.reason,
        'by', d.staff_id)), '[]') from (
      select distinct on (s.message_id) s.* from legal.decisions_on(c.id, (o.p).round, p_thread) s
       where s.kind = 'set_aside' and s.message_id = any (v_ids) order by s.message_id, s.n desc) d),
    'redactions', (select coalesce(json_agg(json_build_object('messageId', d.message_id, 'revision', d.revision, 'from', d.from_unit,
        'to', d.to_unit, 'reason', d.reason) order by d.n), '[]') from legal.decisions_on(c.id, (o.p).round, p_thread) d
     where d.kind = 'redaction' and d.message_id = any (v_ids)),
    'keys', legal.keys_of(p_thread, v_keys || coalesce(v_filekeys, '{}')),
    'nextAfter', case when cardinality(v_ids) >= least(p_limit, 5000) then v_places[cardinality(v_places)] end);
end
$$;

-- Sealed pieces of a file that is whole, from one on. Out: {ok, pieces: [{n, keyId, box}], keys}.
create or replace function legal.pieces_of(p legal.productions, p_part integer, p_from integer, p_limit integer) returns json
  language plpgsql stable
as $$
declare
  v_rows json;
  v_keys uuid[];
begin
  select json_agg(json_build_object('n', x.n, 'keyId', x.key_id, 'box', translate(encode(x.piece_ct, 'base64'), E'\n', '')) order by x.n),
         array_agg(distinct x.key_id)
    into v_rows, v_keys from (
      select s.* from sealed.legal_pieces s join legal.production_parts f on f.production_id = s.thread_id and f.n = s.part_no
       where s.thread_id = (p).id and s.part_no = p_part and s.n >= p_from and f.state = 'done' order by s.n limit least(p_limit, 8)) x;
  return json_build_object('ok', true, 'pieces', coalesce(v_rows, '[]'), 'keys', legal.keys_of((p).id, v_keys));
end
$$;

-- What the worker itself has written of the packet.
create or replace function legal.read_build_pieces(p_reading uuid, p_token uuid, p_part integer, p_from integer, p_limit integer) returns json
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  o record := legal.build_at(p_reading, p_token);
begin
  if o.refused is not null then
    return o.refused;
  end if;
  return legal.pieces_of(o.p, p_part, p_from, p_limit);
end
$$;

-- The record of who did what to the data, out of the log, up to when the packet was asked for: its history, and who looked.
create or replace function legal.custody_of(p legal.productions) returns json
  language sql stable
as $$
  select coalesce(json_agg(json_build_object('eventId', e.id, 'at', unseal.instant(e.at), 'staffId', case when e.actor_kind = 'staff' then e.actor_id end,
      'kind', e.actor_kind, 'roles', to_json(e.actor_roles), 'action', e.action, 'reason', e.reason, 'detail', e.detail,
      'logIndex', audit.index_of(e.id)) order by e.id), '[]')
    from audit.events e where e.outcome = 'done' and e.id in (
      select h.event_id from legal.history h where h.request_id = (p).request_id and h.event_id <= (p).asked_event
      union
      select v.event_id from legal.review_pages g join access.views v on v.id = g.view_id
       where g.request_id = (p).request_id and g.opened_at <= (p).asked_at)
$$;

-- A released packet may leave now: for an export or a delivery.
create or replace function legal.leaving_refusal(p legal.productions) returns text
  language plpgsql stable
as $$
begin
  return case when (p).state <> 'released' then 'packet-not-released' else legal.production_ended(p) end;
end
$$;

-- Counsel commits that they take a released packet out, and why. Out: {ok, readingId, name, …}.
create or replace function legal.open_packet_export(p_actor jsonb, p_production uuid, p_reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record := legal.take_up_production(p_actor, p_production);
  p       legal.productions := t.p;
  v_id    uuid := unseal.uuid7();
  v_code  text;
  v_event uuid;
begin
  v_code := coalesce(t.code, legal.leaving_refusal(p), case
    when not access.reason_has_substance(p_reason) then 'reason-without-substance'
    when (select count(*) from legal.production_readings o where o.staff_id = (t.a).staff_id and o.kind = 'export'
      and o.opened_at > clock_timestamp() - interval '1 hour') >= 20 then 'rate-limited' end);
  if v_code is not null then
    return legal.refuse(t.a, t.r, null, 'legal.packet_exported', v_code, jsonb_build_object('productionId', p_production));
  end if;
  v_event := audit.write(t.a, 'staff', 'legal.packet_exported', 'done', legal.production_target(p, t.r, jsonb_build_object('readingId', v_id))
    || jsonb_build_object('reason', left(p_reason, 2000)));
  perform legal.record(t.r, (t.a).staff_id, 'packet_exported', (t.r).state, p_reason, v_event);
  return legal.keep_production_reading(p, 'export', t.a, null, null, left(p_reason, 2000), interval '12 hours', v_id, v_event)
    || jsonb_build_object('name', legal.packet_name(p), 'bytes', p.zip_bytes);
end
$$;

-- A reading of a released packet, as counsel (by their session) or the recipient (by their ticket) may use it now.
create or replace function legal.packet_at(p_actor jsonb, p_ticket bytea, p_reading uuid, out p legal.productions, out refused json)
  language plpgsql
as $$
declare
  rd     legal.production_readings;
  a      staff.actor;
  v_code text;
begin
  select * into rd from legal.production_readings where id = p_reading and kind in ('export', 'delivery');
  select * into p from legal.productions where id = rd.production_id;
  v_code := legal.production_reading_refusal(rd);
  if v_code is null and rd.kind = 'export' then
    a := staff.resolve(p_actor);
    v_code := case when a.staff_id is null then 'not-signed-in' when rd.staff_id <> a.staff_id then 'not-found'
      when rd.session_id <> a.session_id then 'other-session'
      when not legal.works(a) or not legal.reaches_all(a, p.collection_id) then 'not-found' end;
  elsif v_code is null and not exists (
      select from legal.downloads w join legal.delivery_tickets k on k.delivery_id = w.delivery_id
       where w.id = rd.download_id and w.ended_at is null and k.token_hash = p_ticket) then
    v_code := 'not-found';
  end if;
  v_code := coalesce(v_code, legal.leaving_refusal(p));
  if v_code is not null then
    refused := case when pg_is_in_recovery() then json_build_object('ok', false, 'code', v_code)
      else audit.denied(a, 'legal.packet_exported', v_code, jsonb_build_object('detail', jsonb_strip_nulls(jsonb_build_object(
        'readingId', p_reading, 'productionId', p.id, 'requestId', p.request_id))))::json end;
  end if;
end
$$;

-- The files of a packet, in the order in which they lie in it.
create or replace function legal.read_packet(p_actor jsonb, p_ticket bytea, p_reading uuid) returns json
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  o record := legal.packet_at(p_actor, p_ticket, p_reading);
begin
  if o.refused is not null then
    return o.refused;
  end if;
  return json_build_object('ok', true, 'productionId', (o.p).id, 'name', legal.packet_name(o.p), 'bytes', (o.p).zip_bytes,
    'parts', (select coalesce(json_agg(json_build_object('n', f.n, 'path', f.path, 'crc32', f.crc32, 'size', f.size, 'deflated', f.deflated)
        order by f.path collate "C"), '[]')
      from legal.production_parts f where f.production_id = (o.p).id and f.path is not null and f.state = 'done'));
end
$$;

create or replace function legal.read_packet_pieces(p_actor jsonb, p_ticket bytea, p_reading uuid, p_part integer, p_from integer, p_limit integer)
  returns json
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  o record := legal.packet_at(p_actor, p_ticket, p_reading);
begin
  if o.refused is not null then
    return o.refused;
  end if;
  return legal.pieces_of(o.p, p_part, p_from, p_limit);
end
$$;
