-- Reviewing a collection: a view of a page of a thread, committed first and read after, with every check of promise 1. Its row
-- lies among all views (access.views), so that whoever asks who read a thread is told; what stands for its grant is the
-- collection. No other function reads under it: there is no row in access.grants, and that is what they ask for.

-- What stands in the way of reviewing, now: asked when a view is opened, when it is read, and when something is decided.
-- p_thread null: of none in particular.
--
-- Restricted subjects: counsel needs no clearance. A request that was approved reaches the whole conversation of an account
-- that it names, child safety included, and nobody else could produce it. Every view of such a thread says so in the log.
create or replace function legal.review_refusal(a staff.actor, c legal.collections, r legal.requests, p_thread uuid) returns text
  language plpgsql stable
as $$
declare
  h triage.threads;
begin
  if p_thread is not null then
    select t.* into h from triage.threads t
     where t.id = p_thread and exists (
       select from legal.collection_threads x where x.collection_id = (c).id and x.thread_id = t.id);
  end if;
  return coalesce(legal.counsel_refusal(a, r), case
      when (c).id is null or p_thread is not null and (h.id is null or not h.region = any ((a).regions)
        or access.own_account_in((a).staff_id, h.platform_id, h.id)) then 'not-found'
    end, legal.disclosure_refusal(r), case
      when (c).scope_version <> (r).scope_version or not (c).categories <@ (r).allowed then 'collection-outdated'
      when p_thread is not null and not sealed.is_held(p_thread) or p_thread is null and not exists (
        select from legal.holds k where k.request_id = (r).id and legal.is_live(k)) then 'not-held'
    end);
end
$$;

-- Writes which page of a thread will be read, by whom, until when. Reveals nothing. p_after: where the page before ended;
-- p_at: or from which moment on. Out: {ok, viewId, openedAt, expiresAt, messageCount, nextAfter}.
create or replace function legal.open_collection_view(p_actor jsonb, p_collection uuid, p_thread uuid, p_after text,
  p_at timestamptz, p_limit integer) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a        staff.actor := access.held(staff.resolve(p_actor));
  c        legal.collections;
  r        legal.requests;
  v        access.views;
  h        legal.collection_threads;
  v_places text[];
  v_next   text;
  v_code   text;
  v_answer jsonb;
  v_target jsonb := jsonb_build_object('threadId', p_thread, 'detail', jsonb_build_object('collectionId', p_collection));
begin
  if a.staff_id is null then
    return audit.denied(a, 'view.opened', 'not-signed-in', v_target);
  end if;
  select * into c from legal.collections where id = p_collection;
  -- Locked: what ends the request comes before this view or after it.
  select * into r from legal.requests where id = c.request_id for share;
  v_code := legal.review_refusal(a, c, r, p_thread);
  if v_code is null then
    v_code := case
      when p_limit is null or p_limit not between 1 and 100
        or p_after is not null and (legal.place_at(p_after)).id is null then 'bad-place'
    end;
  end if;
  if v_code is null then
    -- The rate that a person can read at, whatever the web process is made to do (promise 3): of all their views together.
    perform staff.one_at_a_time(a.staff_id);
    if exists (select from access.views o where o.staff_id = a.staff_id
         and o.id >= unseal.uuid7_floor(clock_timestamp() - interval '1 hour') offset 599 limit 1) then
      v_code := 'rate-limited';
    end if;
  end if;
  if v_code is null then
    select array_agg(m.message_id order by m.turn), array_agg(m.place order by m.turn) into v.message_ids, v_places
      from (select x.message_id, x.place, row_number() over () as turn from legal.collected(c.id, p_thread,
              coalesce(p_after, legal.place(p_at, -1, '00000000-0000-0000-0000-000000000000')), p_limit + 1) x) m;
    if v.message_ids is null then
      v_code := 'nothing-there';
    end if;
  end if;
  if v_code is not null then
    return audit.denied(a, 'view.opened', v_code, v_target);
  end if;

  select * into h from legal.collection_threads where collection_id = c.id and thread_id = p_thread;
  v.truncated := cardinality(v.message_ids) > p_limit;
  v_next := case when v.truncated then v_places[p_limit] end;
  v.message_ids := v.message_ids[1:p_limit];
  v.places := array(select generate_series(1, cardinality(v.message_ids)));  -- within the page: a thread may be very long
  v.id := unseal.uuid7();
  v.grant_id := c.id;
  v.staff_id := a.staff_id;
  v.session_id := a.session_id;
  v.case_id := h.case_id;
  v.thread_id := p_thread;
  v.purpose := 'legal_process';
  v.scope := 'collection';
  v.reason := 'Lawful request ' || legal.shown_number(r) || ', collection ' || c.n;
  v.flag_ids := '{}';
  v.opened_at := clock_timestamp();
  v.expires_at := v.opened_at + interval '10 minutes';
  v.opened_xid := pg_current_xact_id();
  v_answer := access.keep_view(v, audit.write(a, 'staff', 'view.opened', 'done', jsonb_build_object('caseId', v.case_id,
    'threadId', v.thread_id, 'viewId', v.id, 'purpose', v.purpose, 'reason', v.reason, 'detail', jsonb_strip_nulls(jsonb_build_object(
      'scope', v.scope, 'requestId', r.id, 'collectionId', c.id, 'restricted', h.restricted_subject, 'bodies', 'content' = any (c.categories),
      'messages', cardinality(v.message_ids),
      'messagesSha256', encode(sha256(convert_to(array_to_string(v.message_ids, ','), 'UTF8')), 'hex'), 'truncated', v.truncated,
      'until', unseal.instant(v.expires_at))))));
  insert into legal.review_pages (view_id, collection_id, request_id, thread_id, round, decided_upto, next_after)
  values (v.id, c.id, r.id, p_thread, (select max(o.round) from legal.collection_rounds o where o.collection_id = c.id),
    coalesce((select max(d.n) from legal.decisions d where d.collection_id = c.id), 0), v_next);
  return (v_answer - 'grantId' - 'truncated') || jsonb_build_object('nextAfter', v_next);
