-- The register of reports: what may be known of them without reading them. No content, no account ids.

-- A line of the register, in the words of contracts/cybertip.ts (the next step is the application's to name).
create or replace function cybertip.report_row(a staff.actor, r cybertip.reports) returns jsonb
  language plpgsql stable
as $$
declare
  n cybertip.revisions;
begin
  select * into n from cybertip.revisions where report_id = (r).id and revision = (r).revision;
  return jsonb_build_object('id', (r).id, 'number', (r).number, 'kind', (r).kind, 'state', (r).state, 'stuckCode', (r).stuck_code,
    'way', (r).way, 'case', jsonb_build_object('id', (r).case_id,
      'number', (select c.number from triage.cases c where c.id = (r).case_id)),
    'platform', (select p.name from intake.platforms p where p.id = (r).platform_id), 'region', (r).region,
    'revision', (r).revision, 'errors', coalesce(n.errors, 0), 'warnings', coalesce(n.warnings, 0), 'incidentType', n.incident_type,
    'highPriority', coalesce(n.high_priority, false), 'startedBy', access.person((r).started_by),
    'startedAt', unseal.instant((r).started_at), 'savedBy', access.person(n.saved_by),
    'handedInBy', access.person((r).handed_in_by), 'approvedBy', access.person((r).approved_by),
    'dueAt', unseal.instant((r).due_at),
    'overdue', (r).state in ('draft', 'waiting', 'approved', 'filing', 'stuck') and (r).due_at <= clock_timestamp(),
    'changedAt', unseal.instant((r).changed_at), 'environment', (r).environment, 'ncmecReportId', (r).ncmec_report_id,
    'filedAt', unseal.instant((r).filed_at),
    'keptUntil', (select unseal.instant(max(h.until_at)) from cybertip.holds h where h.report_id = (r).id and h.released_at is null),
    'mine', (r).started_by = (a).staff_id or exists (
      select from cybertip.revisions v where v.report_id = (r).id and v.saved_by = (a).staff_id));
end
$$;

-- How reports leave, as far as those who look at the register must know.
create or replace function cybertip.service_row() returns jsonb
  language sql stable
as $$
  select jsonb_build_object('environment', s.environment, 'live', s.live, 'schemaVersion', s.schema_version,
      'reporterKnown', s.reporter is not null, 'schemaCheck', (
        select jsonb_build_object('at', unseal.instant(k.checked_at), 'outcome', k.outcome) from cybertip.schema_checks k
         where k.environment = s.environment order by k.id desc limit 1))
    from cybertip.settings s
$$;

-- Reports, newest first, cut by id. p: {state (or open), mine, overdue, case}. p_after: the id where the page before ended.
create or replace function cybertip.list_reports(p_actor jsonb, p jsonb, p_after jsonb, p_limit integer) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a        staff.actor := staff.resolve(p_actor);
  v_open   text[] := array['draft', 'waiting', 'approved', 'filing', 'stuck'];
  v_states text[] := case when p ->> 'state' = 'open' then v_open when p ->> 'state' is not null then array[p ->> 'state'] end;
  v_ids    uuid[];
begin
  if a.staff_id is null then
    return audit.denied(a, 'cybertip.listed', 'not-signed-in', '{}');
  end if;
  if not cybertip.works(a) and not cybertip.looks_on(a) then
    return audit.denied(a, 'cybertip.listed', 'wrong-role', '{}');
  end if;
  p_limit := least(greatest(p_limit, 1), 100);
  v_ids := array(
    select r.id from cybertip.reports r
     where (v_states is null or r.state = any (v_states)) and (p ->> 'case' is null or r.case_id = (p ->> 'case')::uuid)
       and (p_after is null or r.id < (p_after ->> 'id')::uuid)
       and (not coalesce((p ->> 'overdue')::boolean, false) or (r.state = any (v_open) and r.due_at <= clock_timestamp()))
       and (not coalesce((p ->> 'mine')::boolean, false) or r.started_by = a.staff_id or exists (
         select from cybertip.revisions v where v.report_id = r.id and v.saved_by = a.staff_id))
       and cybertip.metadata_refusal(a, r) is null
     order by r.id desc limit p_limit + 1);
  return jsonb_build_object('ok', true,
    'reports', (select coalesce(jsonb_agg(cybertip.report_row(a, r) order by r.id desc), '[]')
      from cybertip.reports r where r.id = any (v_ids[1:p_limit])),
    'nextCursor', case when cardinality(v_ids) > p_limit then unseal.cursor(v_ids[p_limit], null) end,
    'counts', (select jsonb_build_object('open', count(*), 'waiting', count(*) filter (where r.state = 'waiting'),
        'stuck', count(*) filter (where r.state = 'stuck'), 'overdue', count(*) filter (where r.due_at <= clock_timestamp()),
        'mine', count(*) filter (where r.started_by = a.staff_id or exists (
          select from cybertip.revisions v where v.report_id = r.id and v.saved_by = a.staff_id)))
      from cybertip.reports r where r.state = any (v_open) and cybertip.metadata_refusal(a, r) is null),
    'mayWrite', cybertip.works(a), 'service', cybertip.service_row());
end
$$;

-- What the caller may do with a report as it stands. The verbs ask again.
create or replace function cybertip.rights_on(a staff.actor, r cybertip.reports) returns jsonb
  language plpgsql stable
as $$
declare
  v_works   boolean := cybertip.working_refusal(a, r) is null;
  v_counsel boolean := coalesce((a).roles @> array['legal_counsel'], false);
  v_change  boolean := v_works and cybertip.change_refusal(r) is null;
  v_lives   boolean := (r).destroyed_at is null;
  v_wrote   boolean := (r).handed_in_by is not distinct from (a).staff_id or exists (
    select from cybertip.revisions v where v.report_id = (r).id and v.saved_by = (a).staff_id);
  v_errors  integer := (select v.errors from cybertip.revisions v where v.report_id = (r).id and v.revision = (r).revision);
  d         cybertip.destructions;
  s         cybertip.settings;
begin
  select * into d from cybertip.destructions where thread_id = (r).thread_id and state = 'asked';
  select * into s from cybertip.settings;
  return jsonb_build_object(
    'read', v_works and v_lives, 'write', v_change,
    'handIn', v_change and (r).state = 'draft' and coalesce(v_errors, 1) = 0,
    'approve', v_change and (r).state = 'waiting' and not v_wrote,
    'sendBack', v_change and (r).state in ('waiting', 'approved', 'stuck'), 'withdraw', v_change,
    'file', v_change and (r).state = 'approved' and s.live,
    'stop', v_works and (r).state = 'filing',
    'tryAgain', v_works and v_lives and ((r).state = 'stuck' or ((r).state = 'filing' and exists (
      select from cybertip.attempts t where t.report_id = (r).id and t.state = 'open' and t.next_try_at > clock_timestamp()))),
    'export', cybertip.export_refusal(a, r) is null,
    'recordByHand', v_change and (r).state in ('approved', 'stuck') and (r).approved_revision is not null,
    'supplement', v_works and v_lives and (r).state = 'filed' and not exists (
      select from cybertip.reports o where o.case_id = (r).case_id and o.kind <> 'batch'
         and o.state in ('draft', 'waiting', 'approved', 'filing', 'stuck')),
    'hold', v_counsel and v_lives and (r).state = 'filed',
    'askDestruction', v_counsel and v_lives and (r).state = 'filed' and d.id is null,
    'confirmDestruction', d.id is not null and d.asked_by <> (a).staff_id and cybertip.confirms(a, r) is null,
    'receipt', exists (select from cybertip.receipts x where x.report_id = (r).id));
end
$$;

-- The attachments of a report's thread as intake recorded them, and what the newest revision and the log say of each.
create or replace function cybertip.files_of(r cybertip.reports) returns jsonb
  language plpgsql stable
as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('messageId', x.message_id, 'revision', x.revision, 'ordinal', x.ordinal,
        'mediaType', x.media_type, 'sizeBytes', x.size_bytes, 'md5', x.md5, 'sha256', x.sha256,
        'perceptualHash', x.perceptual_hash, 'fileNo', f.file_no, 'included', f.included, 'reason', f.reason,
        'classification', f.classification, 'viewings', (
          select coalesce(jsonb_agg(jsonb_build_object('readingId', w.id, 'viewId', w.view_id, 'by', access.person(w.staff_id),
              'shownAt', unseal.instant(w.shown_at)) order by w.id), '[]')
            from access.viewings_of(x.thread_id, x.message_id, x.revision, x.ordinal) w))
        order by f.file_no, x.sent_at, x.message_id, x.revision, x.ordinal), '[]')
      from (select a.*, m.sent_at from sealed.attachments a
              join sealed.messages m on m.thread_id = a.thread_id and m.id = a.message_id and m.revision = a.revision
             where a.thread_id = (r).thread_id order by m.sent_at, a.message_id, a.revision, a.ordinal limit 1000) x
      left join cybertip.revision_files f on f.report_id = (r).id and f.revision = (r).revision
        and f.message_id = x.message_id and f.message_revision = x.revision and f.ordinal = x.ordinal);
