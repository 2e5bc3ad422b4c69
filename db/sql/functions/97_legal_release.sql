-- Release: a second counsel, who had no hand in a packet, compares what was asked with what is in it and lets it go, or sends
-- it back.

-- Whoever collected, reviewed or asked for the build does not release it.
create or replace function legal.hand_refusal(a staff.actor, p legal.productions) returns text
  language plpgsql stable
as $$
begin
  return case
    when (p).asked_by = (a).staff_id then 'own-packet'
    when exists (select from legal.collections c where c.id = (p).collection_id and c.collected_by = (a).staff_id) then 'own-packet'
    when exists (select from legal.decisions d where d.collection_id = (p).collection_id and d.staff_id = (a).staff_id) then 'own-packet'
    when exists (select from legal.collection_rounds w where w.collection_id = (p).collection_id
      and (a).staff_id in (w.opened_by, w.handed_in_by)) then 'own-packet'
  end;
end
$$;

-- Holds whichever function forgets to ask.
create or replace function legal.keep_release_apart() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if new.answer = 'released' and (
       exists (select from legal.productions p join legal.collections c on c.id = p.collection_id
         where p.id = new.production_id and new.staff_id in (p.asked_by, c.collected_by))
    or exists (select from legal.productions p join legal.decisions d on d.collection_id = p.collection_id
         where p.id = new.production_id and d.staff_id = new.staff_id)
    or exists (select from legal.productions p join legal.collection_rounds w on w.collection_id = p.collection_id
         where p.id = new.production_id and new.staff_id in (w.opened_by, w.handed_in_by))) then
    raise exception using errcode = 'UN044', message = 'Nobody releases a packet that they had a hand in.';
  end if;
  return new;
end
$$;
drop trigger if exists keep_release_apart on legal.releases;
create trigger keep_release_apart before insert on legal.releases for each row execute function legal.keep_release_apart();

-- What stands in the way of releasing a packet. Out: a refusal's code, or null.
create or replace function legal.release_refusal(a staff.actor, p legal.productions, r legal.requests) returns text
  language plpgsql stable
as $$
begin
  return coalesce(legal.counsel_refusal(a, r), case
    when (p).id is null or not legal.reaches_all(a, (p).collection_id) then 'not-found'
    when (p).state <> 'built' then 'packet-not-built'
  end, legal.hand_refusal(a, p), legal.production_ended(p), legal.disclosure_refusal(r));
end
$$;

