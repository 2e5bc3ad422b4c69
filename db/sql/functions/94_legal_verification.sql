-- Is the requester who they say? What was done to find out, what still must be, and what stands in the way of giving anything.

-- Why a call to this number does not count for this request; null: it does. The number in the letter is never the one to call,
-- unless the directory had it, confirmed, before the request came.
create or replace function legal.number_refusal(r legal.requests, n legal.agency_numbers) returns text
  language plpgsql stable
as $$
begin
  return case
    when (n).id is null or (n).agency_id is distinct from (r).agency_id then 'number-of-another-agency'
    when (n).retired_at is not null then 'number-retired'
    when not legal.number_counts(n) then 'number-not-confirmed'
    when legal.same_telephone((r).officer_phone, (n).number) and (n).confirmed_at >= (r).received_at
      then 'number-from-request'
  end;
end
$$;

-- Checks that count: of the requester as they stand, not too old when it was approved (or now), a call back to a number
-- that counted before it was called, an address whose domain the directory still has.
create or replace function legal.checks_that_count(r legal.requests) returns setof legal.verifications
  language plpgsql stable
as $$
begin
  return query
    select v.* from legal.verifications v left join legal.agency_numbers n on n.id = v.number_id
     where v.request_id = (r).id and v.requester_version = (r).requester_version and v.outcome = 'passed'
       and v.at > coalesce((r).approved_at, clock_timestamp()) - make_interval(days => (select s.check_days from legal.settings s))
       and (v.kind <> 'call_back' or (v.called_at >= n.confirmed_at and (
         case when (r).approved_at is not null and n.retired_at > (r).approved_at
           then n.agency_id = (r).agency_id else legal.number_refusal(r, n) is null end)))
       and (v.kind <> 'domain' or exists (select from legal.agencies g where g.id = (r).agency_id
         and (g.changed_at > (r).approved_at or legal.in_directory(legal.domain_of((r).officer_email), g.domains))));
end
$$;

-- What such a request needs before anything may be given. Without what would be given, nothing has to be verified.
create or replace function legal.verification_needs(r legal.requests) returns text[]
  language plpgsql stable
as $$
begin
  return case
    when (r).type in ('preservation_2703f', 'epoc_pr', 'dsa_art_9', 'tco_removal') then '{}'::text[]
    when (r).type = 'consent' then array['identity', 'second_person']
    -- A genuine mailbox, taken over, can send a perfect letter: in an emergency it is the telephone and a second head that count.
    when (r).emergency then array['agency', 'call_back', 'second_person']
    when 'content' = any (legal.allowed_of(r)) then array['agency', 'document', 'call_back']
    else array['agency', 'document', 'sender']
  end;
end
$$;

-- What of it is missing.
create or replace function legal.verification_missing(r legal.requests) returns text[]
  language plpgsql stable
as $$
declare
  v_needs  text[] := legal.verification_needs(r);
  v_checks legal.verifications[];
  -- Systems of the authorities' own, which let nobody else in: they stand for a call back where there is no emergency.
  v_portal boolean := (r).channel in ('portal', 'e_codex') and not (r).emergency;
begin
  if v_needs = '{}' then
    return v_needs;
  end if;
  v_checks := array(select v from legal.checks_that_count(r) v);
  return array(
    select n.need from unnest(v_needs) with ordinality as n(need, place)
     where not case n.need
       when 'agency' then exists (select from legal.agencies g where g.id = (r).agency_id
         and (g.retired_at is null or g.retired_at > (r).approved_at))
       when 'document' then exists (select from unnest(v_checks) v where v.kind = 'document')
       when 'identity' then exists (select from unnest(v_checks) v join legal.documents d on d.id = v.document_id
         where v.kind = 'document' and d.kind = 'identity')
       when 'call_back' then exists (select from unnest(v_checks) v where v.kind = 'call_back' or (v.kind = 'portal' and v_portal))
       when 'sender' then exists (select from unnest(v_checks) v where v.kind in ('call_back', 'domain')
         or (v.kind = 'portal' and v_portal))
       -- Somebody else than whoever made the check that it backs, and after it: nobody backs a call that is still to be made.
       when 'second_person' then exists (select from unnest(v_checks) s join unnest(v_checks) v on v.staff_id <> s.staff_id
           and v.at <= s.at and v.kind = case when (r).type = 'consent' then 'document' else 'call_back' end
         where s.kind = 'second_person')
     end
     order by n.place);
end
$$;

