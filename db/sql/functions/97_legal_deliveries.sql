-- Delivery: a link for one recipient and a code that reaches them another way. Of both only hashes are here, the code's keyed by
-- what the database does not have. The recipient has no session: what they do is an event without an actor, and every "no" reads
-- the same, so that nobody learns from it which half was wrong.

create or replace function legal.delivery_state(d legal.deliveries) returns text
  language sql stable
as $$
  select case
    when (d).recalled_at is not null then 'recalled'
    when (d).acknowledged_at is not null then 'acknowledged'
    when (d).expires_at <= clock_timestamp() then case when (d).fetched_at is not null then 'fetched' else 'expired' end
    when (d).tries_left = 0 then 'locked'
    when (d).fetched_at is not null then 'fetched'
    else 'waiting' end
$$;

create or replace function legal.deliveries_of(p legal.productions) returns jsonb
  language sql stable
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'state', legal.delivery_state(d), 'recipientName', d.recipient_name,
      'linkBy', d.link_by, 'codeBy', d.code_by, 'encryption', d.encryption, 'recipientKey', d.key_name,
      'createdBy', access.person(d.created_by), 'createdAt', unseal.instant(d.created_at), 'expiresAt', unseal.instant(d.expires_at),
      'triesLeft', d.tries_left,
      'downloadsBegun', (select count(*) from legal.downloads w where w.delivery_id = d.id),
      'downloadsWhole', (select count(*) from legal.downloads w where w.delivery_id = d.id and w.whole),
      'firstFetchedAt', unseal.instant(d.fetched_at), 'acknowledgedAt', unseal.instant(d.acknowledged_at),
      'acknowledgedAs', d.acknowledged_as, 'acknowledgedHashAgrees', d.hash_agrees, 'recalledBy', access.person(d.recalled_by),
      'recalledAt', unseal.instant(d.recalled_at), 'recallReason', d.recall_reason) order by d.id desc), '[]')
    from legal.deliveries d where d.production_id = (p).id
$$;