-- What was asked beside what is in the packet: numbers alone. That somebody looked is an event, and a release needs it.
create or replace function legal.compare_production(p_actor jsonb, p_production uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a       staff.actor := staff.resolve(p_actor);
  p       legal.productions;
  c       legal.collections;
  r       legal.requests;
  v_code  text;
  v_event uuid;
begin
  select * into p from legal.productions where id = p_production;
  select * into c from legal.collections where id = p.collection_id;
  select * into r from legal.requests where id = p.request_id;
  v_code := coalesce(legal.counsel_refusal(a, r), case
    when p.id is null or not legal.reaches_all(a, p.collection_id) then 'not-found'
    when p.built_at is null or p.state = 'discarded' then 'packet-not-built' end);
  if v_code is not null then
    return legal.refuse(a, r, null, 'legal.packet_compared', v_code, jsonb_build_object('productionId', p_production));
  end if;
  v_event := audit.write(a, 'staff', 'legal.packet_compared', 'done', legal.production_target(p, r, jsonb_build_object(
    'manifestSha512', encode(p.manifest_sha512, 'hex'))));
  insert into legal.comparisons (production_id, manifest_sha512, staff_id, session_id, event_id)
  values (p.id, p.manifest_sha512, a.staff_id, a.session_id, v_event);
  return jsonb_build_object('ok', true, 'productionId', p.id, 'name', legal.packet_name(p),
    'manifestSha512', encode(p.manifest_sha512, 'hex'),
    'asked', jsonb_build_object('type', r.type, 'categories', to_jsonb(r.categories), 'allowed', to_jsonb(r.allowed),
      'accounts', (select coalesce(jsonb_agg(x.platform_participant_id order by x.n), '[]') from legal.accounts_of(r.id) x),
      'from', unseal.instant(r.range_from), 'until', unseal.instant(r.range_to)),
    'produced', to_jsonb(p.categories),
    'accounts', (select count(*) from legal.collection_accounts x where x.collection_id = c.id and x.threads > 0 and 'subscriber' = any (p.categories)),
    'stats', (select coalesce(jsonb_agg(f.detail -> 'stats' order by f.n), '[]') from legal.production_parts f
      where f.production_id = p.id and f.kind = 'records' and f.detail ? 'stats'),
    'conversations', (select count(distinct f.detail #>> '{start,thread}') from legal.production_parts f
      where f.production_id = p.id and f.kind = 'records' and (f.detail ->> 'messages')::bigint > 0),
    'attachments', (select jsonb_build_object('included', count(*) filter (where f.state = 'done'),
        'notAvailable', count(*) filter (where f.state = 'absent'))
      from legal.production_parts f where f.production_id = p.id and f.kind = 'attachments'),
    'withheld', legal.withheld_of(c, p.round),
    'thirdParties', jsonb_build_object(
      'named', (select count(distinct d.pseudonym) from legal.standing_decisions(c.id, p.round) d where d.kind = 'name_participant'),
      'all', coalesce((c.counts ->> 'thirdParties')::integer, 0)));
end
$$;

-- How many messages were set aside, by kind: the last decision over a message says which.
create or replace function legal.withheld_of(c legal.collections, p_round integer) returns jsonb
  language sql stable
as $$
  select coalesce(jsonb_object_agg(k.withheld, k.records), '{}') from (
    select w.withheld, sum(w.records) as records from (
      select distinct on (d.thread_id) d.withheld, h.messages as records
        from legal.set_aside_of((c).id, p_round) d join legal.collection_threads h on h.collection_id = (c).id and h.thread_id = d.thread_id
       where d.message_id is null order by d.thread_id, d.n desc) w group by w.withheld
    union all
    select m.withheld, count(*) from (
      select distinct on (d.thread_id, d.message_id) d.withheld from legal.set_aside_of((c).id, p_round) d
       where d.message_id is not null and not exists (
         select from legal.set_aside_of((c).id, p_round) o where o.thread_id = d.thread_id and o.message_id is null)
       order by d.thread_id, d.message_id, d.n desc) m group by m.withheld) k(withheld, records)
$$;

-- Lets a packet go: by a second counsel, who compared it in an earlier transaction, bound to the hash of its manifests.
create or replace function legal.release_production(p_actor jsonb, p_production uuid, p_sha512 text, p_note text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record := legal.take_up_production(p_actor, p_production);
  p       legal.productions := t.p;
  r       legal.requests := t.r;
  v_look  uuid;
  v_from  text := (t.r).state;
  v_code  text;
  v_event uuid;
begin
  v_code := coalesce(t.code, legal.release_refusal(t.a, p, r));
  if v_code is null then
    select x.id into v_look from legal.comparisons x
     where x.production_id = p.id and x.staff_id = (t.a).staff_id and x.manifest_sha512 = p.manifest_sha512
       and pg_xact_status(x.read_xid) is not distinct from 'committed' order by x.id desc limit 1;
    v_code := case when lower(p_sha512) is distinct from encode(p.manifest_sha512, 'hex') then 'packet-changed'
      when v_look is null then 'compare-first' end;
  end if;
  if v_code is not null then
    return legal.refuse(t.a, r, null, 'legal.packet_released', v_code, jsonb_build_object('productionId', p_production));
  end if;
  v_event := audit.write(t.a, 'staff', 'legal.packet_released', 'done', legal.production_target(p, r, jsonb_build_object(
    'manifestSha512', encode(p.manifest_sha512, 'hex'))) || jsonb_build_object('staffId', p.asked_by)
    || jsonb_strip_nulls(jsonb_build_object('reason', nullif(trim(p_note), ''))));
  insert into legal.releases (production_id, manifest_sha512, asked_by, staff_id, session_id, answer, note, comparison_id, event_id)
  values (p.id, p.manifest_sha512, p.asked_by, (t.a).staff_id, (t.a).session_id, 'released', nullif(trim(p_note), ''), v_look, v_event);
  update legal.productions set state = 'released', answered_by = (t.a).staff_id, answered_at = clock_timestamp(),
      answer_note = nullif(trim(p_note), ''), changed_at = clock_timestamp()
   where id = p.id returning * into p;
  -- Whole: nothing lay out of reach, nothing was set aside, no file was missing.
  update legal.requests set produced_at = coalesce(produced_at, clock_timestamp()), changed_at = clock_timestamp(),
      state = case when state = 'produced' then state else legal.outcome_of(p) end
   where id = r.id returning * into r;
  perform legal.record(r, (t.a).staff_id, 'packet_released', v_from, p_note, v_event);
  return legal.production_moved(p);
end
$$;

-- Whether what was asked is answered whole by this packet, or in part.
create or replace function legal.outcome_of(p legal.productions) returns text
  language sql stable
as $$
  select case when c.out_of_regions > 0 or not r.categories <@ (p).categories
      or exists (select from legal.set_aside_of(c.id, (p).round))
      or exists (select from legal.production_parts f where f.production_id = (p).id and f.state = 'absent')
    then 'partially_produced' else 'produced' end
    from legal.collections c join legal.requests r on r.id = c.request_id where c.id = (p).collection_id
$$;

-- Sends a packet back with a reason: another volume will take its place, under other numbers.
create or replace function legal.send_back_production(p_actor jsonb, p_production uuid, p_reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record := legal.take_up_production(p_actor, p_production);
  p       legal.productions := t.p;
  v_code  text;
  v_event uuid;
begin
  v_code := coalesce(t.code, case when p.state <> 'built' then 'packet-not-built' end, legal.hand_refusal(t.a, p),
    case when not access.reason_has_substance(p_reason) then 'reason-without-substance' end);
  if v_code is not null then
    return legal.refuse(t.a, t.r, null, 'legal.packet_sent_back', v_code, jsonb_build_object('productionId', p_production));
  end if;
  v_event := audit.write(t.a, 'staff', 'legal.packet_sent_back', 'done',
    legal.production_target(p, t.r) || jsonb_build_object('staffId', p.asked_by, 'reason', left(p_reason, 2000)));
  insert into legal.releases (production_id, manifest_sha512, asked_by, staff_id, session_id, answer, note, event_id)
  values (p.id, p.manifest_sha512, p.asked_by, (t.a).staff_id, (t.a).session_id, 'sent_back', left(p_reason, 2000), v_event);
  update legal.productions set state = 'sent_back', answered_by = (t.a).staff_id, answered_at = clock_timestamp(),
      answer_note = left(p_reason, 2000), changed_at = clock_timestamp()
   where id = p.id returning * into p;
  perform legal.record(t.r, (t.a).staff_id, 'packet_sent_back', (t.r).state, p_reason, v_event);
  return legal.production_moved(p);
end
$$;