end
$$;

-- Attempts and their steps: what was sent, as far as it is no content.
create or replace function cybertip.attempts_of(p_report uuid) returns jsonb
  language sql stable
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'n', t.n, 'environment', t.environment,
      'schemaVersion', t.schema_version, 'revision', t.revision, 'state', t.state, 'why', t.why,
      'ncmecReportId', t.ncmec_report_id, 'openedAt', unseal.instant(t.opened_at), 'submittedAt', unseal.instant(t.submitted_at),
      'lastChangeAt', unseal.instant(t.last_change_at), 'expiresAt', unseal.instant(t.expires_at),
      'endedAt', unseal.instant(t.ended_at), 'nextTryAt', unseal.instant(t.next_try_at), 'steps', (
        select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'n', s.n, 'kind', s.kind, 'fileNo', s.file_no, 'state', s.state,
            'try', s.try, 'begunAt', unseal.instant(s.begun_at), 'endedAt', unseal.instant(s.ended_at),
            'milliseconds', s.milliseconds, 'httpStatus', s.http_status, 'code', s.code, 'requestId', s.request_id,
            'sentSha256', s.sent_sha256, 'sentBytes', s.sent_bytes, 'answerSha256', s.answer_sha256, 'fileId', s.file_id,
            'md5', s.md5, 'inDoubt', s.in_doubt, 'cause', s.cause) order by s.n), '[]')
          from cybertip.steps s where s.attempt_id = t.id)) order by t.n desc), '[]')
    from (select * from cybertip.attempts t where t.report_id = p_report order by t.n desc limit 20) t
