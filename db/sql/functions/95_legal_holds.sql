-- Holds of lawful requests: made, renewed, released, called to mind, and held against what was frozen.

-- What a hold of this kind needs of its request. Out: a refusal's code, or null.
create or replace function legal.hold_kind_refusal(r legal.requests, p_kind text) returns text
  language sql immutable
as $$
  select case
    when p_kind = '2703f' and (r).type <> 'preservation_2703f' then 'hold-kind-does-not-fit'
    when p_kind = 'epoc_pr' and (r).type <> 'epoc_pr' then 'hold-kind-does-not-fit'
    when p_kind = 'production' and (r).type in ('preservation_2703f', 'epoc_pr', 'dsa_art_9', 'tco_removal') then 'hold-kind-does-not-fit'
    when (r).state in ('rejected', 'withdrawn', 'closed') and p_kind not in ('litigation', 'other') then 'request-not-open'
  end
$$;

-- Accounts of a request that a hold of this kind may still take: one with a clock takes an account once, or making it anew
-- would be a renewal without a limit.
create or replace function legal.accounts_to_hold(p_request uuid, p_kind text, p_accounts integer[]) returns setof legal.request_accounts
  language sql stable
as $$
  select x.* from legal.accounts_of(p_request) x
   where (p_accounts is null or x.n = any (p_accounts))
     and ((legal.hold_clock(p_kind)).lasts is null or not exists (
       select from legal.holds h join legal.hold_accounts c on c.hold_id = h.id
        where h.request_id = p_request and h.kind = p_kind and c.platform_id = x.platform_id
          and c.platform_participant_id = x.platform_participant_id))
   order by x.n
$$;

-- Freezes, in the caller's transaction: from the moment it commits nothing of these accounts in this range is deleted. The
-- caller has locked the request and asked whether it may be done. p_accounts: numbers of the request's accounts, null for all.
create or replace function legal.freeze(a staff.actor, r legal.requests, p_kind text, p_accounts integer[], p_from timestamptz,
  p_to timestamptz, p_until timestamptz, p_reason text, p_reference text, p_by_collection boolean) returns legal.holds
  language plpgsql
as $$
declare
  h       legal.holds;
  v_id    uuid := unseal.uuid7();
  v_now   timestamptz;
  v_until timestamptz;
  v_event uuid;
  v_count jsonb;
  v_named integer[];
begin
  -- Whoever is deleting now is waited for; whoever would begin waits until this has committed.
  perform legal.close_gate();
  -- To the millisecond, as pages show it and give it back.
  v_now := date_trunc('milliseconds', clock_timestamp());
  v_until := coalesce(v_now + (legal.hold_clock(p_kind)).lasts, date_trunc('milliseconds', p_until));
  v_named := array(select x.n from legal.accounts_to_hold((r).id, p_kind, p_accounts) x);
  with named as materialized (
    select x.n, x.platform_id, x.platform_participant_id from legal.accounts_of((r).id) x where x.n = any (v_named)
  ), threads as materialized (
    select distinct t.id, t.region, t.message_count, t.participant_count from named x
      join sealed.participants p on p.platform_participant_id = x.platform_participant_id
      join triage.threads t on t.id = p.thread_id and t.platform_id = x.platform_id
     where (p_from is null and p_to is null) or exists (select from sealed.messages m where m.thread_id = t.id and m.revision = 1
       and m.sent_at >= coalesce(p_from, '-infinity') and m.sent_at < coalesce(p_to, 'infinity'))
  ), regions as (
    select t.region, count(*) as n from threads t group by t.region
  )
  select jsonb_build_object('accounts', (select count(*) from named), 'threads', (select count(*) from threads),
      'regions', coalesce((select jsonb_object_agg(g.region, g.n) from regions g), '{}'),
      'messages', coalesce((select sum(t.message_count) from threads t), 0),
      'inRange', case when p_from is null and p_to is null then coalesce((select sum(t.message_count) from threads t), 0)
        else (select count(*) from threads t join sealed.messages m on m.thread_id = t.id and m.revision = 1
          and m.sent_at >= coalesce(p_from, '-infinity') and m.sent_at < coalesce(p_to, 'infinity')) end,
      'attachments', (select count(*) from threads t join sealed.attachments x on x.thread_id = t.id),
      'participants', coalesce((select sum(t.participant_count) from threads t), 0),
      'keys', (select count(*) from threads t join sealed.thread_keys k on k.thread_id = t.id))
    into v_count;
  v_event := audit.write(a, 'staff', 'legal.held', 'done', legal.target(r, jsonb_build_object('holdId', v_id, 'kind', p_kind,
    'until', unseal.instant(v_until), 'reference', p_reference) || v_count) || jsonb_build_object('reason', p_reason));
  insert into legal.holds (id, request_id, kind, from_at, until_at, range_from, range_to, reason, reference, counts, made_by,
    by_collection, event_id, review_due_at)
  values (v_id, (r).id, p_kind, v_now, v_until, p_from, p_to, p_reason, p_reference, v_count, (a).staff_id, p_by_collection, v_event,
    case when v_until is null then v_now + interval '180 days' end)
  returning * into h;
  insert into legal.hold_accounts (hold_id, n, platform_id, platform_participant_id)
  select v_id, x.n, x.platform_id, x.platform_participant_id from legal.accounts_of((r).id) x where x.n = any (v_named);
  perform legal.catch_up_hold(h, false);
  perform legal.hold_step(h, (a).staff_id, 'made', p_reason, p_reference, v_event);
  perform legal.record(r, (a).staff_id, 'held', (r).state, p_reason, v_event);
  -- Hashing follows; the hold does not wait for it.
  perform graphile_worker.add_job('hash_holds', job_key => 'hash_holds', max_attempts => 3);
  return h;