-- p: {id, recipientName, linkBy, codeBy, hours, encryption, recipientKey, keyName, tokenHash, codeMac} (hashes in hexadecimal).
create or replace function legal.deliver(p_actor jsonb, p_production uuid, p jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record := legal.take_up_production(p_actor, p_production);
  d       legal.deliveries;
  v_code  text;
begin
  v_code := coalesce(t.code, legal.leaving_refusal(t.p), legal.disclosure_refusal(t.r), case
    when p ->> 'linkBy' = p ->> 'codeBy' then 'one-way-for-both'
    when (select count(*) from legal.deliveries x where x.production_id = (t.p).id and x.created_at > clock_timestamp() - interval '1 hour') >= 20
      then 'rate-limited' end);
  if v_code is not null then
    return legal.refuse(t.a, t.r, null, 'legal.packet_delivered', v_code, jsonb_build_object('productionId', p_production));
  end if;
  insert into legal.deliveries (id, production_id, recipient_name, link_by, code_by, encryption, recipient_key, key_name, token_hash,
    code_mac, expires_at, created_by)
  values ((p ->> 'id')::uuid, (t.p).id, p ->> 'recipientName', p ->> 'linkBy', p ->> 'codeBy', p ->> 'encryption', p ->> 'recipientKey',
    p ->> 'keyName', decode(p ->> 'tokenHash', 'hex'), decode(p ->> 'codeMac', 'hex'),
    clock_timestamp() + make_interval(hours => least((p ->> 'hours')::integer, 336)), (t.a).staff_id)
  returning * into d;
  perform legal.record(t.r, (t.a).staff_id, 'packet_delivered', (t.r).state, null,
    audit.write(t.a, 'staff', 'legal.packet_delivered', 'done', legal.production_target(t.p, t.r, jsonb_build_object('deliveryId', d.id,
      'linkBy', d.link_by, 'codeBy', d.code_by, 'encryption', d.encryption, 'keyName', d.key_name, 'expiresAt', unseal.instant(d.expires_at)))));
  return jsonb_build_object('ok', true, 'deliveryId', d.id, 'expiresAt', unseal.instant(d.expires_at));
end
$$;

-- A delivery for an act of counsel, locked.
create or replace function legal.take_up_delivery(p_actor jsonb, p_delivery uuid, out a staff.actor, out r legal.requests,
  out p legal.productions, out d legal.deliveries, out code text)
  language plpgsql
as $$
declare
  t record;
begin
  t := legal.take_up_production(p_actor, (select x.production_id from legal.deliveries x where x.id = p_delivery));
  a := t.a;
  r := t.r;
  p := t.p;
  select * into d from legal.deliveries where id = p_delivery for update;
  code := coalesce(t.code, case when d.id is null then 'not-found' end);
end
$$;

-- Takes a delivery back: until it is fetched.
create or replace function legal.recall_delivery(p_actor jsonb, p_delivery uuid, p_reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t      record := legal.take_up_delivery(p_actor, p_delivery);
  d      legal.deliveries := t.d;
  v_code text;
begin
  v_code := coalesce(t.code, case
    when d.recalled_at is not null then 'delivery-over'
    when d.fetched_at is not null then 'delivery-fetched'
    when not access.reason_has_substance(p_reason) then 'reason-without-substance' end);
  if v_code is not null then
    return legal.refuse(t.a, t.r, null, 'legal.delivery_recalled', v_code, jsonb_build_object('deliveryId', p_delivery));
  end if;
  update legal.deliveries set recalled_at = clock_timestamp(), recalled_by = (t.a).staff_id, recall_reason = left(p_reason, 2000)
   where id = d.id returning * into d;
  perform legal.record(t.r, (t.a).staff_id, 'delivery_recalled', (t.r).state, p_reason,
    audit.write(t.a, 'staff', 'legal.delivery_recalled', 'done', legal.production_target(t.p, t.r, jsonb_build_object('deliveryId', d.id))
      || jsonb_build_object('reason', left(p_reason, 2000))));
  return jsonb_build_object('ok', true, 'state', legal.delivery_state(d));
end
$$;

-- Puts another code in the place of the old one, which is good for nothing from here on; so are tickets that it opened.
create or replace function legal.renew_code(p_actor jsonb, p_delivery uuid, p_code_mac text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t      record := legal.take_up_delivery(p_actor, p_delivery);
  d      legal.deliveries := t.d;
  v_code text;
begin
  v_code := coalesce(t.code, legal.leaving_refusal(t.p), legal.disclosure_refusal(t.r), case
    when d.recalled_at is not null or d.expires_at <= clock_timestamp() then 'delivery-over'
    when d.code_n >= 10 then 'rate-limited' end);
  if v_code is not null then
    return legal.refuse(t.a, t.r, null, 'legal.delivery_code_renewed', v_code, jsonb_build_object('deliveryId', p_delivery));
  end if;
  update legal.deliveries set code_mac = decode(p_code_mac, 'hex'), code_n = code_n + 1, tries_left = 5
   where id = d.id returning * into d;
  perform legal.record(t.r, (t.a).staff_id, 'delivery_code_renewed', (t.r).state, null,
    audit.write(t.a, 'staff', 'legal.delivery_code_renewed', 'done', legal.production_target(t.p, t.r, jsonb_build_object('deliveryId', d.id))));
  return jsonb_build_object('ok', true, 'expiresAt', unseal.instant(d.expires_at));
end
$$;

-- Somebody without a session, as far as a request tells of them.
create or replace function legal.visitor(p_from jsonb) returns staff.actor
  language plpgsql immutable
as $$
declare
  a staff.actor;
begin
  a.ip := left(p_from ->> 'ip', 64);
  a.user_agent := left(p_from ->> 'userAgent', 300);
  a.request_id := left(p_from ->> 'requestId', 64);
  return a;
end
$$;

-- May a recipient have it now? One word for every "no".
create or replace function legal.delivery_refusal(d legal.deliveries, p legal.productions) returns text
  language plpgsql stable
as $$
begin
  return case when (d).id is null or (d).recalled_at is not null or (d).expires_at <= clock_timestamp() or legal.leaving_refusal(p) is not null
    then 'delivery-refused' end;
end
$$;

-- A visitor's "no": an event that names what it was about, where there is such a thing.
create or replace function legal.refuse_visitor(a staff.actor, d legal.deliveries, p legal.productions, p_action text, p_code text) returns jsonb
  language sql
as $$
  select audit.denied(a, p_action, p_code, jsonb_build_object('detail', jsonb_strip_nulls(jsonb_build_object('deliveryId', (d).id,
    'productionId', (p).id, 'requestId', (p).request_id))))
$$;

-- Which delivery a link is: its id, for the code's keyed hash. Guessing is counted by address.
create or replace function legal.find_delivery(p_from jsonb, p_token bytea) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a staff.actor := legal.visitor(p_from);
  d legal.deliveries;
  p legal.productions;
begin
  perform pg_advisory_xact_lock(hashtextextended('delivery ' || coalesce(a.ip, ''), 2));
  if (select count(*) from legal.delivery_tries x where x.ip = a.ip and not x.succeeded and x.at > clock_timestamp() - interval '15 minutes') >= 30 then
    return legal.refuse_visitor(a, d, p, 'legal.delivery_opened', 'rate-limited');
  end if;
  select * into d from legal.deliveries where token_hash = p_token;
  select * into p from legal.productions where id = d.production_id;
  if d.id is null then
    insert into legal.delivery_tries (ip, succeeded) values (a.ip, false);
    return legal.refuse_visitor(a, d, p, 'legal.delivery_opened', 'delivery-refused');
  end if;
  return jsonb_build_object('ok', true, 'deliveryId', d.id);
end
$$;

-- Link and code together. A wrong code takes one of five tries, however many come at once; then it is locked until there is
-- another code. p_ticket: hash of what the recipient goes on with.
create or replace function legal.open_delivery(p_from jsonb, p_token bytea, p_code_mac bytea, p_ticket bytea) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a       staff.actor := legal.visitor(p_from);
  d       legal.deliveries;
  p       legal.productions;
  r       legal.requests;
  v_code  text;
  v_until timestamptz := clock_timestamp() + interval '1 hour';
begin
  select * into d from legal.deliveries where token_hash = p_token for update;
  select * into p from legal.productions where id = d.production_id;
  select * into r from legal.requests where id = p.request_id;
  v_code := coalesce(legal.delivery_refusal(d, p), case when d.tries_left = 0 then 'delivery-refused' end);
  -- Hashes of hashes: how long the comparison takes tells nothing of where they differ.
  if v_code is null and sha256(d.code_mac) <> sha256(coalesce(p_code_mac, '')) then
    v_code := 'delivery-refused';
    update legal.deliveries set tries_left = tries_left - 1 where id = d.id and tries_left > 0 returning * into d;
    if d.tries_left = 0 then
      perform legal.record(r, null, 'delivery_locked', r.state, null,
        audit.write(a, 'nobody', 'legal.delivery_locked', 'done', legal.production_target(p, r, jsonb_build_object('deliveryId', d.id))));
    end if;
  end if;
  insert into legal.delivery_tries (delivery_id, ip, succeeded) values (d.id, a.ip, v_code is null);
  if v_code is not null then
    return legal.refuse_visitor(a, d, p, 'legal.delivery_opened', v_code);
  end if;
  update legal.deliveries set tries_left = 5, opened_at = coalesce(opened_at, clock_timestamp()) where id = d.id returning * into d;
  insert into legal.delivery_tickets (token_hash, delivery_id, code_n, expires_at) values (p_ticket, d.id, d.code_n, v_until);
  perform legal.record(r, null, 'delivery_opened', r.state, null,
    audit.write(a, 'nobody', 'legal.delivery_opened', 'done', legal.production_target(p, r, jsonb_build_object('deliveryId', d.id))));
  return jsonb_build_object('ok', true, 'ticketExpiresAt', unseal.instant(v_until), 'name', legal.packet_name(p), 'sizeBytes', p.zip_bytes,
    'zipSha512', encode(p.zip_sha512, 'hex'), 'manifestSha512', encode(p.manifest_sha512, 'hex'), 'vkey', p.vkey,
    'logVkey', (select k.vkey from audit.log_keys k where not exists (select from audit.log_key_ends e where e.vkey = k.vkey) order by k.added_at desc limit 1),
    'encryption', d.encryption, 'expiresAt', unseal.instant(d.expires_at), 'acknowledgedAt', unseal.instant(d.acknowledged_at));
end
$$;

-- The delivery of a ticket, locked. Out: one word for every "no", or null.
create or replace function legal.ticket_at(p_ticket bytea, out d legal.deliveries, out p legal.productions, out r legal.requests, out code text)
  language plpgsql
as $$
declare
  k legal.delivery_tickets;
begin
  select * into k from legal.delivery_tickets where token_hash = p_ticket and expires_at > clock_timestamp();
  select * into d from legal.deliveries where id = k.delivery_id for update;
  select * into p from legal.productions where id = d.production_id;
  select * into r from legal.requests where id = p.request_id;
  code := case when k.code_n is distinct from d.code_n then 'delivery-refused' else legal.delivery_refusal(d, p) end;
end
$$;

-- Puts on record that the packet is about to be fetched: from here on it cannot be recalled.
create or replace function legal.begin_download(p_from jsonb, p_ticket bytea, p_from_byte bigint) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a       staff.actor := legal.visitor(p_from);
  t       record := legal.ticket_at(p_ticket);
  d       legal.deliveries := t.d;
  v_code  text;
  v_id    uuid := unseal.uuid7();
  v_read  uuid := unseal.uuid7();
  v_event uuid;
begin
  v_code := coalesce(t.code, case
    when p_from_byte < 0 or p_from_byte >= (t.p).zip_bytes then 'bad-range'
    when (select count(*) from legal.downloads w where w.delivery_id = d.id) >= 100 then 'rate-limited' end);
  if v_code is not null then
    return legal.refuse_visitor(a, d, t.p, 'legal.delivery_fetched', v_code);
  end if;
  update legal.deliveries set fetched_at = coalesce(fetched_at, clock_timestamp()) where id = d.id;
  insert into legal.downloads (id, delivery_id, from_byte, ip) values (v_id, d.id, p_from_byte, a.ip);
  v_event := audit.write(a, 'nobody', 'legal.delivery_fetched', 'done', legal.production_target(t.p, t.r, jsonb_build_object(
    'deliveryId', d.id, 'downloadId', v_id, 'fromByte', p_from_byte)));
  perform legal.record(t.r, null, 'delivery_fetched', (t.r).state, null, v_event);
  return legal.keep_production_reading(t.p, 'delivery', null::staff.actor, null, v_id, null, interval '12 hours', v_read, v_event)
    || jsonb_build_object('downloadId', v_id, 'encryption', d.encryption, 'recipientKey', d.recipient_key);
end
$$;

-- How a download ended: whole, or broken off after so many bytes.
create or replace function legal.end_download(p_from jsonb, p_ticket bytea, p_download uuid, p_bytes bigint, p_whole boolean) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  w legal.downloads;
  p legal.productions;
  r legal.requests;
begin
  update legal.downloads x set ended_at = clock_timestamp(), bytes = p_bytes, whole = p_whole
   where x.id = p_download and x.ended_at is null and exists (
     select from legal.delivery_tickets k where k.token_hash = p_ticket and k.delivery_id = x.delivery_id)
  returning * into w;
  if w.id is null then
    return jsonb_build_object('ok', false, 'code', 'not-found');
  end if;
  select y.* into p from legal.productions y join legal.deliveries d on d.production_id = y.id where d.id = w.delivery_id;
  select * into r from legal.requests where id = p.request_id;
  perform legal.record(r, null, 'download_ended', r.state, null,
    audit.write(legal.visitor(p_from), 'nobody', 'legal.download_ended', case when p_whole then 'done' else 'failed' end,
      legal.production_target(p, r, jsonb_build_object('deliveryId', w.delivery_id, 'downloadId', w.id, 'bytes', p_bytes))));
  return jsonb_build_object('ok', true);
end
$$;

-- The recipient says that they have it. p_sha512: of what they have, or null.
create or replace function legal.acknowledge_delivery(p_from jsonb, p_ticket bytea, p_name text, p_sha512 text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a       staff.actor := legal.visitor(p_from);
  t       record := legal.ticket_at(p_ticket);
  d       legal.deliveries := t.d;
  v_code  text;
  v_agree boolean;
begin
  v_code := coalesce(t.code, case
    when d.fetched_at is null then 'fetch-first'
    when d.acknowledged_at is not null then 'acknowledged-already' end);
  if v_code is not null then
    return legal.refuse_visitor(a, d, t.p, 'legal.delivery_acknowledged', v_code);
  end if;
  v_agree := case when p_sha512 is not null
    then lower(p_sha512) in (encode((t.p).zip_sha512, 'hex'), encode((t.p).manifest_sha512, 'hex')) end;
  update legal.deliveries set acknowledged_at = clock_timestamp(), acknowledged_as = left(p_name, 200),
      acknowledged_sha512 = lower(p_sha512), hash_agrees = v_agree
   where id = d.id returning * into d;
  perform legal.record(t.r, null, 'delivery_acknowledged', (t.r).state, null,
    audit.write(a, 'nobody', 'legal.delivery_acknowledged', 'done', legal.production_target(t.p, t.r, jsonb_build_object(
      'deliveryId', d.id, 'hashAgrees', v_agree))));
  return jsonb_build_object('ok', true, 'acknowledgedAt', unseal.instant(d.acknowledged_at), 'hashAgrees', d.hash_agrees);
end
$$;