$$;

create or replace function cybertip.short_row(r cybertip.reports) returns jsonb
  language sql stable
as $$
  select case when (r).id is not null then jsonb_build_object('id', (r).id, 'number', (r).number, 'state', (r).state,
    'ncmecReportId', (r).ncmec_report_id) end
$$;

-- Everything about a report but what it says.
create or replace function cybertip.read_report(p_actor jsonb, p_report uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  r      cybertip.reports;
  o      cybertip.reports;
  n      cybertip.revisions;
  v_code text;
begin
  select * into r from cybertip.reports where id = p_report;
  v_code := cybertip.metadata_refusal(a, r);
  if v_code is not null then
    return cybertip.refuse(a, r, p_report, 'cybertip.read', v_code);
  end if;
  select * into n from cybertip.revisions where report_id = r.id and revision = r.revision;
  select * into o from cybertip.reports where id = r.supplements;
  return jsonb_build_object('ok', true, 'report', cybertip.report_row(a, r) || jsonb_build_object(
    'digest', encode(n.digest, 'hex'), 'approvedRevision', r.approved_revision, 'annotations', coalesce(to_jsonb(n.annotations), '[]'),
    'persons', coalesce(n.persons, 0), 'victims', coalesce(n.victims, 0), 'transcript', coalesce(n.transcript, false),
    'messageCount', (select count(distinct m.id) from sealed.messages m where m.thread_id = r.thread_id),
    'stuckFileNo', r.stuck_file_no, 'stuckAt', unseal.instant(r.stuck_at), 'handedInAt', unseal.instant(r.handed_in_at),
    'approvedAt', unseal.instant(r.approved_at), 'takenOut', (select jsonb_build_object('by', access.person(x.staff_id),
        'at', unseal.instant(x.opened_at)) from cybertip.taken_out(r) x where x.id is not null), 'withdrawnBy', access.person(r.withdrawn_by),
    'withdrawnAt', unseal.instant(r.withdrawn_at), 'withdrawnReason', r.withdrawn_reason,
    'destroyedAt', unseal.instant(r.destroyed_at), 'supplements', cybertip.short_row(o),
    'supplementedBy', (select coalesce(jsonb_agg(cybertip.short_row(s) order by s.id), '[]')
      from cybertip.reports s where s.supplements = r.id),
    'revisions', (select coalesce(jsonb_agg(jsonb_build_object('revision', v.revision, 'savedBy', access.person(v.saved_by),
        'savedAt', unseal.instant(v.saved_at), 'errors', v.errors, 'warnings', v.warnings,
        'filesIncluded', (select count(*) from cybertip.revision_files f
           where f.report_id = v.report_id and f.revision = v.revision and f.included),
        'filesLeftOut', (select count(*) from cybertip.revision_files f
           where f.report_id = v.report_id and f.revision = v.revision and not f.included),
        'readBy', (select coalesce(jsonb_agg(access.person(d.staff_id)), '[]') from (
           select distinct d.staff_id from cybertip.draft_reads d where d.report_id = v.report_id and d.revision = v.revision) d))
        order by v.revision desc), '[]')
      from (select * from cybertip.revisions v where v.report_id = r.id order by v.revision desc limit 50) v),
    'approvals', (select coalesce(jsonb_agg(jsonb_build_object('by', access.person(p.staff_id), 'at', unseal.instant(p.at),
        'revision', p.revision, 'answer', p.answer, 'note', p.note) order by p.id), '[]')
      from cybertip.approvals p where p.report_id = r.id),
    'files', cybertip.files_of(r), 'fileCount', (select count(*) from sealed.attachments x where x.thread_id = r.thread_id),
    'attempts', cybertip.attempts_of(r.id),
    'receipt', (select jsonb_build_object('ncmecReportId', x.ncmec_report_id, 'environment', x.environment,
        'filedAt', unseal.instant(x.filed_at), 'fileIds', x.file_ids, 'answerSha256', x.answer_sha256, 'requestId', x.request_id)
      from cybertip.receipts x where x.report_id = r.id),
    'holds', (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'kind', h.kind, 'from', unseal.instant(h.from_at),
        'until', unseal.instant(h.until_at), 'reason', h.reason, 'reference', h.reference, 'madeBy', access.person(h.made_by),
        'madeAt', unseal.instant(h.made_at), 'releasedAt', unseal.instant(h.released_at),
        'live', h.released_at is null and h.until_at > clock_timestamp()) order by h.id), '[]')
      from cybertip.holds h where h.report_id = r.id),
    'destructions', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'state', d.state, 'reference', d.reference,
        'reason', d.reason, 'askedBy', access.person(d.asked_by), 'askedAt', unseal.instant(d.asked_at),
        'confirmedBy', access.person(d.confirmed_by), 'endedAt', unseal.instant(d.ended_at), 'mine', d.asked_by = a.staff_id)
        order by d.id), '[]')
      from cybertip.destructions d where d.thread_id = r.thread_id),
    'history', (select coalesce(jsonb_agg(jsonb_build_object('at', unseal.instant(h.at), 'by', access.person(h.staff_id),
        'what', h.what, 'from', h.from_state, 'to', h.to_state, 'revision', h.revision, 'note', h.note) order by h.id), '[]')
      from (select * from cybertip.history h where h.report_id = r.id order by h.id desc limit 200) h),
    'may', cybertip.rights_on(a, r)));
