-- The parts of taking in a batch. Each works on all flags of the batch at once; none is callable from outside.
-- In PL/pgSQL, also where SQL would do: its plans are kept, and planning these costs more than running them.
-- Bytes travel as base64 inside the JSON. `n` is a flag's place in the batch, `i` a message's or participant's in its flag.

-- The queue that takes a category of a region: of the routes that match, the one with the lowest rank.
create or replace function intake.route(p_category text, p_region text)
  returns table (queue_id uuid, restricted_subject text)
  language sql stable
as $$
  select q.id, q.restricted_subject
    from triage.queue_routes r join triage.queues q on q.id = r.queue_id
   where (r.category is null or r.category = p_category) and (r.region is null or r.region = p_region)
   order by r.rank, r.id limit 1
$$;

-- The flags that are new here and that some queue takes, each id once, in the order they were sent.
create or replace function intake.arrivals(p_flags json) returns intake.arrival[]
  language plpgsql stable
as $$
begin
  return (select array_agg(row(f.n, f.id, f.pid, decode(f.mac, 'base64'), f.thread, f."threadPid", f."threadKind", f.region,
      f.source, f.category, f.severity, f.confidence, f.priority,
      clock_timestamp() + make_interval(mins => f."dueMinutes"), f.reporter, f."reporterAccount",
      decode(f.words, 'base64'), f.detector, f."detectorVersion", f.flagged, f."raisedAt", f.key, f.kek,
      decode(f.wrapped, 'base64'), r.queue_id, r.restricted_subject, t.id is not null)::intake.arrival order by f.n)
    from (
      select distinct on (x.id) x.*
        from json_to_recordset(p_flags) as x(n integer, id uuid, pid text, mac text, thread uuid, "threadPid" text,
          "threadKind" text, region text, source text, category text, severity smallint, confidence double precision,
          priority integer, "dueMinutes" integer, reporter uuid, "reporterAccount" text, words text, detector text,
          "detectorVersion" text, flagged uuid[], "raisedAt" timestamptz, key uuid, kek text, wrapped text)
       order by x.id, x.n
    ) f
    join lateral (
      -- intake.route, written out: a call of it for each flag costs more than the rest of this.
      select q.id as queue_id, q.restricted_subject
        from triage.queue_routes w join triage.queues q on q.id = w.queue_id
       where (w.category is null or w.category = f.category) and (w.region is null or w.region = f.region)
       order by w.rank, w.id limit 1) r on true
    left join triage.threads t on t.id = f.thread
    left join triage.flags g on g.id = f.id
   where g.id is null);
end
$$;

-- The fold of domain/intake/priority.ts (joinPriority) over several flags, in closed form.
create or replace function intake.joined_priority(p_start integer, p_flags integer[]) returns integer
  language sql immutable parallel safe
as $$
  select least(1000000, coalesce(max(greatest(p_start + 25 * cardinality(p_flags),
      f.priority + 25 * (cardinality(p_flags) - f.place::integer + 1))), p_start))
    from unnest(p_flags) with ordinality f(priority, place)
$$;

-- New messages, and changed ones as a further revision; what is known already is passed over. Out: the data keys that
-- something was stored under, and how many messages each flag was the first to bring.
create or replace function intake.store_messages(p_arrivals intake.arrival[], p_messages json, p_attachments json,
  out used_keys uuid[], out new_by_flag jsonb)
  language plpgsql
