-- Who may work on a lawful request, who may read its metadata, how it moves, and what everything here is written down with.

-- Registers, verifies, holds, collects, releases: legal counsel.
create or replace function legal.works(a staff.actor) returns boolean
  language sql immutable parallel safe
as $$ select coalesce((a).roles @> array['legal_counsel'], false) $$;

-- Reads the register and metadata, and never content.
create or replace function legal.looks_on(a staff.actor) returns boolean
  language sql immutable parallel safe
as $$ select coalesce((a).roles && array['legal_counsel', 'compliance_officer'], false) $$;

-- The accounts that a request names now.
create or replace function legal.accounts_of(p_request uuid) returns setof legal.request_accounts
  language sql stable
as $$ select x.* from legal.request_accounts x where x.request_id = p_request and x.dropped_version is null $$;

-- An account as one word, for comparing.
create or replace function legal.account_keys(p_request uuid) returns text[]
  language sql stable
as $$
  select coalesce(array_agg(x.platform_id || ' ' || x.platform_participant_id order by x.platform_id, x.platform_participant_id collate "C"), '{}')
    from legal.request_accounts x where x.request_id = p_request and x.dropped_version is null
$$;

-- The threads of a request's accounts, wherever they lie.
create or replace function legal.threads_of(p_request uuid) returns setof triage.threads
  language sql stable
as $$
  select t.* from triage.threads t where t.id in (
    select p.thread_id from legal.request_accounts x
      join sealed.participants p on p.platform_participant_id = x.platform_participant_id
      join triage.threads h on h.id = p.thread_id and h.platform_id = x.platform_id
     where x.request_id = p_request and x.dropped_version is null)
$$;

-- Does the request name an account of this person's own?
create or replace function legal.own_account_in(p_staff uuid, p_request uuid) returns boolean
  language sql stable
as $$
  select exists (select from legal.request_accounts x join staff.platform_accounts s
      on s.platform_id = x.platform_id and s.account_id = x.platform_participant_id
   where x.request_id = p_request and x.dropped_version is null and s.staff_id = p_staff
     and (s.left_at is null or s.left_at > clock_timestamp() - interval '180 days'))
$$;

-- Does any of it lie in this person's regions? A request that touches no thread at all is everybody's; whoever registered
-- it keeps sight of it. What lies elsewhere is counted as out of their regions and never collected by them.
create or replace function legal.within_regions(a staff.actor, r legal.requests) returns boolean
  language plpgsql stable
as $$
begin
  return (r).registered_by = (a).staff_id
    or exists (select from legal.threads_of((r).id) t where t.region = any ((a).regions))
    or not exists (select from legal.threads_of((r).id));
end
$$;

-- What stands in the way of working on a request. Out: a refusal's code, or null.
create or replace function legal.counsel_refusal(a staff.actor, r legal.requests) returns text
  language plpgsql stable
as $$
begin
  return case
    when (a).staff_id is null then 'not-signed-in'
    when not legal.works(a) then 'wrong-role'
    when (r).id is null or legal.own_account_in((a).staff_id, (r).id) or not legal.within_regions(a, r) then 'not-found'
  end;
end
$$;

-- The same for its metadata: a compliance officer reads it as well, wherever it lies.
create or replace function legal.metadata_refusal(a staff.actor, r legal.requests) returns text
  language plpgsql stable
as $$
begin
  return case
    when (a).staff_id is null then 'not-signed-in'
    when legal.works(a) then legal.counsel_refusal(a, r)
    when not legal.looks_on(a) then 'wrong-role'
    when (r).id is null or legal.own_account_in((a).staff_id, (r).id) then 'not-found'
  end;
end
$$;

-- The caller and the request, locked until the transaction ends; code: why counsel may not work on it, or null.
create or replace function legal.take_up(p_actor jsonb, p_request uuid, out a staff.actor, out r legal.requests, out code text)
  language plpgsql
as $$
begin
  a := access.held(staff.resolve(p_actor));
  if a.staff_id is null then
    code := 'not-signed-in';
    return;
  end if;
  select * into r from legal.requests where id = p_request for update;
  code := legal.counsel_refusal(a, r);
end
$$;

-- The number as people write it.
create or replace function legal.shown_number(r legal.requests) returns text
  language sql immutable parallel safe
as $$ select 'LR-' || lpad((r).number::text, greatest(6, length((r).number::text)), '0') $$;

-- What an event about a request names.
create or replace function legal.target(r legal.requests, p_detail jsonb default '{}') returns jsonb
  language sql stable
as $$
  select jsonb_build_object('detail',
    jsonb_strip_nulls(jsonb_build_object('requestId', (r).id, 'number', (r).number) || p_detail))
$$;

-- A refusal, also about a request that the caller may not know of: an event and a value. p_detail: more ids that it names.
create or replace function legal.refuse(a staff.actor, r legal.requests, p_request uuid, p_action text, p_code text,
  p_detail jsonb default '{}') returns jsonb
  language plpgsql
as $$
begin
  return audit.denied(a, p_action, p_code, jsonb_build_object('detail',
    jsonb_strip_nulls(jsonb_build_object('requestId', coalesce((r).id, p_request)) || p_detail)));
end
$$;

-- One line of a request's history; state and version as they are now. p_staff null: the worker.
create or replace function legal.record(r legal.requests, p_staff uuid, p_what text, p_from text, p_note text, p_event uuid)
  returns void
  language plpgsql
as $$
begin
  insert into legal.history (request_id, staff_id, what, from_state, to_state, scope_version, note, event_id)
  values ((r).id, p_staff, p_what, p_from, (r).state, (r).scope_version, left(p_note, 4000), p_event);