end
$$;

-- Whether content of a collection may be read under a view, now: promise 1. Out: a refusal's code, or null, and what it is a
-- view of. `wait`: a matter of waiting, as in access.may_read_under.
create or replace function legal.may_review(a staff.actor, p_view uuid, out code text, out wait boolean, out v access.views,
  out g legal.review_pages, out c legal.collections, out r legal.requests)
  language plpgsql
as $$
begin
  wait := false;
  -- A hot standby can serve a stale "yes", and could not even record the "no".
  if pg_is_in_recovery() then
    code := 'standby';
    return;
  end if;
  if a.staff_id is null then
    code := 'not-signed-in';
    return;
  end if;
  select * into v from access.views where id = p_view;
  select * into g from legal.review_pages where view_id = p_view;
  select * into c from legal.collections where id = g.collection_id;
  select * into r from legal.requests where id = c.request_id;
  code := case
    -- An older snapshot would answer by what was allowed then.
    when current_setting('transaction_isolation') <> 'read committed' then 'view-not-committed'
    when v.id is null or g.view_id is null or v.staff_id <> a.staff_id then 'not-found'
    when v.session_id <> a.session_id then 'other-session'
    when v.event_id is null or pg_xact_status(v.opened_xid) is distinct from 'committed' then 'view-not-committed'
    when v.expires_at <= clock_timestamp() then 'view-expired'
    when exists (select from access.view_ends e where e.view_id = v.id) then 'view-ended'
    else legal.review_refusal(a, c, r, v.thread_id)
  end;
  if code is null and not audit.reveal_may_proceed(v.event_id) then
    code := 'awaiting-checkpoint';
    wait := clock_timestamp() < v.opened_at + interval '3 seconds';
  end if;
  if code is null and not access.log_is_on_disk() then
    code := 'view-not-committed';
  end if;
end
$$;

-- Hands out ciphertext and wrapped keys of a page, if legal.may_review says so: messages with every wording, who is in the
-- thread and how the packet calls them, what was decided about them, the rules. Without the category content there are no
-- bodies, and nothing that would be looked for in them. p_for: what it is read for, as a refusal is recorded: `view.read`, or
-- what is about to be decided under it.
create or replace function legal.read_collection_view(p_actor jsonb, p_view uuid, p_for text) returns json
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
declare
  a        staff.actor;
  o        record;
  m        record;
  v_round  integer;
  v_bodies boolean;
  v_names  boolean;
  v_people json;
  v_rules  json;
  v_aliases json;
  v_keys   uuid[];
  v_rule_keys uuid[];