as $$
begin
  with incoming as (
    select a.thread_id, a.key_id, a.known_thread, m.n, m.i, m.id, m.pid, m.sender, m.at, m.kind, m.edited, m.deleted, m.ct,
           decode(m.mac, 'base64') as mac,
           lag(decode(m.mac, 'base64')) over (partition by a.thread_id, m.id order by m.n) as mac_before
      from unnest(p_arrivals) a
      join json_to_recordset(p_messages) as m(n integer, i integer, id uuid, pid text, sender uuid, at timestamptz,
        kind text, edited timestamptz, deleted timestamptz, ct text, mac text) on m.n = a.n
  ), changed as (
    select i.*, k.revision as known_revision
      from incoming i
      left join lateral (
        select s.revision, s.content_mac from sealed.messages s
         where i.known_thread and s.thread_id = i.thread_id and s.id = i.id
         order by s.revision desc limit 1) k on true
     where i.mac is distinct from coalesce(i.mac_before, k.content_mac)
  ), numbered as materialized (
    select c.*, coalesce(c.known_revision, 0)
        + row_number() over (partition by c.thread_id, c.id order by c.n) as revision
      from changed c
  ), stored as (
    insert into sealed.messages (thread_id, id, revision, platform_message_id, sender_id, sent_at, kind, edited_at,
      deleted_at, key_id, body_ct, content_mac, position)
    select c.thread_id, c.id, c.revision, c.pid, c.sender, c.at, c.kind, c.edited, c.deleted, c.key_id,
           decode(c.ct, 'base64'), c.mac, c.i
      from numbered c
     order by c.thread_id, c.id, c.revision
  ), files as (
    insert into sealed.attachments (thread_id, message_id, revision, ordinal, media_type, size_bytes, md5, sha256,
      perceptual_hash, perceptual_kind, key_id, location_ct)
    select c.thread_id, c.id, c.revision, x.i, x.type, x.size, x.md5, x.sha256, x.ph, x.pk, c.key_id, decode(x.ct, 'base64')
      from numbered c
      join json_to_recordset(p_attachments) as x(n integer, m integer, i integer, type text, size bigint, md5 text,
        sha256 text, ph text, pk text, ct text) on x.n = c.n and x.m = c.i
  )
  select coalesce(array_agg(distinct f.key_id), '{}'), coalesce(jsonb_object_agg(f.n, f.fresh), '{}'::jsonb)
    into used_keys, new_by_flag
    from (select c.n, c.key_id, count(*) filter (where c.revision = 1) as fresh from numbered c group by c.n, c.key_id) f;
end
$$;


-- New participants, and what is newly said of known ones. Silence about a name, an age or a country takes nothing back.
create or replace function intake.store_participants(p_arrivals intake.arrival[], p_participants json) returns uuid[]
  language plpgsql
as $$
declare
  v_used uuid[];
begin
  with incoming as (
    select a.thread_id, a.key_id, a.known_thread, p.n, p.i, p.id, p.pid, p.named, p.ct, p.mac, p.age, p.days, p.country,
           count(*) over (partition by a.thread_id, p.id) as times
      from unnest(p_arrivals) a
      join json_to_recordset(p_participants) as p(n integer, i integer, id uuid, pid text, named boolean, ct text, mac text,
        age text, days integer, country text) on p.n = a.n
  ), latest as (
    select i.thread_id, i.key_id, i.known_thread, i.n, i.i, i.id, i.pid, i.named, i.ct, i.mac, i.age, i.days, i.country
      from incoming i where i.times = 1
    union all
    -- Named by several flags of this batch: of each fact the last that says anything.
    select i.thread_id, (array_agg(i.key_id order by i.named desc, i.n desc))[1], bool_or(i.known_thread), min(i.n),
           (array_agg(i.i order by i.n))[1], i.id, min(i.pid), bool_or(i.named),
           (array_agg(i.ct order by i.named desc, i.n desc))[1], (array_agg(i.mac order by i.named desc, i.n desc))[1],
           (array_agg(i.age order by i.age = 'unknown', i.n desc))[1],
           (array_agg(i.days order by i.n desc) filter (where i.days is not null))[1],
           (array_agg(i.country order by i.n desc) filter (where i.country is not null))[1]
      from incoming i where i.times > 1 group by i.thread_id, i.id
  ), placed as (
    select l.*, e.id as known, e.ordinal, e.key_id as old_key, e.identity_ct as old_ct, e.identity_mac as old_mac,
           e.age_band as old_age, e.account_age_days as old_days, e.country as old_country,
           row_number() over (partition by l.thread_id, e.id is null order by l.n, l.i) as turn,
           case when l.known_thread
             then (select max(o.ordinal) from sealed.participants o where o.thread_id = l.thread_id) end as last_ordinal
      from latest l
      left join sealed.participants e on l.known_thread and e.thread_id = l.thread_id and e.id = l.id
  ), final as (
    select p.thread_id, p.id, p.pid, coalesce(p.ordinal, coalesce(p.last_ordinal, 0) + p.turn) as ordinal,
           p.known is null or (p.named and decode(p.mac, 'base64') <> p.old_mac) as take_identity,
           p.key_id, p.ct, p.mac, p.old_key, p.old_ct, p.old_mac, p.known,
           case when p.age = 'unknown' and p.old_age is not null then p.old_age else p.age end as age, p.old_age,
           coalesce(p.days, p.old_days) as days, p.old_days,
           coalesce(p.country, p.old_country) as country, p.old_country
      from placed p
  ), stored as (
    insert into sealed.participants (thread_id, id, platform_participant_id, ordinal, key_id, identity_ct, identity_mac,
      age_band, account_age_days, country)
    select f.thread_id, f.id, f.pid, f.ordinal,
           case when f.take_identity then f.key_id else f.old_key end,
           case when f.take_identity then decode(f.ct, 'base64') else f.old_ct end,
           case when f.take_identity then decode(f.mac, 'base64') else f.old_mac end,
           f.age, f.days, f.country
      from final f
     where f.take_identity or f.age <> f.old_age or f.days is distinct from f.old_days
        or f.country is distinct from f.old_country
     order by f.thread_id, f.ordinal
    on conflict (thread_id, id) do update set key_id = excluded.key_id, identity_ct = excluded.identity_ct,
      identity_mac = excluded.identity_mac, age_band = excluded.age_band, account_age_days = excluded.account_age_days,
      country = excluded.country
    returning key_id
  )
  select coalesce(array_agg(distinct s.key_id), '{}') into v_used from stored s;
  return v_used;
