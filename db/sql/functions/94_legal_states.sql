-- How a request moves from state to state, and by whom. (Holds preserve, productions produce: see there.)

-- Puts a request into another state, on record. Out: the request as it then stands. Callers hold its lock (legal.take_up).
create or replace function legal.move(a staff.actor, r legal.requests, p_to text, p_what text, p_note text, p_event uuid)
  returns legal.requests
  language plpgsql
as $$
declare
  v_from text := (r).state;
begin
  update legal.requests set state = p_to, changed_at = clock_timestamp(),
      produced_at = case when p_to in ('produced', 'partially_produced') then coalesce(produced_at, clock_timestamp()) else produced_at end
   where id = (r).id and state = v_from returning * into r;
  perform legal.record(r, (a).staff_id, p_what, v_from, p_note, p_event);
  return r;
end
$$;

-- We told the authority that we have it. Once.
create or replace function legal.acknowledge(p_actor jsonb, p_request uuid, p_note text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record;
  r       legal.requests;
  v_event uuid;
  v_code  text;
begin
  t := legal.take_up(p_actor, p_request);
  r := t.r;
  v_code := coalesce(t.code, case
    when not legal.is_open(r.state) then 'request-not-open'
    when r.acknowledged_at is not null then 'acknowledged-already'
  end);
  if v_code is not null then
    return legal.refuse(t.a, r, p_request, 'legal.acknowledged', v_code);
  end if;
  update legal.requests set acknowledged_at = clock_timestamp(), acknowledged_by = (t.a).staff_id, changed_at = clock_timestamp()
   where id = r.id returning * into r;
  v_event := audit.write(t.a, 'staff', 'legal.acknowledged', 'done', legal.target(r));
  perform legal.record(r, (t.a).staff_id, 'acknowledged', r.state, nullif(p_note, ''), v_event);
  return legal.moved(r);
end
$$;

-- Takes a request into review: the caller handles it. Also again, after it was approved, answered or rejected: what was approved
-- is approved no more.
create or replace function legal.review(p_actor jsonb, p_request uuid, p_note text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record;
  r       legal.requests;
  v_from  text;
  v_event uuid;
  v_code  text;
begin
  t := legal.take_up(p_actor, p_request);
  r := t.r;
  v_code := coalesce(t.code, case
    when r.state = 'in_review' and r.handled_by = (t.a).staff_id then 'in-review-already'
    when r.state <> 'in_review' and not 'in_review' = any (legal.next_states(r.state)) then 'request-not-open'
  end);
  if v_code is not null then
    return legal.refuse(t.a, r, p_request, 'legal.taken_into_review', v_code);
  end if;
  v_from := r.state;
  update legal.requests set state = 'in_review', handled_by = (t.a).staff_id, handled_at = clock_timestamp(), allowed = '{}',
      approved_by = null, approved_at = null, approved_version = null, ended_by = null, ended_reason = null, ended_ground = null,
      changed_at = clock_timestamp()
   where id = r.id returning * into r;
  v_event := audit.write(t.a, 'staff', 'legal.taken_into_review', 'done', legal.target(r, jsonb_build_object('from', v_from)));
  perform legal.record(r, (t.a).staff_id, 'taken_into_review', v_from, nullif(p_note, ''), v_event);
  return legal.moved(r);
end
$$;

-- Something is missing, and the authority was asked for it.
create or replace function legal.need_info(p_actor jsonb, p_request uuid, p_question text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record;
  r       legal.requests;
  v_event uuid;
  v_code  text;
begin
  t := legal.take_up(p_actor, p_request);
  r := t.r;
  v_code := coalesce(t.code, case
    when not 'needs_info' = any (legal.next_states(r.state)) then 'request-not-open'
    when not access.reason_has_substance(p_question) then 'note-without-substance'
  end);
  if v_code is not null then
    return legal.refuse(t.a, r, p_request, 'legal.info_asked', v_code);
  end if;
  if r.state = 'approved' then
    update legal.requests set allowed = '{}', approved_by = null, approved_at = null, approved_version = null, state = 'in_review'
     where id = r.id returning * into r;
  end if;
  v_event := audit.write(t.a, 'staff', 'legal.info_asked', 'done', legal.target(r));
  r := legal.move(t.a, r, 'needs_info', 'info_asked', p_question, v_event);
  return legal.moved(r);
end
$$;

-- Ends a request by our own act or the authority's. Its approval falls with it.
create or replace function legal.end_request(t_a staff.actor, r legal.requests, p_state text, p_what text, p_ground text,
  p_reason text, p_event uuid) returns legal.requests
  language plpgsql
as $$
declare
  v_from text := (r).state;
begin
  update legal.requests set state = p_state, ended_by = (t_a).staff_id, ended_ground = p_ground, ended_reason = p_reason,
      allowed = '{}', approved_by = null, approved_at = null, approved_version = null, changed_at = clock_timestamp()
   where id = (r).id and state = v_from returning * into r;
  update legal.exceptions set state = 'lapsed' where request_id = (r).id and state in ('asked', 'granted');
  perform legal.record(r, (t_a).staff_id, p_what, v_from, p_reason, p_event);
  return r;
end
$$;

create or replace function legal.reject(p_actor jsonb, p_request uuid, p_ground text, p_reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record;
  r       legal.requests;
  v_event uuid;
  v_code  text;
begin
  t := legal.take_up(p_actor, p_request);
  r := t.r;
  v_code := coalesce(t.code, case
    when not 'rejected' = any (legal.next_states(r.state)) then 'request-not-open'
    -- Annex III to Regulation (EU) 2023/1543 has the grounds of an EPOC, and of nothing else.
    when (left(p_ground, 5) = 'epoc_') and r.type not in ('epoc', 'epoc_pr') then 'ground-not-here'
    when r.type in ('epoc', 'epoc_pr') and left(p_ground, 5) <> 'epoc_' and p_ground not in ('not_genuine', 'duplicate')
      then 'ground-not-here'
    when not access.reason_has_substance(p_reason) then 'note-without-substance'
  end);
  if v_code is not null then
    return legal.refuse(t.a, r, p_request, 'legal.rejected', v_code);
  end if;
  v_event := audit.write(t.a, 'staff', 'legal.rejected', 'done', legal.target(r, jsonb_build_object('ground', p_ground))
    || jsonb_build_object('reason', p_reason));
  return legal.moved(legal.end_request(t.a, r, 'rejected', 'rejected', p_ground, p_reason, v_event));
end
$$;

create or replace function legal.withdraw(p_actor jsonb, p_request uuid, p_reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record;
  r       legal.requests;
  v_event uuid;
  v_code  text;
begin
  t := legal.take_up(p_actor, p_request);
  r := t.r;
  v_code := coalesce(t.code, case
    when not 'withdrawn' = any (legal.next_states(r.state)) then 'request-not-open'
    when not access.reason_has_substance(p_reason) then 'note-without-substance'
  end);
  if v_code is not null then
    return legal.refuse(t.a, r, p_request, 'legal.withdrawn', v_code);
  end if;
  v_event := audit.write(t.a, 'staff', 'legal.withdrawn', 'done', legal.target(r) || jsonb_build_object('reason', p_reason));
  return legal.moved(legal.end_request(t.a, r, 'withdrawn', 'withdrawn', null, p_reason, v_event));
end
$$;

-- Does anything that we keep fall under it? An account that is in no thread has nothing; one that is has at least itself.
create or replace function legal.has_records(r legal.requests) returns boolean
  language plpgsql stable
as $$
begin
  if (r).categories && array['subscriber', 'identification'] then
    return exists (select from legal.threads_of((r).id));
  end if;
  return exists (
    select from legal.threads_of((r).id) t join sealed.messages m on m.thread_id = t.id and m.revision = 1
     where ((r).range_from is null or m.sent_at >= (r).range_from) and ((r).range_to is null or m.sent_at < (r).range_to));
end
$$;

-- Nothing that we keep falls under it: said only when it is so.
create or replace function legal.no_records(p_actor jsonb, p_request uuid, p_note text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t       record;
  r       legal.requests;
  v_event uuid;
  v_code  text;
begin
  t := legal.take_up(p_actor, p_request);
  r := t.r;
  v_code := coalesce(t.code, case
    when not 'no_records' = any (legal.next_states(r.state)) then 'request-not-open'
    when not exists (select from legal.accounts_of(r.id)) then 'no-account-named'
    when legal.has_records(r) then 'records-found'
    -- That we have nothing on somebody is told to nobody who is not who they say.
    else legal.verification_refusal(r)
  end);
  if v_code is not null then
    return legal.refuse(t.a, r, p_request, 'legal.no_records_found', v_code);
  end if;
  v_event := audit.write(t.a, 'staff', 'legal.no_records_found', 'done', legal.target(r));
  r := legal.move(t.a, r, 'no_records', 'no_records', nullif(p_note, ''), v_event);
  return legal.moved(r);
end
$$;

-- What keeps a request from being closed; null: nothing.
create or replace function legal.close_refusal(r legal.requests) returns text
  language plpgsql stable
as $$
begin
  return case
    when not 'closed' = any (legal.next_states((r).state)) then 'request-not-answered'
    -- Under review only what discloses nothing ends here: an order to act, or one that goes another way.
    when (r).state = 'in_review' and legal.most_of((r).type, (r).jurisdiction, (r).issuer) is not null then 'request-not-answered'
    when (r).state = 'in_review' and (r).type in ('preservation_2703f', 'epoc_pr') then 'request-not-answered'
    when exists (select from legal.exceptions x where x.request_id = (r).id and x.state = 'asked') then 'exception-waiting'
    when (r).state = 'preserved' and exists (select from legal.holds h where h.request_id = (r).id and legal.is_live(h)) then 'hold-lives'
    when exists (select from legal.productions p where p.request_id = (r).id and p.state in ('building', 'stuck', 'built'))
      then 'packet-unfinished'
    -- Its link would lead nowhere.
    when exists (select from legal.productions p join legal.deliveries d on d.production_id = p.id
      where p.request_id = (r).id and d.fetched_at is null and d.recalled_at is null and d.expires_at > clock_timestamp())
      then 'delivery-waiting'
  end;
end
$$;

create or replace function legal.close(p_actor jsonb, p_request uuid, p_note text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t         record;
  r         legal.requests;
  v_outcome text;
  v_event   uuid;
  v_code    text;
begin
  t := legal.take_up(p_actor, p_request);
  r := t.r;
  v_code := coalesce(t.code, legal.close_refusal(r));
  if v_code is not null then
    return legal.refuse(t.a, r, p_request, 'legal.closed', v_code);
  end if;
  v_outcome := case
    when r.state <> 'in_review' then r.state
    when r.type in ('dsa_art_9', 'tco_removal') then 'acted_on'
    else 'routed' end;
  v_event := audit.write(t.a, 'staff', 'legal.closed', 'done', legal.target(r, jsonb_build_object('result', v_outcome)));
  update legal.requests set state = 'closed', outcome = v_outcome, closed_at = clock_timestamp(), changed_at = clock_timestamp()
   where id = r.id returning * into r;
  perform legal.record(r, (t.a).staff_id, 'closed', case v_outcome when 'acted_on' then 'in_review' when 'routed' then 'in_review'
    else v_outcome end, nullif(p_note, ''), v_event);
  return legal.moved(r);
end
$$;