end
$$;

-- Reports in which the participants of a case's thread are named, by their accounts on the platform, in any thread. Of each
-- report its approved or newest revision counts. No account id leaves.
create or replace function cybertip.prior_reports(p_actor jsonb, p_case uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  c      triage.cases;
  v_code text;
begin
  select * into c from triage.cases where id = p_case;
  v_code := case
    when a.staff_id is null then 'not-signed-in'
    when not a.roles && array['specialist', 'legal_counsel'] then 'wrong-role'
    when c.id is null then 'not-found'
    when a.roles @> array['legal_counsel'] then
      case when not exists (select from cybertip.reports r where r.case_id = c.id) then 'not-found' end
    when not cybertip.works(a) or not access.in_reach(a, c) or not (triage.can_see(a, c) or cybertip.stands_on(c.id))
      or access.own_account_in(a.staff_id, c.platform_id, c.thread_id) then 'not-found'
  end;
  if v_code is not null then
    return audit.denied(a, 'cybertip.prior_read', v_code, jsonb_build_object('caseId', p_case, 'threadId', c.thread_id));
  end if;
  -- Whether somebody was reported before is told by this list alone: looking at it is an act.
  perform audit.write(a, 'staff', 'cybertip.prior_read', 'done', jsonb_build_object('caseId', p_case, 'threadId', c.thread_id));
  return jsonb_build_object('ok', true, 'participants', (
    select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'pseudonym', 'Account ' || p.ordinal, 'ageBand', p.age_band,
        'reports', (
          select coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'number', q.number,
              'case', jsonb_build_object('id', q.case_id, 'number', (select o.number from triage.cases o where o.id = q.case_id)),
              'part', q.part, 'state', q.state, 'ncmecReportId', q.ncmec_report_id, 'filedAt', unseal.instant(q.filed_at))
              order by q.id desc), '[]')
            from (select r.id, r.number, r.case_id, r.state, r.ncmec_report_id, r.filed_at, n.part
                    from sealed.cybertip_accounts n
                    join cybertip.reports r on r.id = n.report_id and r.revision = n.revision
                   where n.platform_id = c.platform_id and n.platform_participant_id = p.platform_participant_id
                     and r.state <> 'withdrawn' and cybertip.metadata_refusal(a, r) is null
                   order by r.id desc limit 100) q)) order by p.ordinal), '[]')
      from (select * from sealed.participants p where p.thread_id = c.thread_id order by p.ordinal limit 200) p));
