-- Beginning a report, and writing it. A draft is content: it is read and saved under a view like the thread itself, and rests
-- as ciphertext, one row a revision.

-- Starts a report, a supplement or a batch from a case. p_ask: {kind, supplements}. Out: {ok, reportId, number}.
create or replace function cybertip.start_report(p_actor jsonb, p_case uuid, p_ask jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a        staff.actor := staff.resolve(p_actor);
  c        triage.cases;
  o        cybertip.reports;
  r        cybertip.reports;
  v_kind   text := coalesce(p_ask ->> 'kind', 'report');
  v_code   text;
  v_event  uuid;
begin
  if a.staff_id is null then
    return audit.denied(a, 'cybertip.started', 'not-signed-in', jsonb_build_object('caseId', p_case));
  end if;
  -- The thread before its cases, as intake locks them: of two who start at once, one waits and finds the other's.
  perform 1 from triage.threads t join triage.cases s on s.thread_id = t.id where s.id = p_case for update of t;
  select * into c from triage.cases where id = p_case;
  select * into o from cybertip.reports where id = (p_ask ->> 'supplements')::uuid;
  v_code := case
    when not a.roles @> array['specialist'] then 'wrong-role'
    when c.id is null or not cybertip.works(a) or not access.in_reach(a, c)
      or not (triage.can_see(a, c) or cybertip.stands_on(c.id))
      or access.own_account_in(a.staff_id, c.platform_id, c.thread_id) then 'not-found'
    -- A flag made by staff opens nothing, so there would be nothing to write from.
    when cardinality(access.purposes_of(c.id)) = 0 then 'staff-flag-only'
    -- Unless something has come since: a destruction leaves no message behind.
    when exists (select from cybertip.reports s where s.thread_id = c.thread_id and s.destroyed_at is not null)
      and not exists (select from sealed.messages m where m.thread_id = c.thread_id) then 'cybertip-destroyed'
    when exists (select from cybertip.reports s where s.case_id = c.id and (s.kind = 'batch') = (v_kind = 'batch')
      and s.state in ('draft', 'waiting', 'approved', 'filing', 'stuck')) then 'report-exists'
    -- What was filed to try things out, with another environment, is no report of this one.
    when v_kind = 'report' and exists (select from cybertip.reports s where s.case_id = c.id and s.kind <> 'batch'
      and s.state = 'filed' and (s.way = 'by_hand' or s.environment = (select e.environment from cybertip.settings e))) then 'already-filed'
    when v_kind = 'supplement' and (o.id is null or o.thread_id <> c.thread_id or o.state <> 'filed') then 'nothing-to-supplement'
  end;
  if v_code is not null then
    return audit.denied(a, 'cybertip.started', v_code, jsonb_build_object('caseId', p_case, 'threadId', c.thread_id));
  end if;
  insert into cybertip.reports (case_id, thread_id, platform_id, region, kind, supplements, started_by, due_at)
  values (c.id, c.thread_id, c.platform_id, c.region, v_kind, o.id, a.staff_id,
    clock_timestamp() + make_interval(hours => (select s.due_hours from cybertip.settings s)))
  returning * into r;
  perform cybertip.restrict_thread(a, c.thread_id);
  v_event := audit.write(a, 'staff', 'cybertip.started', 'done', cybertip.target(r, jsonb_build_object('kind', v_kind,
    'supplements', o.id)));
  perform cybertip.record(r, a.staff_id, 'started', null, null, v_event);
  return jsonb_build_object('ok', true, 'reportId', r.id, 'number', r.number);
end
$$;

-- What stands between this view and a report: it must be one of the report's case, opened for such a report.
create or replace function cybertip.view_refusal(a staff.actor, v access.views, r cybertip.reports) returns text
  language plpgsql stable
as $$
begin
  return coalesce(cybertip.working_refusal(a, r), case
    when (r).destroyed_at is not null then 'cybertip-destroyed'
    when (v).case_id <> (r).case_id or (v).purpose <> 'child_safety_report' then 'view-does-not-fit'
  end);
end
$$;

-- Reads a revision of a draft (the newest when null) under a view. Who read which is kept: an approval needs it.
-- Out: {ok, …, draft, key, …}, still sealed; draft null when nothing has been written.
create or replace function cybertip.read_draft(p_actor jsonb, p_report uuid, p_view uuid, p_revision integer) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a       staff.actor;
  t       record;
  v       access.views;
  r       cybertip.reports;
  n       cybertip.revisions;
  d       sealed.cybertip_drafts;
  s       cybertip.settings;
  v_code  text;
  v_event uuid;
begin
  if not pg_is_in_recovery() then
    a := staff.resolve(p_actor);
  end if;
  t := access.may_read_under(a, p_view);
  v := t.v;
  select * into r from cybertip.reports where id = p_report;
  v_code := coalesce(t.code, cybertip.view_refusal(a, v, r));
  if v_code is null and coalesce(p_revision, r.revision) > 0 then
    select * into n from cybertip.revisions where report_id = r.id and revision = coalesce(p_revision, r.revision);
    if n.report_id is null then
      v_code := 'not-found';
    end if;
  end if;
  if v_code is not null then
    return access.not_read(a, 'cybertip.draft_read', v_code, t.wait, jsonb_build_object('viewId', p_view, 'caseId', r.case_id,
      'threadId', r.thread_id, 'detail', jsonb_build_object('reportId', p_report)));
  end if;
  select * into s from cybertip.settings;
  if n.report_id is not null then
    select * into d from sealed.cybertip_drafts
     where thread_id = r.thread_id and report_id = r.id and revision = n.revision;
    v_event := audit.write(a, 'staff', 'cybertip.draft_read', 'done', cybertip.target(r, jsonb_build_object('revision', n.revision))
      || jsonb_build_object('viewId', v.id, 'purpose', v.purpose));
    insert into cybertip.draft_reads (report_id, revision, staff_id, session_id, view_id, event_id)
    values (r.id, n.revision, a.staff_id, a.session_id, v.id, v_event);
  end if;
  return jsonb_build_object('ok', true, 'reportId', r.id, 'threadId', r.thread_id, 'revision', coalesce(n.revision, 0),
    'digest', encode(n.digest, 'hex'), 'savedBy', access.person(n.saved_by), 'savedAt', unseal.instant(n.saved_at),
    'expiresAt', unseal.instant(v.expires_at), 'keyId', d.key_id, 'draft', encode(d.draft_ct, 'base64'),
    'key', (select jsonb_build_object('kekId', k.kek_id, 'wrapped', encode(k.wrapped, 'base64'))
      from sealed.thread_keys k where k.thread_id = r.thread_id and k.key_id = d.key_id),
    'reporter', s.reporter, 'schemaVersion', s.schema_version);
end
$$;

-- May this report be changed now? Out: a refusal's code, or null.
create or replace function cybertip.change_refusal(r cybertip.reports) returns text
  language plpgsql stable
as $$
begin
  return case
    when cybertip.is_being_filed((r).id) then 'filing-under-way'
    -- It may be with NCMEC already: whoever changed it now could file it twice.
    when (r).stuck_code = 'cannot-tell' then 'filing-in-doubt'
    when (r).destroyed_at is not null then 'cybertip-destroyed'
    when (r).state = 'filed' then 'already-filed'
    when (r).state = 'withdrawn' then 'report-closed'
  end;
end
$$;

-- What the web process is told before it checks and seals a draft: it is asked by whoever may save. Reveals nothing.
create or replace function cybertip.draft_terms(p_actor jsonb, p_report uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  r      cybertip.reports;
  s      cybertip.settings;
  v_code text;
begin
  select * into r from cybertip.reports where id = p_report;
  v_code := cybertip.working_refusal(a, r);
  if v_code is not null then
    return audit.denied(a, 'cybertip.saved', v_code, jsonb_build_object('detail', jsonb_build_object('reportId', p_report)));
  end if;
  select * into s from cybertip.settings;
  return jsonb_build_object('ok', true, 'threadId', r.thread_id, 'reporter', s.reporter, 'schemaVersion', s.schema_version);
end
$$;

-- Saves a revision, made from p_expected, under the same view that it was read under. p: {keyId, kekId, wrapped, draft (base64
-- both), digest (hex), errors, warnings, incidentType, highPriority, annotations, persons, victims, transcript,
-- files: [{messageId, revision, ordinal, included, reason, classification}], accounts: [{part, account}]}.
-- Saving the same again is no revision. Any other puts the report back to draft, whatever was approved.
create or replace function cybertip.save_draft(p_actor jsonb, p_report uuid, p_view uuid, p_expected integer, p jsonb)
  returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a        staff.actor;
  t        record;
  r        cybertip.reports;
  n        cybertip.revisions;
  v_code   text;
  v_digest bytea := decode(p ->> 'digest', 'hex');
  v_event  uuid;
  v_before text;
  v_target jsonb;
begin
  if not pg_is_in_recovery() then
    a := staff.resolve(p_actor);
  end if;
  t := access.may_read_under(a, p_view);
  if t.code is null then
    select * into r from cybertip.reports where id = p_report for update;
  end if;
  v_code := coalesce(t.code, cybertip.view_refusal(a, t.v, r), cybertip.change_refusal(r));
  v_target := jsonb_build_object('viewId', p_view, 'caseId', r.case_id, 'threadId', r.thread_id,
    'detail', jsonb_build_object('reportId', p_report));
  if v_code is not null then
    return access.not_read(a, 'cybertip.saved', v_code, t.wait, v_target);
  end if;
  select * into n from cybertip.revisions where report_id = r.id and revision = r.revision;
  if n.digest = v_digest and n.errors = (p ->> 'errors')::integer and n.warnings = (p ->> 'warnings')::integer then
    return jsonb_build_object('ok', true, 'revision', n.revision, 'digest', encode(n.digest, 'hex'),
      'savedAt', unseal.instant(n.saved_at), 'state', r.state);
  end if;
  if r.revision <> p_expected then
    return audit.denied(a, 'cybertip.saved', 'draft-changed', v_target) || jsonb_build_object('meanwhile', jsonb_build_object(
      'revision', r.revision, 'savedBy', access.person(n.saved_by), 'savedAt', unseal.instant(n.saved_at)));
  end if;
  if r.revision >= 100000 then
    return audit.denied(a, 'cybertip.saved', 'rate-limited', v_target);
  end if;
  if exists (
       select from jsonb_to_recordset(p -> 'files') f("messageId" uuid, revision integer, ordinal integer)
        where not exists (select from sealed.attachments x where x.thread_id = r.thread_id and x.message_id = f."messageId"
          and x.revision = f.revision and x.ordinal = f.ordinal)) then
    return audit.denied(a, 'cybertip.saved', 'unknown-attachment', v_target);
  end if;

  v_before := r.state;
  update cybertip.reports set revision = revision + 1, state = 'draft', approved_revision = null, approved_digest = null,
      approved_by = null, approved_at = null, handed_in_by = null, handed_in_at = null, filing_by = null, filing_at = null,
      stop_asked_by = null, stop_asked_at = null, stuck_code = null, stuck_file_no = null, stuck_at = null, way = null,
      changed_at = clock_timestamp()
   where id = r.id returning * into r;
  insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped)
  values (r.thread_id, (p ->> 'keyId')::uuid, p ->> 'kekId', decode(p ->> 'wrapped', 'base64'));
  insert into sealed.cybertip_drafts (thread_id, report_id, revision, key_id, draft_ct)
  values (r.thread_id, r.id, r.revision, (p ->> 'keyId')::uuid, decode(p ->> 'draft', 'base64'));
  insert into cybertip.revisions (report_id, revision, digest, errors, warnings, incident_type, high_priority, annotations,
    persons, victims, transcript, view_id, saved_by, session_id)
  values (r.id, r.revision, v_digest, (p ->> 'errors')::integer, (p ->> 'warnings')::integer, p ->> 'incidentType',
    (p ->> 'highPriority')::boolean, array(select jsonb_array_elements_text(p -> 'annotations')), (p ->> 'persons')::integer,
    (p ->> 'victims')::integer, (p ->> 'transcript')::boolean, p_view, a.staff_id, a.session_id)
  returning * into n;
  insert into cybertip.revision_files (report_id, revision, file_no, thread_id, message_id, message_revision, ordinal,
    included, reason, classification)
  select r.id, r.revision, f.place, r.thread_id, (f.one ->> 'messageId')::uuid, (f.one ->> 'revision')::integer,
         (f.one ->> 'ordinal')::integer, (f.one ->> 'included')::boolean, f.one ->> 'reason', f.one ->> 'classification'
    from jsonb_array_elements(p -> 'files') with ordinality f(one, place);
  insert into sealed.cybertip_accounts (thread_id, report_id, revision, part, platform_id, platform_participant_id)
  select distinct r.thread_id, r.id, r.revision, c.part, r.platform_id, c.account
    from jsonb_to_recordset(p -> 'accounts') c(part text, account text);
  v_event := audit.write(a, 'staff', 'cybertip.saved', 'done', cybertip.target(r, jsonb_build_object('revision', r.revision,
    'errors', n.errors, 'digest', encode(n.digest, 'hex'))) || jsonb_build_object('viewId', p_view));
  -- Each save is a revision; the history tells what it undid.
  if v_before <> 'draft' then
    perform cybertip.record(r, a.staff_id, 'reopened', v_before, null, v_event);
  end if;
  return jsonb_build_object('ok', true, 'revision', n.revision, 'digest', encode(n.digest, 'hex'),
    'savedAt', unseal.instant(n.saved_at), 'state', r.state);
end
$$;