end
$$;

-- What verbs answer when a request has moved.
create or replace function legal.moved(r legal.requests) returns jsonb
  language sql immutable
as $$ select jsonb_build_object('ok', true, 'state', (r).state, 'scopeVersion', (r).scope_version) $$;

-- Which state may follow which: the same table as domain/legal/states.ts (a test compares them).
create or replace function legal.next_states(p_state text) returns text[]
  language sql immutable parallel safe
as $$
  select case p_state
    when 'received' then array['needs_info', 'rejected', 'preserved', 'in_review', 'no_records', 'withdrawn']
    when 'needs_info' then array['rejected', 'preserved', 'in_review', 'withdrawn']
    when 'preserved' then array['needs_info', 'rejected', 'in_review', 'no_records', 'withdrawn', 'closed']
    when 'in_review' then array['needs_info', 'rejected', 'preserved', 'approved', 'no_records', 'withdrawn', 'closed']
    when 'approved' then array['needs_info', 'in_review', 'rejected', 'produced', 'partially_produced', 'no_records', 'withdrawn']
    when 'produced' then array['in_review', 'closed']
    when 'partially_produced' then array['in_review', 'produced', 'withdrawn', 'closed']
    when 'no_records' then array['in_review', 'closed']
    when 'rejected' then array['in_review', 'closed']
    when 'withdrawn' then array['closed']
    else array[]::text[]
  end
$$;

-- Holds whichever function forgets: a request goes only where its state lets it.
create or replace function legal.keep_to_states() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if new.state <> old.state and not new.state = any (legal.next_states(old.state)) then
    raise exception 'a lawful request does not go from % to %', old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end
$$;
drop trigger if exists keep_to_states on legal.requests;
create trigger keep_to_states before update of state on legal.requests
  for each row execute function legal.keep_to_states();

-- May somebody of this kind, there, send such a request? The same as domain/legal/requestTypes.ts (a test compares them).
create or replace function legal.may_issue(p_type text, p_jurisdiction text, p_issuer text) returns boolean
  language sql immutable parallel safe
as $$
  select p_issuer = any (case
      when p_type in ('court_order_2703d', 'warrant', 'uk_opo', 'pen_trap') then array['court', 'judge']
      when p_type in ('epoc', 'epoc_pr') then array['court', 'judge', 'prosecutor']
      when p_type = 'consent' then array['user']
      when p_type = 'civil_subpoena' then array['court', 'judge', 'party']
      when p_type = 'uk_ipa' then array['police', 'agency', 'judge']
      when p_type = 'cloud_order' then array['court', 'judge', 'agency']
      when p_type = 'nsl' then array['agency']
      when p_type = 'other' then array['court', 'judge', 'prosecutor', 'police', 'agency', 'party', 'user']
      else array['court', 'judge', 'prosecutor', 'police', 'agency'] end)
    and case
      when p_type in ('subpoena', 'court_order_2703d', 'warrant', 'preservation_2703f', 'civil_subpoena', 'nsl', 'pen_trap')
        then p_jurisdiction = 'US'
      when p_type in ('uk_opo', 'uk_ipa') then p_jurisdiction = 'GB'
      when p_type = 'cloud_order' then p_jurisdiction in ('GB', 'AU')
      when p_type in ('epoc', 'epoc_pr', 'dsa_art_9', 'dsa_art_10', 'tco_removal') then p_jurisdiction = any (string_to_array(
          'EU AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK', ' '))
        -- Denmark takes no part in e-Evidence.
        and (p_jurisdiction <> 'DK' or p_type not in ('epoc', 'epoc_pr'))
      else true end
$$;

-- The most that a type of process gives without an exception: a category, or null for nothing, as also for whoever may not send
-- such a request. The same as domain/legal/matrix.ts (a test compares them).
create or replace function legal.most_of(p_type text, p_jurisdiction text, p_issuer text) returns text
  language sql immutable parallel safe
as $$
  select case
    when not legal.may_issue(p_type, p_jurisdiction, p_issuer) then null
    when p_type in ('subpoena', 'civil_subpoena', 'nsl') then 'subscriber'
    when p_type in ('court_order_2703d', 'uk_opo', 'uk_ipa') then 'traffic'
    when p_type in ('warrant', 'emergency_disclosure', 'consent', 'cloud_order') then 'content'
    when p_type = 'epoc' then case when p_issuer = 'prosecutor' then 'identification' else 'content' end
    when p_type = 'dsa_art_10' then 'identification'
  end
$$;

-- Can an exception open this category for this type at all?
create or replace function legal.exception_possible(p_type text, p_category text) returns boolean
  language sql immutable parallel safe
as $$
  select p_type not in ('preservation_2703f', 'epoc_pr', 'dsa_art_9', 'tco_removal', 'pen_trap', 'mlat', 'nsl')
     and (p_category <> 'content' or p_type in ('warrant', 'emergency_disclosure', 'consent', 'epoc', 'cloud_order'))
$$;

-- What of the asked categories may be given: what the type gives, and what a second counsel granted for this version.
create or replace function legal.allowed_of(r legal.requests) returns text[]
  language sql stable
as $$
  select coalesce(array_agg(c.name order by c.place), '{}')
    from unnest(legal.categories()) with ordinality as c(name, place)
   where c.name = any ((r).categories)
     and (c.place <= coalesce(array_position(legal.categories(), legal.most_of((r).type, (r).jurisdiction, (r).issuer)), 0)
       or exists (select from legal.exceptions x where x.request_id = (r).id and x.category = c.name and x.state = 'granted'
            and x.scope_version = (r).scope_version and legal.exception_possible((r).type, c.name)))
$$;