-- What stands in the way of giving anything: a refusal's code, or null. Asked at approval and again at each disclosure. What
-- failed stays failed for the requester as they stand, whatever passed beside it.
create or replace function legal.verification_refusal(r legal.requests) returns text
  language plpgsql stable
as $$
declare
  v_failed text[] := array(select distinct v.kind from legal.verifications v
    where v.request_id = (r).id and v.requester_version = (r).requester_version and v.outcome = 'failed');
begin
  return case
    when 'call_back' = any (v_failed) then 'call-back-failed'
    when v_failed <> '{}' then 'check-failed'
    else case (legal.verification_missing(r))[1]
      when 'agency' then 'verify-agency'
      when 'document' then 'verify-document'
      when 'identity' then 'verify-identity'
      when 'call_back' then 'verify-call-back'
      when 'sender' then 'verify-sender'
      when 'second_person' then 'verify-second-person'
    end
  end;
end
$$;

-- The domain of an address, lower case; null where there is none. (Addresses are kept in ASCII: server/legal/tidyAddress.ts.)
create or replace function legal.domain_of(p_address text) returns text
  language sql immutable parallel safe
as $$ select nullif(lower(substring(p_address from '@([^@\s>]+)>?\s*$')), '') $$;

-- Is this domain one of the authority's, or below one of its?
create or replace function legal.in_directory(p_domain text, p_domains text[]) returns boolean
  language sql immutable parallel safe
as $$
  select coalesce(exists (select from unnest(p_domains) d
    where p_domain = d or right(p_domain, length(d) + 1) = '.' || d), false)
$$;

