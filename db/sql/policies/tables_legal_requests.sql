-- The register of lawful requests. No login role reads a table; the owner's functions may do no more to each than its kind allows.
do $$
declare
  t text;
begin
  create policy owner_works on legal.settings to unseal_owner using (true) with check (true);
  -- What is read and appended to, and nothing else.
  foreach t in array array['documents', 'document_readings', 'verifications', 'approvals', 'history'] loop
    execute format('create policy owner_reads on legal.%I for select to unseal_owner using (true)', t);
    execute format('create policy owner_appends on legal.%I for insert to unseal_owner with check (true)', t);
  end loop;
  -- What has a life of its own moves on by its functions, and stays.
  foreach t in array array['agencies', 'agency_numbers', 'requests', 'request_accounts', 'exceptions'] loop
    execute format('create policy owner_reads on legal.%I for select to unseal_owner using (true)', t);
    execute format('create policy owner_appends on legal.%I for insert to unseal_owner with check (true)', t);
    execute format('create policy owner_moves on legal.%I for update to unseal_owner using (true) with check (true)', t);
  end loop;
end
$$;
-- Documents are written once.
drop policy if exists owner_works on sealed.legal_document_pieces;
create policy owner_reads on sealed.legal_document_pieces for select to unseal_owner using (true);
create policy owner_appends on sealed.legal_document_pieces for insert to unseal_owner with check (true);
