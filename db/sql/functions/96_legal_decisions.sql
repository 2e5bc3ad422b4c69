-- What a review decides: set aside, redacted, ruled, named. Each is a row of its own with an event of its own; what no longer
-- holds is taken back by another row. A round that was handed in stays as it was.

-- Decisions stay as they were made, whichever function forgets.
create or replace function legal.keep_decisions() returns trigger
  language plpgsql
as $$
begin
  raise exception using errcode = 'UN041', message = 'A decision stays as it was made. Take it back, and decide again.';
end
$$;
drop trigger if exists keep_decisions on legal.decisions;
create trigger keep_decisions before update or delete on legal.decisions for each row execute function legal.keep_decisions();
drop trigger if exists keep_decisions_whole on legal.decisions;
create trigger keep_decisions_whole before truncate on legal.decisions for each statement execute function legal.keep_decisions();

-- Nothing is decided in a round that was handed in.
create or replace function legal.keep_rounds() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_table_name = 'decisions' then
    if exists (select from legal.collection_rounds o where o.collection_id = new.collection_id and o.round = new.round
         and o.handed_in_at is not null) then
      raise exception using errcode = 'UN041', message = 'This round was handed in. Reopen the collection to decide more.';
    end if;
  elsif old.handed_in_at is not null or (to_jsonb(new) - array['handed_in_by', 'handed_in_at', 'handed_in_event', 'digest', 'counts'])
      is distinct from (to_jsonb(old) - array['handed_in_by', 'handed_in_at', 'handed_in_event', 'digest', 'counts']) then
    raise exception using errcode = 'UN041', message = 'A round that was handed in stays as it is. Reopen the collection.';
  end if;
  return new;
end
$$;
drop trigger if exists keep_rounds on legal.decisions;
create trigger keep_rounds before insert on legal.decisions for each row execute function legal.keep_rounds();
drop trigger if exists keep_rounds on legal.collection_rounds;
create trigger keep_rounds before update on legal.collection_rounds for each row execute function legal.keep_rounds();

-- What stands at the end of a round, in the order in which it was decided. What later rounds decide or take back changes
-- nothing of it: a packet that was built from a round can be built again.
create or replace function legal.standing_decisions(p_collection uuid, p_round integer) returns setof legal.decisions
  language sql stable
as $$
  select d.* from legal.decisions d
   where d.collection_id = p_collection and d.round <= p_round and d.kind <> 'take_back'
     and not exists (select from legal.decisions b where b.takes_back = d.id and b.round <= p_round)
   order by d.n
$$;

-- The same, of one thread. (From its index: a collection may have very many threads.)
create or replace function legal.decisions_on(p_collection uuid, p_round integer, p_thread uuid) returns setof legal.decisions
  language sql stable
as $$
  select d.* from legal.decisions d
   where d.collection_id = p_collection and d.thread_id = p_thread and d.round <= p_round and d.kind <> 'take_back'
     and not exists (select from legal.decisions b where b.takes_back = d.id and b.round <= p_round)
$$;

-- Everything that a build needs of a review, in order, and none of the words: [{id, kind, threadId, messageId, revision, from,
-- to, withheld, rule, number, reason, by, at}]. Rules come with their words from legal.rules_of alone.
create or replace function legal.decisions_of(p_collection uuid, p_round integer) returns json
  language sql stable
as $$
  select coalesce(json_agg(json_strip_nulls(json_build_object('id', d.id, 'kind', d.kind, 'threadId', d.thread_id,
      'messageId', d.message_id, 'revision', d.revision, 'from', d.from_unit, 'to', d.to_unit, 'withheld', d.withheld,
      'rule', d.rule, 'number', d.pseudonym, 'reason', d.reason, 'by', d.staff_id, 'at', unseal.instant(d.at))) order by d.n), '[]')
    from legal.standing_decisions(p_collection, p_round) d
$$;

-- The rules that stand, with their words, sealed under keys of the request. Called by those functions alone that have
-- checked a reading which was committed before: no role may.
create or replace function legal.rules_of(p_collection uuid, p_round integer, out rules json, out key_ids uuid[])
  language plpgsql stable
as $$
begin
  select json_agg(json_build_object('id', d.id, 'kind', d.rule, 'reason', d.reason, 'keyId', w.key_id,
           'words', encode(w.words_ct, 'base64')) order by d.n), array_agg(distinct w.key_id) filter (where w.key_id is not null)
    into rules, key_ids
    from legal.standing_decisions(p_collection, p_round) d
    left join sealed.legal_rules w on w.thread_id = d.request_id and w.decision_id = d.id
   where d.kind = 'rule';
