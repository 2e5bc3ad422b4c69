-- Notices to accounts: what stands in their way, who lets them go, what the platform says that it delivered. Orders not to tell.

-- Why this account may not be told now; null: nothing is in the way. What is for good comes before what has an end.
create or replace function legal.notice_bar(r legal.requests, p_platform uuid, p_account text) returns text
  language sql stable
as $$
  select case
    when (r).child_safety then 'child_safety'
    when (r).type in ('epoc', 'epoc_pr') then 'authority_informs'
    when exists (select from sealed.participants p join triage.threads t on t.id = p.thread_id and t.platform_id = p_platform
          join cybertip.reports c on c.thread_id = t.id and c.state <> 'withdrawn'
         where p.platform_participant_id = p_account)
      or exists (select from sealed.cybertip_accounts x join cybertip.reports c on c.id = x.report_id and c.state <> 'withdrawn'
         where x.platform_id = p_platform and x.platform_participant_id = p_account) then 'cybertip_reported'
    when (r).state in ('rejected', 'withdrawn') or coalesce((r).outcome, '') in ('rejected', 'withdrawn') then 'not_real'
    when (r).notice_policy in ('barred', 'not_applicable') then 'policy_bars'
    when (r).gag_indefinite then 'gagged_indefinitely'
    when (r).gag_until > clock_timestamp() then 'gagged'
  end
$$;

-- Whichever function forgets: nothing is let go, and nothing is handed over, while something stands in its way; nothing is said
-- to be sent that was not handed over; what was handed over reads as it did. The request is locked meanwhile, so that an order
-- that arrives at the same moment comes either before, and is seen, or after.
create or replace function legal.keep_silent() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  r      legal.requests;
  v_bar  text;
begin
  if new.state in ('released', 'handed_over') then
    select * into r from legal.requests where id = new.request_id for share;
    v_bar := legal.notice_bar(r, new.platform_id, new.platform_participant_id);
    if v_bar is not null then
      raise exception using errcode = 'UN032', message = 'This account may not be told: ' || v_bar || '.';
    end if;
    if tg_op = 'INSERT' or (new.state = 'handed_over' and old.state not in ('released', 'handed_over')) then
      raise exception using errcode = 'UN032', message = 'A notice is planned, then let go by counsel, then handed over.';
    end if;
  end if;
  if new.state = 'sent' and (tg_op = 'INSERT' or old.handed_over_at is null) then
    raise exception using errcode = 'UN032', message = 'Nothing is said to be sent that the platform was not handed.';
  end if;
  if tg_op = 'UPDATE' and ((old.state = 'sent' and to_jsonb(new) <> to_jsonb(old))
     or (new.request_id, new.account, new.platform_id, new.platform_participant_id)
        is distinct from (old.request_id, old.account, old.platform_id, old.platform_participant_id)
     or ((old.state <> 'planned' or old.handed_over_at is not null) and (new.subject, new.body, new.template, new.template_version)
        is distinct from (old.subject, old.body, old.template, old.template_version))
     or (old.handed_over_at is not null and new.handed_over_at is distinct from old.handed_over_at)) then
    raise exception using errcode = 'UN032', message = 'What an account was told, or is about to be, stays as it was.';
  end if;
  return new;
end
$$;
drop trigger if exists keep_silent on legal.notices;
create trigger keep_silent before insert or update on legal.notices for each row execute function legal.keep_silent();

-- Calls back what was let go: something stands in its way now. Both are locked by the caller.
create or replace function legal.call_back(r legal.requests, n legal.notices, p_bar text) returns void
  language plpgsql
as $$
begin
  update legal.notices set state = case when (n).state = 'released' then 'planned' else 'barred' end,
      barred_why = case when (n).state = 'handed_over' then p_bar end, changed_at = clock_timestamp(),
      released_by = case when (n).handed_over_at is not null then released_by end,
      released_at = case when (n).handed_over_at is not null then released_at end
   where id = (n).id;
  perform legal.record(r, null, 'notice_called_back', (r).state, null, audit.write(null::staff.actor, 'system', 'legal.notice_called_back',
    'done', legal.target(r, jsonb_build_object('noticeId', (n).id, 'why', p_bar, 'handedOver', (n).state = 'handed_over'))));
end
$$;

