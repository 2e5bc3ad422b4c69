-- Collecting: a query that is frozen with its cut-off, what it counted, and the messages that it means. What it means is
-- worked out again each time and is the same each time: wordings of messages are only ever added, and the threads are held.

-- A collection stays as it was made, whichever function forgets.
create or replace function legal.keep_collections() returns trigger
  language plpgsql
as $$
begin
  raise exception using errcode = 'UN041', message = 'A collection stays as it was recorded. Collect again for a supplement.';
end
$$;
do $$
declare
  t text;
begin
  foreach t in array array['collections', 'collection_accounts', 'collection_threads'] loop
    execute format('drop trigger if exists keep_collections on legal.%I', t);
    execute format('create trigger keep_collections before update or delete on legal.%I for each row execute function legal.keep_collections()', t);
    execute format('drop trigger if exists keep_collections_whole on legal.%I', t);
    execute format('create trigger keep_collections_whole before truncate on legal.%I for each statement execute function legal.keep_collections()', t);
  end loop;
end
$$;

-- May anything be collected, read or decided for this request now? Out: a refusal's code, or null. (Who asks is
-- legal.counsel_refusal's to say.)
create or replace function legal.disclosure_refusal(r legal.requests) returns text
  language plpgsql stable
as $$
begin
  return case
    when (r).state not in ('approved', 'produced', 'partially_produced') or (r).approved_version is distinct from (r).scope_version
      then 'request-not-approved'
    else legal.verification_refusal(r)
  end;
end
$$;

-- Did the request name this account, as it was asked when this was collected?
create or replace function legal.is_named(c legal.collections, p_platform uuid, p_account text) returns boolean
  language plpgsql stable
as $$
begin
  return exists (select from legal.request_accounts x
    where x.request_id = (c).request_id and x.platform_id = p_platform and x.platform_participant_id = p_account
      and x.added_version <= (c).scope_version and (x.dropped_version is null or x.dropped_version > (c).scope_version));
end
$$;

-- A moment in which nobody is writing messages: whatever has an earlier time of arrival is committed, whatever comes later
-- has a later one. Held no longer than it takes to look at the clock. Null when writers do not let it come about.
create or replace function legal.cut_off() returns timestamptz
  language plpgsql
as $$
declare
  v_at timestamptz;
begin
  begin
    perform set_config('lock_timeout', '3s', true);
    lock table sealed.messages, sealed.participants in share mode;
    v_at := clock_timestamp();
    -- Rolled back to here, the lock is given back at once. (A variable keeps its value.)
    raise exception using errcode = 'UN042';
  exception when sqlstate 'UN042' or lock_not_available or deadlock_detected then
    return v_at;
  end;
end
$$;

-- Where a message stands in its thread, as a word for cursors.
create or replace function legal.place(p_at timestamptz, p_position integer, p_id uuid) returns text
  language sql stable parallel safe
as $$ select (extract(epoch from p_at) * 1000000)::bigint || '.' || p_position || '.' || p_id $$;

-- The inverse. Null for what is no place.
create or replace function legal.place_at(p_place text, out at timestamptz, out turn integer, out id uuid)
  language plpgsql immutable
as $$
begin
  if p_place ~ '^-?[0-9]{1,18}\.-?[0-9]{1,9}\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' then
    at := to_timestamp(0) + split_part(p_place, '.', 1)::bigint * interval '1 microsecond';
    turn := split_part(p_place, '.', 2)::integer;
    id := split_part(p_place, '.', 3)::uuid;
  end if;
end
$$;

-- The participants of a thread whose messages are taken; null: everybody's.
create or replace function legal.senders_of(c legal.collections, p_thread uuid) returns uuid[]
  language plpgsql stable
as $$
begin
  if (c).sent_by = 'anyone' then
    return null;
  end if;
  return array(select p.id from sealed.participants p
      join triage.threads t on t.id = p.thread_id
      join legal.collection_accounts x on x.collection_id = (c).id and x.platform_id = t.platform_id
       and x.platform_participant_id = p.platform_participant_id
     where p.thread_id = p_thread);
end
$$;