end
$$;

create or replace function legal.hold_step(h legal.holds, p_staff uuid, p_what text, p_reason text, p_reference text, p_event uuid)
  returns void
  language plpgsql
as $$
begin
  insert into legal.hold_steps (hold_id, staff_id, what, reason, reference, until_at, event_id)
  values ((h).id, p_staff, p_what, left(p_reason, 2000), left(p_reference, 200), (h).until_at, p_event);
end
$$;

-- Writes down the threads that a hold covers and that are not on its list. Out: how many.
create or replace function legal.catch_up_hold(h legal.holds, p_arrived boolean) returns integer
  language plpgsql
as $$
declare
  v_count integer;
begin
  insert into legal.hold_threads (hold_id, thread_id, region, held_since, arrived)
  select (h).id, t.id, t.region, clock_timestamp(), p_arrived from triage.threads t
   where t.id in (select p.thread_id from legal.hold_accounts c
       join sealed.participants p on p.platform_participant_id = c.platform_participant_id
       join triage.threads o on o.id = p.thread_id and o.platform_id = c.platform_id
      where c.hold_id = (h).id)
     and not exists (select from legal.hold_threads x where x.hold_id = (h).id and x.thread_id = t.id)
     and legal.in_range(h, t.id)
  on conflict do nothing;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

-- For a collection, in its own transaction: what it takes is kept as long as its production needs. An earlier hold of the
-- request that covers the same accounts and range serves again.
create or replace function legal.hold_for(a staff.actor, r legal.requests, p_from timestamptz, p_to timestamptz, p_reason text)
  returns legal.holds
  language plpgsql
as $$
declare
  h legal.holds;
begin
  select o.* into h from legal.holds o
   where o.request_id = (r).id and o.kind = 'production' and legal.is_live(o)
     and coalesce(o.range_from, '-infinity') <= coalesce(p_from, '-infinity')
     and coalesce(o.range_to, 'infinity') >= coalesce(p_to, 'infinity')
     and not exists (select from legal.accounts_of((r).id) x where not exists (
       select from legal.hold_accounts c where c.hold_id = o.id and c.platform_id = x.platform_id
          and c.platform_participant_id = x.platform_participant_id))
   order by o.id desc limit 1
   for update;
  if h.id is null then
    h := legal.freeze(a, r, 'production', null, p_from, p_to, null, p_reason, null, true);
  end if;
  return h;
end
$$;

