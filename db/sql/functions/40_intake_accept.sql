-- Taking in a batch of flags: all of it or nothing, each flag once, whatever is repeated or arrives at once.

-- In: the SHA-256 of the bearer key; {flags, participants, messages, attachments} as server/intake/prepareFlag.ts writes
-- them; {ip, userAgent, requestId}. Out: {ok, results: [{n, code, pointer?, receipt?}]} in the order of the flags, code null
-- for what was accepted now or before; or {ok: false, code} for a key that may not.
-- Raises 40001, 40P01 or 23505 when another delivery was in the way: nothing was stored, and the caller tries again.
create or replace function intake.accept_flags(p_key_hash bytea, p_batch jsonb, p_context jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  -- A plan made for empty tables must not be kept for full ones.
  set plan_cache_mode = force_custom_plan
as $$
declare
  k           record;
  v_actor     staff.actor := intake.caller(p_context);
  v_new       intake.arrival[];
  v_before    triage.cases[];
  v_stored    record;
  v_used      uuid[];
  v_now       timestamptz := clock_timestamp();
  v_results   jsonb;
  v_refused   jsonb;
begin
  select * into k from intake.check_key(p_key_hash, 'flags:write');
  if k.code is not null then
    return intake.refuse_key(v_actor, k.key_id, k.platform_id, k.code);
  end if;

  v_new := intake.arrivals(p_batch -> 'flags', k.platform_id);
  if v_new is not null then
    insert into triage.threads (id, platform_id, platform_thread_id, kind, region)
    select distinct on (a.thread_id) a.thread_id, k.platform_id, a.platform_thread, a.thread_kind, a.region
      from unnest(v_new) a where not a.known_thread order by a.thread_id, a.n
    on conflict do nothing;
    -- In one order for everybody, so that two batches wait for each other and never in a circle.
    perform 1 from triage.threads t where t.id in (select a.thread_id from unnest(v_new) a) order by t.id for update;
    if exists (select from triage.threads t join unnest(v_new) a on a.thread_id = t.id where t.platform_id <> k.platform_id) then
      raise exception 'accept_flags: a thread of another platform';
    end if;
    -- While this batch waited for its threads, another may have brought the same flags, or the threads themselves.
    if exists (select from triage.flags f join unnest(v_new) a on a.flag_id = f.id)
       or exists (select from triage.threads t join unnest(v_new) a on a.thread_id = t.id
                   where not a.known_thread and t.message_count > 0) then
      raise exception using errcode = '40001', message = 'accept_flags: overtaken by another delivery';
    end if;
    v_new := array(
      select a from unnest(v_new) a join triage.threads t on t.id = a.thread_id
       where t.kind = a.thread_kind and t.region = a.region order by a.n);
  end if;

  if cardinality(v_new) > 0 then
    v_used := intake.store_participants(v_new, p_batch -> 'participants');
    v_stored := intake.store_messages(v_new, p_batch -> 'messages', p_batch -> 'attachments');
    v_used := v_used || v_stored.used_keys;

    update triage.threads t
       set message_count = t.message_count + d.new_messages, participant_count = p.people, minor_count = p.minors
      from (select a.thread_id, sum(coalesce((v_stored.new_by_flag ->> a.n::text)::integer, 0)) as new_messages
              from unnest(v_new) a group by a.thread_id) d,
           lateral (select count(*) as people, count(*) filter (where s.age_band = 'minor') as minors
                      from sealed.participants s where s.thread_id = d.thread_id) p
     where t.id = d.thread_id
       and (d.new_messages > 0 or t.participant_count <> p.people or t.minor_count <> p.minors);

    v_before := intake.assign_cases(v_new);

    insert into triage.flags (id, platform_id, platform_flag_id, thread_id, case_id, source, category, severity, confidence,
      reporter_id, has_words, detector_name, detector_version, flagged_message_ids, raised_at, received_at, request_mac,
      joined_case, new_message_count, previous_case_id)
    select a.flag_id, k.platform_id, a.platform_flag_id, a.thread_id, c.id, a.source, a.category, a.severity, a.confidence,
           a.reporter_id, a.words_ct is not null, a.detector_name, a.detector_version, a.flagged, a.raised_at,
           v_now + a.n * interval '1 microsecond', a.mac,
           a.n > min(a.n) over (partition by a.thread_id) or exists (select from unnest(v_before) b where b.id = c.id),
           coalesce((v_stored.new_by_flag ->> a.n::text)::integer, 0), c.previous_case_id
      from unnest(v_new) a join triage.cases c on c.thread_id = a.thread_id and c.state = 'open'
     order by a.n;

    insert into sealed.flag_words (thread_id, flag_id, key_id, words_ct)
    select a.thread_id, a.flag_id, a.key_id, a.words_ct from unnest(v_new) a where a.words_ct is not null;
    insert into sealed.flag_reporters (thread_id, flag_id, platform_account_id)
    select a.thread_id, a.flag_id, a.reporter_account from unnest(v_new) a where a.reporter_account is not null;
    insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped)
    select a.thread_id, a.key_id, a.kek_id, a.wrapped from unnest(v_new) a
     where a.key_id = any (v_used) or a.words_ct is not null;

    perform intake.record_accepted(v_actor, k.platform_id, array(select a.flag_id from unnest(v_new) a));
    perform intake.announce(v_new, v_before);
  end if;

  -- Answered from what is stored, so that the first time and every repeat say the same.
  select jsonb_agg(jsonb_build_object('n', x.n, 'code', r.code, 'pointer', r.pointer, 'receipt', case when r.code is null then
      jsonb_build_object('id', f.platform_flag_id, 'flagId', f.id, 'caseId', f.case_id, 'joinedCase', f.joined_case,
        'previousCaseId', f.previous_case_id, 'newMessages', f.new_message_count,
        'receivedAt', unseal.instant(f.received_at)) end,
      'replayed', r.code is null and not exists (select from unnest(v_new) a where a.n = x.n)) order by x.n),
    jsonb_object_agg(r.code, r.code) filter (where r.code is not null)
    into v_results, v_refused
    from jsonb_to_recordset(p_batch -> 'flags') as x(n integer, id uuid, mac text, thread uuid, "threadKind" text,
      category text, region text)
    left join triage.flags f on f.id = x.id
    left join triage.threads t on t.id = x.thread
    cross join lateral (select
      case when f.id is not null then case when f.request_mac is distinct from decode(x.mac, 'base64') then 'flag-id-reused' end
           when not exists (select from intake.route(x.category, x.region)) then 'no-queue'
           else 'thread-differs' end as code,
      case when f.id is null and t.region <> x.region then '/thread/region'
           when f.id is null and t.kind <> x."threadKind" then '/thread/kind' end as pointer) r;

  if v_refused is not null then
    perform audit.write(v_actor, 'platform', 'intake.refused', 'denied', jsonb_build_object('platformId', k.platform_id,
      'detail', jsonb_build_object('keyId', k.key_id, 'codes', (
        select jsonb_object_agg(g.code, g.times) from (
          select r ->> 'code' as code, count(*) as times from jsonb_array_elements(v_results) r
           where r ->> 'code' is not null group by 1) g))));
  end if;
  return jsonb_build_object('ok', true, 'results', coalesce(v_results, '[]'::jsonb));
end
$$;

-- Tells the pages: each queue once, and whoever works on a case that was joined.
create or replace function intake.announce(p_arrivals intake.arrival[], p_before triage.cases[]) returns void
  language sql
  set search_path = pg_catalog, pg_temp
as $$
  select pg_notify('unseal_live', n.payload) from (
    select distinct json_build_object('type', 'queue_changed', 'queueId', q.queue_id)::text as payload
      from (select c.queue_id from triage.cases c
             where c.state = 'open' and c.thread_id in (select a.thread_id from unnest(p_arrivals) a)
            union select b.queue_id from unnest(p_before) b) q
    union all
    select json_build_object('type', 'case_changed', 'queueId', b.queue_id, 'caseId', b.id)::text
      from unnest(p_before) b where b.claimed_by is not null
  ) n
$$;