end
$$;

-- What the decisions that stand come to. A thread that is set aside counts with all that was collected of it.
create or replace function legal.decision_sums(p_collection uuid, p_round integer) returns jsonb
  language plpgsql stable
as $$
begin
  return (
    with standing as materialized (
      select * from legal.standing_decisions(p_collection, p_round)
    ), whole as (
      select distinct on (d.thread_id) d.thread_id, d.withheld from standing d
       where d.kind = 'set_aside' and d.message_id is null order by d.thread_id, d.n desc
    ), single as (
      select distinct on (d.thread_id, d.message_id) d.thread_id, d.message_id, d.withheld from standing d
       where d.kind = 'set_aside' and d.message_id is not null and not exists (select from whole w where w.thread_id = d.thread_id)
       order by d.thread_id, d.message_id, d.n desc
    ), sums as (
      select k.kind, (select count(*) from whole w where w.withheld = k.kind) as threads,
             coalesce((select sum(h.messages) from whole w join legal.collection_threads h
                on h.collection_id = p_collection and h.thread_id = w.thread_id where w.withheld = k.kind), 0)
               + (select count(*) from single s where s.withheld = k.kind) as messages
        from unnest(array['privileged', 'out_of_scope', 'other']) k(kind)
    )
    select jsonb_build_object(
        'setAside', (select coalesce(jsonb_agg(jsonb_build_object('kind', s.kind, 'threads', s.threads, 'messages', s.messages)
            order by s.kind), '[]') from sums s where s.messages > 0),
        'redactions', count(*) filter (where d.kind = 'redaction'), 'rules', count(*) filter (where d.kind = 'rule'),
        'named', count(distinct d.pseudonym) filter (where d.kind = 'name_participant'))
      from standing d);
end
$$;

-- SHA-256 of the decisions that stand: what a packet is bound to.
create or replace function legal.decisions_digest(p_collection uuid, p_round integer) returns bytea
  language sql stable
as $$
  select sha256(convert_to(coalesce(string_agg(array_to_json(array[d.id::text, d.kind, d.thread_id::text, d.message_id::text,
      d.revision::text, d.from_unit::text, d.to_unit::text, encode(d.words_mac, 'hex'), d.withheld, d.rule, d.pseudonym::text,
      d.reason])::text, E'\n' order by d.n), ''), 'UTF8'))
    from legal.standing_decisions(p_collection, p_round) d
$$;

-- A collection for somebody who decides, its request locked until the transaction ends; round: the open one. code: why not.
create or replace function legal.take_collection(p_actor jsonb, p_collection uuid, out a staff.actor, out c legal.collections,
  out r legal.requests, out o legal.collection_rounds, out code text)
  language plpgsql
as $$
declare
  t record;
begin
  select * into c from legal.collections where id = p_collection;
  t := legal.take_up(p_actor, c.request_id);
  a := t.a;
  r := t.r;
  code := coalesce(t.code, legal.review_refusal(a, c, r, null));
  select * into o from legal.collection_rounds w where w.collection_id = c.id order by w.round desc limit 1;
  if code is null and o.handed_in_at is not null then
    code := 'collection-handed-in';
  end if;
end
$$;

-- Writes a decision and its event. Out: {ok, decisionId}.
create or replace function legal.keep_decision(t record, d legal.decisions, p_action text) returns jsonb
  language plpgsql
as $$
declare
  a staff.actor := t.a;
  c legal.collections := t.c;
  r legal.requests := t.r;
begin
  d.id := coalesce(d.id, unseal.uuid7());
  d.event_id := audit.write(a, 'staff', p_action, 'done', legal.target(r, jsonb_build_object('collectionId', c.id,
      'collection', c.n, 'round', (t.o).round, 'decisionId', d.id, 'messageId', d.message_id, 'revision', d.revision,
      'units', d.to_unit - d.from_unit, 'wordsMac', encode(d.words_mac, 'hex'), 'withheld', d.withheld, 'rule', d.rule,
      'participant', d.pseudonym, 'takesBack', d.takes_back))
    || jsonb_strip_nulls(jsonb_build_object('threadId', d.thread_id, 'viewId', d.view_id, 'reason', d.reason)));
  insert into legal.decisions (id, collection_id, request_id, round, kind, thread_id, message_id, revision, from_unit, to_unit,
    words_mac, withheld, rule, pseudonym, takes_back, view_id, reason, staff_id, session_id, event_id)
  values (d.id, c.id, r.id, (t.o).round, d.kind, d.thread_id, d.message_id, d.revision, d.from_unit, d.to_unit, d.words_mac,
    d.withheld, d.rule, d.pseudonym, d.takes_back, d.view_id, d.reason, a.staff_id, a.session_id, d.event_id);
  return jsonb_build_object('ok', true, 'decisionId', d.id);
