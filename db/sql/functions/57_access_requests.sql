-- Requests as they are shown to whoever asked, to whoever may answer, and to officers.

-- What would be seen, in figures. No content, no identity.
create or replace function access.outline(q access.requests) returns jsonb
  language plpgsql stable
as $$
declare
  v_ids uuid[] := (access.window_of((q).thread_id, array(select unnest(f.flagged_message_ids) from triage.flags f
    where f.case_id = (q).case_id and f.source <> 'staff'), (q).scope)).message_ids;
begin
  return (
    select jsonb_build_object('messages', cardinality(v_ids), 'participants', count(*),
        'minors', count(*) filter (where p.age_band = 'minor'),
        'attachments', (select count(distinct (x.message_id, x.ordinal)) from sealed.attachments x
          where x.thread_id = (q).thread_id and x.message_id = any (v_ids)),
        'threads', case when (q).scope = 'participant_threads' then least(20, cardinality(access.threads_of(
          jsonb_populate_record(null::access.grants, jsonb_build_object('thread_id', (q).thread_id, 'participant_id', (q).participant_id)))))
          else 1 end)
      from sealed.participants p where p.thread_id = (q).thread_id);
end
$$;

create or replace function access.request_row(a staff.actor, q access.requests, c triage.cases) returns jsonb
  language plpgsql stable
as $$
declare
  v_mine    boolean := (q).staff_id = (a).staff_id;
  v_waits   boolean := (q).state = 'pending' and (q).expires_at > clock_timestamp();
  v_answers boolean := not v_mine and v_waits and access.may_approve(a, c)
    and not exists (select from access.approvals p where p.request_id = (q).id and p.staff_id = (a).staff_id);
begin
  return jsonb_build_object('id', (q).id, 'state', (q).state, 'by', access.person((q).staff_id), 'mine', v_mine,
    'case', jsonb_build_object('id', (c).id, 'number', (c).number, 'category', (c).category,
      'severity', unseal.severity_name((c).severity), 'region', (c).region, 'restrictedSubject', (c).restricted_subject,
      'sources', (c).sources, 'open', (c).state = 'open',
      'queue', (select jsonb_build_object('id', u.id, 'name', u.name) from triage.queues u where u.id = (c).queue_id)),
    'purpose', (q).purpose, 'scope', (q).scope, 'reason', (q).reason, 'ticket', (q).ticket, 'reference', (q).reference,
    'needs', (q).needs, 'approved', access.approvals_that_hold((q).id, c), 'minutes', (q).minutes, 'viewLimit', (q).view_limit,
    'askedAt', unseal.instant((q).asked_at), 'expiresAt', unseal.instant((q).expires_at),
    'usableUntil', unseal.instant((q).usable_until), 'endedAt', unseal.instant((q).ended_at), 'grantId', (q).grant_id,
    'would', access.outline(q),
    -- Whose threads, for the scope of several: the one that was reported, or the one who reported?
    'participant', (select jsonb_build_object('pseudonym', 'Account ' || p.ordinal, 'ageBand', p.age_band, 'reporter', exists (
        select from triage.flags f where f.case_id = (q).case_id and f.reporter_id = p.id))
      from sealed.participants p where p.thread_id = (q).thread_id and p.id = (q).participant_id),
    'approvals', (select coalesce(jsonb_agg(jsonb_build_object('by', access.person(p.staff_id), 'answer', p.answer, 'note', p.note,
      'at', unseal.instant(p.at)) order by p.place), '[]') from access.approvals p where p.request_id = (q).id),
    'questions', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'by', access.person(s.asked_by), 'question', s.question,
      'askedAt', unseal.instant(s.asked_at), 'answer', s.answer, 'answeredAt', unseal.instant(s.answered_at)) order by s.id), '[]')
      from access.questions s where s.request_id = (q).id),
    'may', jsonb_build_object('approve', v_answers, 'answer', v_mine and v_waits and exists (
        select from access.questions s where s.request_id = (q).id and s.answer is null),
      'withdraw', v_mine and (q).state in ('pending', 'approved'),
      'open', v_mine and (q).state = 'approved' and (q).usable_until > clock_timestamp()));