-- The messages of a thread that belong to a collection, a page in the packet's order: by their first wording. p_after: where
-- the page before ended, or null. Constant cost wherever it begins; the same rows each time. A thread that the collection does
-- not hold gives nothing.
create or replace function legal.collected(p_collection uuid, p_thread uuid, p_after text, p_limit integer)
  returns table (message_id uuid, sent_at timestamptz, place text)
  language plpgsql stable
  set plan_cache_mode = force_generic_plan
as $$
declare
  c         legal.collections;
  v_after   record := legal.place_at(p_after);
  v_from    timestamptz;
  v_until   timestamptz;
  v_at      timestamptz;
  v_senders uuid[];
begin
  select o.* into c from legal.collections o
   where o.id = p_collection and exists (
     select from legal.collection_threads h where h.collection_id = o.id and h.thread_id = p_thread);
  if c.id is null or p_after is not null and v_after.id is null then
    return;
  end if;
  v_senders := legal.senders_of(c, p_thread);
  v_from := coalesce(c.range_from, '-infinity');
  v_until := coalesce(c.range_to, 'infinity');
  v_at := greatest(v_from, v_after.at);
  return query
    select m.id, m.sent_at, legal.place(m.sent_at, m.position, m.id)
      from sealed.messages m
     where m.thread_id = p_thread and m.revision = 1 and m.sent_at < v_until
       and (m.sent_at, m.position, m.id) > (v_at,
         case when v_at = v_after.at then v_after.turn else -1 end,
         case when v_at = v_after.at then v_after.id else '00000000-0000-0000-0000-000000000000' end)
       and m.received_at <= c.cut_off
       and (c.kinds = '{}' or m.kind = any (c.kinds))
       and (v_senders is null or m.sender_id = any (v_senders))
     order by m.sent_at, m.position, m.id
     limit p_limit;
end
$$;

-- Does this message belong to a collection?
create or replace function legal.is_collected(c legal.collections, p_thread uuid, p_message uuid) returns boolean
  language plpgsql stable
as $$
declare
  v_senders uuid[] := legal.senders_of(c, p_thread);
begin
  return exists (select from legal.collection_threads h where h.collection_id = (c).id and h.thread_id = p_thread)
     and exists (select from sealed.messages m
      where m.thread_id = p_thread and m.id = p_message and m.revision = 1 and m.received_at <= (c).cut_off
        and m.sent_at >= coalesce((c).range_from, '-infinity') and m.sent_at < coalesce((c).range_to, 'infinity')
        and ((c).kinds = '{}' or m.kind = any ((c).kinds)) and (v_senders is null or m.sender_id = any (v_senders)));
end
$$;

-- These messages of a thread as a collection holds them, still sealed: every wording up to the cut-off, bodies only where the
-- category content was collected, and the ids of the keys that open them. In the order of p_ids. Asked by those who have
-- committed that they read.
create or replace function legal.sealed_collected(c legal.collections, p_thread uuid, p_ids uuid[], out messages json,
  out key_ids uuid[])
  language plpgsql stable
as $$
declare
  v_bodies boolean := 'content' = any ((c).categories);
begin
  select json_agg(json_build_object('id', g.id, 'platformMessageId', g.pid, 'senderId', g.sender_id, 'sentAt', g.sent_at,
           'kind', g.kind, 'revisions', g.revisions) order by g.place)
    into messages
    from (
      select m.id, min(o.place) as place, min(m.platform_message_id) as pid,
             (array_agg(m.sender_id order by m.revision))[1] as sender_id, (array_agg(m.sent_at order by m.revision))[1] as sent_at,
             (array_agg(m.kind order by m.revision))[1] as kind,
             json_agg(json_build_object('revision', m.revision, 'editedAt', m.edited_at, 'deletedAt', m.deleted_at,
               'receivedAt', m.received_at, 'keyId', m.key_id,
               'body', case when v_bodies then encode(m.body_ct, 'base64') end,
               'attachments', (
                 select json_agg(json_build_object('ordinal', x.ordinal, 'mediaType', x.media_type, 'sizeBytes', x.size_bytes,
                     'sha256', x.sha256, 'md5', x.md5) order by x.ordinal)
                   from sealed.attachments x
                  where x.thread_id = m.thread_id and x.message_id = m.id and x.revision = m.revision)) order by m.revision)
               as revisions
        from unnest(p_ids) with ordinality o(id, place)
        join sealed.messages m on m.thread_id = p_thread and m.id = o.id and m.received_at <= (c).cut_off
       group by m.id) g;
  messages := coalesce(messages, '[]');
  key_ids := array(select distinct m.key_id from sealed.messages m
    where v_bodies and m.thread_id = p_thread and m.id = any (p_ids) and m.received_at <= (c).cut_off and m.body_ct is not null);
