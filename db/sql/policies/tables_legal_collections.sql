-- Collections and their review. No login role reads a table.
do $$
declare
  t text;
begin
  -- What is read and appended to, and nothing else.
  foreach t in array array['collections', 'collection_accounts', 'collection_threads', 'decisions', 'review_pages'] loop
    execute format('create policy owner_reads on legal.%I for select to unseal_owner using (true)', t);
    execute format('create policy owner_appends on legal.%I for insert to unseal_owner with check (true)', t);
  end loop;
  foreach t in array array['legal_rules', 'legal_pseudonyms'] loop
    execute format('drop policy if exists owner_works on sealed.%I', t);
    execute format('create policy owner_reads on sealed.%I for select to unseal_owner using (true)', t);
    execute format('create policy owner_appends on sealed.%I for insert to unseal_owner with check (true)', t);
  end loop;
end
$$;
-- A round is handed in once.
create policy owner_reads on legal.collection_rounds for select to unseal_owner using (true);
create policy owner_appends on legal.collection_rounds for insert to unseal_owner with check (true);
create policy owner_moves on legal.collection_rounds for update to unseal_owner using (true) with check (true);
