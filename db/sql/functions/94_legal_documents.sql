-- Documents that come with a request. Bytes arrive sealed, piece by piece, in one transaction: what does not arrive whole was
-- never here. What goes out was committed as a reading by an earlier transaction (promise 1).

-- Why nothing may be added to a request; null: it may.
create or replace function legal.document_refusal(a staff.actor, r legal.requests) returns text
  language plpgsql stable
as $$
begin
  return coalesce(legal.counsel_refusal(a, r), case
    when (r).state = 'closed' then 'request-not-open'
    when (select count(*) from legal.documents d where d.request_id = (r).id) >= (select s.most_documents from legal.settings s)
      then 'too-many-documents'
  end);
end
$$;

-- Before the first byte: may it be added, and how large may it be? Out: {ok, documentId, mostBytes, names, sha256s}.
create or replace function legal.begin_document(p_actor jsonb, p_request uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  r      legal.requests;
  v_code text;
begin
  select * into r from legal.requests where id = p_request;
  v_code := legal.document_refusal(a, r);
  if v_code is not null then
    return legal.refuse(a, r, p_request, 'legal.document_added', v_code);
  end if;
  return jsonb_build_object('ok', true, 'documentId', unseal.uuid7(), 'mostBytes', (select s.most_document from legal.settings s),
    'names', (select coalesce(jsonb_agg(d.name), '[]') from legal.documents d where d.request_id = r.id));
end
$$;

-- The data key of a document, wrapped; in the transaction of its pieces. Keys of a request lie where threads' do, so that a
-- rotation walks them.
create or replace function legal.keep_document_key(p_actor jsonb, p_request uuid, p_key uuid, p_kek text, p_wrapped bytea)
  returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  r      legal.requests;
  v_code text;
begin
  select * into r from legal.requests where id = p_request;
  v_code := legal.document_refusal(a, r);
  if v_code is not null then
    return legal.refuse(a, r, p_request, 'legal.document_added', v_code);
  end if;
  insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped) values (r.id, p_key, p_kek, p_wrapped);
  return jsonb_build_object('ok', true);
end
$$;

-- One sealed piece of a document that is on its way. It is nobody's until the document is finished.
create or replace function legal.add_document_piece(p_actor jsonb, p_request uuid, p_document uuid, p_n integer, p_key uuid,
  p_piece bytea) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  v_code text;
begin
  v_code := case
    when a.staff_id is null then 'not-signed-in'
    when not legal.works(a) then 'wrong-role'
    -- Under a key that is there for it, as many as the largest document has, and none larger than a piece.
    when exists (select from legal.documents d where d.id = p_document or d.key_id = p_key)
      or not exists (select from sealed.thread_keys k where k.thread_id = p_request and k.key_id = p_key) then 'not-found'
    when p_n > (select s.most_document from legal.settings s) / 1048576 or octet_length(p_piece) > 1048576 + 100 then 'document-too-large'
  end;
  if v_code is not null then
    return audit.denied(a, 'legal.document_added', v_code, jsonb_build_object('detail', jsonb_build_object('requestId', p_request)));
  end if;
  insert into sealed.legal_document_pieces (thread_id, document_id, n, key_id, piece_ct)
  values (p_request, p_document, p_n, p_key, p_piece);
  return jsonb_build_object('ok', true);
end
$$;

