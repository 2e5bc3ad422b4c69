-- Reading the register: metadata alone. Counsel and compliance officers read it; nobody reads what names an account of their own.

create or replace function legal.account_row(x legal.request_accounts) returns jsonb
  language plpgsql stable
as $$
begin
  return jsonb_build_object('n', (x).n, 'platformId', (x).platform_id,
    'platform', (select p.name from intake.platforms p where p.id = (x).platform_id), 'accountId', (x).platform_participant_id,
    'known', exists (select from sealed.participants p join triage.threads t on t.id = p.thread_id and t.platform_id = (x).platform_id
      where p.platform_participant_id = (x).platform_participant_id));
end
$$;

-- A line of the register, in the words of contracts/legal/requests.ts.
create or replace function legal.request_row(a staff.actor, r legal.requests) returns jsonb
  language plpgsql stable
as $$
begin
  return jsonb_build_object('id', (r).id, 'number', (r).number, 'shownNumber', legal.shown_number(r), 'type', (r).type,
    'jurisdiction', (r).jurisdiction, 'agency', (r).agency_name, 'reference', (r).reference, 'state', (r).state,
    'outcome', (r).outcome, 'emergency', (r).emergency, 'childSafety', (r).child_safety,
    'receivedAt', unseal.instant((r).received_at), 'dueAt', unseal.instant((r).due_at), 'dueRule', (r).due_rule,
    'localZone', (r).local_zone, 'overdue', legal.is_owed((r).state) and (r).due_at <= clock_timestamp(),
    'acknowledgedAt', unseal.instant((r).acknowledged_at), 'categories', to_jsonb((r).categories),
    'accounts', (select count(*) from legal.accounts_of((r).id)), 'handledBy', access.person((r).handled_by),
    'approvedBy', access.person((r).approved_by), 'changedAt', unseal.instant((r).changed_at),
    'mine', (a).staff_id in ((r).registered_by, (r).handled_by) is true);
end
$$;

create or replace function legal.short_row(r legal.requests) returns jsonb
  language sql stable
as $$
  select case when (r).id is not null then jsonb_build_object('id', (r).id, 'shownNumber', legal.shown_number(r),
    'state', (r).state, 'receivedAt', unseal.instant((r).received_at)) end
$$;

-- The register, newest first, cut by id. p: {state (or open), type, overdue, mine, emergency, agency, q}.
create or replace function legal.list_requests(p_actor jsonb, p jsonb, p_after jsonb, p_limit integer) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a        staff.actor := staff.resolve(p_actor);
  v_open   text[] := array['received', 'needs_info', 'preserved', 'in_review', 'approved'];
  v_states text[] := case when p ->> 'state' = 'open' then v_open when p ->> 'state' is not null then array[p ->> 'state'] end;
  v_ref    text := lower(p ->> 'q');
  v_number bigint := nullif(substring(p ->> 'q' from '^\s*(?:[Ll][Rr]-?)?0*([0-9]{1,15})\s*$'), '')::bigint;
  v_ids    uuid[];
begin
  if a.staff_id is null then
    return audit.denied(a, 'legal.listed', 'not-signed-in', '{}');
  end if;
  if not legal.looks_on(a) then
    return audit.denied(a, 'legal.listed', 'wrong-role', '{}');
  end if;
  p_limit := least(greatest(p_limit, 1), 100);
  v_ids := array(
    select r.id from legal.requests r
     where (v_states is null or r.state = any (v_states)) and (p ->> 'type' is null or r.type = p ->> 'type')
       and (p_after is null or r.id < (p_after ->> 'id')::uuid)
       and (not coalesce((p ->> 'overdue')::boolean, false) or (legal.is_owed(r.state) and r.due_at <= clock_timestamp()))
       and (not coalesce((p ->> 'mine')::boolean, false) or a.staff_id in (r.registered_by, r.handled_by))
       and (not coalesce((p ->> 'emergency')::boolean, false) or r.emergency)
       and (p ->> 'agency' is null or r.agency_id = (p ->> 'agency')::uuid)
       and (v_ref is null or starts_with(lower(r.reference), v_ref) or r.number = v_number)
       and legal.metadata_refusal(a, r) is null
     order by r.id desc limit p_limit + 1);
  return jsonb_build_object('ok', true,
    'requests', (select coalesce(jsonb_agg(legal.request_row(a, r) order by r.id desc), '[]')
      from legal.requests r where r.id = any (v_ids[1:p_limit])),
    'nextCursor', case when cardinality(v_ids) > p_limit then unseal.cursor(v_ids[p_limit], null) end,
    'counts', (select jsonb_build_object('open', count(*), 'overdue', count(*) filter (where legal.is_owed(r.state) and r.due_at <= clock_timestamp()),
        'emergency', count(*) filter (where r.emergency), 'mine', count(*) filter (where a.staff_id in (r.registered_by, r.handled_by)),
        'waitingForMe', count(*) filter (where legal.works(a) and (
          exists (select from legal.exceptions x where x.request_id = r.id and x.state = 'asked' and x.asked_by <> a.staff_id)
          or (r.state = 'in_review' and legal.approval_refusals(a, r) = '{}'))))
      from legal.requests r where r.state = any (v_open) and legal.metadata_refusal(a, r) is null),
    'mayHandle', legal.works(a));
