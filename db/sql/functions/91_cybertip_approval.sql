-- Handing in, approving, sending back, withdrawing: two people stand behind what is filed, and each act is one conditional
-- change of a locked row.

-- Nobody who wrote any of a report answers it with yes, whichever function forgets to ask.
create or replace function cybertip.keep_apart() returns trigger
  language plpgsql
as $$
begin
  if new.answer = 'approved' and exists (
       select from cybertip.revisions v where v.report_id = new.report_id and v.saved_by = new.staff_id) then
    raise exception using errcode = 'UN030', message = 'Nobody approves a report that they wrote.';
  end if;
  return new;
end
$$;
drop trigger if exists keep_apart on cybertip.approvals;
create trigger keep_apart before insert on cybertip.approvals for each row execute function cybertip.keep_apart();

-- The row of a report for an act of somebody who works on it, locked. Out: a refusal's code, or null.
create or replace function cybertip.take_up(p_actor jsonb, p_report uuid, out a staff.actor, out r cybertip.reports, out code text)
  language plpgsql
as $$
begin
  a := access.held(staff.resolve(p_actor));
  if a.staff_id is null then
    code := 'not-signed-in';
    return;
  end if;
  select * into r from cybertip.reports where id = p_report for update;
  code := cybertip.working_refusal(a, r);
end
$$;

-- What a refusal's event names, also of a report that the caller may not know of.
create or replace function cybertip.refuse(a staff.actor, r cybertip.reports, p_report uuid, p_action text, p_code text) returns jsonb
  language plpgsql
as $$
begin
  return audit.denied(a, p_action, p_code, jsonb_build_object('caseId', (r).case_id, 'threadId', (r).thread_id,
    'detail', jsonb_build_object('reportId', p_report)));
end
$$;

create or replace function cybertip.moved(r cybertip.reports) returns jsonb
  language sql immutable
as $$ select jsonb_build_object('ok', true, 'state', (r).state, 'revision', (r).revision) $$;

-- Hands in the newest revision for somebody else to approve.
create or replace function cybertip.hand_in(p_actor jsonb, p_report uuid, p_revision integer) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t record;
  r cybertip.reports;
  v_code text;
begin
  t := cybertip.take_up(p_actor, p_report);
  r := t.r;
  v_code := coalesce(t.code, cybertip.change_refusal(r), case
    when r.state <> 'draft' then 'report-not-draft'
    when r.revision <> p_revision then 'draft-changed'
    when r.revision = 0 then 'draft-has-errors'
    when (select v.errors from cybertip.revisions v where v.report_id = r.id and v.revision = r.revision) > 0 then 'draft-has-errors'
  end);
  if v_code is not null then
    return cybertip.refuse(t.a, r, p_report, 'cybertip.handed_in', v_code);
  end if;
  update cybertip.reports set state = 'waiting', handed_in_by = (t.a).staff_id, handed_in_at = clock_timestamp(),
      changed_at = clock_timestamp()
   where id = r.id returning * into r;
  perform cybertip.record(r, (t.a).staff_id, 'handed_in', 'draft', null,
    audit.write(t.a, 'staff', 'cybertip.handed_in', 'done', cybertip.target(r, jsonb_build_object('revision', r.revision))));
  return cybertip.moved(r);
end
$$;

