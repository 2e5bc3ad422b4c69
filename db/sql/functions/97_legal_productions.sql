-- Productions: what counsel asks to be built from a collection that was handed in. Everything that a packet is made from is
-- written down when it is asked for; a build reads that and nothing that came later.

-- What a production was made from stays as it was, whichever function forgets; what is over stays over.
create or replace function legal.keep_productions() returns trigger
  language plpgsql
as $$
begin
  if (new.id, new.request_id, new.collection_id, new.round, new.decisions_digest, new.scope_version, new.volume, new.bates_prefix,
      new.numbers, new.first_number, new.records_total, new.threads, new.categories, new.facts, new.tool_version, new.asked_by,
      new.asked_at, new.asked_event)
     is distinct from (old.id, old.request_id, old.collection_id, old.round, old.decisions_digest, old.scope_version, old.volume,
      old.bates_prefix, old.numbers, old.first_number, old.records_total, old.threads, old.categories, old.facts, old.tool_version,
      old.asked_by, old.asked_at, old.asked_event)
     or new.note is distinct from old.note
     or old.export_event is not null and new.export_event is distinct from old.export_event
     or old.built_at is not null and (new.manifest_sha512, new.zip_sha512, new.zip_bytes, new.built_at)
        is distinct from (old.manifest_sha512, old.zip_sha512, old.zip_bytes, old.built_at)
     or old.state in ('released', 'sent_back', 'discarded') and new.state <> old.state then
    raise exception using errcode = 'UN043', message = 'A production stays as it was asked for. Build another volume.';
  end if;
  return new;
end
$$;
drop trigger if exists keep_productions on legal.productions;
create trigger keep_productions before update on legal.productions for each row execute function legal.keep_productions();

-- A file that is whole is not written over, and its pieces stay with it for as long as the packet does.
create or replace function legal.keep_parts() returns trigger
  language plpgsql
as $$
begin
  if old.state in ('done', 'absent') and to_jsonb(new) <> to_jsonb(old) then
    raise exception using errcode = 'UN043', message = 'A file of a packet that is whole stays as it is.';
  end if;
  return new;
end
$$;
drop trigger if exists keep_parts on legal.production_parts;
create trigger keep_parts before update on legal.production_parts for each row execute function legal.keep_parts();

create or replace function legal.packet_name(p legal.productions) returns text
  language sql stable
as $$
  select legal.shown_number(r) || '-VOL' || lpad((p).volume::text, greatest(3, length((p).volume::text)), '0')
    from legal.requests r where r.id = (p).request_id
$$;

create or replace function legal.bates(p legal.productions, p_n bigint) returns text
  language sql immutable parallel safe
as $$ select (p).bates_prefix || '-' || lpad(p_n::text, greatest(6, length(p_n::text)), '0') $$;

-- What an event about a production names.
create or replace function legal.production_target(p legal.productions, r legal.requests, p_detail jsonb default '{}') returns jsonb
  language sql stable
as $$
  select legal.target(r, jsonb_build_object('productionId', (p).id, 'volume', (p).volume) || p_detail)
$$;

-- What a production stood on and stands on no more: a code, or null. Asked whenever its build goes on, and before anything of it
-- leaves. (Checks of a requester that have merely lapsed stop it and do not end it.)
create or replace function legal.production_ended(p legal.productions) returns text
  language plpgsql stable
as $$
declare
  r legal.requests;
  w legal.collection_rounds;
begin
  select * into r from legal.requests where id = (p).request_id;
  select * into w from legal.collection_rounds where collection_id = (p).collection_id order by round desc limit 1;
  return case
    when r.state in ('withdrawn', 'rejected') or r.state = 'closed' and r.outcome in ('withdrawn', 'rejected') then 'request-withdrawn'
    when r.approved_version is distinct from (p).scope_version
      or r.state not in ('approved', 'produced', 'partially_produced', 'closed') then 'request-not-approved'
    when legal.verification_refusal(r) in ('call-back-failed', 'check-failed') then 'request-not-approved'
    -- What was released stays produced, whatever becomes of what it was made from.
    when (p).state = 'released' then null
    when w.round <> (p).round or w.handed_in_at is null or w.digest is distinct from (p).decisions_digest then 'collection-reopened'
    when exists (select from legal.collection_threads h where h.collection_id = (p).collection_id
      and not exists (select from legal.holds_on(h.thread_id))) then 'hold-released'
    when exists (select from legal.collection_threads h, access.actor_of((p).asked_by) a where h.collection_id = (p).collection_id
      and (a.staff_id is null or not legal.works(a) or not h.region = any (a.regions))) then 'region-lost'
  end;