end
$$;

-- Figures for the transparency report: of what was filed (and withdrawn) in a span. Out: the words of contracts/cybertip.ts.
create or replace function cybertip.figures(p_actor jsonb, p_from timestamptz, p_until timestamptz) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a       staff.actor := staff.resolve(p_actor);
  v_open  text[] := array['draft', 'waiting', 'approved', 'filing', 'stuck'];
  v_until timestamptz := coalesce(p_until, clock_timestamp());
  v_from  timestamptz := coalesce(p_from, date_trunc('month', v_until, 'UTC') - interval '11 months');
begin
  if a.staff_id is null then
    return audit.denied(a, 'cybertip.figures_read', 'not-signed-in', '{}');
  end if;
  if not cybertip.works(a) and not cybertip.looks_on(a) then
    return audit.denied(a, 'cybertip.figures_read', 'wrong-role', '{}');
  end if;
  if v_from >= v_until or v_from < v_until - interval '10 years' then
    return audit.denied(a, 'cybertip.figures_read', 'bad-time', '{}');
  end if;
  return (
    with seen as materialized (
      select r.* from cybertip.reports r where cybertip.looks_on(a) or r.region = any (a.regions)
    ), filed as materialized (
      select r.*, n.incident_type, n.high_priority, f.files, f.viewed
        from seen r join cybertip.revisions n on n.report_id = r.id and n.revision = r.approved_revision
        cross join lateral (select count(*) as files, count(*) filter (where v.viewed) as viewed
          from cybertip.files_viewed(r.id, r.revision, r.filed_at) v where v.included) f
       where r.state = 'filed' and r.filed_at >= v_from and r.filed_at < v_until
    ), months as (
      select m as at, m + interval '1 month' as until
        from generate_series(date_trunc('month', v_from, 'UTC'), v_until - interval '1 microsecond', interval '1 month') m
    )
    select jsonb_build_object('ok', true, 'from', unseal.instant(v_from), 'until', unseal.instant(v_until),
      'months', (select coalesce(jsonb_agg(jsonb_build_object('month', to_char(m.at at time zone 'UTC', 'YYYY-MM'),
          'started', (select count(*) from seen r where r.started_at >= greatest(m.at, v_from) and r.started_at < least(m.until, v_until)),
          'withdrawn', (select count(*) from seen r where r.withdrawn_at >= greatest(m.at, v_from) and r.withdrawn_at < least(m.until, v_until)),
          'filed', x.filed, 'filedInTime', x.in_time, 'highPriority', x.high, 'textOnly', x.text_only, 'files', x.files,
          'filesViewed', x.viewed) order by m.at), '[]')
        from months m cross join lateral (
          select count(*) as filed, count(*) filter (where f.filed_at <= f.due_at) as in_time,
                 count(*) filter (where f.high_priority) as high, count(*) filter (where f.files = 0) as text_only,
                 coalesce(sum(f.files), 0) as files, coalesce(sum(f.viewed), 0) as viewed
            from filed f where f.filed_at >= m.at and f.filed_at < m.until) x),
      'incidentTypes', (select coalesce(jsonb_agg(jsonb_build_object('incidentType', t.incident_type, 'filed', t.n) order by t.n desc, t.incident_type), '[]')
        from (select coalesce(f.incident_type, '') as incident_type, count(*) as n from filed f group by 1) t),
      'kinds', (select coalesce(jsonb_agg(jsonb_build_object('kind', t.kind, 'filed', t.n) order by t.kind), '[]')
        from (select f.kind, count(*) as n from filed f group by 1) t),
      'ways', (select coalesce(jsonb_agg(jsonb_build_object('way', t.way, 'filed', t.n) order by t.way), '[]')
        from (select f.way, count(*) as n from filed f group by 1) t),
      'open', (select count(*) from seen r where r.state = any (v_open)),
      'overdue', (select count(*) from seen r where r.state = any (v_open) and r.due_at <= clock_timestamp()),
      'medianHoursToFile', (select round((percentile_cont(0.5) within group (
          order by extract(epoch from f.filed_at - f.started_at)) / 3600)::numeric, 1) from filed f),
      'refusedOnce', (select count(*) from filed f where exists (
        select from cybertip.attempts t join cybertip.steps s on s.attempt_id = t.id where t.report_id = f.id and s.state = 'refused')),
      'holds', (select count(*) from cybertip.holds h join seen r on r.id = h.report_id
        where h.released_at is null and h.until_at > clock_timestamp()),
      'destroyed', (select count(*) from seen r where r.destroyed_at >= v_from and r.destroyed_at < v_until)));
end
$$;
