-- The register of lawful requests: what is asked, by whom, until when, and how it stands.

-- A keyless digest of what is asked: two requests that ask the same have the same one.
create or replace function legal.digest_of(r legal.requests, p_accounts text[]) returns bytea
  language sql stable
as $$
  select sha256(convert_to(jsonb_build_object('type', (r).type, 'jurisdiction', (r).jurisdiction, 'issuer', (r).issuer,
    'agency', lower((r).agency_name), 'reference', lower((r).reference), 'categories',
    (select jsonb_agg(c order by array_position(legal.categories(), c)) from unnest((r).categories) c),
    'from', unseal.instant((r).range_from), 'to', unseal.instant((r).range_to), 'emergency', (r).emergency,
    'issued', unseal.instant((r).issued_at), 'expires', unseal.instant((r).expires_at), 'accounts', to_jsonb(p_accounts))::text, 'UTF8'))
$$;

-- States in which somebody still waits for us.
create or replace function legal.is_open(p_state text) returns boolean
  language sql immutable parallel safe
as $$ select p_state in ('received', 'needs_info', 'preserved', 'in_review', 'approved') $$;

-- Does its clock run? What only asks us to freeze is answered once it is frozen; its hold has clocks of its own.
create or replace function legal.clock_runs(p_type text, p_state text) returns boolean
  language sql immutable parallel safe
as $$ select legal.is_open(p_state) and not (p_state = 'preserved' and p_type in ('preservation_2703f', 'epoc_pr')) $$;

-- Fills a request's facts from JSON, as contracts/legal/requests.ts names them; what is not there stays.
create or replace function legal.with_facts(r legal.requests, p jsonb) returns legal.requests
  language plpgsql stable
as $$
begin
  r.type := coalesce(p ->> 'type', r.type);
  r.jurisdiction := coalesce(p ->> 'jurisdiction', r.jurisdiction);
  r.issuer := coalesce(p ->> 'issuer', r.issuer);
  r.agency_name := coalesce(p ->> 'agencyName', r.agency_name);
  r.officer_name := coalesce(p ->> 'officerName', r.officer_name);
  r.reference := coalesce(p ->> 'reference', r.reference);
  r.channel := coalesce(p ->> 'channel', r.channel);
  r.received_at := coalesce((p ->> 'receivedAt')::timestamptz, r.received_at);
  r.emergency := coalesce((p ->> 'emergency')::boolean, r.emergency) or r.type = 'emergency_disclosure';
  r.local_zone := coalesce(p ->> 'localZone', r.local_zone);
  r.child_safety := coalesce((p ->> 'childSafety')::boolean, r.child_safety);
  r.nature := coalesce(p ->> 'nature', r.nature);
  r.notice_policy := coalesce(p ->> 'noticePolicy', r.notice_policy);
  r.gag_indefinite := coalesce((p ->> 'gagIndefinite')::boolean, r.gag_indefinite);
  if p ? 'categories' then
    r.categories := array(select c from unnest(legal.categories()) with ordinality as o(c, place)
      where p -> 'categories' ? c order by place);
  end if;
  -- These may be taken away again: null is said, and not the same as unsaid.
  if p ? 'agencyId' then r.agency_id := (p ->> 'agencyId')::uuid; end if;
  if p ? 'officerEmail' then r.officer_email := p ->> 'officerEmail'; end if;
  if p ? 'officerPhone' then r.officer_phone := p ->> 'officerPhone'; end if;
  if p ? 'issuedAt' then r.issued_at := (p ->> 'issuedAt')::timestamptz; end if;
  if p ? 'expiresAt' then r.expires_at := (p ->> 'expiresAt')::timestamptz; end if;
  if p ? 'returnAt' then r.return_at := (p ->> 'returnAt')::timestamptz; end if;
  if p ? 'rangeFrom' then r.range_from := (p ->> 'rangeFrom')::timestamptz; end if;
  if p ? 'rangeTo' then r.range_to := (p ->> 'rangeTo')::timestamptz; end if;
  if p ? 'gagReference' then r.gag_reference := p ->> 'gagReference'; end if;
  if p ? 'gagUntil' then r.gag_until := (p ->> 'gagUntil')::timestamptz; end if;
  r.due_at := coalesce((p ->> 'dueAt')::timestamptz, r.due_at);
  r.due_rule := coalesce(p ->> 'dueRule', r.due_rule);
  return r;
end
$$;

-- What is wrong with facts, whoever wrote them; null: nothing.
create or replace function legal.facts_refusal(r legal.requests) returns text
  language plpgsql stable
