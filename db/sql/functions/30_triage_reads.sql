-- What the pages of triage show. Metadata only: nothing here touches a ciphertext.

-- May this actor see this case's metadata? Officers see all of it; those who triage see their own queues, in their own
-- regions, cleared for the subject.
create or replace function triage.can_see(p_actor staff.actor, p_case triage.cases) returns boolean
  language plpgsql stable
as $$
begin
  return ((p_actor).roles @> array['compliance_officer']
        or ((p_actor).roles && array['moderator', 'specialist', 'lead']
            and (p_case).region = any ((p_actor).regions)
            and ((p_case).restricted_subject is null or (p_case).restricted_subject = any ((p_actor).clearances))
            and exists (
              select from triage.queue_members qm join triage.queues q on q.id = qm.queue_id
               where qm.staff_id = (p_actor).staff_id and qm.queue_id = (p_case).queue_id
                 and (q.restricted_subject is null or q.restricted_subject = any ((p_actor).clearances)))));
end
$$;

-- The regions of domain/vocabulary.ts; a test compares the two lists.
create or replace function triage.known_regions() returns text[]
  language sql immutable parallel safe
as $$ select array['eu', 'uk', 'us', 'apac', 'latam', 'mea', 'other'] $$;

-- The rows of a queue page, in the order of the array, for p_staff. Instants are left to JSON (RFC 3339 in the session's
-- time zone, which the pools set to UTC): to_char costs ten times that. row_to_json costs half of json_build_object.
create or replace function triage.case_rows(p_cases triage.cases[], p_staff uuid) returns json
  language plpgsql stable
as $$
declare
  v_now timestamptz := clock_timestamp();
begin
  return (
    select coalesce(json_agg(row_to_json(r)), '[]') from (
      select c.id, c.number, c.category, (array['low', 'medium', 'high', 'critical'])[c.severity] as severity,
             c.priority, c.sources, c.region, c.flag_count as "flagCount", c.message_count as "messageCount",
             c.participant_count as "participantCount", c.minor_count as "minorCount", c.opened_at as "openedAt",
             c.due_at as "dueAt", c.previous_case_id as "previousCaseId",
             case when c.claimed_by is not null and c.claim_expires_at > v_now then json_build_object(
               'by', json_build_object('id', c.claimed_by,
                 'name', (select m.name from staff.members m where m.id = c.claimed_by)),
               'mine', c.claimed_by = p_staff, 'expiresAt', c.claim_expires_at) end as claim
        from unnest(p_cases) as c) r);
end
$$;

