-- Row-level security on every table, forced on the owner too. Below, each role gets what it needs and no more.
do $$
declare
  t record;
  s text;
begin
  for t in
    select n.nspname, c.relname, c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname in ('staff', 'intake', 'triage', 'sealed', 'access', 'audit', 'cybertip', 'legal')
  loop
    execute format('alter table %I.%I enable row level security', t.nspname, t.relname);
    execute format('alter table %I.%I force row level security', t.nspname, t.relname);
  end loop;
  for t in
    select schemaname, tablename, policyname from pg_policies
     where schemaname in ('staff', 'intake', 'triage', 'sealed', 'access', 'audit', 'cybertip', 'legal')
  loop
    execute format('drop policy %I on %I.%I', t.policyname, t.schemaname, t.tablename);
  end loop;

  -- The owner's functions work on the tables of the work in progress …
  for t in
    select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and not c.relispartition and n.nspname in ('staff', 'intake', 'triage', 'sealed', 'access')
       and (n.nspname, c.relname) not in (('access', 'view_ends'), ('triage', 'flags'), ('access', 'approvals'),
         ('access', 'notices'), ('access', 'notice_acknowledgements'), ('access', 'policy_versions'), ('access', 'requests'),
         ('access', 'questions'), ('access', 'grants'), ('access', 'break_glass'), ('access', 'watch_list'),
         ('staff', 'platform_accounts'))
  loop
    execute format('create policy owner_works on %I.%I to unseal_owner using (true) with check (true)', t.nspname, t.relname);
  end loop;
  -- … and may only read and append where history is kept: no update, no delete, not even for the owner.
  for t in
    select * from (values ('access', 'views'), ('access', 'view_ends'), ('audit', 'events'), ('audit', 'pending_leaves'),
      ('audit', 'leaves'), ('audit', 'tiles'), ('audit', 'checkpoints'), ('audit', 'log_keys'), ('audit', 'log_key_ends'),
      ('audit', 'cosignatures'), ('audit', 'timestamps'), ('triage', 'flags'),
      ('access', 'approvals'), ('access', 'notices'), ('access', 'notice_acknowledgements')) v(nspname, relname)
  loop
    execute format('create policy owner_reads on %I.%I for select to unseal_owner using (true)', t.nspname, t.relname);
    execute format('create policy owner_appends on %I.%I for insert to unseal_owner with check (true)', t.nspname, t.relname);
  end loop;
  -- What has a life of its own moves on by its functions, and stays: no delete.
  for t in
    select * from (values ('access', 'policy_versions'), ('access', 'requests'), ('access', 'questions'), ('access', 'grants'),
      ('access', 'break_glass'), ('access', 'watch_list'), ('staff', 'platform_accounts'), ('audit', 'verifications')) v(nspname, relname)
  loop
    execute format('create policy owner_reads on %I.%I for select to unseal_owner using (true)', t.nspname, t.relname);
    execute format('create policy owner_appends on %I.%I for insert to unseal_owner with check (true)', t.nspname, t.relname);
    execute format('create policy owner_moves on %I.%I for update to unseal_owner using (true) with check (true)', t.nspname, t.relname);
  end loop;
  -- How the sequencer and the sinks are getting on: nothing that a verifier relies on.
  foreach s in array array['log_sinks', 'sequencer', 'log_settings'] loop
    execute format('create policy owner_works on audit.%I to unseal_owner using (true) with check (true)', s);
  end loop;
end
$$;
-- A leaf stops waiting when it has its place in the log, word for word, and not before.
create policy owner_moves on audit.pending_leaves for delete to unseal_owner using (
  -- A scalar and no "exists", which the planner may answer by reading the whole log.
  (select l.leaf from audit.leaves l where l.event_id = pending_leaves.event_id limit 1)
    = audit.entry_of(pending_leaves.event_id, pending_leaves.leaf));

-- The console reads metadata, each person what their roles, queues, regions and clearances allow.
create policy web_reads on triage.queues for select to unseal_web using (
  (select staff.current_has_role(array['compliance_officer'])) or id = any ((select staff.current_queues())::uuid[]));