end
$$;

-- The production for an act of counsel, with its request, locked. Out: a refusal's code, or null.
create or replace function legal.take_up_production(p_actor jsonb, p_production uuid, out a staff.actor, out r legal.requests,
  out p legal.productions, out code text)
  language plpgsql
as $$
declare
  t record;
begin
  t := legal.take_up(p_actor, (select x.request_id from legal.productions x where x.id = p_production));
  a := t.a;
  r := t.r;
  select * into p from legal.productions where id = p_production for update;
  code := coalesce(t.code, case
    when p.id is null or not legal.reaches_all(a, p.collection_id) then 'not-found'
  end);
end
$$;

-- Do all threads of a collection lie within this person's regions?
create or replace function legal.reaches_all(a staff.actor, p_collection uuid) returns boolean
  language sql stable
as $$
  select not exists (select from legal.collection_threads h where h.collection_id = p_collection and not h.region = any ((a).regions))
$$;

create or replace function legal.production_moved(p legal.productions) returns jsonb
  language sql immutable
as $$ select jsonb_build_object('ok', true, 'state', (p).state) $$;

-- What was set aside at the end of a round: whole threads (message null) and single messages.
create or replace function legal.set_aside_of(p_collection uuid, p_round integer) returns setof legal.decisions
  language sql stable
as $$ select d.* from legal.standing_decisions(p_collection, p_round) d where d.kind = 'set_aside' $$;

-- How many records a collection gives, each with a number: accounts, messages that are not set aside, and their attachments (one
-- that stands in several wordings of a message is one file).
create or replace function legal.count_records(c legal.collections, p_round integer, out accounts bigint, out messages bigint, out attachments bigint,
  out threads bigint)
  language plpgsql stable
as $$
declare
  t   record;
  v_m bigint;
  v_a bigint;
begin
  accounts := case when 'subscriber' = any ((c).categories) then (
    select count(*) from legal.collection_accounts x where x.collection_id = (c).id and x.threads > 0) else 0 end;
  messages := 0;
  attachments := 0;
  threads := 0;
  for t in
    select h.thread_id, h.messages, h.attachments from legal.collection_threads h
     where h.collection_id = (c).id and not exists (
       select from legal.decisions_on((c).id, p_round, h.thread_id) d where d.kind = 'set_aside' and d.message_id is null)
     order by h.n
  loop
    v_m := t.messages - (select count(distinct d.message_id) from legal.decisions_on((c).id, p_round, t.thread_id) d where d.kind = 'set_aside');
    v_a := case when t.attachments > 0 and 'content' = any ((c).categories) then (
      select count(*) from (
        select distinct x.message_id, x.ordinal, x.media_type, x.size_bytes, x.md5, x.sha256, case when x.sha256 is null then x.revision end
          from sealed.attachments x
          join sealed.messages w on w.thread_id = x.thread_id and w.id = x.message_id and w.revision = x.revision
         where x.thread_id = t.thread_id and w.received_at <= (c).cut_off and legal.is_collected(c, t.thread_id, x.message_id)
           and not exists (select from legal.decisions_on((c).id, p_round, t.thread_id) d where d.kind = 'set_aside' and d.message_id = x.message_id)) f)
      else 0 end;
    messages := messages + v_m;
    attachments := attachments + v_a;
    threads := threads + case when v_m > 0 then 1 else 0 end;
  end loop;
end
$$;

-- What the covering papers say, as it stands now. People are ids here: a packet calls them by their part in it.
create or replace function legal.packet_facts(a staff.actor, r legal.requests, c legal.collections) returns jsonb
  language sql stable