-- Counsel freezes. p: {kind, reason, accounts, range (request or all), until, reference}.
create or replace function legal.make_hold(p_actor jsonb, p_request uuid, p jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t          record := legal.take_up(p_actor, p_request);
  a          staff.actor := t.a;
  r          legal.requests := t.r;
  h          legal.holds;
  v_kind     text := p ->> 'kind';
  v_until    timestamptz := (p ->> 'until')::timestamptz;
  v_asked    text := (legal.hold_clock(p ->> 'kind')).until_asked;
  v_accounts integer[];
  v_code     text;
begin
  if p ? 'accounts' then
    v_accounts := array(select n::integer from jsonb_array_elements_text(p -> 'accounts') n);
  end if;
  v_code := coalesce(t.code, case
    when not access.reason_has_substance(p ->> 'reason') then 'reason-without-substance'
    when v_asked = 'required' and v_until is null then 'hold-needs-end'
    when v_asked = 'never' and v_until is not null then 'hold-has-its-clock'
    when v_until <= clock_timestamp() then 'already-past'
    when v_until > clock_timestamp() + interval '20 years' then 'too-far-ahead'
    when not exists (select from legal.accounts_of(r.id) x where v_accounts is null or x.n = any (v_accounts)) then 'no-account-named'
  end, legal.hold_kind_refusal(r, v_kind), case
    when not exists (select from legal.accounts_to_hold(r.id, v_kind, v_accounts)) then 'already-held'
  end);
  if v_code is not null then
    return legal.refuse(a, r, p_request, 'legal.held', v_code);
  end if;
  h := legal.freeze(a, r, v_kind, v_accounts, case when p ->> 'range' = 'all' then null else r.range_from end,
    case when p ->> 'range' = 'all' then null else r.range_to end, v_until, p ->> 'reason', p ->> 'reference', false);
  if r.type in ('preservation_2703f', 'epoc_pr') and 'preserved' = any (legal.next_states(r.state)) then
    update legal.requests set state = 'preserved', changed_at = clock_timestamp() where id = r.id returning * into r;
    perform legal.record(r, a.staff_id, 'preserved', (t.r).state, null, h.event_id);
  end if;
  return jsonb_build_object('ok', true, 'holdId', h.id, 'until', unseal.instant(h.until_at), 'threads', h.counts -> 'threads',
    'messages', h.counts -> 'messages');
end
$$;

-- A hold and its request for an act of counsel, both locked (the request first, as everywhere).
create or replace function legal.take_up_hold(p_actor jsonb, p_hold uuid, out a staff.actor, out r legal.requests, out h legal.holds,
  out code text)
  language plpgsql
as $$
declare
  t record;
begin
  t := legal.take_up(p_actor, (select o.request_id from legal.holds o where o.id = p_hold));
  a := t.a;
  r := t.r;
  code := t.code;
  if code is null then
    select * into h from legal.holds where id = p_hold for update;
  end if;
end
$$;

create or replace function legal.hold_state(h legal.holds) returns text
  language sql stable
as $$ select case when (h).released_at is not null then 'released' when legal.is_live(h) then 'live' else 'lapsed' end $$;

create or replace function legal.hold_moved(h legal.holds) returns jsonb
  language sql stable
as $$
  select jsonb_build_object('ok', true, 'state', legal.hold_state(h), 'until', unseal.instant((h).until_at),
    'releaseAsked', (h).release_asked_by is not null and (h).released_at is null)
$$;

-- Can it be renewed at all, now? Out: a refusal's code, or null.
create or replace function legal.renewal_refusal(h legal.holds) returns text
  language sql stable
as $$
  select case
    when not legal.is_live(h) then 'hold-over'
    when (h).until_at is null or (legal.hold_clock((h).kind)).renewal is null then 'hold-not-renewable'
    when (h).renewals >= (legal.hold_clock((h).kind)).renewals then 'renewals-used-up'
  end
$$;

-- p: {reason, reference, expectedUntil}. The renewals that a law gives need the reference of the renewed request.
create or replace function legal.renew_hold(p_actor jsonb, p_hold uuid, p jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record := legal.take_up_hold(p_actor, p_hold);
  a       staff.actor := t.a;
  r       legal.requests := t.r;
  h       legal.holds := t.h;
  v_code  text := t.code;
  v_event uuid;
begin
  v_code := coalesce(v_code, legal.renewal_refusal(h), case
    when (p ->> 'expectedUntil')::timestamptz is distinct from h.until_at then 'hold-moved'
    when not access.reason_has_substance(p ->> 'reason') then 'reason-without-substance'
    when h.kind in ('2703f', 'epoc_pr') and coalesce(p ->> 'reference', '') !~ '\S' then 'needs-reference'
  end);
  if v_code is not null then
    return legal.refuse(a, r, r.id, 'legal.hold_renewed', v_code, jsonb_build_object('holdId', p_hold));
  end if;
  update legal.holds set until_at = until_at + (legal.hold_clock(kind)).renewal, renewals = renewals + 1, reminded = null
   where id = h.id returning * into h;
  v_event := audit.write(a, 'staff', 'legal.hold_renewed', 'done', legal.target(r, jsonb_build_object('holdId', h.id,
    'until', unseal.instant(h.until_at), 'renewals', h.renewals, 'reference', p ->> 'reference')) || jsonb_build_object('reason', p ->> 'reason'));
  perform legal.hold_step(h, a.staff_id, 'renewed', p ->> 'reason', p ->> 'reference', v_event);
  perform legal.record(r, a.staff_id, 'hold_renewed', r.state, p ->> 'reason', v_event);
  return legal.hold_moved(h);
end
$$;

-- European preservation: the authority confirmed that the order to produce was issued. Then it lasts as long as that needs.
create or replace function legal.confirm_production(p_actor jsonb, p_hold uuid, p_production uuid, p_reference text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record := legal.take_up_hold(p_actor, p_hold);
  a       staff.actor := t.a;
  r       legal.requests := t.r;
  h       legal.holds := t.h;
  q       legal.requests;
  v_code  text := t.code;
  v_event uuid;
begin
  if v_code is null then
    select * into q from legal.requests where id = p_production;
    v_code := case
      when not legal.is_live(h) then 'hold-over'
      when h.kind <> 'epoc_pr' or h.production_request_id is not null then 'hold-not-renewable'
      when q.id is null or legal.counsel_refusal(a, q) is not null or q.type <> 'epoc' or q.state in ('rejected', 'withdrawn', 'closed')
        then 'no-such-production'
      when coalesce(p_reference, '') !~ '\S' then 'needs-reference'
    end;
  end if;
  if v_code is not null then
    return legal.refuse(a, r, r.id, 'legal.hold_production_confirmed', v_code, jsonb_build_object('holdId', p_hold));
  end if;
  update legal.holds set until_at = null, production_request_id = q.id, reminded = null,
      review_due_at = clock_timestamp() + interval '180 days'
   where id = h.id returning * into h;
  v_event := audit.write(a, 'staff', 'legal.hold_production_confirmed', 'done', legal.target(r, jsonb_build_object('holdId', h.id,
    'productionRequestId', q.id, 'reference', p_reference)));
  perform legal.hold_step(h, a.staff_id, 'production_confirmed', null, p_reference, v_event);
  perform legal.record(r, a.staff_id, 'hold_production_confirmed', r.state, null, v_event);
  return legal.hold_moved(h);
end
$$;

-- A hold without an end is still needed.
create or replace function legal.review_hold(p_actor jsonb, p_hold uuid, p_reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record := legal.take_up_hold(p_actor, p_hold);
  a       staff.actor := t.a;
  r       legal.requests := t.r;
  h       legal.holds := t.h;
  v_code  text := coalesce(t.code, case
    when not legal.is_live(t.h) then 'hold-over'
    when (t.h).review_due_at is null then 'hold-has-its-clock'
    when not access.reason_has_substance(p_reason) then 'reason-without-substance'
  end);
  v_event uuid;
begin
  if v_code is not null then
    return legal.refuse(a, r, r.id, 'legal.hold_reviewed', v_code, jsonb_build_object('holdId', p_hold));
  end if;
  update legal.holds set review_due_at = greatest(review_due_at, clock_timestamp() + interval '180 days'), reminded = null
   where id = h.id returning * into h;
  v_event := audit.write(a, 'staff', 'legal.hold_reviewed', 'done', legal.target(r, jsonb_build_object('holdId', h.id,
    'reviewDueAt', unseal.instant(h.review_due_at))) || jsonb_build_object('reason', p_reason));
  perform legal.hold_step(h, a.staff_id, 'reviewed', p_reason, null, v_event);
  return legal.hold_moved(h);
end
$$;

-- Releases, or asks for it, where it takes two.
create or replace function legal.release_hold(p_actor jsonb, p_hold uuid, p_reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record := legal.take_up_hold(p_actor, p_hold);
  a       staff.actor := t.a;
  r       legal.requests := t.r;
  h       legal.holds := t.h;
  v_two   boolean := legal.needs_two_to_release(t.r, (t.a).staff_id);
  v_code  text := coalesce(t.code, case
    when not legal.is_live(t.h) then 'hold-over'
    when not access.reason_has_substance(p_reason) then 'reason-without-substance'
    when legal.needs_two_to_release(t.r, (t.a).staff_id) and (t.h).release_asked_by = (t.a).staff_id then 'own-request'
  end);
  v_ask   boolean;
  v_event uuid;
begin
  if v_code is not null then
    return legal.refuse(a, r, r.id, 'legal.hold_released', v_code, jsonb_build_object('holdId', p_hold));
  end if;
  v_ask := v_two and h.release_asked_by is null;
  if v_ask then
    update legal.holds set release_asked_by = a.staff_id, release_asked_at = clock_timestamp(), release_reason = p_reason
     where id = h.id returning * into h;
    perform legal.tell('hold_release_asked', r.id, h.id, null, a.staff_id);
  else
    update legal.holds set released_by = a.staff_id, released_at = clock_timestamp(), release_reason = p_reason
     where id = h.id returning * into h;
  end if;
  v_event := audit.write(a, 'staff', case when v_ask then 'legal.hold_release_asked' else 'legal.hold_released' end, 'done',
    legal.target(r, jsonb_build_object('holdId', h.id, 'kind', h.kind)) || jsonb_strip_nulls(jsonb_build_object('reason', p_reason,
      'staffId', case when not v_ask then h.release_asked_by end)));
  perform legal.hold_step(h, a.staff_id, case when v_ask then 'release_asked' else 'released' end, p_reason, null, v_event);
  perform legal.record(r, a.staff_id, case when v_ask then 'hold_release_asked' else 'hold_released' end, r.state, p_reason, v_event);
  if not v_ask then
    perform graphile_worker.add_job('run_erasures', job_key => 'run_erasures', max_attempts => 3);
  end if;
  return legal.hold_moved(h);
end
$$;

create or replace function legal.call_off_release(p_actor jsonb, p_hold uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record := legal.take_up_hold(p_actor, p_hold);
  a       staff.actor := t.a;
  r       legal.requests := t.r;
  h       legal.holds := t.h;
  v_code  text := coalesce(t.code, case
    when not legal.is_live(t.h) then 'hold-over'
    when (t.h).release_asked_by is null then 'no-release'
  end);
  v_event uuid;
begin
  if v_code is not null then
    return legal.refuse(a, r, r.id, 'legal.hold_release_called_off', v_code, jsonb_build_object('holdId', p_hold));
  end if;
  update legal.holds set release_asked_by = null, release_asked_at = null, release_reason = null where id = h.id returning * into h;
  v_event := audit.write(a, 'staff', 'legal.hold_release_called_off', 'done', legal.target(r, jsonb_build_object('holdId', h.id)));
  perform legal.hold_step(h, a.staff_id, 'release_called_off', null, null, v_event);
  return legal.hold_moved(h);
end
$$;

-- Has what is held compared with what was frozen. The worker does it.
create or replace function legal.check_hold(p_actor jsonb, p_hold uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record := legal.take_up_hold(p_actor, p_hold);
  a       staff.actor := t.a;
  r       legal.requests := t.r;
  v_id    uuid := unseal.uuid7();
  v_code  text := coalesce(t.code, case
    when not legal.is_live(t.h) then 'hold-over'
    when exists (select from legal.hold_checks k where k.hold_id = p_hold and k.finished_at is null) then 'check-under-way'
    when exists (select from legal.hold_threads x where x.hold_id = p_hold and x.hashed_at is null) then 'hold-not-hashed'
  end);
begin
  if v_code is not null then
    return legal.refuse(a, r, r.id, 'legal.hold_check_asked', v_code, jsonb_build_object('holdId', p_hold));
  end if;
  insert into legal.hold_checks (id, hold_id, asked_by, event_id)
  values (v_id, p_hold, a.staff_id, audit.write(a, 'staff', 'legal.hold_check_asked', 'done',
    legal.target(r, jsonb_build_object('holdId', p_hold, 'checkId', v_id))));
  perform graphile_worker.add_job('hash_holds', job_key => 'hash_holds', max_attempts => 3);
  return legal.hold_moved(t.h);
end
$$;

-- Tells counsel and officers of something that has a day.
create or replace function legal.tell(p_kind text, p_request uuid, p_hold uuid, p_days integer, p_staff uuid) returns void
  language plpgsql
as $$
declare
  v_id       uuid;
  v_audience text[] := case when p_kind = 'hold_release_asked' then array['legal_counsel'] else array['compliance_officer', 'legal_counsel'] end;
begin
  insert into access.notices (kind, audience, staff_id, lawful_request_id, hold_id, days_left)
  values (p_kind, v_audience, p_staff, p_request, p_hold, p_days) returning id into v_id;
  perform pg_notify('unseal_live', json_build_object('type', 'notice', 'noticeId', v_id, 'audience', v_audience)::text);
end
$$;

-- Who wants the hold's digests: counts and hashes of what a thread holds, of what had reached us at p_as_of. Over named
-- columns in one form, so that neither another column nor another time zone makes it another. Data keys by their ids: their
-- wrapping changes with every rotation. What was written over meanwhile is taken from where it was kept.
create or replace function legal.inventory(p_thread uuid, p_as_of timestamptz) returns jsonb
  language plpgsql stable
  set "TimeZone" = 'UTC'
  set "DateStyle" = 'ISO, YMD'
  set bytea_output = 'hex'
  set extra_float_digits = 1
as $$
declare
  v jsonb;
begin
  with entries as (
    select 'messages' as part, sha256(convert_to(jsonb_build_array(m.id, m.revision, m.platform_message_id, m.sender_id, m.sent_at,
        m.kind, m.edited_at, m.deleted_at, m.key_id, encode(m.content_mac, 'hex'), m.position, m.received_at)::text, 'UTF8')
        || coalesce(sha256(m.body_ct), ''::bytea)) as d
      from sealed.messages m where m.thread_id = p_thread and m.received_at <= p_as_of
    union all
    select 'attachments', sha256(convert_to(jsonb_build_array(x.message_id, x.revision, x.ordinal, x.media_type, x.size_bytes, x.md5,
        x.sha256, x.perceptual_hash, x.perceptual_kind, x.key_id)::text, 'UTF8') || x.location_ct)
      from sealed.attachments x join sealed.messages m on m.thread_id = x.thread_id and m.id = x.message_id and m.revision = x.revision
     where x.thread_id = p_thread and m.received_at <= p_as_of
    union all
    -- As they called themselves then: the first that was written over since, or what stands now.
    select 'participants', sha256(convert_to(jsonb_build_array(p.id, p.platform_participant_id, p.ordinal, k.key_id, k.age_band,
        k.account_age_days, k.country)::text, 'UTF8') || k.identity_ct)
      from sealed.participants p, lateral (
        select o.* from (
          select s.n, s.key_id, s.identity_ct, s.age_band, s.account_age_days, s.country from sealed.kept_identities s
           where s.thread_id = p.thread_id and s.id = p.id and s.kept_at > p_as_of
          union all
          select 2147483647, p.key_id, p.identity_ct, p.age_band, p.account_age_days, p.country) o
         order by o.n limit 1) k
     where p.thread_id = p_thread and p.first_at <= p_as_of
    union all
    select 'thread_keys', sha256(convert_to(jsonb_build_array(t.key_id, t.created_at)::text, 'UTF8'))
      from sealed.thread_keys t where t.thread_id = p_thread and t.created_at <= p_as_of
    union all
    select 'flag_words', sha256(convert_to(jsonb_build_array(w.flag_id, w.key_id)::text, 'UTF8') || w.words_ct)
      from sealed.flag_words w join triage.flags f on f.id = w.flag_id
     where w.thread_id = p_thread and f.received_at <= p_as_of
    union all
    select 'flag_reporters', sha256(convert_to(jsonb_build_array(w.flag_id, w.platform_account_id)::text, 'UTF8'))
      from sealed.flag_reporters w join triage.flags f on f.id = w.flag_id
     where w.thread_id = p_thread and f.received_at <= p_as_of
  ), parts as (
    select p.part, count(r.d) as n, sha256(coalesce(string_agg(r.d, ''::bytea order by r.d), ''::bytea)) as d
      from unnest(array['messages', 'attachments', 'participants', 'thread_keys', 'flag_words', 'flag_reporters']) as p(part)
      left join entries r on r.part = p.part group by p.part
  )
  select jsonb_object_agg(p.part, jsonb_build_object('rows', p.n, 'sha256', encode(p.d, 'hex'))) into v from parts p;
  return v;
end
$$;

-- The worker: fixes what belongs to the inventories that are still to be made. Waits for the deliveries that are under way,
-- so that nothing that reached us before appears after. Short, since intake waits meanwhile. Out: how many.
create or replace function legal.begin_hashing() returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  h       legal.holds;
  v_count integer;
begin
  -- First what came under a hold since it was made.
  for h in select o.* from legal.holds o where legal.is_live(o) order by o.id loop
    perform legal.catch_up_hold(h, true);
  end loop;
  if not exists (select from legal.hold_threads x where x.hashed_at is null and x.as_of is null) then
    return 0;
  end if;
  set local lock_timeout = '10s';
  lock table sealed.messages in share mode;
  update legal.hold_threads set as_of = clock_timestamp() where hashed_at is null and as_of is null;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

-- The worker: hashes the next thread, or compares the next with what was frozen. Out: whether there was one.
create or replace function legal.hash_next() returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  x      legal.hold_threads;
  k      legal.hold_checks;
  v      jsonb;
  v_hash bytea;
begin
  select * into x from legal.hold_threads where hashed_at is null and as_of is not null
   order by hold_id, thread_id limit 1 for update skip locked;
  if x.hold_id is not null then
    v := legal.inventory(x.thread_id, x.as_of);
    v_hash := sha256(convert_to(v::text, 'UTF8'));
    update legal.hold_threads set inventory = v, sha256 = v_hash, messages = (v -> 'messages' ->> 'rows')::bigint,
        hashed_at = clock_timestamp()
     where hold_id = x.hold_id and thread_id = x.thread_id;
    perform legal.note_hashed(x.hold_id);
    return true;
  end if;
  select * into k from legal.hold_checks where finished_at is null order by id limit 1 for update skip locked;
  if k.id is null then
    return false;
  end if;
  select t.* into x from legal.hold_threads t
   where t.hold_id = k.hold_id and t.hashed_at is not null and t.as_of <= k.asked_at
     and not exists (select from legal.hold_check_threads o where o.check_id = k.id and o.thread_id = t.thread_id)
   order by t.thread_id limit 1;
  if x.hold_id is null then
    perform legal.finish_check(k);
    return true;
  end if;
  v := legal.inventory(x.thread_id, x.as_of);
  insert into legal.hold_check_threads (check_id, thread_id, sha256, same, differing)
  values (k.id, x.thread_id, sha256(convert_to(v::text, 'UTF8')), v = x.inventory,
    array(select p.key from jsonb_each(v) p where p.value is distinct from x.inventory -> p.key order by p.key));
  return true;
end
$$;

-- When the last thread of a hold has been hashed: one digest over all of them goes into the log.
create or replace function legal.note_hashed(p_hold uuid) returns void
  language plpgsql
as $$
declare
  h legal.holds;
  r legal.requests;
begin
  -- Of two that hash the last threads at once, the second waits and sees.
  perform 1 from legal.holds where id = p_hold for no key update;
  if exists (select from legal.hold_threads t where t.hold_id = p_hold and t.hashed_at is null) then
    return;
  end if;
  select * into h from legal.holds where id = p_hold;
  select * into r from legal.requests where id = h.request_id;
  perform audit.write(null::staff.actor, 'system', 'legal.hold_hashed', 'done', legal.target(r, jsonb_build_object('holdId', h.id) || (
    select jsonb_build_object('threads', count(*), 'messages', coalesce(sum(t.messages), 0),
        'sha256', encode(sha256(coalesce(string_agg(t.sha256, ''::bytea order by t.thread_id), ''::bytea)), 'hex'))
      from legal.hold_threads t where t.hold_id = h.id)));
end
$$;

create or replace function legal.finish_check(k legal.hold_checks) returns void
  language plpgsql
as $$
declare
  r       legal.requests;
  v_other bigint;
begin
  select q.* into r from legal.requests q join legal.holds h on h.request_id = q.id where h.id = (k).hold_id;
  select count(*) into v_other from legal.hold_check_threads t where t.check_id = (k).id and not t.same;
  update legal.hold_checks set finished_at = clock_timestamp() where id = (k).id;
  perform audit.write(null::staff.actor, 'system', 'legal.hold_checked', case when v_other = 0 then 'done' else 'failed' end,
    legal.target(r, jsonb_build_object('holdId', (k).hold_id, 'checkId', (k).id, 'differing', v_other)));
end
$$;

-- The worker, every minute: reminders 30, 7 and 1 days before an end or a review, and the record of what has lapsed.
-- Out: how many of each.
create or replace function legal.keep_holds_in_mind(out reminded integer, out lapsed integer)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  h       legal.holds;
  r       legal.requests;
  v_days  integer;
  v_event uuid;
begin
  reminded := 0;
  lapsed := 0;
  for h in
    -- Whoever is at work on the request is passed over until the next minute: they hold it and want the hold, and history that
    -- is written here wants the request.
    select o.* from legal.holds o join legal.requests q on q.id = o.request_id
     where o.released_at is null and o.reminded is distinct from 0
       and coalesce(o.until_at, o.review_due_at) <= clock_timestamp() + interval '30 days'
     order by o.id for update of o skip locked for key share of q skip locked
  loop
    select * into r from legal.requests where id = h.request_id;
    if h.until_at <= clock_timestamp() then
      update legal.holds set reminded = 0 where id = h.id;
      v_event := audit.write(null::staff.actor, 'system', 'legal.hold_lapsed', 'done', legal.target(r, jsonb_build_object('holdId', h.id,
        'kind', h.kind, 'until', unseal.instant(h.until_at))));
      perform legal.hold_step(h, null, 'lapsed', null, null, v_event);
      perform legal.record(r, null, 'hold_lapsed', r.state, null, v_event);
      perform legal.tell('hold_lapsed', r.id, h.id, 0, null);
      lapsed := lapsed + 1;
    else
      v_days := legal.days_step(coalesce(h.until_at, h.review_due_at));
      if v_days < coalesce(h.reminded, 1000) then
        update legal.holds set reminded = v_days where id = h.id;
        perform legal.tell(case when h.until_at is null then 'hold_review' else 'hold_ending' end, r.id, h.id, v_days, null);
        reminded := reminded + 1;
      end if;
    end if;
  end loop;
  if lapsed > 0 then
    perform graphile_worker.add_job('run_erasures', job_key => 'run_erasures', max_attempts => 3);
  end if;
end
$$;

-- At which of the reminders a day stands: 30, 7 or 1 before it, and the same 1 once it is past. Null: none yet.
create or replace function legal.days_step(p_at timestamptz) returns integer
  language sql stable
as $$
  select case when p_at <= clock_timestamp() + interval '1 day' then 1 when p_at <= clock_timestamp() + interval '7 days' then 7
    when p_at <= clock_timestamp() + interval '30 days' then 30 end
$$;