create policy web_reads on triage.queue_members for select to unseal_web using (
  staff_id = (select staff.current_id()));
create policy web_reads on triage.policies for select to unseal_web using (
  (select staff.current_id()) is not null);
create policy web_reads on triage.cases for select to unseal_web using (
  (select staff.current_has_role(array['compliance_officer']))
  or (queue_id = any ((select staff.current_queues())::uuid[])
      and region = any ((select staff.current_regions())::text[])
      and (restricted_subject is null or restricted_subject = any ((select staff.current_clearances())::text[]))));
create policy web_reads on triage.flags for select to unseal_web using (
  exists (select from triage.cases c where c.id = case_id));
create policy web_reads on triage.decisions for select to unseal_web using (
  exists (select from triage.cases c where c.id = case_id));
create policy web_reads on access.grants for select to unseal_web using (
  staff_id = (select staff.current_id()) or (select staff.current_has_role(array['compliance_officer'])));
create policy web_reads on access.views for select to unseal_web using (
  staff_id = (select staff.current_id()) or (select staff.current_log_range() = '(,)')
  or opened_at <@ (select staff.current_log_range()));
create policy web_reads on access.view_ends for select to unseal_web using (
  exists (select from access.views v where v.id = view_id));
create policy web_reads on staff.members for select to unseal_web using (
  id = (select staff.current_id()) or (select staff.current_has_role(array['compliance_officer', 'administrator', 'auditor'])));
create policy web_reads on intake.platforms for select to unseal_web using (
  (select staff.current_id()) is not null);
create policy web_reads on staff.role_conflicts for select to unseal_web using (
  (select staff.current_id()) is not null);
-- The middle arm says nothing that the last does not. It is there for the planner, which otherwise takes it that one row
-- in a thousand passes, and reads and sorts all that a filter finds instead of the first page of an index.
create policy web_reads on audit.events for select to unseal_web using (
  actor_id = (select staff.current_id()) or (select staff.current_log_range() = '(,)')
  or at <@ (select staff.current_log_range()));
create policy web_reads on audit.pending_leaves for select to unseal_web using (
  exists (select from audit.events e where e.id = event_id));

create policy web_reads on audit.leaves for select to unseal_web using (
  exists (select from audit.events e where e.id = event_id));
-- The tree, its signatures and its sinks say nothing about anybody; they are for those who look after the log.
do $$
declare
  s text;
begin
  foreach s in array array['tiles', 'checkpoints', 'log_keys', 'log_key_ends', 'cosignatures', 'timestamps', 'log_sinks',
    'sequencer', 'log_settings'] loop
    execute format($policy$create policy web_reads on audit.%I for select to unseal_web using (
      (select staff.current_has_role(array['compliance_officer', 'auditor', 'administrator'])))$policy$, s);
    execute format('create policy audit_reads on audit.%I for select to unseal_audit using (true)', s);
  end loop;
end
$$;

-- Exports and the sequencer read the whole log.
create policy audit_reads on audit.events for select to unseal_audit using (true);
create policy audit_reads on audit.pending_leaves for select to unseal_audit using (true);
create policy audit_reads on audit.leaves for select to unseal_audit using (true);

-- Event feeds. Keys are read by functions alone; how the sinks get on is for those who look after the log.
create policy owner_works on audit.siem_keys to unseal_owner using (true) with check (true);
create policy owner_works on audit.siem_sinks to unseal_owner using (true) with check (true);
create policy owner_reads on audit.siem_gaps for select to unseal_owner using (true);
create policy owner_appends on audit.siem_gaps for insert to unseal_owner with check (true);
do $$
declare
  s text;
begin
  foreach s in array array['siem_sinks', 'siem_gaps'] loop
    execute format($policy$create policy web_reads on audit.%I for select to unseal_web using (
      (select staff.current_has_role(array['compliance_officer', 'auditor', 'administrator'])))$policy$, s);
    execute format('create policy audit_reads on audit.%I for select to unseal_audit using (true)', s);
  end loop;
end
$$;
