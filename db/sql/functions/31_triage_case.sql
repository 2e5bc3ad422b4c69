-- The workspace of one case: everything that may be known before anything is opened.

-- The messages of a thread, newest revision each, in the thread's order.
create or replace function sealed.in_order(p_thread uuid)
  returns table (pos bigint, id uuid, revision integer, sender_id uuid, sent_at timestamptz, kind text,
                 edited_at timestamptz, deleted_at timestamptz)
  language sql stable
as $$
  select row_number() over (order by m.sent_at, m.position, m.id), m.id, m.revision, m.sender_id, m.sent_at, m.kind, m.edited_at, m.deleted_at
    from (select distinct on (t.id) t.* from sealed.messages t where t.thread_id = p_thread order by t.id, t.revision desc) m
$$;

-- The same order, ids alone: what a window is cut from.
create or replace function sealed.ids_in_order(p_thread uuid) returns uuid[]
  language plpgsql stable
as $$
begin
  return array(select m.id from (
    select distinct on (t.id) t.id, t.sent_at, t.position from sealed.messages t
     where t.thread_id = p_thread order by t.id, t.revision desc) m
   order by m.sent_at, m.position, m.id);
end
$$;

-- The purposes that flags of the platform's bear out, the preset one first: a user's report before a machine's flag. A purpose
-- that nothing on the case supports opens nothing, and a flag of a staff member's supports none.
create or replace function access.purposes_of(p_case uuid) returns text[]
  language plpgsql stable
as $$
begin
  return (select array_remove(array[
      case when bool_or(f.source = 'user_report') then 'user_report_review' end,
      case when bool_or(f.source in ('keyword', 'classifier', 'hash_match', 'trusted_flagger')) then 'automated_flag_review' end,
      case when bool_or(f.category = 'child_safety') then 'child_safety_report' end], null)
    from triage.flags f where f.case_id = p_case and f.source <> 'staff');
end
$$;