-- Whoever changes a request: the order not to tell is written down, and what was let go is called back.
create or replace function legal.follow_request() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  g     legal.gags;
  n     legal.notices;
  v_bar text;
  v_on  boolean := new.gag_until is not null or new.gag_indefinite;
begin
  select * into g from legal.gags where request_id = new.id and ended_at is null for update;
  if g.id is not null and (not v_on or (g.reference, g.until_at) is distinct from (new.gag_reference, new.gag_until)) then
    update legal.gags set ended_at = clock_timestamp() where id = g.id;
    g := null;
  end if;
  if v_on and g.id is null then
    insert into legal.gags (request_id, reference, until_at, review_due_at)
    values (new.id, new.gag_reference, new.gag_until, case when new.gag_until is null then clock_timestamp() + interval '90 days' end);
  end if;
  for n in select * from legal.notices o where o.request_id = new.id and o.state in ('released', 'handed_over') order by o.id for update loop
    v_bar := legal.notice_bar(new, n.platform_id, n.platform_participant_id);
    if v_bar is not null then
      perform legal.call_back(new, n, v_bar);
    end if;
  end loop;
  return null;
end
$$;
drop trigger if exists follow_request on legal.requests;
create trigger follow_request after insert or update of gag_reference, gag_until, gag_indefinite, notice_policy, child_safety, state, type
  on legal.requests for each row execute function legal.follow_request();

-- Would an order that is in force end earlier by this than it says itself?
create or replace function legal.lifts_gag(o legal.requests, n legal.requests) returns boolean
  language sql stable
as $$
  select ((o).gag_indefinite and not (n).gag_indefinite)
      or ((o).gag_until > clock_timestamp() and not (n).gag_indefinite and coalesce((n).gag_until, '-infinity') < (o).gag_until)
$$;

-- Have two counsel said of the order that stands that it is lifted, and nobody the contrary since?
create or replace function legal.two_lifted(p_request uuid) returns boolean
  language sql stable
as $$
  select count(distinct v.staff_id) >= 2 from legal.gags g join legal.gag_reviews v on v.gag_id = g.id and v.outcome = 'lifted'
   where g.request_id = p_request and g.ended_at is null
     and not exists (select from legal.gag_reviews o where o.gag_id = g.id and o.outcome = 'still_barred' and o.id > v.id)
$$;

-- Whichever function forgets: an order not to tell ends early only when two counsel say so.
create or replace function legal.keep_gag() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if legal.lifts_gag(old, new) and not legal.two_lifted(old.id) then
    raise exception using errcode = 'UN032', message = 'An order not to tell ends early only when two counsel say so.';
  end if;
  return new;
end
$$;
drop trigger if exists keep_gag on legal.requests;
create trigger keep_gag before update of gag_until, gag_indefinite on legal.requests for each row execute function legal.keep_gag();

-- When a notice is due. Before the answer, so that the person can object; in an emergency, and by policy, after it; in any case
-- not before an order has ended. Null: not yet known, or never.
create or replace function legal.notice_due(r legal.requests) returns timestamptz
  language plpgsql stable
as $$
declare
  v_base timestamptz;
  v_gag  timestamptz;
begin
  if (r).gag_indefinite or (r).notice_policy in ('barred', 'not_applicable') then
    return null;
  end if;
  v_base := case when (r).notice_policy = 'before' and not (r).emergency then greatest((r).received_at, (r).due_at - interval '7 days')
    else coalesce((r).produced_at, (r).closed_at) + interval '30 days' end;
  select max(least(coalesce(g.until_at, g.ended_at), coalesce(g.ended_at, g.until_at))) + interval '7 days' into v_gag
    from legal.gags g where g.request_id = (r).id;
  return case when v_base is null then null else greatest(v_base, v_gag) end;
end
$$;

-- May it go now, as far as its time goes? After means after.
create or replace function legal.notice_too_early(r legal.requests) returns boolean
  language sql stable
as $$
  select ((r).notice_policy = 'after' or (r).emergency) and (r).produced_at is null
     and (r).state not in ('no_records', 'closed')
$$;

create or replace function legal.notice_row(a staff.actor, r legal.requests, n legal.notices) returns jsonb
  language plpgsql stable