end
$$;

-- Requests that ask the same again, or almost: the same authority and reference, or the same accounts and range. The application
-- says in what they differ.
create or replace function legal.repeats_of(a staff.actor, r legal.requests) returns jsonb
  language plpgsql stable
as $$
declare
  v_keys text[] := legal.account_keys((r).id);
begin
  return (
    select coalesce(jsonb_agg(legal.short_row(o) || jsonb_build_object('exact', o.digest = (r).digest, 'facts', legal.asked_facts(o))
        order by o.id), '[]')
      from (
        select o.* from legal.requests o
         where o.id <> (r).id and (
           o.digest = (r).digest
           or (lower(o.reference) = lower((r).reference) and (lower(o.agency_name) = lower((r).agency_name) or o.agency_id = (r).agency_id))
           or (v_keys <> '{}' and o.id in (
                 select x.request_id from legal.request_accounts x, legal.request_accounts f
                  where f.request_id = (r).id and f.dropped_version is null and x.dropped_version is null
                    and x.platform_participant_id = f.platform_participant_id and x.platform_id = f.platform_id)
               and o.range_from is not distinct from (r).range_from and o.range_to is not distinct from (r).range_to
               and legal.account_keys(o.id) = v_keys))
           and legal.metadata_refusal(a, o) is null
         order by o.id limit 20) o);
end
$$;

-- What is asked and by whom, for comparing two requests.
create or replace function legal.asked_facts(r legal.requests) returns jsonb
  language sql stable
as $$
  select jsonb_build_object('type', (r).type, 'jurisdiction', (r).jurisdiction, 'issuer', (r).issuer, 'agency', (r).agency_name,
    'officer', (r).officer_name, 'officerEmail', (r).officer_email, 'officerPhone', (r).officer_phone, 'reference', (r).reference,
    'categories', to_jsonb((r).categories), 'rangeFrom', unseal.instant((r).range_from), 'rangeTo', unseal.instant((r).range_to),
    'emergency', (r).emergency, 'issuedAt', unseal.instant((r).issued_at), 'expiresAt', unseal.instant((r).expires_at),
    'accounts', to_jsonb(legal.account_keys((r).id)))
$$;

-- What the caller may do with a request as it stands. The verbs ask again.
create or replace function legal.rights_on(a staff.actor, r legal.requests) returns jsonb
  language plpgsql stable
as $$
declare
  w      boolean := legal.counsel_refusal(a, r) is null;
  v_next text[] := legal.next_states((r).state);
  v_open boolean := legal.is_open((r).state);
begin
  return jsonb_build_object('change', w and v_open, 'acknowledge', w and v_open and (r).acknowledged_at is null,
    'review', w and ('in_review' = any (v_next) or ((r).state = 'in_review' and (r).handled_by is distinct from (a).staff_id)),
    'needInfo', w and 'needs_info' = any (v_next), 'reject', w and 'rejected' = any (v_next),
    'withdraw', w and 'withdrawn' = any (v_next), 'approve', w and legal.approval_refusals(a, r) = '{}',
    'close', w and legal.close_refusal(r) is null, 'noRecords', w and 'no_records' = any (v_next),
    'exceed', w and (r).state in ('received', 'needs_info', 'preserved', 'in_review'),
    'addDocument', w and (r).state <> 'closed', 'readDocument', w,
    'check', w and (v_open or (r).state = 'partially_produced'));
end
$$;