end
$$;

-- The participants of a thread as a collection calls them: named by the request, or by counsel among the decisions up to
-- p_upto, or a number. Account ids are no names, but they are a person's: what leaves of a third party is the number alone.
create or replace function legal.participants_of(c legal.collections, p_thread uuid, p_upto bigint)
  returns table (id uuid, ordinal integer, account_id text, named_by text, number integer, decision_id uuid)
  language plpgsql stable
as $$
begin
  return query
    select p.id, p.ordinal, p.platform_participant_id,
           case when legal.is_named(c, t.platform_id, p.platform_participant_id) then 'request' when d.id is not null then 'counsel' end,
           s.number, d.id
      from sealed.participants p
      join triage.threads t on t.id = p.thread_id
      left join sealed.legal_pseudonyms s on s.thread_id = (c).request_id and s.platform_id = t.platform_id
       and s.platform_participant_id = p.platform_participant_id
      left join lateral (
        select n.id from legal.decisions n
         where n.collection_id = (c).id and n.kind = 'name_participant' and n.pseudonym = s.number and n.n <= p_upto
           and not exists (select from legal.decisions b where b.takes_back = n.id and b.n <= p_upto)
         order by n.n desc limit 1) d on true
     where p.thread_id = p_thread and p.first_at <= (c).cut_off
     order by p.ordinal, p.id;
end
$$;

-- The same with their handles and names as they were at the cut-off, sealed. (What intake writes over in a held thread is kept
-- beside.)
create or replace function legal.people_of(c legal.collections, p_thread uuid, p_upto bigint)
  returns table (id uuid, ordinal integer, account_id text, named_by text, number integer, decision_id uuid, key_id uuid,
    identity_ct bytea)
  language plpgsql stable
as $$
begin
  return query
    select x.id, x.ordinal, x.account_id, x.named_by, x.number, x.decision_id, coalesce(k.key_id, p.key_id),
           coalesce(k.identity_ct, p.identity_ct)
      from legal.participants_of(c, p_thread, p_upto) x
      join sealed.participants p on p.thread_id = p_thread and p.id = x.id
      left join lateral (
        select o.key_id, o.identity_ct from sealed.kept_identities o
         where o.thread_id = p.thread_id and o.id = p.id and o.kept_at > (c).cut_off order by o.n limit 1) k on true
     order by x.ordinal, x.id;
end
$$;

-- What else the participants of a thread were called until a moment, sealed: taken out of what others wrote like what they were
-- called at the cut-off, for those who are not named. The same rows whenever it is asked: places in a text from which names were
-- taken out do not move when somebody is renamed, and a packet that is built on says what it said.
create or replace function legal.aliases_until(p_thread uuid, p_at timestamptz)
  returns table (id uuid, n integer, key_id uuid, identity_ct bytea)
  language sql stable
as $$
  select k.id, k.n, k.key_id, k.identity_ct from sealed.kept_identities k where k.thread_id = p_thread and k.kept_at <= p_at
  union all
  select p.id, 0, coalesce(k.key_id, p.key_id), coalesce(k.identity_ct, p.identity_ct)
    from sealed.participants p
    left join lateral (
      select o.key_id, o.identity_ct from sealed.kept_identities o
       where o.thread_id = p.thread_id and o.id = p.id and o.kept_at > p_at order by o.n limit 1) k on true
   where p.thread_id = p_thread and p.id in (select o.id from sealed.kept_identities o where o.thread_id = p_thread)
   order by 1, 2
$$;

-- What is asked for, checked and completed by what the request says. code: why not.
create or replace function legal.collection_ask(r legal.requests, p_ask jsonb, out c legal.collections, out accounts integer[],
  out code text)
  language plpgsql stable
as $$
declare
  v_all integer[] := array(select x.n from legal.accounts_of((r).id) x order by x.n);