as $$
declare
  v_bar     text := case when (n).state = 'barred' then (n).barred_why
    when (n).state = 'planned' then legal.notice_bar(r, (n).platform_id, (n).platform_participant_id) end;
  v_state   text := case when (n).state = 'planned' and v_bar is not null then 'barred' else (n).state end;
  v_counsel boolean := legal.counsel_refusal(a, r) is null;
  v_due     timestamptz := case when (n).state = 'planned' then legal.notice_due(r) end;
begin
  return jsonb_build_object('id', (n).id, 'account', (n).account,
    'accountId', case when v_counsel then (n).platform_participant_id end, 'state', v_state, 'barredWhy', v_bar,
    'barredUntil', case when v_bar = 'gagged' then unseal.instant((r).gag_until) end, 'barredReason', (n).barred_reason,
    'dueAt', unseal.instant(v_due), 'overdue', coalesce(v_state = 'planned' and v_due <= clock_timestamp(), false),
    'template', (n).template, 'templateVersion', (n).template_version, 'subject', (n).subject, 'text', (n).body,
    'textSha256', encode((n).body_sha256, 'hex'), 'plannedBy', access.person((n).planned_by), 'plannedAt', unseal.instant((n).planned_at),
    'releasedBy', access.person((n).released_by), 'releasedAt', unseal.instant((n).released_at),
    'handedOverAt', unseal.instant((n).handed_over_at), 'sentAt', unseal.instant((n).sent_at), 'channel', (n).channel,
    'may', jsonb_build_object('send', v_counsel and v_state = 'planned' and not legal.notice_too_early(r),
      'bar', v_counsel and (n).state in ('planned', 'released', 'handed_over')));
end
$$;

-- What of a request the templates may say: nothing of content, and nobody else.
create or replace function legal.notice_facts(r legal.requests) returns jsonb
  language sql stable
as $$
  select jsonb_build_object('platforms', (select coalesce(jsonb_agg(distinct jsonb_build_object('id', p.id, 'name', p.name)), '[]')
      from legal.accounts_of((r).id) x join intake.platforms p on p.id = x.platform_id),
    'type', (r).type, 'jurisdiction', (r).jurisdiction, 'agency', (r).agency_name, 'reference', (r).reference,
    'receivedAt', unseal.instant((r).received_at), 'dueAt', unseal.instant((r).due_at), 'producedAt', unseal.instant((r).produced_at),
    'categories', (r).allowed, 'emergency', (r).emergency, 'policy', (r).notice_policy, 'state', (r).state,
    'delayed', exists (select from legal.gags g where g.request_id = (r).id))
$$;