as $$
  select jsonb_build_object(
    'request', jsonb_build_object('number', legal.shown_number(r), 'reference', (r).reference, 'type', (r).type,
      'jurisdiction', (r).jurisdiction, 'agency', (r).agency_name, 'officer', (r).officer_name,
      'issuedAt', unseal.instant((r).issued_at), 'receivedAt', unseal.instant((r).received_at)),
    'asked', jsonb_build_object('categories', to_jsonb((r).categories), 'allowed', to_jsonb((c).categories),
      'from', unseal.instant((c).range_from), 'until', unseal.instant((c).range_to),
      'accounts', (select coalesce(jsonb_agg(x.platform_participant_id order by x.n), '[]')
        from legal.collection_accounts x where x.collection_id = (c).id)),
    'collection', jsonb_build_object('id', (c).id, 'digest', encode((c).digest, 'hex'), 'cutOff', unseal.instant((c).cut_off),
      'query', (c).query),
    'organisation', jsonb_build_object('name', coalesce(s.organisation, (
        select string_agg(distinct f.name, ', ' order by f.name) from legal.collection_accounts x
          join intake.platforms f on f.id = x.platform_id where x.collection_id = (c).id), 'The provider'),
      'address', s.address, 'contactName', s.contact_name, 'contactEmail', s.contact_email, 'contactPhone', s.contact_phone),
    'products', (select coalesce(jsonb_agg(distinct f.name), '[]') from legal.collection_accounts x
      join intake.platforms f on f.id = x.platform_id where x.collection_id = (c).id),
    'people', jsonb_build_object('collectedBy', (c).collected_by, 'approvedBy', (r).approved_by, 'orderedBy', (a).staff_id,
      'redactedBy', (select coalesce(jsonb_agg(d.staff_id order by d.first), '[]') from (
        select o.staff_id, min(o.n) as first from legal.decisions o where o.collection_id = (c).id and o.kind in ('set_aside', 'redaction', 'rule') group by o.staff_id) d)),
    'outOfRegion', (c).out_of_regions, 'mostBytes', s.most_bytes)
  from legal.packet_settings s
$$;