-- Records a check. p: {kind, outcome, note, numberId, spokeWith, calledAt, documentN, findings}; findings: what the application
-- made of the officer's address.
create or replace function legal.record_check(p_actor jsonb, p_request uuid, p jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t        record;
  r        legal.requests;
  n        legal.agency_numbers;
  d        legal.documents;
  v_id     uuid := unseal.uuid7();
  v_called timestamptz := (p ->> 'calledAt')::timestamptz;
  v_passed boolean := p ->> 'outcome' = 'passed';
  v_event  uuid;
  v_code   text;
begin
  t := legal.take_up(p_actor, p_request);
  r := t.r;
  v_code := t.code;
  if v_code is null then
    -- A number that is being confirmed or retired now: afterwards.
    select * into n from legal.agency_numbers where id = (p ->> 'numberId')::uuid for share;
    select * into d from legal.documents where request_id = r.id and legal.documents.n = (p ->> 'documentN')::integer;
    v_code := coalesce(case when not access.reason_has_substance(p ->> 'note') then 'note-without-substance' end, case
      when r.state in ('rejected', 'withdrawn', 'closed', 'no_records', 'produced') then 'request-not-open'
      when p ->> 'kind' = 'call_back' then case
        when v_called > clock_timestamp() then 'called-in-future'
        when v_called < r.received_at then 'called-before-received'
        when legal.number_refusal(r, n) is not null then legal.number_refusal(r, n)
        when v_called < n.confirmed_at then 'number-not-confirmed'
        when v_passed and coalesce(p ->> 'spokeWith', '') = '' then 'spoke-with-nobody'
      end
      when p ->> 'kind' = 'document' and d.id is null then 'document-not-known'
      when p ->> 'kind' = 'portal' and v_passed and r.channel not in ('portal', 'e_codex') then 'not-by-portal'
      when p ->> 'kind' = 'domain' and v_passed and not legal.in_directory(legal.domain_of(r.officer_email),
        (select g.domains from legal.agencies g where g.id = r.agency_id and g.retired_at is null)) then 'domain-not-in-directory'
      when p ->> 'kind' = 'second_person' and exists (select from legal.verifications v where v.request_id = r.id
        and v.requester_version = r.requester_version and v.staff_id = (t.a).staff_id and v.kind in ('call_back', 'document'))
        then 'second-person-needed'
    end);
  end if;
  if v_code is not null then
    return legal.refuse(t.a, r, p_request, 'legal.checked', v_code, jsonb_build_object('kind', p ->> 'kind'));
  end if;
  v_event := audit.write(t.a, 'staff', 'legal.checked', 'done', legal.target(r, jsonb_build_object('checkId', v_id,
    'kind', p ->> 'kind', 'result', p ->> 'outcome', 'numberId', n.id, 'requesterVersion', r.requester_version)));
  insert into legal.verifications (id, request_id, requester_version, kind, outcome, staff_id, session_id, number_id, document_id,
    spoke_with, called_at, findings, note, event_id)
  values (v_id, r.id, r.requester_version, p ->> 'kind', p ->> 'outcome', (t.a).staff_id, (t.a).session_id, n.id, d.id,
    nullif(p ->> 'spokeWith', ''), v_called, array(select jsonb_array_elements_text(coalesce(p -> 'findings', '[]'))),
    p ->> 'note', v_event);
  perform legal.record(r, (t.a).staff_id, 'checked', r.state, (p ->> 'kind') || ': ' || (p ->> 'outcome'), v_event);
  return jsonb_build_object('ok', true, 'checkId', v_id, 'missing', to_jsonb(legal.verification_missing(r)),
    'refusal', legal.verification_refusal(r));
end
$$;

-- Everything about the requester: checks, what is missing, the numbers of the chosen authority, and facts for the risk summary.
create or replace function legal.read_verification(p_actor jsonb, p_request uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a       staff.actor := staff.resolve(p_actor);
  r       legal.requests;
  g       legal.agencies;
  v_count uuid[];
  v_code  text;
begin
  select * into r from legal.requests where id = p_request;
  v_code := legal.metadata_refusal(a, r);
  if v_code is not null then
    return legal.refuse(a, r, p_request, 'legal.verification_read', v_code);
  end if;
  select * into g from legal.agencies where id = r.agency_id;
  v_count := array(select v.id from legal.checks_that_count(r) v);
  return jsonb_build_object('ok', true,
    'checks', (select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'kind', v.kind, 'outcome', v.outcome,
        'by', access.person(v.staff_id), 'at', unseal.instant(v.at), 'note', v.note, 'spokeWith', v.spoke_with,
        'calledAt', unseal.instant(v.called_at), 'documentN', (select d.n from legal.documents d where d.id = v.document_id),
        'number', (select jsonb_build_object('id', n.id, 'number', n.number, 'label', n.label)
          from legal.agency_numbers n where n.id = v.number_id),
        'findings', to_jsonb(v.findings), 'counts', v.id = any (v_count)) order by v.id desc), '[]')
      from legal.verifications v where v.request_id = r.id),
    'missing', to_jsonb(legal.verification_missing(r)), 'needs', to_jsonb(legal.verification_needs(r)),
    'refusal', legal.verification_refusal(r),
    'numbers', (select coalesce(jsonb_agg(legal.number_row(a, n) || jsonb_build_object(
        'usable', legal.number_refusal(r, n) is null, 'why', legal.number_refusal(r, n)) order by n.id), '[]')
      from legal.agency_numbers n where n.agency_id = g.id and n.retired_at is null),
    'mayCheck', legal.works(a) and r.state in ('received', 'needs_info', 'preserved', 'in_review', 'approved', 'partially_produced'),
    -- What the application holds against the directory.
    'facts', jsonb_build_object('officerEmail', r.officer_email, 'channel', r.channel, 'emergency', r.emergency, 'type', r.type,
      'jurisdiction', r.jurisdiction, 'issuer', r.issuer, 'categories', to_jsonb(r.categories),
      'receivedAt', unseal.instant(r.received_at), 'dueAt', unseal.instant(r.due_at), 'expiresAt', unseal.instant(r.expires_at),
      'agencyDomains', case when g.id is not null then to_jsonb(g.domains) end,
      'agencyEnteredAt', unseal.instant(g.entered_at),
      'directoryDomains', (select coalesce(jsonb_agg(distinct d), '[]') from legal.agencies o, unnest(o.domains) d
        where o.retired_at is null),
      'phoneInDirectoryLate', exists (select from legal.agency_numbers n where n.agency_id = g.id and n.retired_at is null
        and legal.number_refusal(r, n) is not distinct from 'number-from-request'),
      'numberLate', exists (select from legal.verifications v join legal.agency_numbers n on n.id = v.number_id
        where v.id = any (v_count) and n.confirmed_at >= r.received_at),
      'failed', (select coalesce(jsonb_agg(distinct v.kind), '[]') from legal.verifications v
        where v.request_id = r.id and v.outcome = 'failed'),
      'documents', (select coalesce(jsonb_agg(jsonb_build_object('kind', d.kind, 'warnings', to_jsonb(d.warnings))), '[]')
        from legal.documents d where d.request_id = r.id),
      'beyond', not r.categories <@ legal.allowed_of(r)));
end
$$;