create or replace function legal.request_notices(p_actor jsonb, p_request uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  r      legal.requests;
  g      legal.gags;
  v_code text;
begin
  select * into r from legal.requests where id = p_request;
  v_code := legal.metadata_refusal(a, r);
  if v_code is not null then
    return legal.refuse(a, r, p_request, 'legal.notices_listed', v_code);
  end if;
  select * into g from legal.gags o where o.request_id = r.id and o.ended_at is null;
  return jsonb_build_object('ok', true, 'policy', r.notice_policy,
    'gag', case when g.id is not null then jsonb_build_object('reference', g.reference, 'until', unseal.instant(g.until_at),
        'inForce', g.until_at is null or g.until_at > clock_timestamp(), 'reviewDueAt', unseal.instant(g.review_due_at)) end,
    'reviews', (select coalesce(jsonb_agg(jsonb_build_object('at', unseal.instant(v.at), 'by', access.person(v.staff_id),
        'outcome', v.outcome, 'reason', v.reason) order by v.id), '[]') from legal.gag_reviews v where v.request_id = r.id),
    'barredWhy', legal.notice_bar(r, null, null),
    'notices', (select coalesce(jsonb_agg(legal.notice_row(a, r, n) order by n.account), '[]') from legal.notices n where n.request_id = r.id),
    'accountsWithout', (select count(*) from legal.accounts_of(r.id) x where not exists (
      select from legal.notices n where n.request_id = r.id and n.account = x.n)),
    'facts', legal.notice_facts(r),
    'may', jsonb_build_object('plan', legal.counsel_refusal(a, r) is null and r.notice_policy in ('before', 'after'),
      'setPolicy', legal.counsel_refusal(a, r) is null,
      'review', legal.counsel_refusal(a, r) is null and g.id is not null and (g.until_at is null or g.until_at > clock_timestamp())));
end
$$;

-- What counsel needs to plan notices: the facts that their words are made of.
create or replace function legal.notice_terms(p_actor jsonb, p_request uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  r      legal.requests;
  v_code text;
begin
  select * into r from legal.requests where id = p_request;
  v_code := legal.counsel_refusal(a, r);
  if v_code is not null then
    return legal.refuse(a, r, p_request, 'legal.notice_planned', v_code);
  end if;
  return jsonb_build_object('ok', true, 'facts', legal.notice_facts(r));
end
$$;

-- Plans a notice for each account that has none, and puts another text into those that wait. p: {template, version,
-- texts: [{platformId, subject, text}]}.
create or replace function legal.plan_notices(p_actor jsonb, p_request uuid, p jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record := legal.take_up(p_actor, p_request);
  a       staff.actor := t.a;
  r       legal.requests := t.r;
  v_code  text := coalesce(t.code, case
    when (t.r).notice_policy not in ('before', 'after') then 'notice-policy'
    when not exists (select from legal.accounts_of((t.r).id)) then 'no-account-named'
  end);
  v_count bigint;
begin
  if v_code is not null then
    return legal.refuse(a, r, p_request, 'legal.notice_planned', v_code);
  end if;
  with texts as (
    select (x ->> 'platformId')::uuid as platform_id, x ->> 'subject' as subject, x ->> 'text' as body from jsonb_array_elements(p -> 'texts') x
  ), made as (
    insert into legal.notices (request_id, account, platform_id, platform_participant_id, template, template_version, subject, body,
      body_sha256, planned_by)
    select r.id, x.n, x.platform_id, x.platform_participant_id, p ->> 'template', p ->> 'version', o.subject, o.body,
           sha256(convert_to(o.body, 'UTF8')), a.staff_id
      from legal.accounts_of(r.id) x join texts o on o.platform_id = x.platform_id
    on conflict (request_id, account) do update set template = excluded.template, template_version = excluded.template_version,
      subject = excluded.subject, body = excluded.body, body_sha256 = excluded.body_sha256, planned_by = excluded.planned_by,
      planned_at = clock_timestamp(), changed_at = clock_timestamp()
      -- The platform has it already, and may have delivered it: it goes again as it was.
      where notices.state = 'planned' and notices.handed_over_at is null
    returning 1
  )
  select count(*) into v_count from made;
  perform legal.record(r, a.staff_id, 'notices_planned', r.state, null, audit.write(a, 'staff', 'legal.notice_planned', 'done',
    legal.target(r, jsonb_build_object('planned', v_count, 'template', p ->> 'template', 'version', p ->> 'version'))));
  return jsonb_build_object('ok', true, 'planned', v_count);
end
$$;

-- A notice and its request for an act of counsel, both locked, the request first.
create or replace function legal.take_up_notice(p_actor jsonb, p_notice uuid, out a staff.actor, out r legal.requests, out n legal.notices,
  out code text)
  language plpgsql
as $$
declare
  t record;
begin
  t := legal.take_up(p_actor, (select o.request_id from legal.notices o where o.id = p_notice));
  a := t.a;
  r := t.r;
  code := t.code;
  if code is null then
    select * into n from legal.notices where id = p_notice for update;
  end if;
end
$$;

-- Lets it go to the platform. p_sha256: of the text that counsel saw.
create or replace function legal.send_notice(p_actor jsonb, p_notice uuid, p_sha256 text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t      record := legal.take_up_notice(p_actor, p_notice);
  a      staff.actor := t.a;
  r      legal.requests := t.r;
  n      legal.notices := t.n;
  v_code text := coalesce(t.code, case
    when (t.n).state <> 'planned' then 'notice-gone'
    when legal.notice_bar(t.r, (t.n).platform_id, (t.n).platform_participant_id) is not null then 'notice-barred'
    when legal.notice_too_early(t.r) then 'notice-too-early'
    when encode((t.n).body_sha256, 'hex') <> p_sha256 then 'notice-moved'
  end);
begin
  if v_code is not null then
    return legal.refuse(a, r, r.id, 'legal.notice_released', v_code, jsonb_strip_nulls(jsonb_build_object('noticeId', p_notice,
      'why', case when v_code = 'notice-barred' then legal.notice_bar(r, n.platform_id, n.platform_participant_id) end)));
  end if;
  update legal.notices set state = 'released', released_by = a.staff_id, released_at = clock_timestamp(), changed_at = clock_timestamp()
   where id = n.id;
  perform legal.record(r, a.staff_id, 'notice_released', r.state, null, audit.write(a, 'staff', 'legal.notice_released', 'done',
    legal.target(r, jsonb_build_object('noticeId', n.id, 'account', n.account, 'template', n.template, 'version', n.template_version,
      'sha256', p_sha256))));
  return jsonb_build_object('ok', true, 'state', 'released');
end
$$;

-- Counsel decides that it is not sent.
create or replace function legal.bar_notice(p_actor jsonb, p_notice uuid, p_reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t      record := legal.take_up_notice(p_actor, p_notice);
  a      staff.actor := t.a;
  r      legal.requests := t.r;
  n      legal.notices := t.n;
  v_code text := coalesce(t.code, case
    when (t.n).state not in ('planned', 'released', 'handed_over') then 'notice-gone'
    when not access.reason_has_substance(p_reason) then 'reason-without-substance'
  end);
begin
  if v_code is not null then
    return legal.refuse(a, r, r.id, 'legal.notice_barred', v_code, jsonb_build_object('noticeId', p_notice));
  end if;
  update legal.notices set state = 'barred', barred_why = 'counsel', barred_reason = p_reason, changed_at = clock_timestamp() where id = n.id;
  perform legal.record(r, a.staff_id, 'notice_barred', r.state, p_reason, audit.write(a, 'staff', 'legal.notice_barred', 'done',
    legal.target(r, jsonb_build_object('noticeId', n.id, 'account', n.account)) || jsonb_build_object('reason', p_reason)));
  return jsonb_build_object('ok', true, 'state', 'barred');
end
$$;

-- Who is told when, and under which order nobody is. p: {policy, gag: {reference, until} or null, reason}; a gag without an
-- end has until null.
create or replace function legal.set_notice_policy(p_actor jsonb, p_request uuid, p jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record := legal.take_up(p_actor, p_request);
  a       staff.actor := t.a;
  o       legal.requests := t.r;
  r       legal.requests := t.r;
  v_gag   boolean := jsonb_typeof(p -> 'gag') = 'object';
  v_code  text;
  v_event uuid;
begin
  r.notice_policy := p ->> 'policy';
  r.gag_reference := case when v_gag then p -> 'gag' ->> 'reference' end;
  r.gag_until := case when v_gag then (p -> 'gag' ->> 'until')::timestamptz end;
  r.gag_indefinite := v_gag and r.gag_until is null;
  v_code := coalesce(t.code, case
    when not access.reason_has_substance(p ->> 'reason') then 'reason-without-substance'
    when r.gag_until <= clock_timestamp() and r.gag_until is distinct from o.gag_until then 'already-past'
    when legal.lifts_gag(o, r) and not legal.two_lifted(o.id) then 'gag-needs-two'
    else legal.facts_refusal(r)
  end);
  if v_code is not null then
    return legal.refuse(a, o, p_request, 'legal.notice_policy_set', v_code);
  end if;
  update legal.requests set notice_policy = r.notice_policy, gag_reference = r.gag_reference, gag_until = r.gag_until,
      gag_indefinite = r.gag_indefinite, changed_at = clock_timestamp()
   where id = r.id returning * into r;
  v_event := audit.write(a, 'staff', 'legal.notice_policy_set', 'done', legal.target(r, jsonb_build_object('policy', r.notice_policy,
    'gagUntil', unseal.instant(r.gag_until), 'gagIndefinite', r.gag_indefinite, 'gagReference', r.gag_reference))
    || jsonb_build_object('reason', p ->> 'reason'));
  perform legal.record(r, a.staff_id, 'notice_policy_set', o.state, p ->> 'reason', v_event);
  return legal.moved(r);
end
$$;

-- The order was looked at again. It ends early only when two counsel say so, each for themselves.
create or replace function legal.review_gag(p_actor jsonb, p_request uuid, p_outcome text, p_reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record := legal.take_up(p_actor, p_request);
  a       staff.actor := t.a;
  r       legal.requests := t.r;
  g       legal.gags;
  v_code  text := t.code;
  v_first uuid;
  v_event uuid;
begin
  if v_code is null then
    select * into g from legal.gags o where o.request_id = r.id and o.ended_at is null for update;
    -- Who said so before, and nobody the contrary since.
    select v.staff_id into v_first from legal.gag_reviews v where v.gag_id = g.id and v.outcome = 'lifted'
       and not exists (select from legal.gag_reviews o where o.gag_id = g.id and o.outcome = 'still_barred' and o.id > v.id)
     order by v.id limit 1;
    v_code := case
      when g.id is null or g.until_at <= clock_timestamp() then 'no-gag'
      when not access.reason_has_substance(p_reason) then 'reason-without-substance'
      when p_outcome = 'lifted' and v_first = a.staff_id then 'own-request'
    end;
  end if;
  if v_code is not null then
    return legal.refuse(a, r, p_request, 'legal.gag_reviewed', v_code);
  end if;
  v_event := audit.write(a, 'staff', 'legal.gag_reviewed', 'done', legal.target(r, jsonb_build_object('outcome', p_outcome,
    'ended', p_outcome = 'lifted' and v_first is not null)) || jsonb_strip_nulls(jsonb_build_object('reason', p_reason, 'staffId',
      case when p_outcome = 'lifted' then v_first end)));
  insert into legal.gag_reviews (request_id, gag_id, staff_id, outcome, reason, event_id)
  values (r.id, g.id, a.staff_id, p_outcome, p_reason, v_event);
  if p_outcome = 'still_barred' and g.until_at is null then
    update legal.gags set review_due_at = clock_timestamp() + interval '90 days', reminded = null where id = g.id;
  elsif p_outcome = 'lifted' and v_first is not null then
    update legal.requests set gag_reference = null, gag_until = null, gag_indefinite = false, changed_at = clock_timestamp() where id = r.id;
  end if;
  perform legal.record(r, a.staff_id, 'gag_reviewed', r.state, p_reason, v_event);
  return jsonb_build_object('ok', true, 'ended', p_outcome = 'lifted' and v_first is not null);
end
$$;

-- The worker, every minute: orders that end or are to be looked at again, notices that are due, and those that were called back
-- and may go again. Out: how many reminders.
create or replace function legal.keep_notices_in_mind() returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  g       legal.gags;
  n       legal.notices;
  r       legal.requests;
  v_days  integer;
  v_count integer := 0;
begin
  for n in
    select o.* from legal.notices o where (o.state = 'planned' and coalesce(o.reminded, 1000) > 1)
        or (o.state = 'barred' and o.barred_why <> 'counsel')
     order by o.request_id, o.id
  loop
    select * into r from legal.requests where id = n.request_id for share;
    select * into n from legal.notices where id = n.id for update;
    if legal.notice_bar(r, n.platform_id, n.platform_participant_id) is not null then
      continue;
    end if;
    if n.state = 'barred' and n.barred_why <> 'counsel' then
      update legal.notices set state = 'planned', barred_why = null, reminded = null, changed_at = clock_timestamp() where id = n.id;
    elsif n.state = 'planned' then
      v_days := legal.days_step(legal.notice_due(r));
      if v_days < coalesce(n.reminded, 1000) and v_days < 30 then
        update legal.notices set reminded = v_days where id = n.id;
        perform legal.tell('user_notice_due', n.request_id, null, v_days, null);
        v_count := v_count + 1;
      end if;
    end if;
  end loop;
  -- Last, and without waiting: whoever changes a request holds it and wants its order.
  for g in
    select o.* from legal.gags o where o.ended_at is null and coalesce(o.reminded, 1000) > 1
       and coalesce(o.until_at, o.review_due_at) <= clock_timestamp() + interval '30 days'
     order by o.id for update skip locked
  loop
    v_days := legal.days_step(coalesce(g.until_at, g.review_due_at));
    if v_days < coalesce(g.reminded, 1000) then
      update legal.gags set reminded = v_days where id = g.id;
      perform legal.tell(case when g.until_at is null then 'gag_review' else 'gag_ending' end, g.request_id, null, v_days, null);
      v_count := v_count + 1;
    end if;
  end loop;
  return v_count;
end
$$;
