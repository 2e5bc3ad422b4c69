-- Taking in a batch of flags: all of it or nothing, each flag once, whatever is repeated or arrives at once.

-- In: the SHA-256 of the bearer key; flags, participants, messages and attachments as server/intake/prepareFlag.ts writes
-- them; {ip, userAgent, requestId}. Out: {ok, results: [{n, code, pointer, receipt, replayed}]} in the order of the flags,
-- code null for what was accepted now or before; or {ok: false, code} for a key that may not.
-- Raises 40001, 40P01 or 23505 when another delivery was in the way: nothing was stored, and the caller tries again.
create or replace function intake.accept_flags(p_key_hash bytea, p_flags json, p_participants json, p_messages json,
  p_attachments json, p_context jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  -- Planned once a connection (planning anew cost more than a flag does), and by index whatever the tables hold just
  -- then: a plan that was made while they were empty must still be right when they are full.
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
as $$
declare
  k          record;
  v_actor    staff.actor := intake.caller(p_context);
  v_new      intake.arrival[];
  v_threads  uuid[];
  v_taken    integer[];
  v_before   triage.cases[];
  v_stored   record;
  v_used     uuid[];
  v_now      timestamptz := clock_timestamp();
  v_results  jsonb;
  v_refused  jsonb;
begin
  select * into k from intake.check_key(p_key_hash, 'flags:write');
  if k.code is not null then
    return intake.refuse_key(v_actor, k.key_id, k.platform_id, k.code);
  end if;

  v_new := intake.arrivals(p_flags);
  if v_new is not null then
    v_threads := array(select distinct a.thread_id from unnest(v_new) a);
    insert into triage.threads (id, platform_id, platform_thread_id, kind, region)
    select distinct on (a.thread_id) a.thread_id, k.platform_id, a.platform_thread, a.thread_kind, a.region
      from unnest(v_new) a where not a.known_thread order by a.thread_id, a.n
    on conflict do nothing;
    -- In one order for everybody, so that two batches wait for each other and never in a circle.
    perform 1 from triage.threads t where t.id = any (v_threads) order by t.id for update;
    if exists (select from triage.threads t where t.id = any (v_threads) and t.platform_id <> k.platform_id) then
      raise exception 'accept_flags: a thread of another platform';
    end if;
    -- While this batch waited for its threads, another may have brought the same flags, or the threads themselves.
    if exists (select from triage.flags f where f.id = any (array(select a.flag_id from unnest(v_new) a)))
       or exists (select from triage.threads t
                   where t.id = any (array(select a.thread_id from unnest(v_new) a where not a.known_thread))
                     and t.message_count > 0) then
      raise exception using errcode = '40001', message = 'accept_flags: overtaken by another delivery';
    end if;
    v_new := array(
      select a from unnest(v_new) a
        join (select t.id, t.kind, t.region from triage.threads t where t.id = any (v_threads)) t on t.id = a.thread_id
       where t.kind = a.thread_kind and t.region = a.region order by a.n);
    v_threads := array(select distinct a.thread_id from unnest(v_new) a);
  end if;
  v_taken := array(select a.n from unnest(v_new) a);

  if cardinality(v_new) > 0 then
    v_used := intake.store_participants(v_new, p_participants);
    v_stored := intake.store_messages(v_new, p_messages, p_attachments);
    v_used := v_used || v_stored.used_keys;

    update triage.threads t
       set message_count = t.message_count + d.new_messages, participant_count = p.people, minor_count = p.minors
      from (select a.thread_id, sum(coalesce((v_stored.new_by_flag ->> a.n::text)::integer, 0)) as new_messages
              from unnest(v_new) a group by a.thread_id) d,
           lateral (select count(*) as people, count(*) filter (where s.age_band = 'minor') as minors
                      from sealed.participants s where s.thread_id = d.thread_id) p
     where t.id = d.thread_id
       and (d.new_messages > 0 or t.participant_count <> p.people or t.minor_count <> p.minors);

    v_before := intake.assign_cases(v_new, v_threads);

    insert into triage.flags (id, platform_id, platform_flag_id, thread_id, case_id, source, category, severity, confidence,
      reporter_id, has_words, detector_name, detector_version, flagged_message_ids, raised_at, received_at, request_mac,
      joined_case, new_message_count, previous_case_id)
    select a.flag_id, k.platform_id, a.platform_flag_id, a.thread_id, c.id, a.source, a.category, a.severity, a.confidence,
           a.reporter_id, a.words_ct is not null, a.detector_name, a.detector_version, a.flagged, a.raised_at,
           v_now + a.n * interval '1 microsecond', a.mac,
           a.n > min(a.n) over (partition by a.thread_id) or c.id = any (array(select b.id from unnest(v_before) b)),
           coalesce((v_stored.new_by_flag ->> a.n::text)::integer, 0), c.previous_case_id
      from unnest(v_new) a
      join (select o.id, o.thread_id, o.previous_case_id from triage.cases o
             where o.thread_id = any (v_threads) and o.state = 'open') c on c.thread_id = a.thread_id
     order by a.n;

    insert into sealed.flag_words (thread_id, flag_id, key_id, words_ct)
    select a.thread_id, a.flag_id, a.key_id, a.words_ct from unnest(v_new) a where a.words_ct is not null;
    insert into sealed.flag_reporters (thread_id, flag_id, platform_account_id)
    select a.thread_id, a.flag_id, a.reporter_account from unnest(v_new) a where a.reporter_account is not null;
    insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped)
    select a.thread_id, a.key_id, a.kek_id, a.wrapped from unnest(v_new) a
     where a.key_id = any (v_used) or a.words_ct is not null;

    perform intake.record_accepted(v_actor, k.platform_id, v_new, v_threads);
    perform intake.announce(v_threads, v_before);
  end if;

  -- Answered from what is stored, so that the first time and every repeat say the same.
  with sent as (
    select x.* from json_to_recordset(p_flags) as x(n integer, id uuid, mac text, thread uuid, "threadKind" text,
      category text, region text)
  ), known as (
    select f.* from triage.flags f where f.id = any (array(select s.id from sent s))
  ), threads as (
    select t.id, t.kind, t.region from triage.threads t where t.id = any (array(select s.thread from sent s))
  ), judged as (
    select x.n, f.platform_flag_id, f.id, f.case_id, f.joined_case, f.previous_case_id, f.new_message_count, f.received_at,
      case when f.id is not null then case when f.request_mac is distinct from decode(x.mac, 'base64') then 'flag-id-reused' end
           when not exists (select from intake.route(x.category, x.region)) then 'no-queue'
           else 'thread-differs' end as code,
      case when f.id is null and t.region <> x.region then '/thread/region'
           when f.id is null and t.kind <> x."threadKind" then '/thread/kind' end as pointer
      from sent x left join known f on f.id = x.id left join threads t on t.id = x.thread
  )
  select jsonb_agg(jsonb_build_object('n', j.n, 'code', j.code, 'pointer', j.pointer,
      'receipt', case when j.code is null then jsonb_build_object('id', j.platform_flag_id, 'flagId', j.id,
        'caseId', j.case_id, 'joinedCase', j.joined_case, 'previousCaseId', j.previous_case_id,
        'newMessages', j.new_message_count, 'receivedAt', unseal.instant(j.received_at)) end,
      'replayed', j.code is null and not j.n = any (v_taken)) order by j.n),
    (select jsonb_object_agg(r.code, r.times) from
      (select o.code, count(*) as times from judged o where o.code is not null group by o.code) r)
    into v_results, v_refused
    from judged j;

  if v_refused is not null then
    perform audit.write(v_actor, 'platform', 'intake.refused', 'denied', jsonb_build_object('platformId', k.platform_id,
      'detail', jsonb_build_object('keyId', k.key_id, 'codes', v_refused)));
  end if;
  return jsonb_build_object('ok', true, 'results', coalesce(v_results, '[]'::jsonb));
end
$$;

-- Tells the pages: each queue once, and whoever works on a case that was joined.
create or replace function intake.announce(p_threads uuid[], p_before triage.cases[]) returns void
  language plpgsql
as $$
begin
  perform pg_notify('unseal_live', n.payload) from (
    select json_build_object('type', 'queue_changed', 'queueId', q.queue_id)::text as payload
      from (select c.queue_id from triage.cases c where c.state = 'open' and c.thread_id = any (p_threads)
            union select b.queue_id from unnest(p_before) b) q
    union all
    select json_build_object('type', 'case_changed', 'queueId', b.queue_id, 'caseId', b.id)::text
      from unnest(p_before) b where b.claimed_by is not null
  ) n;
end
$$;