end
$$;

create or replace function legal.not_decided(t record, p_collection uuid, p_action text, p_code text) returns jsonb
  language plpgsql
as $$
begin
  return legal.refuse(t.a, t.r, null, p_action, p_code, jsonb_build_object('collectionId', p_collection));
end
$$;

-- Sets a message aside, or the whole thread: it is not produced, and the packet says that something was withheld and why.
create or replace function legal.set_aside(p_actor jsonb, p_collection uuid, p jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t      record := legal.take_collection(p_actor, p_collection);
  d      legal.decisions;
  v_code text := t.code;
begin
  d.kind := 'set_aside';
  d.thread_id := (p ->> 'threadId')::uuid;
  d.message_id := (p ->> 'messageId')::uuid;
  d.withheld := p ->> 'kind';
  d.reason := p ->> 'reason';
  v_code := coalesce(v_code, legal.review_refusal(t.a, t.c, t.r, d.thread_id), case
    when not access.reason_has_substance(d.reason) then 'reason-without-substance'
    when d.message_id is not null and not legal.is_collected(t.c, d.thread_id, d.message_id) then 'not-found'
    when exists (select from legal.decisions_on((t.c).id, (t.o).round, d.thread_id) x
      where x.kind = 'set_aside' and (x.message_id is null or x.message_id = d.message_id)) then 'already-set-aside'
  end);
  if v_code is not null then
    return legal.not_decided(t, p_collection, 'legal.set_aside', v_code);
  end if;
  return legal.keep_decision(t, d, 'legal.set_aside');
end
$$;

-- What stands in the way of deciding on words: they are seen under a view of one's own that stands, and nowhere else.
create or replace function legal.view_decides(t record, p_view uuid, out code text, out v access.views, out bodies boolean)
  language plpgsql
as $$
declare
  w record := legal.may_review(t.a, p_view);
begin
  v := w.v;
  bodies := 'content' = any ((t.c).categories);
  code := case
    when w.code is not null then w.code
    when (w.c).id is distinct from (t.c).id then 'not-found'
    when not bodies then 'no-bodies'
  end;
end
$$;

-- Takes words out by hand. The places are those of the text as it was sent; mac: of the words, keyed. Both by the
-- application, which read the message under the same view.
create or replace function legal.redact(p_actor jsonb, p_collection uuid, p jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t      record := legal.take_collection(p_actor, p_collection);
  w      record;
  d      legal.decisions;
  v_code text := t.code;
begin
  d.kind := 'redaction';
  d.view_id := (p ->> 'viewId')::uuid;
  d.message_id := (p ->> 'messageId')::uuid;
  d.revision := (p ->> 'revision')::integer;
  d.from_unit := (p ->> 'from')::integer;
  d.to_unit := (p ->> 'to')::integer;
  d.words_mac := decode(p ->> 'mac', 'hex');
  d.reason := p ->> 'reason';
  if v_code is null then
    w := legal.view_decides(t, d.view_id);
    d.thread_id := (w.v).thread_id;
    v_code := coalesce(w.code, case
      when not d.message_id = any ((w.v).message_ids) or not exists (select from sealed.messages m
        where m.thread_id = d.thread_id and m.id = d.message_id and m.revision = d.revision and m.received_at <= (t.c).cut_off)
        then 'not-found'
      when not access.reason_has_substance(d.reason) then 'reason-without-substance'
    end);
  end if;
  if v_code is not null then
    return legal.not_decided(t, p_collection, 'legal.redacted', v_code);
  end if;
  return legal.keep_decision(t, d, 'legal.redacted');
end
$$;

-- Adds a rule for the whole collection. Its words come sealed, under a new data key of the request. With preview nothing is
-- decided, and that somebody tried is an event. p: {decisionId, viewId, kind, reason, words, keyId, kekId, wrapped, matches, messages, preview}.
create or replace function legal.add_rule(p_actor jsonb, p_collection uuid, p jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t         record := legal.take_collection(p_actor, p_collection);
  w         record;
  d         legal.decisions;
  v_code    text := t.code;
  v_preview boolean := coalesce((p ->> 'preview')::boolean, false);
  v_answer  jsonb;
begin
  d.kind := 'rule';
  d.id := (p ->> 'decisionId')::uuid;  -- what its words are sealed to
  d.view_id := (p ->> 'viewId')::uuid;
  d.rule := p ->> 'kind';
  d.reason := p ->> 'reason';
  if v_code is null then
    w := legal.view_decides(t, d.view_id);
    v_code := coalesce(w.code, case
      when not v_preview and not access.reason_has_substance(d.reason) then 'reason-without-substance'
      when not v_preview and (select count(*) from legal.standing_decisions((t.c).id, (t.o).round) x where x.kind = 'rule') >= 200
        then 'too-many-rules'
    end);
  end if;
  if v_code is not null then
    return legal.not_decided(t, p_collection, 'legal.rule_added', v_code);
  end if;
  if v_preview then
    perform audit.write(t.a, 'staff', 'legal.rule_tried', 'done', legal.target(t.r, jsonb_build_object('collectionId', (t.c).id,
      'rule', d.rule, 'matches', p -> 'matches', 'messages', p -> 'messages'))
      || jsonb_build_object('viewId', d.view_id, 'threadId', (w.v).thread_id));
    return jsonb_build_object('ok', true, 'decisionId', null);
  end if;
  v_answer := legal.keep_decision(t, d, 'legal.rule_added');
  if p ->> 'words' is not null then
    insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped)
    values ((t.r).id, (p ->> 'keyId')::uuid, p ->> 'kekId', decode(p ->> 'wrapped', 'base64'));
    insert into sealed.legal_rules (thread_id, decision_id, key_id, words_ct)
    values ((t.r).id, (v_answer ->> 'decisionId')::uuid, (p ->> 'keyId')::uuid, decode(p ->> 'words', 'base64'));
  end if;
  return v_answer;
end
$$;

-- Names a third party: their account, handle and name are produced like those of a named account, in every thread.
create or replace function legal.name_participant(p_actor jsonb, p_collection uuid, p_thread uuid, p_participant uuid, p_reason text)
  returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t      record := legal.take_collection(p_actor, p_collection);
  d      legal.decisions;
  q      record;
  v_code text := t.code;
begin
  d.kind := 'name_participant';
  d.reason := p_reason;
  v_code := coalesce(v_code, legal.review_refusal(t.a, t.c, t.r, p_thread));
  if v_code is null then
    select * into q from legal.participants_of(t.c, p_thread, 9223372036854775807) x where x.id = p_participant;
    d.pseudonym := q.number;
    v_code := case
      when q.id is null then 'not-found'
      when q.named_by is not null or q.number is null then 'already-named'
      when not access.reason_has_substance(p_reason) then 'reason-without-substance'
    end;
  end if;
  if v_code is not null then
    return legal.not_decided(t, p_collection, 'legal.participant_named', v_code);
  end if;
  return legal.keep_decision(t, d, 'legal.participant_named');
end
$$;

-- Takes a decision back. Of two at once, one is refused: the request is locked, and an index holds besides.
create or replace function legal.take_back(p_actor jsonb, p_collection uuid, p_decision uuid, p_reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t      record := legal.take_collection(p_actor, p_collection);
  d      legal.decisions;
  w      legal.decisions;
  v_code text := t.code;
begin
  d.kind := 'take_back';
  d.takes_back := p_decision;
  d.reason := p_reason;
  if v_code is null then
    select * into w from legal.decisions x where x.id = p_decision and x.collection_id = (t.c).id and x.kind <> 'take_back';
    d.thread_id := w.thread_id;
    v_code := case
      when w.id is null then 'not-found'
      when exists (select from legal.decisions b where b.takes_back = w.id) then 'already-taken-back'
      when not access.reason_has_substance(p_reason) then 'reason-without-substance'
    end;
  end if;
  if v_code is not null then
    return legal.not_decided(t, p_collection, 'legal.decision_taken_back', v_code);
  end if;
  return legal.keep_decision(t, d, 'legal.decision_taken_back');
end
$$;

-- Hands a review in: what was decided is frozen. p_decisions: how many stood on the page that said so, so that nobody hands
-- in what they have not seen. Out: {ok, state, round}.
create or replace function legal.hand_in_collection(p_actor jsonb, p_collection uuid, p_decisions integer) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t        record := legal.take_collection(p_actor, p_collection);
  v_code   text := t.code;
  v_sums   jsonb;
  v_digest bytea;
  v_event  uuid;
begin
  if v_code is null and (select count(*) from legal.standing_decisions((t.c).id, (t.o).round)) <> p_decisions then
    v_code := 'decisions-changed';
  end if;
  if v_code is not null then
    return legal.not_decided(t, p_collection, 'legal.collection_handed_in', v_code);
  end if;
  v_sums := legal.decision_sums((t.c).id, (t.o).round);
  v_digest := legal.decisions_digest((t.c).id, (t.o).round);
  v_event := audit.write(t.a, 'staff', 'legal.collection_handed_in', 'done', legal.target(t.r, jsonb_build_object(
    'collectionId', (t.c).id, 'collection', (t.c).n, 'round', (t.o).round, 'decisions', p_decisions,
    'decisionsDigest', encode(v_digest, 'hex')) || v_sums));
  update legal.collection_rounds set handed_in_by = (t.a).staff_id, handed_in_at = clock_timestamp(), handed_in_event = v_event,
      digest = v_digest, counts = v_sums
   where collection_id = (t.c).id and round = (t.o).round;
  perform legal.record(t.r, (t.a).staff_id, 'review_handed_in', (t.r).state, null, v_event);
  return jsonb_build_object('ok', true, 'state', 'handed_in', 'round', (t.o).round);
end
$$;

-- Opens another round. What was produced from the round before stays what it is.
create or replace function legal.reopen_collection(p_actor jsonb, p_collection uuid, p_reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record := legal.take_collection(p_actor, p_collection);
  v_code  text;
  v_event uuid;
begin
  v_code := case
    when t.code is null then 'collection-not-handed-in'
    when t.code <> 'collection-handed-in' then t.code
    when not access.reason_has_substance(p_reason) then 'reason-without-substance'
  end;
  if v_code is not null then
    return legal.not_decided(t, p_collection, 'legal.collection_reopened', v_code);
  end if;
  v_event := audit.write(t.a, 'staff', 'legal.collection_reopened', 'done', legal.target(t.r, jsonb_build_object(
    'collectionId', (t.c).id, 'collection', (t.c).n, 'round', (t.o).round + 1)) || jsonb_build_object('reason', p_reason));
  insert into legal.collection_rounds (collection_id, round, opened_by, reason, event_id)
  values ((t.c).id, (t.o).round + 1, (t.a).staff_id, p_reason, v_event);
  perform legal.record(t.r, (t.a).staff_id, 'review_reopened', (t.r).state, p_reason, v_event);
  return jsonb_build_object('ok', true, 'state', 'in_review', 'round', (t.o).round + 1);
end
$$;

-- What was decided, newest first, with what was taken back. p_before: n where the page before ended.
create or replace function legal.list_decisions(p_actor jsonb, p_collection uuid, p_before bigint, p_limit integer) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  f      record := legal.find_collection(p_actor, p_collection);
  v_rows jsonb[];
begin
  if f.code is not null then
    return legal.refuse(f.a, f.r, null, 'legal.collection_read', f.code, jsonb_build_object('collectionId', p_collection));
  end if;
  v_rows := array(
    select jsonb_build_object('id', d.id, 'kind', d.kind, 'round', d.round, 'threadId', d.thread_id, 'messageId', d.message_id,
        'revision', d.revision, 'withheld', d.withheld, 'rule', d.rule, 'participant', 'Participant ' || d.pseudonym,
        'units', d.to_unit - d.from_unit, 'reason', d.reason, 'by', access.person(d.staff_id), 'at', unseal.instant(d.at),
        'takenBack', (select jsonb_build_object('by', access.person(b.staff_id), 'at', unseal.instant(b.at), 'reason', b.reason)
          from legal.decisions b where b.takes_back = d.id), 'n', d.n)
      from legal.decisions d
     where d.collection_id = (f.c).id and d.kind <> 'take_back' and (p_before is null or d.n < p_before)
     order by d.n desc limit p_limit + 1);
  return jsonb_build_object('ok', true, 'decisions', (select coalesce(jsonb_agg(x - 'n'), '[]') from unnest(v_rows[1:p_limit]) x),
    'standing', (select count(*) from legal.standing_decisions((f.c).id, 2147483647)),
    'nextCursor', case when cardinality(v_rows) > p_limit then v_rows[p_limit] ->> 'n' end);
end
$$;