-- Approves what was read, word for word: revision and digest. By somebody who wrote none of it and read it under a view of
-- their own, in an earlier transaction.
create or replace function cybertip.approve(p_actor jsonb, p_report uuid, p_revision integer, p_digest text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t      record;
  a      staff.actor;
  r      cybertip.reports;
  n      cybertip.revisions;
  v_read uuid;
  v_code text;
begin
  t := cybertip.take_up(p_actor, p_report);
  a := t.a;
  r := t.r;
  select * into n from cybertip.revisions where report_id = r.id and revision = r.revision;
  v_code := coalesce(t.code, cybertip.change_refusal(r), case
    when r.state <> 'waiting' then 'not-waiting'
    when r.handed_in_by = a.staff_id or exists (
      select from cybertip.revisions v where v.report_id = r.id and v.saved_by = a.staff_id) then 'own-report'
    when r.revision <> p_revision or encode(n.digest, 'hex') is distinct from p_digest then 'draft-changed'
    when n.errors > 0 then 'draft-has-errors'
  end);
  if v_code is null then
    select d.id into v_read from cybertip.draft_reads d
     where d.report_id = r.id and d.revision = r.revision and d.staff_id = a.staff_id
       and pg_xact_status(d.read_xid) is not distinct from 'committed'
     order by d.id desc limit 1;
    if v_read is null then
      v_code := 'not-read';
    end if;
  end if;
  if v_code is not null then
    return cybertip.refuse(a, r, p_report, 'cybertip.approved', v_code);
  end if;
  insert into cybertip.approvals (report_id, revision, digest, handed_in_by, staff_id, session_id, answer, read_id)
  values (r.id, r.revision, n.digest, r.handed_in_by, a.staff_id, a.session_id, 'approved', v_read);
  update cybertip.reports set state = 'approved', approved_revision = r.revision, approved_digest = n.digest,
      approved_by = a.staff_id, approved_at = clock_timestamp(), changed_at = clock_timestamp()
   where id = r.id returning * into r;
  perform cybertip.record(r, a.staff_id, 'approved', 'waiting', null,
    audit.write(a, 'staff', 'cybertip.approved', 'done', cybertip.target(r, jsonb_build_object('revision', r.revision,
      'digest', encode(n.digest, 'hex'), 'read', v_read)) || jsonb_build_object('staffId', r.handed_in_by)));
  return cybertip.moved(r);
end
$$;

-- Puts a report that was handed in or approved, or is stuck, back to draft, with a word why.
create or replace function cybertip.send_back(p_actor jsonb, p_report uuid, p_note text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t record;
  r cybertip.reports;
  v_code text;
  v_from text;
begin
  t := cybertip.take_up(p_actor, p_report);
  r := t.r;
  v_code := coalesce(t.code, cybertip.change_refusal(r), case
    when r.state not in ('waiting', 'approved', 'stuck') then 'not-waiting'
    when not access.reason_has_substance(p_note) then 'note-without-substance'
  end);
  if v_code is not null then
    return cybertip.refuse(t.a, r, p_report, 'cybertip.sent_back', v_code);
  end if;
  v_from := r.state;
  insert into cybertip.approvals (report_id, revision, digest, handed_in_by, staff_id, session_id, answer, note)
  select r.id, r.revision, n.digest, coalesce(r.handed_in_by, n.saved_by), (t.a).staff_id, (t.a).session_id, 'sent_back', p_note
    from cybertip.revisions n where n.report_id = r.id and n.revision = r.revision;
  update cybertip.reports set state = 'draft', approved_revision = null, approved_digest = null, approved_by = null,
      approved_at = null, handed_in_by = null, handed_in_at = null, filing_by = null, filing_at = null, stop_asked_by = null,
      stop_asked_at = null, stuck_code = null, stuck_file_no = null, stuck_at = null, way = null, changed_at = clock_timestamp()
   where id = r.id returning * into r;
  perform cybertip.record(r, (t.a).staff_id, 'sent_back', v_from, p_note,
    audit.write(t.a, 'staff', 'cybertip.sent_back', 'done', cybertip.target(r, jsonb_build_object('revision', r.revision))
      || jsonb_build_object('reason', p_note)));
  return cybertip.moved(r);
end
$$;

-- Gives a report up before it is filed. The thread stays restricted; another report may be started.
create or replace function cybertip.withdraw(p_actor jsonb, p_report uuid, p_reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t record;
  r cybertip.reports;
  v_code text;
  v_from text;
begin
  t := cybertip.take_up(p_actor, p_report);
  r := t.r;
  v_code := coalesce(t.code, cybertip.change_refusal(r), case
    when not access.reason_has_substance(p_reason) then 'reason-without-substance'
  end);
  if v_code is not null then
    return cybertip.refuse(t.a, r, p_report, 'cybertip.withdrawn', v_code);
  end if;
  v_from := r.state;
  update cybertip.reports set state = 'withdrawn', withdrawn_by = (t.a).staff_id, withdrawn_at = clock_timestamp(),
      withdrawn_reason = p_reason, stuck_code = null, stuck_file_no = null, stuck_at = null, changed_at = clock_timestamp()
   where id = r.id returning * into r;
  -- What was opened for it alone closes with it.
  perform cybertip.end_openings(t.a, r);
  perform cybertip.record(r, (t.a).staff_id, 'withdrawn', v_from, p_reason,
    audit.write(t.a, 'staff', 'cybertip.withdrawn', 'done', cybertip.target(r) || jsonb_build_object('reason', p_reason)));
  return cybertip.moved(r);
end
$$;

-- Ends grants that no report of the case bears out any more: of people who hold no claim on it.
create or replace function cybertip.end_openings(a staff.actor, r cybertip.reports) returns void
  language plpgsql
as $$
declare
  g access.grants;
begin
  if cybertip.stands_on((r).case_id) then
    return;
  end if;
  for g in
    select o.* from access.grants o join triage.cases c on c.id = o.case_id
     where o.case_id = (r).case_id and o.purpose = 'child_safety_report' and o.revoked_at is null
       and o.expires_at > clock_timestamp() and c.claimed_by is distinct from o.staff_id
     order by o.id for update of o
  loop
    perform access.end_grant(a, g, 'The CyberTip report was withdrawn.');
  end loop;
end
$$;

-- Records that somebody filed the export with NCMEC by hand. p_at: when, by their receipt.
create or replace function cybertip.file_by_hand(p_actor jsonb, p_report uuid, p_number text, p_at timestamptz) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  t record;
  r cybertip.reports;
  v_code  text;
  v_from  text;
  v_event uuid;
begin
  t := cybertip.take_up(p_actor, p_report);
  r := t.r;
  v_code := coalesce(t.code, cybertip.change_refusal(r), case
    -- Also one that could not be filed live: the approval still holds, and nothing is open at the service.
    when r.state not in ('approved', 'stuck') or r.approved_revision is null then 'cybertip-not-approved'
    when p_number is null or p_number !~ '^[1-9][0-9]{0,18}$' then 'bad-number'
    when p_at is null or p_at > clock_timestamp() or p_at < r.approved_at then 'bad-time'
    -- What was filed is what was approved: it was taken out at this revision, on record.
    when not exists (select from cybertip.readings x where x.report_id = r.id and x.kind = 'export'
      and x.revision = r.approved_revision and x.opened_at >= r.approved_at
      and pg_xact_status(x.opened_xid) is not distinct from 'committed') then 'not-exported'
    when exists (select from cybertip.reports o where o.environment = 'production' and o.ncmec_report_id = p_number) then 'number-taken'
  end);
  if v_code is not null then
    return cybertip.refuse(t.a, r, p_report, 'cybertip.filed_by_hand', v_code);
  end if;
  v_from := r.state;
  update cybertip.reports set state = 'filed', way = 'by_hand', environment = 'production', ncmec_report_id = p_number,
      filed_at = p_at, stuck_code = null, stuck_file_no = null, stuck_at = null, changed_at = clock_timestamp()
   where id = r.id returning * into r;
  v_event := audit.write(t.a, 'staff', 'cybertip.filed_by_hand', 'done', cybertip.target(r, jsonb_build_object(
    'revision', r.revision, 'ncmecReportId', p_number, 'filedAt', unseal.instant(p_at))));
  insert into cybertip.receipts (report_id, environment, ncmec_report_id, filed_at, event_id)
  values (r.id, 'production', p_number, p_at, v_event);
  perform cybertip.record(r, (t.a).staff_id, 'filed_by_hand', v_from, null, v_event);
  perform cybertip.hold_from_filing(r.id, p_at);
  return cybertip.moved(r);
end
$$;