-- Out: {queues: […]}. Counts stop at 10,000: beyond it nobody compares digits, and a million open cases must not slow
-- the page that everybody starts from.
create or replace function triage.list_queues(p_actor jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a staff.actor := staff.resolve(p_actor);
begin
  if a.staff_id is null then
    return audit.denied(a, 'queue.list', 'not-signed-in', '{}');
  end if;
  if not a.roles && array['moderator', 'specialist', 'lead', 'compliance_officer'] then
    return audit.denied(a, 'queue.list', 'wrong-role', '{}');
  end if;
  return jsonb_build_object('ok', true, 'queues', coalesce((
    select jsonb_agg(jsonb_build_object(
        'id', q.id, 'name', q.name, 'category', q.category, 'region', q.region,
        'restrictedSubject', q.restricted_subject,
        'open', least(n.open, 10000), 'openCapped', n.open > 10000, 'overdue', o.overdue,
        'claimedByMe', mine.n, 'oldestOpenedAt', unseal.instant(oldest.opened_at), 'nextDueAt', unseal.instant(due.due_at))
        order by q.position, q.name)
      from (select a.roles @> array['compliance_officer'] as all_queues,
                   case when a.roles @> array['compliance_officer']
                     then triage.known_regions()
                     else a.regions end as regions) v
      cross join triage.queues q
      cross join lateral (select count(*) as open from (
        select from triage.cases c where c.queue_id = q.id and c.state = 'open' and c.region = any (v.regions)
           and (c.restricted_subject is null or v.all_queues or c.restricted_subject = any (a.clearances))
         limit 10001) l) n
      cross join lateral (select count(*) as overdue from (
        select from triage.cases c where c.queue_id = q.id and c.state = 'open' and c.due_at < now()
           and c.region = any (v.regions)
           and (c.restricted_subject is null or v.all_queues or c.restricted_subject = any (a.clearances)) limit 1000) l) o
      cross join lateral (select count(*) as n from triage.cases c where c.claimed_by = a.staff_id
           and c.claim_expires_at > clock_timestamp() and c.queue_id = q.id) mine
      left join lateral (select c.opened_at from triage.cases c where c.queue_id = q.id and c.state = 'open'
           and c.region = any (v.regions)
           and (c.restricted_subject is null or v.all_queues or c.restricted_subject = any (a.clearances))
           order by c.id limit 1) oldest on true
      left join lateral (select c.due_at from triage.cases c where c.queue_id = q.id and c.state = 'open'
           and c.region = any (v.regions)
           and (c.restricted_subject is null or v.all_queues or c.restricted_subject = any (a.clearances))
           order by c.due_at, c.id limit 1) due on true
     where v.all_queues or (exists (select from triage.queue_members qm
              where qm.queue_id = q.id and qm.staff_id = a.staff_id)
            and (q.restricted_subject is null or q.restricted_subject = any (a.clearances))
            and (q.region is null or q.region = any (a.regions)))
  ), '[]'::jsonb));
end
$$;

-- One page of a queue. Cut by key: a page deep in the queue costs what the first costs. p_after is the sort value and id
-- of the last row of the page before: {"v": text or null, "id": uuid}. Out is the very JSON of the answer
-- (contracts/triage.ts, queuePage), which the web process hands through unread; or {ok: false, code}.
create or replace function triage.queue_page(p_actor jsonb, p_queue uuid, p_sort text, p_after jsonb, p_limit integer)
  returns json
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
declare
  a         staff.actor := staff.resolve(p_actor);
  q         triage.queues;
  v_regions text[];
  -- A case can be restricted in a queue that is not, by a CyberTip report on its thread. An officer sees all of them.
  v_all     boolean := coalesce(a.roles @> array['compliance_officer'], false);
  v_after   uuid := coalesce((p_after ->> 'id')::uuid, '00000000-0000-0000-0000-000000000000');
  v_cases   triage.cases[];
  v_last    triage.cases;
begin
  if a.staff_id is null then
    return audit.denied(a, 'queue.read', 'not-signed-in', jsonb_build_object('queueId', p_queue));
  end if;
  select * into q from triage.queues where id = p_queue;
  if a.roles @> array['compliance_officer'] then
    v_regions := triage.known_regions();
  elsif a.roles && array['moderator', 'specialist', 'lead'] and q.id is not null
     and (q.restricted_subject is null or q.restricted_subject = any (a.clearances))
     and (q.region is null or q.region = any (a.regions))
     and exists (select from triage.queue_members qm where qm.queue_id = q.id and qm.staff_id = a.staff_id) then
    v_regions := a.regions;
  end if;
  if q.id is null or v_regions is null then
    return audit.denied(a, 'queue.read', case when a.roles && array['moderator', 'specialist', 'lead', 'compliance_officer']
      then 'not-found' else 'wrong-role' end, jsonb_build_object('queueId', p_queue));
  end if;
  p_limit := least(greatest(p_limit, 1), 100);

  -- The bounds are never null, so that one plan serves every page, and each is a comparison that an index answers.
  if p_sort = 'priority' then
    v_cases := array(select c from triage.cases c where c.queue_id = p_queue and c.state = 'open' and c.region = any (v_regions)
      and (c.restricted_subject is null or v_all or c.restricted_subject = any (a.clearances))
      and (c.priority_rank, c.id) > (coalesce((p_after ->> 'v')::integer, -2147483648), v_after)
      order by c.priority_rank, c.id limit p_limit + 1);
  elsif p_sort = 'due' then
    v_cases := array(select c from triage.cases c where c.queue_id = p_queue and c.state = 'open' and c.region = any (v_regions)
      and (c.restricted_subject is null or v_all or c.restricted_subject = any (a.clearances))
      and (c.due_at, c.id) > (coalesce((p_after ->> 'v')::timestamptz, '-infinity'), v_after)
      order by c.due_at, c.id limit p_limit + 1);
  elsif p_sort = 'newest' then
    v_cases := array(select c from triage.cases c where c.queue_id = p_queue and c.state = 'open' and c.region = any (v_regions)
      and (c.restricted_subject is null or v_all or c.restricted_subject = any (a.clearances))
      and c.id < coalesce((p_after ->> 'id')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
      order by c.id desc limit p_limit + 1);
  else
    v_cases := array(select c from triage.cases c where c.queue_id = p_queue and c.state = 'open' and c.region = any (v_regions)
      and (c.restricted_subject is null or v_all or c.restricted_subject = any (a.clearances))
      and c.id > v_after
      order by c.id limit p_limit + 1);
  end if;
  if cardinality(v_cases) > p_limit then
    v_last := v_cases[p_limit];
  end if;
  return json_build_object('queue', json_build_object('id', q.id, 'name', q.name),
    'cases', triage.case_rows(v_cases[1:p_limit], a.staff_id),
    'nextCursor', case when v_last.id is not null then unseal.cursor(v_last.id,
      case p_sort when 'priority' then v_last.priority_rank::text when 'due' then v_last.due_at::text end) end);
end
$$;
