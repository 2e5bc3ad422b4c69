-- What a request may be given: counted without being read, exceptions, approval, and the question that every disclosure asks.

-- Messages and attachments of a thread in a request's range. A message has its place from its first wording.
create or replace function legal.counted_in(r legal.requests, p_thread uuid, out messages bigint, out attachments bigint)
  language sql stable
as $$
  select (select count(*) from sealed.messages o
           where o.thread_id = p_thread and o.revision = 1
             and ((r).range_from is null or o.sent_at >= (r).range_from) and ((r).range_to is null or o.sent_at < (r).range_to)),
         (select count(*) from sealed.attachments x
           where x.thread_id = p_thread and x.revision = 1 and exists (
             select from sealed.messages o where o.thread_id = x.thread_id and o.id = x.message_id and o.revision = 1
                and ((r).range_from is null or o.sent_at >= (r).range_from) and ((r).range_to is null or o.sent_at < (r).range_to)))
$$;

-- What a request would touch, in counts alone. Each thread is counted once, whoever of the accounts is in it.
create or replace function legal.read_scope(p_actor jsonb, p_request uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a         staff.actor := staff.resolve(p_actor);
  r         legal.requests;
  v_allowed text[];
  v_rows    jsonb;
  v_total   jsonb;
  v_out     jsonb;
  v_touched uuid[];
  v_code    text;
begin
  select * into r from legal.requests where id = p_request;
  v_code := legal.metadata_refusal(a, r);
  if v_code is not null then
    return legal.refuse(a, r, p_request, 'legal.scope_counted', v_code);
  end if;
  v_allowed := legal.allowed_of(r);
  with t as materialized (
    -- A compliance officer has no regions to keep to: they read counts.
    select h.id, h.platform_id, not legal.works(a) or h.region = any (a.regions) as inside, c.messages, c.attachments
      from legal.threads_of(r.id) h cross join lateral legal.counted_in(r, h.id) c
  ), each as (
    select x.n, x as account, count(t.id) > 0 as known,
           jsonb_build_object('threads', count(*) filter (where t.inside and t.messages > 0),
             'messages', coalesce(sum(t.messages) filter (where t.inside), 0),
             'attachments', coalesce(sum(t.attachments) filter (where t.inside), 0)) as inside,
           jsonb_build_object('threads', count(*) filter (where not t.inside and t.messages > 0),
             'messages', coalesce(sum(t.messages) filter (where not t.inside), 0),
             'attachments', coalesce(sum(t.attachments) filter (where not t.inside), 0)) as outside
      from legal.accounts_of(r.id) x
      left join sealed.participants p on p.platform_participant_id = x.platform_participant_id
       and p.thread_id in (select t.id from t where t.platform_id = x.platform_id)
      left join t on t.id = p.thread_id
     group by x.n, x
  )
  select (select coalesce(jsonb_agg(legal.account_row(e.account) || jsonb_build_object('inRange', e.inside, 'outOfRegions', e.outside,
              'byCategory', (select jsonb_agg(jsonb_build_object('category', c.name, 'allowed', c.name = any (v_allowed), 'records',
                  case c.name
                    when 'subscriber' then case when e.known then 1 else 0 end
                    -- We keep no addresses at which somebody signed in: the platform does.
                    when 'identification' then 0
                    else (e.inside ->> 'messages')::bigint
                  end) order by c.place)
                from unnest(legal.categories()) with ordinality as c(name, place) where c.name = any (r.categories)))
            order by e.n), '[]') from each e),
         (select jsonb_build_object('threads', count(*), 'messages', coalesce(sum(t.messages), 0),
              'attachments', coalesce(sum(t.attachments), 0)) from t where t.inside and t.messages > 0),
         (select jsonb_build_object('threads', count(*), 'messages', coalesce(sum(t.messages), 0),
              'attachments', coalesce(sum(t.attachments), 0)) from t where not t.inside and t.messages > 0),
         (select array_agg(t.id) from t where t.messages > 0)
    into v_rows, v_total, v_out, v_touched;
  return jsonb_build_object('ok', true, 'scopeVersion', r.scope_version, 'countedAt', unseal.instant(clock_timestamp()),
    'accounts', v_rows, 'total', v_total, 'outOfRegions', v_out,
    'thirdParties', (select count(distinct p.platform_participant_id) from sealed.participants p
      where p.thread_id = any (v_touched) and not exists (
        select from legal.accounts_of(r.id) o where o.platform_participant_id = p.platform_participant_id)),
    'rangeFrom', unseal.instant(r.range_from), 'rangeTo', unseal.instant(r.range_to),
    'limits', (select jsonb_build_object('accounts', s.broad_accounts, 'days', s.broad_days, 'messages', s.broad_messages)
      from legal.settings s));
end
$$;

-- Asks for a category beyond what the type gives.
create or replace function legal.exceed(p_actor jsonb, p_request uuid, p_category text, p_reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record;
  r       legal.requests;
  v_id    uuid := unseal.uuid7();
  v_event uuid;
  v_code  text;
begin
  t := legal.take_up(p_actor, p_request);
  r := t.r;
  v_code := coalesce(t.code, case
    when r.state not in ('received', 'needs_info', 'preserved', 'in_review') then 'request-not-open'
    when not p_category = any (r.categories) then 'category-not-asked'
    when p_category = any (legal.allowed_of(r)) then 'category-allowed-already'
    when not legal.exception_possible(r.type, p_category) then 'exception-not-possible'
    when exists (select from legal.exceptions x where x.request_id = r.id and x.category = p_category and x.state = 'asked')
      then 'exception-asked-already'
    when not access.reason_has_substance(p_reason) then 'note-without-substance'
  end);
  if v_code is not null then
    return legal.refuse(t.a, r, p_request, 'legal.exception_asked', v_code, jsonb_build_object('category', p_category));
  end if;
  v_event := audit.write(t.a, 'staff', 'legal.exception_asked', 'done', legal.target(r, jsonb_build_object('exceptionId', v_id,
    'category', p_category, 'scopeVersion', r.scope_version)) || jsonb_build_object('reason', p_reason));
  insert into legal.exceptions (id, request_id, scope_version, category, reason, asked_by, event_id)
  values (v_id, r.id, r.scope_version, p_category, p_reason, (t.a).staff_id, v_event);
  perform legal.record(r, (t.a).staff_id, 'exception_asked', r.state, p_category || ': ' || p_reason, v_event);
  return legal.moved(r) || jsonb_build_object('exceptionId', v_id);
end
$$;

-- Answers such an asking: never one's own.
create or replace function legal.answer_exception(p_actor jsonb, p_request uuid, p_exception uuid, p_answer text, p_reason text)
  returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record;
  r       legal.requests;
  x       legal.exceptions;
  v_event uuid;
  v_code  text;
begin
  t := legal.take_up(p_actor, p_request);
  r := t.r;
  v_code := t.code;
  if v_code is null then
    select * into x from legal.exceptions where id = p_exception and request_id = r.id for update;
    v_code := case
      when x.id is null then 'exception-not-known'
      when x.state <> 'asked' then 'exception-answered'
      when x.scope_version <> r.scope_version then 'request-changed'
      when x.asked_by = (t.a).staff_id then 'own-exception'
      when p_answer not in ('granted', 'refused') then 'exception-not-known'
      when r.state not in ('received', 'needs_info', 'preserved', 'in_review') then 'request-not-open'
      when not access.reason_has_substance(p_reason) then 'note-without-substance'
    end;
  end if;
  if v_code is not null then
    return legal.refuse(t.a, r, p_request, 'legal.exception_answered', v_code, jsonb_build_object('exceptionId', p_exception));
  end if;
  update legal.exceptions set state = p_answer, answered_by = (t.a).staff_id, answered_at = clock_timestamp(), answer = p_reason
   where id = x.id;
  v_event := audit.write(t.a, 'staff', 'legal.exception_answered', 'done', legal.target(r, jsonb_build_object('exceptionId', x.id,
    'category', x.category, 'answer', p_answer)) || jsonb_build_object('reason', p_reason, 'staffId', x.asked_by));
  perform legal.record(r, (t.a).staff_id, 'exception_' || p_answer, r.state, x.category || ': ' || p_reason, v_event);
  return legal.moved(r) || jsonb_build_object('exceptionId', x.id);
end
$$;

-- Has this person had a hand in it: registered it, taken it into review, or said what or who asks, at any time?
create or replace function legal.had_a_hand(p_staff uuid, r legal.requests) returns boolean
  language sql stable
as $$
  select p_staff in ((r).registered_by, (r).scoped_by) or p_staff is not distinct from (r).handled_by
    or exists (select from legal.history h where h.request_id = (r).id and h.staff_id = p_staff
      and h.what in ('registered', 'taken_into_review', 'changed', 'accounts_changed'))
$$;

-- Does approving it need a second counsel? Content and emergencies do.
create or replace function legal.needs_second(r legal.requests) returns boolean
  language sql stable
as $$ select (r).emergency or 'content' = any (legal.allowed_of(r)) $$;

-- Everything that stands in the way of approving it, for this person; empty: nothing.
create or replace function legal.approval_refusals(a staff.actor, r legal.requests) returns text[]
  language plpgsql stable
as $$
declare
  v_allowed text[] := legal.allowed_of(r);
begin
  return array_remove(array[
    legal.counsel_refusal(a, r),
    case when (r).state <> 'in_review' then 'request-not-in-review' end,
    case when v_allowed = '{}' then 'nothing-may-be-given' end,
    case when not exists (select from legal.accounts_of((r).id)) then 'no-account-named' end,
    case when (r).expires_at <= (r).received_at then 'order-expired' end,
    case when exists (select from legal.exceptions x where x.request_id = (r).id and x.state = 'asked') then 'exception-waiting' end,
    legal.verification_refusal(r),
    case when legal.needs_second(r) and legal.had_a_hand((a).staff_id, r) then 'second-counsel-needed' end], null);
end
$$;

-- Approves a request as it was read: version and digest. From here on what it allows may be collected.
create or replace function legal.approve(p_actor jsonb, p_request uuid, p jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t         record;
  r         legal.requests;
  v_checks  uuid[];
  v_allowed text[];
  v_event   uuid;
  v_code    text;
begin
  t := legal.take_up(p_actor, p_request);
  r := t.r;
  v_code := coalesce(t.code, case
    when r.scope_version <> (p ->> 'scopeVersion')::integer or encode(r.digest, 'hex') is distinct from p ->> 'digest'
      then 'request-changed'
    else (legal.approval_refusals(t.a, r))[1]
  end);
  if v_code is not null then
    return legal.refuse(t.a, r, p_request, 'legal.approved', v_code);
  end if;
  v_allowed := legal.allowed_of(r);
  v_checks := array(select v.id from legal.checks_that_count(r) v order by v.id);
  update legal.requests set state = 'approved', allowed = v_allowed, approved_by = (t.a).staff_id, approved_at = clock_timestamp(),
      approved_version = scope_version, changed_at = clock_timestamp()
   where id = r.id and state = 'in_review' returning * into r;
  v_event := audit.write(t.a, 'staff', 'legal.approved', 'done', legal.target(r, jsonb_build_object('scopeVersion', r.scope_version,
    'digest', encode(r.digest, 'hex'), 'categories', to_jsonb(v_allowed), 'checks', to_jsonb(v_checks)))
    || jsonb_build_object('staffId', r.handled_by, 'reason', p ->> 'note'));
  insert into legal.approvals (request_id, scope_version, requester_version, digest, categories, emergency, checks, handled_by,
    scoped_by, registered_by, staff_id, session_id, note, event_id)
  values (r.id, r.scope_version, r.requester_version, r.digest, v_allowed, r.emergency, v_checks, r.handled_by, r.scoped_by,
    r.registered_by, (t.a).staff_id, (t.a).session_id, nullif(p ->> 'note', ''), v_event);
  perform legal.record(r, (t.a).staff_id, 'approved', 'in_review', p ->> 'note', v_event);
  return legal.moved(r);
end
$$;

-- Whoever had a hand in it approves neither content nor an emergency, whichever function forgets to ask.
create or replace function legal.keep_second() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  r legal.requests;
begin
  select * into r from legal.requests where id = new.request_id;
  if (new.emergency or 'content' = any (new.categories)) and legal.had_a_hand(new.staff_id, r) then
    raise exception 'who had a hand in a lawful request does not approve it' using errcode = 'check_violation';
  end if;
  if legal.verification_refusal(r) is not null then
    raise exception 'nothing is approved before its requester is verified' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
drop trigger if exists keep_second on legal.approvals;
create trigger keep_second before insert on legal.approvals for each row execute function legal.keep_second();

-- May this counsel be given (or give) this category under this request, now? Out: a refusal's code, or null. Collections, builds,
-- releases and deliveries ask it each time. category null: anything at all.
create or replace function legal.may_disclose(a staff.actor, r legal.requests, p_category text) returns text
  language plpgsql stable
as $$
begin
  return coalesce(legal.counsel_refusal(a, r), legal.disclosure_refusal(r, p_category));
end
$$;

-- The same without a person: for the worker, and for the recipient's door.
create or replace function legal.disclosure_refusal(r legal.requests, p_category text) returns text
  language plpgsql stable
as $$
begin
  return case
    when (r).id is null then 'not-found'
    when (r).state not in ('approved', 'produced', 'partially_produced') or (r).approved_version is distinct from (r).scope_version
      then 'request-not-approved'
    when p_category is not null and not p_category = any ((r).allowed) then 'category-not-allowed'
    else legal.verification_refusal(r)
  end;
end
$$;