as $$
begin
  return case
    when (r).received_at > coalesce((r).registered_at, clock_timestamp()) then 'received-in-future'
    when (r).range_from >= (r).range_to then 'range-ends-first'
    when (r).issued_at > (r).expires_at then 'order-ends-first'
    when (r).gag_indefinite and (r).gag_until is not null then 'gag-has-two-ends'
    when ((r).gag_indefinite or (r).gag_until is not null) and (r).gag_reference is null then 'gag-without-order'
    -- Under e-Evidence the issuing authority informs the user, and we never do (Regulation (EU) 2023/1543, Art. 13).
    when (r).type in ('epoc', 'epoc_pr') and (r).notice_policy in ('before', 'after') then 'notice-not-ours'
    when (r).child_safety and (r).notice_policy in ('before', 'after') then 'notice-never-here'
  end;
end
$$;

-- Adds accounts that are not named yet. p: [{platformId, accountId}]. Out: a refusal's code, or null.
create or replace function legal.add_accounts(a staff.actor, r legal.requests, p jsonb) returns text
  language plpgsql
as $$
declare
  v_n    integer := coalesce((select max(x.n) from legal.request_accounts x where x.request_id = (r).id), 0);
  v_code text;
begin
  if exists (select from jsonb_array_elements(p) e
      where not exists (select from intake.platforms f where f.id = (e ->> 'platformId')::uuid)) then
    v_code := 'platform-not-known';
    return v_code;
  end if;
  insert into legal.request_accounts (request_id, n, platform_id, platform_participant_id, added_version, added_by)
  select (r).id, v_n + row_number() over (order by e.place), e.platform, e.account, (r).scope_version, (a).staff_id
    from (select distinct on (x ->> 'platformId', x ->> 'accountId') (x ->> 'platformId')::uuid as platform,
              x ->> 'accountId' as account, place
            from jsonb_array_elements(p) with ordinality as j(x, place)
           order by x ->> 'platformId', x ->> 'accountId', place) e
   where not exists (select from legal.accounts_of((r).id) o where o.platform_id = e.platform and o.platform_participant_id = e.account);
  return case
    when (select count(*) from legal.accounts_of((r).id)) > 500 then 'too-many-accounts'
    -- Whoever is asked about does not work on it.
    when legal.own_account_in((a).staff_id, (r).id) then 'own-account-named'
  end;
end
$$;