begin
  accounts := case when p_ask -> 'accounts' is null then v_all
    else array(select distinct v::integer from jsonb_array_elements_text(p_ask -> 'accounts') v order by 1) end;
  c.categories := case when p_ask -> 'categories' is null then (r).allowed
    else array(select k from unnest(legal.categories()) with ordinality o(k, place)
                where p_ask -> 'categories' ? k order by o.place) end;
  c.range_from := coalesce((p_ask ->> 'from')::timestamptz, (r).range_from);
  c.range_to := coalesce((p_ask ->> 'until')::timestamptz, (r).range_to);
  c.sent_by := coalesce(p_ask ->> 'sentBy', 'anyone');
  c.kinds := array(select distinct v from jsonb_array_elements_text(coalesce(nullif(p_ask -> 'kinds', 'null'), '[]')) v order by 1);
  c.only_threads := array(select distinct v::uuid from jsonb_array_elements_text(coalesce(nullif(p_ask -> 'threads', 'null'), '[]')) v order by 1);
  code := case
    when cardinality(accounts) = 0 or not accounts <@ v_all then 'unknown-account'
    when cardinality(c.categories) = 0 or not c.categories <@ (r).allowed then 'category-not-allowed'
    when c.range_from >= c.range_to then 'range-reversed'
    when c.range_from < (r).range_from or c.range_to > (r).range_to then 'outside-range'
    when exists (select from unnest(c.only_threads) o(id) where not exists (
      select from sealed.participants p join triage.threads t on t.id = p.thread_id
        join legal.accounts_of((r).id) x on x.platform_id = t.platform_id and x.platform_participant_id = p.platform_participant_id
       where p.thread_id = o.id and x.n = any (accounts))) then 'unknown-thread'
  end;
end
$$;

-- The query in canonical JSON (RFC 8785): keys in code-unit order, no white space, instants in UTC with microseconds.
create or replace function legal.canonical_query(c legal.collections, r legal.requests) returns text
  language plpgsql stable
as $$
declare
  f constant text := 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"';
begin
  return '{' || concat_ws(',',
    '"accounts":[' || (select string_agg('{"account":' || to_json(x.platform_participant_id) || ',"n":' || x.n || ',"platform":'
        || to_json(p.slug) || ',"threads":' || x.threads || '}', ',' order by x.n)
      from legal.collection_accounts x join intake.platforms p on p.id = x.platform_id where x.collection_id = (c).id) || ']',
    '"categories":' || array_to_json((c).categories),
    '"collectedBy":"' || (c).collected_by || '"',
    '"counts":{' || (select string_agg('"' || k.name || '":' || ((c).counts ->> k.name), ',' order by k.name collate "C")
      from unnest(array['attachments', 'deleted', 'edited', 'messages', 'restricted', 'thirdParties', 'threads']) k(name)) || '}',
    '"cutOff":"' || to_char((c).cut_off at time zone 'UTC', f) || '"',
    '"from":' || coalesce('"' || to_char((c).range_from at time zone 'UTC', f) || '"', 'null'),
    '"id":"' || (c).id || '"',
    '"kinds":' || array_to_json((c).kinds),
    '"outOfRegions":' || (c).out_of_regions,
    '"regions":' || array_to_json((c).regions),
    '"request":"' || (r).id || '"',
    '"requestNumber":' || (r).number,
    '"scopeVersion":' || (c).scope_version,
    '"sentBy":' || to_json((c).sent_by),
    '"threads":' || array_to_json((c).only_threads),
    -- Of each thread a line: its id and its counts, in the packet's order.
    '"threadsSha256":"' || encode(sha256(convert_to(coalesce((
      select string_agg(concat_ws(' ', h.thread_id, h.messages, h.edited, h.deleted, h.attachments), E'\n' order by h.n)
        from legal.collection_threads h where h.collection_id = (c).id), ''), 'UTF8')), 'hex') || '"',
    '"toolVersion":' || to_json((c).tool_version),
    '"until":' || coalesce('"' || to_char((c).range_to at time zone 'UTC', f) || '"', 'null'),
    '"v":1') || '}';
end
$$;

