-- CyberTip reports. No login role reads a table; the owner's functions may do no more to each than its kind allows.
do $$
declare
  t text;
begin
  -- Settings are changed and replaced.
  foreach t in array array['settings', 'attachment_sources'] loop
    execute format('create policy owner_works on cybertip.%I to unseal_owner using (true) with check (true)', t);
  end loop;
  -- What is read and appended to, and nothing else.
  foreach t in array array['schema_checks', 'revisions', 'revision_files', 'draft_reads', 'approvals', 'history', 'readings',
    'receipts'] loop
    execute format('create policy owner_reads on cybertip.%I for select to unseal_owner using (true)', t);
    execute format('create policy owner_appends on cybertip.%I for insert to unseal_owner with check (true)', t);
  end loop;
  -- What has a life of its own moves on by its functions, and stays.
  foreach t in array array['reports', 'attempts', 'steps', 'holds', 'destructions'] loop
    execute format('create policy owner_reads on cybertip.%I for select to unseal_owner using (true)', t);
    execute format('create policy owner_appends on cybertip.%I for insert to unseal_owner with check (true)', t);
    execute format('create policy owner_moves on cybertip.%I for update to unseal_owner using (true) with check (true)', t);
  end loop;
  -- Drafts, accounts and answers are written once and go only with their thread.
  foreach t in array array['cybertip_drafts', 'cybertip_accounts', 'cybertip_answers'] loop
    execute format('drop policy if exists owner_works on sealed.%I', t);
    execute format('create policy owner_reads on sealed.%I for select to unseal_owner using (true)', t);
    execute format('create policy owner_appends on sealed.%I for insert to unseal_owner with check (true)', t);
    execute format('create policy owner_destroys on sealed.%I for delete to unseal_owner using (true)', t);
  end loop;
end
$$;
drop policy if exists owner_works on access.attachment_readings;
create policy owner_reads on access.attachment_readings for select to unseal_owner using (true);
create policy owner_appends on access.attachment_readings for insert to unseal_owner with check (true);
create policy owner_moves on access.attachment_readings for update to unseal_owner using (true) with check (true);