-- Registers a request. p: its facts, with dueAt and dueRule as the application works them out, and accounts. What is wrong
-- with it is a refusal; what merely stands out is registered and told.
create or replace function legal.register(p_actor jsonb, p jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a       staff.actor := access.held(staff.resolve(p_actor));
  r       legal.requests;
  v_code  text;
  v_event uuid;
begin
  r.id := unseal.uuid7();
  r.scope_version := 1;
  r.registered_at := clock_timestamp();
  r.emergency := false;
  r.nature := '';
  r.local_zone := 'UTC';
  r.notice_policy := 'after';
  r.child_safety := false;
  r.gag_indefinite := false;
  r := legal.with_facts(r, p);
  v_code := case
    when a.staff_id is null then 'not-signed-in'
    when not legal.works(a) then 'wrong-role'
    when r.agency_id is not null and not exists (
      select from legal.agencies g where g.id = r.agency_id and g.retired_at is null) then 'agency-not-known'
    else legal.facts_refusal(r)
  end;
  if v_code is null then
    -- A refused account takes the request's row with it, and nothing else.
    begin
      insert into legal.requests (id, type, jurisdiction, issuer, agency_id, agency_name, officer_name, officer_email, officer_phone,
        reference, channel, received_at, issued_at, expires_at, return_at, emergency, due_at, due_rule, local_zone, categories,
        range_from, range_to, child_safety, nature, notice_policy, gag_reference, gag_until, gag_indefinite, digest, registered_by,
        registered_at, scoped_by)
      values (r.id, r.type, r.jurisdiction, r.issuer, r.agency_id, r.agency_name, r.officer_name, r.officer_email, r.officer_phone,
        r.reference, r.channel, r.received_at, r.issued_at, r.expires_at, r.return_at, r.emergency, r.due_at, r.due_rule,
        r.local_zone, r.categories, r.range_from, r.range_to, r.child_safety, r.nature, r.notice_policy, r.gag_reference,
        r.gag_until, r.gag_indefinite, sha256(''), a.staff_id, r.registered_at, a.staff_id)
      returning * into r;
      v_code := legal.add_accounts(a, r, coalesce(p -> 'accounts', '[]'));
      if v_code is not null then
        raise exception using errcode = 'UL001';
      end if;
    exception when sqlstate 'UL001' then
      null;
    end;
  end if;
  if v_code is not null then
    return audit.denied(a, 'legal.registered', v_code, '{}');
  end if;
  -- Of two that register the same at once, the second sees the first.
  perform pg_advisory_xact_lock(hashtextextended('legal/register', 0));
  r.digest := legal.digest_of(r, legal.account_keys(r.id));
  update legal.requests set digest = r.digest, duplicate_of = (
      select min(o.id::text)::uuid from legal.requests o where o.digest = r.digest and o.id <> r.id)
   where id = r.id returning * into r;
  v_event := audit.write(a, 'staff', 'legal.registered', 'done', legal.target(r, jsonb_build_object('type', r.type,
    'jurisdiction', r.jurisdiction, 'emergency', r.emergency, 'categories', to_jsonb(r.categories), 'digest', encode(r.digest, 'hex'),
    'accounts', (select count(*) from legal.accounts_of(r.id)), 'duplicateOf', r.duplicate_of)));
  perform legal.record(r, a.staff_id, 'registered', null, null, v_event);
  return jsonb_build_object('ok', true, 'requestId', r.id, 'number', r.number, 'shownNumber', legal.shown_number(r));
end
$$;

-- Why a request's facts may not change; null: they may.
create or replace function legal.change_refusal(r legal.requests, p_version integer) returns text
  language plpgsql stable
as $$
begin
  return case
    when not legal.is_open((r).state) then 'request-not-open'
    when (r).scope_version <> p_version then 'request-changed'
  end;
end
$$;

-- What is asked, or who asks, is another: what was granted for the old one falls. Out: the request as it then stands.
create or replace function legal.begin_again(a staff.actor, r legal.requests, p_scope boolean, p_requester boolean)
  returns legal.requests
  language plpgsql
as $$
begin
  -- They were granted for what was asked then. (A change of who asks moves the version too.)
  if p_scope or p_requester then
    update legal.exceptions set state = 'lapsed' where request_id = (r).id and state in ('asked', 'granted');
  end if;
  update legal.requests set scope_version = scope_version + case when p_scope or p_requester then 1 else 0 end,
      requester_version = requester_version + case when p_requester then 1 else 0 end,
      scoped_by = case when p_scope or p_requester then (a).staff_id else scoped_by end,
      state = case when state = 'approved' and (p_scope or p_requester) then 'in_review' else state end,
      allowed = case when p_scope or p_requester then '{}' else allowed end,
      approved_by = case when p_scope or p_requester then null else approved_by end,
      approved_at = case when p_scope or p_requester then null else approved_at end,
      approved_version = case when p_scope or p_requester then null else approved_version end
   where id = (r).id returning * into r;
  return r;
end
$$;

-- Changes what was written down, or what the authority changed. p: facts, dueAt, dueRule, scopeVersion, reason.
create or replace function legal.change_request(p_actor jsonb, p_request uuid, p jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t           record;
  o           legal.requests;
  r           legal.requests;
  v_digest    bytea;
  v_scope     boolean;
  v_requester boolean;
  v_event     uuid;
  v_code      text;
begin
  t := legal.take_up(p_actor, p_request);
  o := t.r;
  v_code := coalesce(t.code, legal.change_refusal(o, (p ->> 'scopeVersion')::integer));
  if v_code is null then
    r := legal.with_facts(o, p);
    v_code := case
      when not access.reason_has_substance(p ->> 'reason') then 'note-without-substance'
      when r.agency_id is distinct from o.agency_id and r.agency_id is not null and not exists (
        select from legal.agencies g where g.id = r.agency_id and g.retired_at is null) then 'agency-not-known'
      -- When it came decides whether the directory knew a number before: it is not made later.
      when r.received_at > o.received_at and exists (select from legal.verifications v where v.request_id = o.id) then 'received-checked-already'
      when legal.lifts_gag(o, r) and not legal.two_lifted(o.id) then 'gag-needs-two'
      -- Somebody who was told of such a request cannot be made not to know: one person alone does not open that way.
      when o.child_safety and not r.child_safety then 'child-safety-stays'
      else legal.facts_refusal(r)
    end;
  end if;
  if v_code is not null then
    return legal.refuse(t.a, o, p_request, 'legal.changed', v_code);
  end if;
  v_digest := legal.digest_of(r, legal.account_keys(r.id));
  v_scope := v_digest <> o.digest;
  v_requester := (r.agency_id, r.agency_name, r.officer_name, r.officer_email, r.officer_phone, r.channel)
    is distinct from (o.agency_id, o.agency_name, o.officer_name, o.officer_email, o.officer_phone, o.channel);
  r := legal.begin_again(t.a, o, v_scope, v_requester);
  r := legal.with_facts(r, p);
  update legal.requests set type = r.type, jurisdiction = r.jurisdiction, issuer = r.issuer, agency_id = r.agency_id,
      agency_name = r.agency_name, officer_name = r.officer_name, officer_email = r.officer_email, officer_phone = r.officer_phone,
      reference = r.reference, channel = r.channel, received_at = r.received_at, issued_at = r.issued_at, expires_at = r.expires_at,
      return_at = r.return_at, emergency = r.emergency, due_at = r.due_at, due_rule = r.due_rule, local_zone = r.local_zone,
      categories = r.categories, range_from = r.range_from, range_to = r.range_to, child_safety = r.child_safety, nature = r.nature,
      notice_policy = r.notice_policy, gag_reference = r.gag_reference, gag_until = r.gag_until, gag_indefinite = r.gag_indefinite,
      digest = v_digest, changed_at = clock_timestamp()
   where id = r.id returning * into r;
  v_event := audit.write(t.a, 'staff', 'legal.changed', 'done', legal.target(r, jsonb_build_object('scopeVersion', r.scope_version,
    'requesterVersion', r.requester_version, 'scope', v_scope, 'requester', v_requester, 'digest', encode(r.digest, 'hex')))
    || jsonb_build_object('reason', p ->> 'reason'));
  perform legal.record(r, (t.a).staff_id, 'changed', o.state, p ->> 'reason', v_event);
  return legal.moved(r);
end
$$;

-- Names further accounts, or drops some. p: {add, drop, scopeVersion, reason}.
create or replace function legal.change_accounts(p_actor jsonb, p_request uuid, p jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record;
  o       legal.requests;
  r       legal.requests;
  v_drop  integer[] := array(select jsonb_array_elements_text(coalesce(p -> 'drop', '[]'))::integer);
  v_event uuid;
  v_code  text;
begin
  t := legal.take_up(p_actor, p_request);
  o := t.r;
  v_code := coalesce(t.code, legal.change_refusal(o, (p ->> 'scopeVersion')::integer), case
    when not access.reason_has_substance(p ->> 'reason') then 'note-without-substance'
    when (select count(*) from legal.accounts_of(o.id) x where x.n = any (v_drop)) <> cardinality(v_drop) then 'account-not-named'
  end);
  if v_code is null then
    begin
      r := legal.begin_again(t.a, o, true, false);
      update legal.request_accounts set dropped_version = r.scope_version where request_id = r.id and n = any (v_drop);
      v_code := legal.add_accounts(t.a, r, coalesce(p -> 'add', '[]'));
      if v_code is not null then
        raise exception using errcode = 'UL001';
      end if;
    exception when sqlstate 'UL001' then
      null;
    end;
  end if;
  if v_code is not null then
    return legal.refuse(t.a, o, p_request, 'legal.accounts_changed', v_code);
  end if;
  update legal.requests set digest = legal.digest_of(r, legal.account_keys(r.id)), changed_at = clock_timestamp()
   where id = r.id returning * into r;
  v_event := audit.write(t.a, 'staff', 'legal.accounts_changed', 'done', legal.target(r, jsonb_build_object(
    'scopeVersion', r.scope_version, 'added', jsonb_array_length(coalesce(p -> 'add', '[]')), 'dropped', cardinality(v_drop),
    'accounts', (select count(*) from legal.accounts_of(r.id)), 'digest', encode(r.digest, 'hex')))
    || jsonb_build_object('reason', p ->> 'reason'));
  perform legal.record(r, (t.a).staff_id, 'accounts_changed', o.state, p ->> 'reason', v_event);
  return legal.moved(r);
end
$$;

-- What the application needs for working out when a request is due.
create or replace function legal.clock_terms(p_actor jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a staff.actor := staff.resolve(p_actor);
begin
  if a.staff_id is null or not legal.works(a) then
    return audit.denied(a, 'legal.registered', case when a.staff_id is null then 'not-signed-in' else 'wrong-role' end, '{}');
  end if;
  return jsonb_build_object('ok', true, 'holidays', (select to_jsonb(s.holidays) from legal.settings s));
end
$$;

-- The same for a change of a request that is registered: with what decides its due date now.
create or replace function legal.change_terms(p_actor jsonb, p_request uuid) returns jsonb
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
    return legal.refuse(a, r, p_request, 'legal.changed', v_code);
  end if;
  return jsonb_build_object('ok', true, 'holidays', (select to_jsonb(s.holidays) from legal.settings s), 'type', r.type,
    'jurisdiction', r.jurisdiction, 'emergency', r.emergency, 'receivedAt', unseal.instant(r.received_at),
    'returnAt', unseal.instant(r.return_at), 'localZone', r.local_zone);
end
$$;