end
$$;

-- What the flags of one thread come to together.
create or replace function intake.per_thread(p_arrivals intake.arrival[])
  returns table (thread_id uuid, priorities integer[], severity smallint, due_at timestamptz, flags integer, sources text[],
                 first integer, lead_category text, lead_queue uuid, lead_restricted text, lead_severity smallint,
                 known boolean)
  language plpgsql stable
as $$
begin
  return query with leaders as (
    -- The flag that says what the case is about: a restricted subject first, then the gravest, then the first.
    select distinct on (a.thread_id) a.thread_id, a.category, a.queue_id, a.restricted, a.severity
      from unnest(p_arrivals) a order by a.thread_id, a.restricted is null, a.severity desc, a.n
  )
  select a.thread_id, array_agg(a.priority order by a.n), max(a.severity), min(a.due_at), count(*)::integer,
         array_agg(distinct a.source order by a.source), min(a.n), min(l.category), (array_agg(l.queue_id))[1],
         min(l.restricted), min(l.severity), bool_or(a.known_thread)
    from unnest(p_arrivals) a join leaders l on l.thread_id = a.thread_id
   group by a.thread_id;
end
$$;

-- The case of each flag's thread: the open one is joined, otherwise one is opened that cites the last decided one.
-- The threads are locked and their counts are current. Out: the cases that were joined, as they stood before.
create or replace function intake.assign_cases(p_arrivals intake.arrival[], p_threads uuid[]) returns triage.cases[]
  language plpgsql
as $$
declare
  v_before triage.cases[];
  c        record;