end
$$;

-- Who may see a request: whoever asked, whoever may answer, and officers.
create or replace function access.sees_request(a staff.actor, q access.requests, c triage.cases) returns boolean
  language plpgsql stable
as $$
begin
  return (q).id is not null and ((q).staff_id = (a).staff_id or (a).roles @> array['compliance_officer'] or access.may_approve(a, c));
end
$$;

-- p_query: {box: inbox | mine | case, caseId, open, cursor, limit}. Newest first; the inbox oldest first, since it waits.
create or replace function access.list_requests(p_actor jsonb, p_query jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a       staff.actor := staff.resolve(p_actor);
  v_box   text := p_query ->> 'box';
  v_limit integer := least(greatest((p_query ->> 'limit')::integer, 1), 100);
  v_after uuid := (p_query ->> 'cursor')::uuid;
  v_open  boolean := coalesce((p_query ->> 'open')::boolean, false) or p_query ->> 'box' = 'inbox';
  v_ids   uuid[];
  v_case  uuid := (p_query ->> 'caseId')::uuid;
  v_code  text;
begin
  if a.staff_id is null then
    return audit.denied(a, 'request.listed', 'not-signed-in', '{}');
  end if;
  v_code := case
    when v_box = 'inbox' and not a.roles && array['specialist', 'lead', 'compliance_officer'] then 'wrong-role'
    when v_box = 'mine' and not a.roles && array['moderator', 'specialist', 'lead', 'legal_counsel'] then 'wrong-role'
    when v_box = 'case' and not a.roles && array['moderator', 'specialist', 'lead', 'compliance_officer'] then 'wrong-role'
    when v_box = 'case' and not exists (select from triage.cases c where c.id = v_case and triage.can_see(a, c)) then 'not-found'
  end;
  if v_code is not null then
    return audit.denied(a, 'request.listed', v_code, jsonb_build_object('caseId', v_case));
  end if;
  v_ids := array(
    select q.id from access.requests q join triage.cases c on c.id = q.case_id
     where (not v_open or (case when q.state = 'pending' then q.expires_at when q.state = 'approved' then q.usable_until end) > clock_timestamp())
       and (v_box <> 'inbox' or (q.state = 'pending' and q.staff_id <> a.staff_id))
       and (v_box <> 'mine' or q.staff_id = a.staff_id)
       and (v_box <> 'case' or q.case_id = v_case)
       and case when v_after is null then true when v_box = 'inbox' then q.id > v_after else q.id < v_after end
       and access.sees_request(a, q, c)
       and (v_box <> 'inbox' or a.roles @> array['compliance_officer'] or not exists (
         select from access.approvals p where p.request_id = q.id and p.staff_id = a.staff_id))
     order by case when v_box = 'inbox' then q.id end, q.id desc limit v_limit + 1);
  return jsonb_build_object('ok', true, 'nextCursor', case when cardinality(v_ids) > v_limit then v_ids[v_limit] end, 'requests', (
    select coalesce(jsonb_agg(access.request_row(a, q, c) order by i.n), '[]')
      from unnest(v_ids[1:v_limit]) with ordinality i(id, n) join access.requests q on q.id = i.id join triage.cases c on c.id = q.case_id));
end
$$;

create or replace function access.read_request(p_actor jsonb, p_request uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a staff.actor := staff.resolve(p_actor);
  q access.requests;
  c triage.cases;
begin
  if a.staff_id is null then
    return audit.denied(a, 'request.listed', 'not-signed-in', '{}');
  end if;
  select * into q from access.requests where id = p_request;
  select * into c from triage.cases where id = q.case_id;
  if not access.sees_request(a, q, c) then
    return audit.denied(a, 'request.listed', 'not-found', '{}');
  end if;
  return jsonb_build_object('ok', true, 'request', access.request_row(a, q, c));
end
$$;
