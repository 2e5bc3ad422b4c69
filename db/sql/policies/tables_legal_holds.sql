-- Holds, erasures and notices. No login role reads a table; the owner's functions may do no more to each than its kind allows.
do $$
declare
  t text;
begin
  -- What is read and appended to, and nothing else.
  foreach t in array array['hold_accounts', 'hold_steps', 'hold_check_threads', 'gag_reviews'] loop
    execute format('create policy owner_reads on legal.%I for select to unseal_owner using (true)', t);
    execute format('create policy owner_appends on legal.%I for insert to unseal_owner with check (true)', t);
  end loop;
  -- What has a life of its own moves on by its functions, and stays.
  foreach t in array array['holds', 'hold_threads', 'hold_checks', 'erasures', 'erasure_threads', 'gags', 'notices'] loop
    execute format('create policy owner_reads on legal.%I for select to unseal_owner using (true)', t);
    execute format('create policy owner_appends on legal.%I for insert to unseal_owner with check (true)', t);
    execute format('create policy owner_moves on legal.%I for update to unseal_owner using (true) with check (true)', t);
  end loop;
  -- What was written over in a held thread is written once and goes only with its thread.
  foreach t in array array['kept_identities', 'kept_keys'] loop
    execute format('drop policy if exists owner_works on sealed.%I', t);
    execute format('create policy owner_reads on sealed.%I for select to unseal_owner using (true)', t);
    execute format('create policy owner_appends on sealed.%I for insert to unseal_owner with check (true)', t);
    execute format('create policy owner_destroys on sealed.%I for delete to unseal_owner using (true)', t);
  end loop;
end
$$;