-- Asks for a packet. p: {note, toolVersion}. Out: {ok, productionId, name, volume}, or {ok: false, code}.
create or replace function legal.ask_production(p_actor jsonb, p_collection uuid, p_ask jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record;
  c       legal.collections;
  w       legal.collection_rounds;
  p       legal.productions;
  n       record;
  v_code  text;
  v_next  bigint;
  v_event uuid;
begin
  select * into c from legal.collections where id = p_collection;
  t := legal.take_up(p_actor, c.request_id);
  select * into w from legal.collection_rounds where collection_id = c.id order by round desc limit 1;
  v_code := coalesce(t.code, case
    when not legal.reaches_all(t.a, c.id) then 'outside-regions'
    when c.scope_version <> (t.r).scope_version or not c.categories <@ (t.r).allowed then 'collection-outdated'
    when w.handed_in_at is null then 'collection-not-handed-in'
  end, legal.disclosure_refusal(t.r), case
    when exists (select from legal.productions x where x.collection_id = c.id and x.state in ('building', 'stuck', 'built')) then 'production-under-way'
    when (select count(*) from legal.productions x where x.request_id = c.request_id) >= 999 then 'too-many-volumes'
  end);
  if v_code is not null then
    return legal.refuse(t.a, t.r, c.request_id, 'legal.packet_asked', v_code, jsonb_build_object('collectionId', p_collection));
  end if;
  n := legal.count_records(c, w.round);
  p.id := unseal.uuid7();
  p.request_id := c.request_id;
  p.collection_id := c.id;
  p.records_total := n.accounts + n.messages + n.attachments;
  p.volume := 1 + coalesce((select max(x.volume) from legal.productions x where x.request_id = c.request_id), 0);
  p.bates_prefix := (select s.bates_prefix from legal.packet_settings s);
  -- The one line through which every number passes: two at once wait for each other here.
  update legal.bates_series set next_number = next_number + p.records_total returning next_number - p.records_total into v_next;
  p.first_number := v_next;
  v_event := audit.write(t.a, 'staff', 'legal.packet_asked', 'done', legal.production_target(p, t.r, jsonb_build_object(
    'collectionId', c.id, 'round', w.round, 'records', p.records_total, 'first', legal.bates(p, v_next),
    'last', case when p.records_total > 0 then legal.bates(p, v_next + p.records_total - 1) end)));
  insert into legal.productions (id, request_id, collection_id, round, decisions_digest, scope_version, volume, bates_prefix, numbers,
    first_number, records_total, threads, categories, facts, note, tool_version, asked_by, session_id, asked_event)
  values (p.id, p.request_id, p.collection_id, w.round, w.digest, c.scope_version, p.volume, p.bates_prefix,
    int8range(v_next, v_next + p.records_total), v_next, p.records_total, n.threads, c.categories,
    legal.packet_facts(t.a, t.r, c), nullif(trim(p_ask ->> 'note'), ''), left(p_ask ->> 'toolVersion', 100), (t.a).staff_id,
    (t.a).session_id, v_event);
  perform legal.record(t.r, (t.a).staff_id, 'packet_asked', (t.r).state, null, v_event);
  return jsonb_build_object('ok', true, 'productionId', p.id, 'name', legal.packet_name(p), 'volume', p.volume);
end
$$;

-- Gives a packet up before it is released, for a reason.
create or replace function legal.discard_production(p_actor jsonb, p_production uuid, p_reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t      record := legal.take_up_production(p_actor, p_production);
  v_code text;
begin
  v_code := coalesce(t.code, case
    when (t.p).state not in ('building', 'stuck', 'built') then 'production-over'
    when not access.reason_has_substance(p_reason) then 'reason-without-substance'
  end);
  if v_code is not null then
    return legal.refuse(t.a, t.r, null, 'legal.packet_discarded', v_code, jsonb_build_object('productionId', p_production));
  end if;
  perform legal.end_production(t.a, t.p, 'by-counsel', p_reason);
  return jsonb_build_object('ok', true, 'state', 'discarded');
end
$$;

-- Goes on with a build that stands still, or looks at once at one that rests.
create or replace function legal.try_production(p_actor jsonb, p_production uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t      record := legal.take_up_production(p_actor, p_production);
  p      legal.productions := t.p;
  v_code text;
begin
  v_code := coalesce(t.code, case when p.state not in ('building', 'stuck') then 'production-over' end);
  if v_code is not null then
    return legal.refuse(t.a, t.r, null, 'legal.packet_retried', v_code, jsonb_build_object('productionId', p_production));
  end if;
  update legal.productions set state = 'building', stuck_code = null, stuck_path = null, stuck_at = null, failures = 0,
      next_try_at = null, changed_at = clock_timestamp()
   where id = p.id returning * into p;
  perform legal.record(t.r, (t.a).staff_id, 'packet_retried', (t.r).state, null,
    audit.write(t.a, 'staff', 'legal.packet_retried', 'done', legal.production_target(p, t.r)));
  return legal.production_moved(p);
end
$$;

-- A line of a request's page.
create or replace function legal.production_line(p legal.productions, r legal.requests) returns jsonb
  language sql stable
as $$
  select jsonb_build_object('id', (p).id, 'name', legal.packet_name(p), 'volume', (p).volume, 'requestId', (r).id,
    'requestNumber', (r).number, 'collectionId', (p).collection_id, 'state', (p).state, 'stuckCode', (p).stuck_code,
    'stuckPath', (p).stuck_path, 'discardedWhy', (p).discarded_why,
    'bates', case when (p).records_total > 0 then jsonb_build_object('first', legal.bates(p, (p).first_number),
      'last', legal.bates(p, (p).first_number + (p).records_total - 1)) end,
    'progress', jsonb_build_object('recordsDone', (p).records_done, 'recordsTotal', (p).records_total,
      'partsDone', (select count(*) from legal.production_parts f where f.production_id = (p).id and f.path is not null
        and f.state in ('done', 'absent')),
      'partsTotal', (select count(*) from legal.production_parts f where f.production_id = (p).id and f.path is not null)),
    'askedBy', access.person((p).asked_by), 'askedAt', unseal.instant((p).asked_at), 'builtAt', unseal.instant((p).built_at),
    'releasedBy', case when (p).state = 'released' then access.person((p).answered_by) end,
    'releasedAt', case when (p).state = 'released' then unseal.instant((p).answered_at) end, 'sizeBytes', (p).zip_bytes)
$$;

create or replace function legal.list_productions(p_actor jsonb, p_request uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  r      legal.requests;
  v_code text;
begin
  select * into r from legal.requests where id = p_request;
  v_code := legal.metadata_refusal(a, r);
  if v_code is not null then
    return legal.refuse(a, r, p_request, 'legal.packet_read', v_code);
  end if;
  return jsonb_build_object('ok', true, 'productions', (
    select coalesce(jsonb_agg(legal.production_line(p, r) order by p.id desc), '[]')
      from legal.productions p where p.request_id = r.id));
end
$$;

-- Everything about a packet but what is in it, for whoever may read the metadata of its request.
create or replace function legal.read_production(p_actor jsonb, p_production uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a       staff.actor := staff.resolve(p_actor);
  p       legal.productions;
  r       legal.requests;
  v_code  text;
  v_may   boolean;
  v_bar   text;
begin
  select * into p from legal.productions where id = p_production;
  select * into r from legal.requests where id = p.request_id;
  v_code := legal.metadata_refusal(a, r);
  if v_code is not null then
    return legal.refuse(a, r, null, 'legal.packet_read', v_code, jsonb_build_object('productionId', p_production));
  end if;
  v_may := legal.works(a) and legal.reaches_all(a, p.collection_id);
  v_bar := case when p.state = 'built' then legal.release_refusal(a, p, r) end;
  return legal.production_line(p, r) || jsonb_build_object('ok', true, 'requestState', r.state, 'note', p.note,
    'toolVersion', p.tool_version, 'cutOff', (select unseal.instant(c.cut_off) from legal.collections c where c.id = p.collection_id),
    'stuckAt', unseal.instant(p.stuck_at), 'nextTryAt', unseal.instant(p.next_try_at),
    'discardedAt', unseal.instant(p.discarded_at), 'discardReason', p.discard_reason,
    'sentBackBy', case when p.state = 'sent_back' then access.person(p.answered_by) end,
    'sentBackAt', case when p.state = 'sent_back' then unseal.instant(p.answered_at) end,
    'sentBackReason', case when p.state = 'sent_back' then p.answer_note end,
    'manifestSha512', encode(p.manifest_sha512, 'hex'), 'zipSha512', encode(p.zip_sha512, 'hex'), 'vkey', p.vkey,
    'exportEventId', p.export_event,
    'parts', (select coalesce(jsonb_agg(jsonb_build_object('n', f.n, 'path', f.path, 'kind', f.kind, 'state', f.state,
        'records', f.records, 'sizeBytes', f.size, 'sha512', encode(f.sha512, 'hex')) order by f.path), '[]') from (
      select * from legal.production_parts x where x.production_id = p.id and x.path is not null order by x.path limit 1000) f),
    'partsLeftOut', greatest(0, (select count(*) from legal.production_parts x where x.production_id = p.id and x.path is not null) - 1000),
    'custody', legal.custody_lines(p), 'deliveries', legal.deliveries_of(p),
    'rights', jsonb_build_object('compare', v_may and p.built_at is not null and p.state <> 'discarded',
      'release', p.state = 'built' and v_bar is null,
      'sendBack', v_may and p.state = 'built' and (legal.hand_refusal(a, p) is null),
      'discard', v_may and p.state in ('building', 'stuck', 'built'), 'tryAgain', v_may and p.state in ('building', 'stuck'),
      'deliver', v_may and p.state = 'released' and legal.production_ended(p) is null,
      'export', v_may and p.state = 'released' and legal.production_ended(p) is null),
    'releaseBarredBy', v_bar);
end
$$;

-- What happened to a production, out of the log, in its order.
create or replace function legal.custody_lines(p legal.productions) returns jsonb
  language sql stable
as $$
  select coalesce(jsonb_agg(jsonb_build_object('eventId', e.id, 'at', unseal.instant(e.at),
      'by', case when e.actor_kind = 'staff' then access.person(e.actor_id) end, 'action', e.action, 'outcome', e.outcome,
      'reason', e.reason) order by e.id), '[]')
    from legal.history h join audit.events e on e.id = h.event_id
   where h.request_id = (p).request_id and e.id >= (p).asked_event and e.detail ->> 'productionId' = (p).id::text
$$;