-- Counts what a thread holds of a collection, each message once. Edits, deletions and files are rare beside messages: they are
-- looked up by their message's first wording, and no thread is gathered message by message.
create or replace function legal.count_thread(c legal.collections, p_thread uuid, out messages bigint, out edited bigint,
  out deleted bigint, out attachments bigint, out first_at timestamptz, out last_at timestamptz)
  language plpgsql stable
as $$
declare
  v_senders uuid[] := legal.senders_of(c, p_thread);
  v_from    timestamptz := coalesce((c).range_from, '-infinity');
  v_until   timestamptz := coalesce((c).range_to, 'infinity');
begin
  select count(*), min(m.sent_at), max(m.sent_at) into messages, first_at, last_at
    from sealed.messages m
   where m.thread_id = p_thread and m.revision = 1 and m.received_at <= (c).cut_off and m.sent_at >= v_from and m.sent_at < v_until
     and ((c).kinds = '{}' or m.kind = any ((c).kinds)) and (v_senders is null or m.sender_id = any (v_senders));
  select count(*) filter (where x.edited), count(*) filter (where x.deleted) into edited, deleted
    from (
      select m.id, bool_or(m.edited_at is not null) as edited, bool_or(m.deleted_at is not null and not exists (
          select from sealed.messages n where n.thread_id = m.thread_id and n.id = m.id and n.revision > m.revision
             and n.received_at <= (c).cut_off)) as deleted
        from sealed.messages m
       where m.thread_id = p_thread and m.received_at <= (c).cut_off and (m.edited_at is not null or m.deleted_at is not null)
       group by m.id) x
    join sealed.messages o on o.thread_id = p_thread and o.id = x.id and o.revision = 1
   where o.sent_at >= v_from and o.sent_at < v_until and ((c).kinds = '{}' or o.kind = any ((c).kinds))
     and (v_senders is null or o.sender_id = any (v_senders));
  select count(*) into attachments
    from sealed.attachments a
    join sealed.messages m on m.thread_id = a.thread_id and m.id = a.message_id and m.revision = a.revision
    join sealed.messages o on o.thread_id = a.thread_id and o.id = a.message_id and o.revision = 1
   where a.thread_id = p_thread and m.received_at <= (c).cut_off and o.sent_at >= v_from and o.sent_at < v_until
     and ((c).kinds = '{}' or o.kind = any ((c).kinds)) and (v_senders is null or o.sender_id = any (v_senders));
end
$$;

-- Everybody in the threads who is not named gets a number that tells nothing of them: drawn by lot, kept for the request.
create or replace function legal.number_third_parties(c legal.collections) returns integer
  language plpgsql
as $$
declare
  v_count integer;
begin
  with others as materialized (
    select distinct t.platform_id, p.platform_participant_id
      from legal.collection_threads h
      join triage.threads t on t.id = h.thread_id
      join sealed.participants p on p.thread_id = h.thread_id
     where h.collection_id = (c).id and not legal.is_named(c, t.platform_id, p.platform_participant_id)
  ), news as (
    insert into sealed.legal_pseudonyms (thread_id, number, platform_id, platform_participant_id)
    select (c).request_id, coalesce((select max(s.number) from sealed.legal_pseudonyms s where s.thread_id = (c).request_id), 0)
             + row_number() over (order by gen_random_uuid()), o.platform_id, o.platform_participant_id
      from others o
     where not exists (select from sealed.legal_pseudonyms s where s.thread_id = (c).request_id and s.platform_id = o.platform_id
       and s.platform_participant_id = o.platform_participant_id)
  )
  select count(*) into v_count from others;
  return v_count;
end
$$;