begin
  v_before := array(
    select t from triage.cases t where t.state = 'open' and t.thread_id = any (p_threads) order by t.id for update);

  insert into triage.cases (id, thread_id, platform_id, queue_id, region, category, severity, restricted_subject, priority,
    sources, flag_count, message_count, participant_count, minor_count, previous_case_id, due_at)
  select unseal.uuid7(), o.thread_id, o.platform_id, o.lead_queue, o.region, o.lead_category, o.severity, o.lead_restricted,
         case when o.flags = 1 then o.priorities[1] else intake.joined_priority(o.priorities[1], o.priorities[2:]) end,
         o.sources, o.flags, o.message_count, o.participant_count, o.minor_count, o.previous, o.due_at
    from (
      select p.*, t.platform_id, t.region, t.message_count, t.participant_count, t.minor_count,
             case when p.known then
               (select d.id from triage.cases d where d.thread_id = p.thread_id order by d.id desc limit 1) end as previous
        from intake.per_thread(p_arrivals) p
        join (select t.* from triage.threads t where t.id = any (p_threads)) t on t.id = p.thread_id
       where not p.thread_id = any (array(select b.thread_id from unnest(v_before) b))
       order by p.first) o;

  if cardinality(v_before) = 0 then
    return v_before;
  end if;

  for c in
    with judged as (
      -- A case moves with its gravest flag: always into a restricted queue, so that nobody goes on without the clearance;
      -- otherwise only while nobody works on it and nobody has moved it by hand.
      select p.*, b.id, b.claimed_by,
             (p.lead_restricted is not null and b.restricted_subject is null)
               or (p.lead_severity > b.severity and p.lead_restricted is not distinct from b.restricted_subject
                   and (b.claimed_by is null or b.claim_expires_at <= clock_timestamp())
                   and b.queue_id = (select r.queue_id from intake.route(b.category, b.region) r)) as moves
        from intake.per_thread(p_arrivals) p join unnest(v_before) b on b.thread_id = p.thread_id
    )
    update triage.cases t
       set priority = intake.joined_priority(t.priority, j.priorities),
           flag_count = t.flag_count + j.flags,
           severity = greatest(t.severity, j.severity),
           sources = array(select distinct s from unnest(t.sources || j.sources) s order by s),
           due_at = least(t.due_at, j.due_at),
           message_count = d.message_count, participant_count = d.participant_count, minor_count = d.minor_count,
           category = case when j.moves then j.lead_category else t.category end,
           queue_id = case when j.moves then j.lead_queue else t.queue_id end,
           restricted_subject = case when j.moves then j.lead_restricted else t.restricted_subject end,
           claimed_by = case when j.moves then null else t.claimed_by end,
           claimed_session = case when j.moves then null else t.claimed_session end,
           claimed_at = case when j.moves then null else t.claimed_at end,
           claim_expires_at = case when j.moves then null else t.claim_expires_at end
      from judged j join triage.threads d on d.id = j.thread_id
     where t.id = j.id
    returning t.id, t.thread_id, t.queue_id, t.category, j.moves, j.claimed_by
  loop
    if c.moves then
      if c.claimed_by is not null then
        perform access.end_views_of(c.claimed_by, c.id, 'released');
      end if;
      perform audit.write(null::staff.actor, 'system', 'case.moved', 'done', jsonb_strip_nulls(jsonb_build_object(
        'caseId', c.id, 'threadId', c.thread_id, 'queueId', c.queue_id, 'staffId', c.claimed_by,
        'detail', jsonb_build_object('category', c.category))));
    end if;
  end loop;
  return v_before;
end
$$;

-- One event a flag, written together: the same rows and the same leaf as audit.write would give.
create or replace function intake.record_accepted(p_actor staff.actor, p_platform uuid, p_arrivals intake.arrival[],
  p_threads uuid[]) returns void
  language plpgsql
as $$
begin
  with written as (
    insert into audit.events as e (id, at, actor_kind, actor_id, action, outcome, case_id, thread_id, queue_id, flag_id,
      detail, ip, user_agent, request_id, leaf_salt)
    select unseal.uuid7(), clock_timestamp(), 'platform', p_platform, 'intake.flag_accepted', 'done', f.case_id, f.thread_id,
           c.queue_id, f.id, jsonb_build_object('source', f.source, 'category', f.category,
             'severity', unseal.severity_name(f.severity), 'joinedCase', f.joined_case, 'newMessages', f.new_message_count),
           (p_actor).ip, (p_actor).user_agent, (p_actor).request_id, uuid_send(gen_random_uuid())
      from (select f.* from triage.flags f where f.id = any (array(select a.flag_id from unnest(p_arrivals) a))) f
      join (select c.id, c.queue_id from triage.cases c where c.thread_id = any (p_threads) and c.state = 'open') c
        on c.id = f.case_id
     order by f.received_at
    returning e
  )
  insert into audit.pending_leaves (event_id, leaf) select (w.e).id, audit.leaf(w.e) from written w;
end
$$;