-- Everything of a request but documents' bytes.
create or replace function legal.read_request(p_actor jsonb, p_request uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a         staff.actor := staff.resolve(p_actor);
  r         legal.requests;
  o         legal.requests;
  v_allowed text[];
  v_code    text;
begin
  select * into r from legal.requests where id = p_request;
  v_code := legal.metadata_refusal(a, r);
  if v_code is not null then
    return legal.refuse(a, r, p_request, 'legal.read', v_code);
  end if;
  select * into o from legal.requests where id = r.duplicate_of;
  v_allowed := legal.allowed_of(r);
  return jsonb_build_object('ok', true, 'request', legal.request_row(a, r) || jsonb_build_object(
    'issuer', r.issuer, 'agencyId', r.agency_id, 'officerName', r.officer_name, 'officerEmail', r.officer_email,
    'officerPhone', r.officer_phone, 'channel', r.channel, 'issuedAt', unseal.instant(r.issued_at),
    'expiresAt', unseal.instant(r.expires_at), 'returnAt', unseal.instant(r.return_at), 'rangeFrom', unseal.instant(r.range_from),
    'rangeTo', unseal.instant(r.range_to), 'nature', r.nature, 'noticePolicy', r.notice_policy, 'gagReference', r.gag_reference,
    'gagUntil', unseal.instant(r.gag_until), 'gagIndefinite', r.gag_indefinite, 'digest', encode(r.digest, 'hex'),
    'scopeVersion', r.scope_version, 'requesterVersion', r.requester_version, 'registeredBy', access.person(r.registered_by),
    'registeredAt', unseal.instant(r.registered_at), 'scopedBy', access.person(r.scoped_by))
    || jsonb_build_object('handledAt', unseal.instant(r.handled_at), 'acknowledgedBy', access.person(r.acknowledged_by),
    'approvedAt', unseal.instant(r.approved_at), 'producedAt', unseal.instant(r.produced_at), 'closedAt', unseal.instant(r.closed_at),
    'endedBy', access.person(r.ended_by), 'endedReason', r.ended_reason, 'endedGround', r.ended_ground,
    'mostByType', legal.most_of(r.type, r.jurisdiction, r.issuer), 'allowed', to_jsonb(v_allowed),
    'beyond', (select coalesce(jsonb_agg(jsonb_build_object('category', c, 'possible', legal.exception_possible(r.type, c))), '[]')
      from unnest(r.categories) c where not c = any (v_allowed)),
    'needsSecond', legal.needs_second(r),
    'accountList', (select coalesce(jsonb_agg(legal.account_row(x) order by x.n), '[]') from legal.accounts_of(r.id) x),
    'documents', (select coalesce(jsonb_agg(legal.document_row(d) order by d.n), '[]') from legal.documents d where d.request_id = r.id),
    'exceptions', (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'category', x.category, 'reason', x.reason, 'state', x.state,
        'askedBy', access.person(x.asked_by), 'askedAt', unseal.instant(x.asked_at), 'answeredBy', access.person(x.answered_by),
        'answeredAt', unseal.instant(x.answered_at), 'answer', x.answer,
        'mayAnswer', legal.works(a) and x.state = 'asked' and x.asked_by <> a.staff_id) order by x.id desc), '[]')
      from legal.exceptions x where x.request_id = r.id),
    'repeats', legal.repeats_of(a, r), 'facts', legal.asked_facts(r),
    'duplicateOf', case when legal.metadata_refusal(a, o) is null then legal.short_row(o) end,
    'approvals', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'by', access.person(p.staff_id), 'at', unseal.instant(p.at),
        'scopeVersion', p.scope_version, 'categories', to_jsonb(p.categories), 'note', p.note,
        'holds', r.approved_version = p.scope_version and r.approved_by = p.staff_id
          and p.id = (select max(q.id::text)::uuid from legal.approvals q where q.request_id = r.id)) order by p.id desc), '[]')
      from legal.approvals p where p.request_id = r.id),
    'history', (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'at', unseal.instant(h.at), 'by', access.person(h.staff_id),
        'what', h.what, 'from', h.from_state, 'to', h.to_state, 'note', h.note) order by h.id desc), '[]')
      from (select * from legal.history h where h.request_id = r.id order by h.id desc limit 200) h),
    'approvalRefusals', to_jsonb(case when legal.works(a) then legal.approval_refusals(a, r) else array['wrong-role'] end),
    'mostDocumentBytes', (select s.most_document from legal.settings s), 'rights', legal.rights_on(a, r)));
end
$$;

-- What is due, soonest first.
create or replace function legal.deadlines(p_actor jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a staff.actor := staff.resolve(p_actor);
begin
  if a.staff_id is null then
    return audit.denied(a, 'legal.deadlines_read', 'not-signed-in', '{}');
  end if;
  if not legal.looks_on(a) then
    return audit.denied(a, 'legal.deadlines_read', 'wrong-role', '{}');
  end if;
  return (
    select jsonb_build_object('ok', true, 'at', unseal.instant(clock_timestamp()), 'capped', count(*) > 500,
        'requests', coalesce(jsonb_agg(legal.request_row(a, d.r) order by (d.r).due_at, (d.r).id) filter (where d.place <= 500), '[]'))
      from (
        select r, row_number() over (order by r.due_at, r.id) as place from legal.requests r
         where legal.is_owed(r.state) and legal.metadata_refusal(a, r) is null
         order by r.due_at, r.id limit 501) d);
end
$$;