-- Collects: draws the cut-off, holds the threads, counts, and records all of it. p_ask: contracts/legal/collections.ts, and the
-- version of this software. Out: what legal.read_collection answers.
create or replace function legal.collect(p_actor jsonb, p_request uuid, p_ask jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t         record := legal.take_up(p_actor, p_request);
  a         staff.actor := t.a;
  r         legal.requests := t.r;
  q         record;
  c         legal.collections;
  v_all     uuid[];
  v_threads uuid[] := '{}';
  v_code    text;
begin
  v_code := coalesce(t.code, legal.disclosure_refusal(r));
  if v_code is null then
    q := legal.collection_ask(r, p_ask);
    c := q.c;
    v_code := coalesce(q.code, case when (select count(*) from legal.collections o where o.request_id = r.id
      and o.collected_at > clock_timestamp() - interval '1 hour') >= 20 then 'rate-limited' end);
  end if;
  if v_code is null then
    -- The threads of these accounts, and of those the ones in the caller's regions. Nobody collects what they wrote in.
    v_all := array(select distinct h.id from legal.accounts_of(r.id) x
        join sealed.participants p on p.platform_participant_id = x.platform_participant_id
        join triage.threads h on h.id = p.thread_id and h.platform_id = x.platform_id
       where x.n = any (q.accounts) and (c.only_threads = '{}' or h.id = any (c.only_threads)));
    v_threads := array(select h.id from triage.threads h where h.id = any (v_all) and h.region = any (a.regions) order by h.id);
    v_code := case
      when exists (select from triage.threads h where h.id = any (v_threads)
        and access.own_account_in(a.staff_id, h.platform_id, h.id)) then 'own-thread'
      when cardinality(v_all) > 0 and cardinality(v_threads) = 0 then 'outside-regions'
    end;
  end if;
  if v_code is null then
    -- Before the hold, which closes a gate that writers pass while they hold what this waits for. What is deleted in between is
    -- not counted either; once the hold stands nothing goes.
    c.cut_off := legal.cut_off();
    if c.cut_off is null then
      v_code := 'intake-busy';
    else
      perform legal.hold_for(a, r, c.range_from, c.range_to, 'Collected for lawful request ' || legal.shown_number(r));
    end if;
  end if;
  if v_code is not null then
    return legal.refuse(a, r, p_request, 'legal.collected', v_code);
  end if;

  c.id := unseal.uuid7();
  c.request_id := r.id;
  c.n := 1 + coalesce((select max(o.n) from legal.collections o where o.request_id = r.id), 0);
  c.scope_version := r.scope_version;
  c.regions := array(select g from unnest(a.regions) g order by g);
  c.out_of_regions := cardinality(v_all) - cardinality(v_threads);
  c.tool_version := p_ask ->> 'toolVersion';
  c.collected_by := a.staff_id;
  c.session_id := a.session_id;
  c.collected_at := clock_timestamp();
  c.event_id := unseal.uuid7();
  return legal.keep_collection(a, r, c, q.accounts, v_threads);
end
$$;

-- Writes a collection that may be made. The parts refer to it, and what it is made of is counted from the parts: the keys are
-- asked for at the end of the transaction.
create or replace function legal.keep_collection(a staff.actor, r legal.requests, c legal.collections, p_accounts integer[],
  p_threads uuid[]) returns jsonb
  language plpgsql
as $$
declare
  v_third integer;
begin
  insert into legal.collection_accounts (collection_id, n, platform_id, platform_participant_id, threads)
  select c.id, x.n, x.platform_id, x.platform_participant_id, (
      select count(*) from sealed.participants p join triage.threads h on h.id = p.thread_id and h.platform_id = x.platform_id
       where p.platform_participant_id = x.platform_participant_id and h.id = any (p_threads))
    from legal.accounts_of(r.id) x where x.n = any (p_accounts);
  -- Subscriber and identification data are of accounts: no message belongs to them.
  if c.categories && array['traffic', 'content'] then
    insert into legal.collection_threads (collection_id, n, thread_id, case_id, region, restricted_subject, messages, edited,
      deleted, attachments, first_at, last_at)
    select c.id, row_number() over (order by k.first_at, h.id), h.id, s.id, h.region, s.restricted_subject, k.messages, k.edited,
           k.deleted, k.attachments, k.first_at, k.last_at
      from triage.threads h
      cross join lateral legal.count_thread(c, h.id) k
      cross join lateral (select o.id, (select max(w.restricted_subject) from triage.cases w where w.thread_id = h.id) as restricted_subject
        from triage.cases o where o.thread_id = h.id order by o.id desc limit 1) s
     where h.id = any (p_threads) and k.messages > 0;
  end if;
  v_third := legal.number_third_parties(c);
  c.counts := (
    select jsonb_build_object('threads', count(*), 'messages', coalesce(sum(h.messages), 0), 'edited', coalesce(sum(h.edited), 0),
        'deleted', coalesce(sum(h.deleted), 0), 'attachments', coalesce(sum(h.attachments), 0),
        'restricted', count(h.restricted_subject), 'thirdParties', v_third,
        'byCategory', (select jsonb_object_agg(k, case when k in ('traffic', 'content') then coalesce(sum(h.messages), 0)
            else (select count(*) from legal.collection_accounts x where x.collection_id = c.id and x.threads > 0) end)
          from unnest(c.categories) k))
      from legal.collection_threads h where h.collection_id = c.id);
  c.query := legal.canonical_query(c, r);
  c.digest := sha256(convert_to(c.query, 'UTF8'));
  c.event_id := audit.write(a, 'staff', 'legal.collected', 'done', legal.target(r, jsonb_build_object('collectionId', c.id,
    'collection', c.n, 'digest', encode(c.digest, 'hex'), 'cutOff', unseal.instant(c.cut_off), 'categories', to_jsonb(c.categories),
    'toolVersion', c.tool_version, 'outOfRegions', c.out_of_regions) || (c.counts - 'byCategory')));
  insert into legal.collections select c.*;
  insert into legal.collection_rounds (collection_id, round, opened_by, event_id) values (c.id, 1, a.staff_id, c.event_id);
  perform legal.record(r, a.staff_id, 'collected', r.state, null, c.event_id);
  return legal.collection_detail(a, c, r);
end
$$;

-- What a collection is and how far its review has come: metadata alone.
create or replace function legal.collection_line(c legal.collections, r legal.requests) returns jsonb
  language plpgsql stable
as $$
declare
  o legal.collection_rounds;
begin
  select * into o from legal.collection_rounds w where w.collection_id = (c).id order by w.round desc limit 1;
  return jsonb_build_object('id', (c).id, 'n', (c).n, 'requestId', (r).id, 'requestNumber', (r).number,
    'state', case when o.handed_in_at is null then 'in_review' else 'handed_in' end, 'round', o.round,
    'categories', to_jsonb((c).categories), 'from', unseal.instant((c).range_from), 'until', unseal.instant((c).range_to),
    'cutOff', unseal.instant((c).cut_off), 'collectedBy', access.person((c).collected_by),
    'collectedAt', unseal.instant((c).collected_at), 'threads', (c).counts -> 'threads', 'messages', (c).counts -> 'messages',
    'handedInBy', access.person(o.handed_in_by), 'handedInAt', unseal.instant(o.handed_in_at));
end
$$;

create or replace function legal.collection_detail(a staff.actor, c legal.collections, r legal.requests) returns jsonb
  language plpgsql stable
as $$
declare
  v_line   jsonb := legal.collection_line(c, r);
  v_barred text := legal.review_refusal(a, c, r, null);
  v_open   boolean := v_line ->> 'state' = 'in_review';
begin
  return v_line || jsonb_build_object('ok', true,
    'accounts', (select coalesce(jsonb_agg(jsonb_build_object('n', x.n, 'accountId', x.platform_participant_id, 'platform', p.name,
        'threads', x.threads) order by x.n), '[]')
      from legal.collection_accounts x join intake.platforms p on p.id = x.platform_id where x.collection_id = (c).id),
    'filters', jsonb_build_object('sentBy', (c).sent_by, 'kinds', to_jsonb((c).kinds), 'threads', to_jsonb((c).only_threads)),
    'regions', to_jsonb((c).regions), 'outOfRegions', (c).out_of_regions, 'toolVersion', (c).tool_version,
    'digest', encode((c).digest, 'hex'), 'query', (c).query, 'counts', (c).counts,
    'decisions', legal.decision_sums((c).id, (v_line ->> 'round')::integer),
    'rounds', (select jsonb_agg(jsonb_build_object('n', o.round, 'openedBy', access.person(o.opened_by),
        'openedAt', unseal.instant(o.opened_at), 'reason', o.reason, 'handedInBy', access.person(o.handed_in_by),
        'handedInAt', unseal.instant(o.handed_in_at), 'digest', encode(o.digest, 'hex')) order by o.round)
      from legal.collection_rounds o where o.collection_id = (c).id),
    'barredBy', v_barred,
    'rights', jsonb_build_object('review', v_barred is null, 'decide', v_barred is null and v_open,
      'handIn', v_barred is null and v_open, 'reopen', v_barred is null and not v_open));
end
$$;

-- A collection for whoever may read its metadata. code: why not.
create or replace function legal.find_collection(p_actor jsonb, p_collection uuid, out a staff.actor, out c legal.collections,
  out r legal.requests, out code text)
  language plpgsql
as $$
begin
  a := staff.resolve(p_actor);
  select * into c from legal.collections where id = p_collection;
  select * into r from legal.requests where id = c.request_id;
  code := legal.metadata_refusal(a, r);
end
$$;

create or replace function legal.read_collection(p_actor jsonb, p_collection uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  f record := legal.find_collection(p_actor, p_collection);
begin
  if f.code is not null then
    return legal.refuse(f.a, f.r, null, 'legal.collection_read', f.code, jsonb_build_object('collectionId', p_collection));
  end if;
  return legal.collection_detail(f.a, f.c, f.r);
end
$$;

create or replace function legal.list_collections(p_actor jsonb, p_request uuid) returns jsonb
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
    return legal.refuse(a, r, p_request, 'legal.collection_read', v_code);
  end if;
  return jsonb_build_object('ok', true, 'collectBarredBy', coalesce(legal.counsel_refusal(a, r), legal.disclosure_refusal(r)),
    'collections', (select coalesce(jsonb_agg(legal.collection_line(c, r) order by c.n desc), '[]')
      from legal.collections c where c.request_id = p_request));
end
$$;

-- Its threads in the packet's order, a page; p_after: the place (n) where the page before ended.
create or replace function legal.collected_threads(p_actor jsonb, p_collection uuid, p_after integer, p_limit integer) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  f       record := legal.find_collection(p_actor, p_collection);
  c       legal.collections := f.c;
  v_round integer;
  v_rows  jsonb[];
begin
  if f.code is not null then
    return legal.refuse(f.a, f.r, null, 'legal.collection_read', f.code, jsonb_build_object('collectionId', p_collection));
  end if;
  v_round := (select max(o.round) from legal.collection_rounds o where o.collection_id = c.id);
  v_rows := array(
    select jsonb_build_object('id', h.thread_id, 'n', h.n, 'kind', t.kind, 'region', h.region, 'restrictedSubject', h.restricted_subject,
        'messages', h.messages, 'edited', h.edited, 'deleted', h.deleted, 'attachments', h.attachments,
        'first', unseal.instant(h.first_at), 'last', unseal.instant(h.last_at),
        'participants', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'label', legal.label(p.named_by, p.account_id, p.number),
            'namedBy', p.named_by) order by p.ordinal), '[]')
          from (select * from legal.participants_of(c, h.thread_id, 9223372036854775807) limit 50) p),
        'participantsLeftOut', greatest(0, (select count(*) from sealed.participants p where p.thread_id = h.thread_id) - 50),
        'setAside', (select jsonb_build_object('decisionId', d.id, 'kind', d.withheld, 'reason', d.reason)
          from legal.decisions_on(c.id, v_round, h.thread_id) d where d.kind = 'set_aside' and d.message_id is null order by d.n desc limit 1),
        'messagesSetAside', (select count(distinct d.message_id) from legal.decisions_on(c.id, v_round, h.thread_id) d
          where d.kind = 'set_aside'),
        'redactions', (select count(*) from legal.decisions_on(c.id, v_round, h.thread_id) d where d.kind = 'redaction'),
        'views', (select count(*) from legal.review_pages v where v.collection_id = c.id and v.thread_id = h.thread_id))
      from legal.collection_threads h join triage.threads t on t.id = h.thread_id
     where h.collection_id = c.id and h.n > coalesce(p_after, 0)
     order by h.n limit p_limit + 1);
  return jsonb_build_object('ok', true, 'threads', to_jsonb(v_rows[1:p_limit]),
    'nextCursor', case when cardinality(v_rows) > p_limit then v_rows[p_limit] ->> 'n' end);
end
$$;

-- What a packet calls somebody.
create or replace function legal.label(p_named_by text, p_account text, p_number integer) returns text
  language sql immutable parallel safe
as $$ select case when p_named_by is not null then p_account else 'Participant ' || coalesce(p_number::text, '?') end $$;