begin
  -- On a standby nobody is asked who they are: that writes, too.
  if not pg_is_in_recovery() then
    a := staff.resolve(p_actor);
  end if;
  o := legal.may_review(a, p_view);
  if o.code is not null then
    return access.not_read(a, case when p_for in ('legal.redacted', 'legal.rule_added') then p_for else 'view.read' end, o.code, o.wait,
      jsonb_build_object('viewId', p_view, 'caseId', (o.v).case_id, 'threadId', (o.v).thread_id));
  end if;
  v_bodies := 'content' = any ((o.c).categories);
  v_names := v_bodies or 'subscriber' = any ((o.c).categories);
  v_round := (select max(w.round) from legal.collection_rounds w where w.collection_id = (o.c).id);
  m := legal.sealed_collected(o.c, (o.v).thread_id, (o.v).message_ids);
  v_keys := m.key_ids;
  -- Names of third parties are opened to take them out of what others wrote: they go no further.
  select json_agg(json_build_object('id', p.id, 'accountId', p.account_id, 'namedBy', p.named_by, 'number', p.number,
           'decisionId', p.decision_id, 'keyId', p.key_id,
           'identity', case when v_bodies or v_names and p.named_by is not null then encode(p.identity_ct, 'base64') end)
           order by p.ordinal, p.id),
         v_keys || coalesce(array_agg(distinct p.key_id) filter (where v_bodies or v_names and p.named_by is not null), '{}')
    into v_people, v_keys
    from legal.people_of(o.c, (o.v).thread_id, (o.g).decided_upto) p;
  if v_bodies then
    select json_agg(json_build_object('id', x.id, 'keyId', x.key_id, 'identity', encode(x.identity_ct, 'base64'))),
           v_keys || coalesce(array_agg(distinct x.key_id), '{}')
      into v_aliases, v_keys
      from legal.aliases_until((o.v).thread_id, (o.v).opened_at) x;
    select r.rules, r.key_ids into v_rules, v_rule_keys from legal.rules_of((o.c).id, v_round) r;
  end if;
  return json_build_object('ok', true, 'viewId', (o.v).id, 'collectionId', (o.c).id, 'requestId', (o.r).id,
    'threadId', (o.v).thread_id, 'expiresAt', unseal.instant((o.v).expires_at), 'bodies', v_bodies, 'nextAfter', (o.g).next_after,
    'order', (o.v).message_ids, 'messages', m.messages, 'participants', coalesce(v_people, '[]'),
    'aliases', coalesce(v_aliases, '[]'),
    'keys', cybertip.keys_of((o.v).thread_id, v_keys),
    'rules', coalesce(v_rules, '[]'), 'ruleKeys', cybertip.keys_of((o.r).id, v_rule_keys),
    'decisions', (select coalesce(json_agg(json_build_object('id', d.id, 'kind', d.kind, 'messageId', d.message_id,
        'revision', d.revision, 'from', d.from_unit, 'to', d.to_unit, 'withheld', d.withheld, 'reason', d.reason) order by d.n), '[]')
      from legal.decisions_on((o.c).id, v_round, (o.v).thread_id) d
     where d.message_id is null or d.message_id = any ((o.v).message_ids)));
end
$$;

-- Whether a view of a collection could still be read: access.check_view asks here. Reveals nothing.
create or replace function legal.still_open(a staff.actor, v access.views) returns boolean
  language plpgsql stable
as $$
declare
  c legal.collections;
  r legal.requests;
begin
  select * into c from legal.collections where id = (v).grant_id;
  select * into r from legal.requests where id = c.request_id;
  return (v).session_id = (a).session_id and (v).expires_at > clock_timestamp()
     and not exists (select from access.view_ends e where e.view_id = (v).id)
     and legal.review_refusal(a, c, r, (v).thread_id) is null;
end
$$;

-- Ends what is open of a request's collections. The pages hear of it at once.
create or replace function legal.end_reviews(p_request uuid) returns void
  language plpgsql
as $$
declare
  w record;
begin
  for w in
    select distinct v.staff_id, v.grant_id from legal.review_pages g join access.views v on v.id = g.view_id
     where g.request_id = p_request and g.opened_at > clock_timestamp() - interval '1 hour' and v.expires_at > clock_timestamp()
       and v.id >= unseal.uuid7_floor(clock_timestamp() - interval '1 day')
  loop
    perform access.end_views_where(w.staff_id, w.grant_id, null, 'revoked');
  end loop;
end
$$;

-- Whatever takes a request's approval away ends what is open under it, whichever function it was.
create or replace function legal.end_reviews_with_approval() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if legal.disclosure_refusal(new) is not null or new.scope_version <> old.scope_version or not old.allowed <@ new.allowed then
    perform legal.end_reviews(new.id);
  end if;
  return null;
end
$$;
drop trigger if exists end_reviews_with_approval on legal.requests;
create trigger end_reviews_with_approval after update on legal.requests
  for each row execute function legal.end_reviews_with_approval();

-- A check of the requester that fails ends it as well.
create or replace function legal.end_reviews_with_doubt() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if new.outcome = 'failed' then
    perform legal.end_reviews(new.request_id);
  end if;
  return null;
end
$$;
drop trigger if exists end_reviews_with_doubt on legal.verifications;
create trigger end_reviews_with_doubt after insert on legal.verifications for each row execute function legal.end_reviews_with_doubt();

-- What is held no more is read no more.
create or replace function legal.end_reviews_with_hold() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if new.released_at is not null and old.released_at is null then
    perform legal.end_reviews(new.request_id);
  end if;
  return null;
end
$$;
drop trigger if exists end_reviews_with_hold on legal.holds;
create trigger end_reviews_with_hold after update on legal.holds for each row execute function legal.end_reviews_with_hold();