-- The document is whole. p: {documentId, keyId, pieces, name, sentName, kind, mediaType, warnings, sizeBytes, sha256}.
create or replace function legal.finish_document(p_actor jsonb, p_request uuid, p jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record;
  r       legal.requests;
  v_n     integer;
  v_event uuid;
  v_code  text;
  v_warn  text[] := array(select jsonb_array_elements_text(coalesce(p -> 'warnings', '[]')));
begin
  t := legal.take_up(p_actor, p_request);
  r := t.r;
  v_code := coalesce(t.code, legal.document_refusal(t.a, r), case
    when (p ->> 'sizeBytes')::bigint > (select s.most_document from legal.settings s) then 'document-too-large'
    when (select count(*) from sealed.legal_document_pieces x where x.thread_id = r.id and x.document_id = (p ->> 'documentId')::uuid
      and x.key_id = (p ->> 'keyId')::uuid) <> (p ->> 'pieces')::integer then 'document-not-whole'
    -- Another came in between under the same name.
    when exists (select from legal.documents d where d.request_id = r.id and d.name = p ->> 'name') then 'document-name-taken'
  end);
  if v_code is not null then
    return legal.refuse(t.a, r, p_request, 'legal.document_added', v_code);
  end if;
  if exists (select from legal.documents d where d.request_id = r.id and d.sha256 = p ->> 'sha256') then
    v_warn := v_warn || 'same_bytes_as_before'::text;
  end if;
  v_n := coalesce((select max(d.n) from legal.documents d where d.request_id = r.id), 0) + 1;
  v_event := audit.write(t.a, 'staff', 'legal.document_added', 'done', legal.target(r, jsonb_build_object(
    'documentId', p ->> 'documentId', 'n', v_n, 'kind', p ->> 'kind', 'mediaType', p ->> 'mediaType',
    'sizeBytes', (p ->> 'sizeBytes')::bigint, 'sha256', p ->> 'sha256', 'warnings', to_jsonb(v_warn))));
  insert into legal.documents (id, request_id, n, name, sent_name, kind, media_type, warnings, key_id, pieces, size_bytes, sha256,
    added_by, event_id)
  values ((p ->> 'documentId')::uuid, r.id, v_n, p ->> 'name', p ->> 'sentName', p ->> 'kind', p ->> 'mediaType', v_warn,
    (p ->> 'keyId')::uuid, (p ->> 'pieces')::integer, (p ->> 'sizeBytes')::bigint, p ->> 'sha256', (t.a).staff_id, v_event);
  perform legal.record(r, (t.a).staff_id, 'document_added', r.state, p ->> 'name', v_event);
  return jsonb_build_object('ok', true, 'document', legal.document_row(
    (select d from legal.documents d where d.request_id = r.id and d.n = v_n)));
end
$$;

create or replace function legal.document_row(d legal.documents) returns jsonb
  language sql stable
as $$
  select jsonb_build_object('n', (d).n, 'id', (d).id, 'name', (d).name, 'kind', (d).kind, 'mediaType', (d).media_type,
    'sizeBytes', (d).size_bytes, 'sha256', (d).sha256, 'warnings', to_jsonb((d).warnings), 'addedBy', access.person((d).added_by),
    'addedAt', unseal.instant((d).added_at))
$$;

-- Writes that somebody takes a document out. The bytes follow in another transaction, or never.
create or replace function legal.open_document(p_actor jsonb, p_request uuid, p_n integer) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a       staff.actor := staff.resolve(p_actor);
  r       legal.requests;
  d       legal.documents;
  v_id    uuid := unseal.uuid7();
  v_event uuid;
  v_code  text;
begin
  select * into r from legal.requests where id = p_request;
  v_code := legal.counsel_refusal(a, r);
  if v_code is null then
    select * into d from legal.documents where request_id = r.id and n = p_n;
    v_code := case when d.id is null then 'document-not-known' end;
  end if;
  if v_code is not null then
    return legal.refuse(a, r, p_request, 'legal.document_read', v_code);
  end if;
  v_event := audit.write(a, 'staff', 'legal.document_read', 'done', legal.target(r, jsonb_build_object('documentId', d.id, 'n', d.n,
    'readingId', v_id)));
  insert into legal.document_readings (id, document_id, request_id, staff_id, session_id, event_id, expires_at)
  values (v_id, d.id, r.id, a.staff_id, a.session_id, v_event, clock_timestamp() + interval '10 minutes');
  return jsonb_build_object('ok', true, 'readingId', v_id, 'expiresAt', unseal.instant(clock_timestamp() + interval '10 minutes'));
end
$$;

-- Promise 1 for a document: an earlier transaction committed the reading, this is no standby, and nothing has ended in between.
create or replace function legal.document_reading_refusal(a staff.actor, rd legal.document_readings, out code text, out wait boolean)
  language plpgsql
as $$
declare
  r legal.requests;
begin
  code := case
    when pg_is_in_recovery() then 'standby'
    -- An older snapshot would answer by what was allowed then.
    when current_setting('transaction_isolation') <> 'read committed' then 'view-not-committed'
    when (a).staff_id is null then 'not-signed-in'
    when (rd).id is null or (rd).staff_id is distinct from (a).staff_id then 'not-found'
    when (rd).session_id is distinct from (a).session_id then 'other-session'
    when (rd).event_id is null or pg_xact_status((rd).opened_xid) is distinct from 'committed' then 'view-not-committed'
    when (rd).expires_at <= clock_timestamp() then 'view-expired'
  end;
  if code is null then
    select * into r from legal.requests where id = (rd).request_id;
    code := legal.counsel_refusal(a, r);
  end if;
  if code is null and not audit.reveal_may_proceed((rd).event_id) then
    code := 'awaiting-checkpoint';
  end if;
  if code is null and not access.log_is_on_disk() then
    code := 'view-not-committed';
  end if;
  wait := coalesce(code = 'awaiting-checkpoint' and clock_timestamp() < (rd).opened_at + interval '3 seconds', false);
end
$$;

-- One sealed piece of a document, with the key that opens it and what the document is. Out: {ok, document, keys, piece} (base64).
create or replace function legal.read_document(p_actor jsonb, p_reading uuid, p_n integer) returns json
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a  staff.actor;
  rd legal.document_readings;
  d  legal.documents;
  o  record;
begin
  if not pg_is_in_recovery() then
    a := staff.resolve(p_actor);
  end if;
  select * into rd from legal.document_readings where id = p_reading;
  o := legal.document_reading_refusal(a, rd);
  if o.code is null then
    select * into d from legal.documents where id = rd.document_id;
    o.code := case when p_n < 0 or p_n >= d.pieces then 'document-not-known' end;
  end if;
  if o.code is not null then
    return access.not_read(a, 'legal.document_read', o.code, o.wait, jsonb_build_object('detail', jsonb_strip_nulls(
      jsonb_build_object('requestId', rd.request_id, 'readingId', p_reading))));
  end if;
  return json_build_object('ok', true, 'requestId', d.request_id, 'document', legal.document_row(d), 'pieces', d.pieces,
    'keyId', d.key_id, 'keys', (
      select coalesce(json_agg(json_build_object('id', k.key_id, 'kekId', k.kek_id, 'wrapped', encode(k.wrapped, 'base64'))), '[]')
        from sealed.thread_keys k where k.thread_id = d.request_id and k.key_id = d.key_id),
    'piece', (select encode(x.piece_ct, 'base64') from sealed.legal_document_pieces x
      where x.thread_id = d.request_id and x.document_id = d.id and x.n = p_n));
end
$$;