create or replace function triage.case_detail(p_actor jsonb, p_case uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a         staff.actor := staff.resolve(p_actor);
  c         triage.cases;
  v_flagged uuid[];
  v_triages boolean;
  v_purposes text[] := access.purposes_of(p_case);
begin
  if a.staff_id is null then
    return audit.denied(a, 'case.read', 'not-signed-in', jsonb_build_object('caseId', p_case));
  end if;
  if not a.roles && array['moderator', 'specialist', 'lead', 'compliance_officer'] then
    return audit.denied(a, 'case.read', 'wrong-role', jsonb_build_object('caseId', p_case));
  end if;
  select * into c from triage.cases where id = p_case;
  if c.id is null or not triage.can_see(a, c) then
    return audit.denied(a, 'case.read', 'not-found', jsonb_build_object('caseId', p_case));
  end if;
  v_triages := a.roles && array['moderator', 'specialist', 'lead'];
  select coalesce(array_agg(distinct m), '{}') into v_flagged
    from triage.flags f, unnest(f.flagged_message_ids) m where f.case_id = p_case;

  return jsonb_build_object('ok', true,
    'case', (triage.case_rows(array[c], a.staff_id) -> 0)::jsonb || jsonb_build_object('state', c.state,
      'queue', (select jsonb_build_object('id', q.id, 'name', q.name) from triage.queues q where q.id = c.queue_id),
      'restrictedSubject', c.restricted_subject,
      'escalatesTo', (select jsonb_build_object('id', e.id, 'name', e.name) from triage.queues q
                        join triage.queues e on e.id = q.escalates_to where q.id = c.queue_id),
      'decidedAt', unseal.instant(c.decided_at)),
    'thread', (
      select jsonb_build_object('kind', t.kind, 'region', t.region, 'platform', p.name, 'messageCount', t.message_count,
        'participants', coalesce((
          select jsonb_agg(jsonb_build_object('id', s.id, 'pseudonym', 'Account ' || s.ordinal, 'ageBand', s.age_band,
              'accountAgeDays', s.account_age_days, 'country', s.country,
              'reporter', exists (select from triage.flags f where f.case_id = p_case and f.reporter_id = s.id))
              order by s.ordinal)
            from (select * from sealed.participants s where s.thread_id = t.id order by s.ordinal limit 200) s), '[]'::jsonb),
        'messages', coalesce((
          select jsonb_agg(jsonb_build_object('id', m.id, 'senderId', m.sender_id, 'sentAt', unseal.instant(m.sent_at),
              'kind', m.kind, 'flagged', m.id = any (v_flagged), 'edited', m.edited_at is not null,
              'deleted', m.deleted_at is not null,
              'attachments', (select count(*) from sealed.attachments x where x.thread_id = t.id and x.message_id = m.id
                                and x.revision = m.revision)) order by m.pos)
            from (
              -- The 200 nearest to a flagged message, in one pass: the distance to the last flagged one before and the
              -- first one after. (Measured against each flagged message, a long thread took seconds.)
              select near.* from (
                select o.*, least(o.pos - max(o.pos) filter (where o.id = any (v_flagged)) over before,
                                  min(o.pos) filter (where o.id = any (v_flagged)) over after - o.pos) as distance
                  from sealed.in_order(t.id) o
                window before as (order by o.pos), after as (order by o.pos desc)) near
               order by near.distance, near.pos
               limit 200) m), '[]'::jsonb))
        from triage.threads t join intake.platforms p on p.id = t.platform_id where t.id = c.thread_id),
    'flags', (
      select jsonb_agg(jsonb_build_object('id', f.id, 'source', f.source, 'category', f.category,
          'severity', unseal.severity_name(f.severity), 'confidence', f.confidence,
          'detector', case when f.detector_name is not null
            then jsonb_build_object('name', f.detector_name, 'version', f.detector_version) end,
          'hasWords', f.has_words, 'reporterId', f.reporter_id,
          'madeBy', (select jsonb_build_object('id', m.id, 'name', m.name) from staff.members m where m.id = f.made_by),
          'flaggedMessageIds', f.flagged_message_ids, 'raisedAt', unseal.instant(f.raised_at),
          'receivedAt', unseal.instant(f.received_at)) order by f.received_at, f.id)
        from (select * from triage.flags f where f.case_id = p_case order by f.received_at, f.id limit 200) f),
    'decisions', coalesce((
      select jsonb_agg(jsonb_build_object('id', d.id, 'caseId', d.case_id,
          'by', (select jsonb_build_object('id', m.id, 'name', m.name) from staff.members m where m.id = d.decided_by),
          'outcome', d.outcome, 'action', d.action,
          'policy', (select jsonb_build_object('id', p.id, 'code', p.code, 'title', p.title) from triage.policies p where p.id = d.policy_id),
          'note', d.note, 'viewed', d.viewed, 'decidedAt', unseal.instant(d.decided_at),
          'undoUntil', unseal.instant(d.undo_until), 'undoneAt', unseal.instant(d.undone_at)) order by d.id)
        from triage.decisions d where d.case_id = p_case), '[]'::jsonb),
    'previousCases', coalesce((
      select jsonb_agg(jsonb_build_object('id', o.id, 'number', o.number,
          'outcome', (select d.outcome from triage.decisions d where d.case_id = o.id and d.undone_at is null
                       order by d.id desc limit 1),
          'decidedAt', unseal.instant(o.decided_at)) order by o.id desc)
        from (select * from triage.cases o where o.thread_id = c.thread_id and o.id <> c.id order by o.id desc limit 20) o
       where triage.can_see(a, o)), '[]'::jsonb),
    'accessOptions', case when v_triages then access.options_on(a, c) else '[]'::jsonb end,
    'presetPurpose', case when v_triages and c.state = 'open' then v_purposes[1] end,
    'policies', coalesce((
      select jsonb_agg(jsonb_build_object('id', p.id, 'code', p.code, 'title', p.title, 'guidance', p.guidance,
          'category', p.category) order by p.category, p.code)
        from triage.policies p where p.active), '[]'::jsonb));
end
$$;
