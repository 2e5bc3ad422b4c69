-- Packets. No login role reads a table.
do $$
declare
  t text;
begin
  -- What is read and appended to, and nothing else.
  foreach t in array array['production_readings', 'comparisons', 'releases', 'delivery_tickets', 'delivery_tries'] loop
    execute format('create policy owner_reads on legal.%I for select to unseal_owner using (true)', t);
    execute format('create policy owner_appends on legal.%I for insert to unseal_owner with check (true)', t);
  end loop;
  -- What has a life of its own moves on by its functions, and stays.
  foreach t in array array['productions', 'production_parts', 'deliveries', 'downloads'] loop
    execute format('create policy owner_reads on legal.%I for select to unseal_owner using (true)', t);
    execute format('create policy owner_appends on legal.%I for insert to unseal_owner with check (true)', t);
    execute format('create policy owner_moves on legal.%I for update to unseal_owner using (true) with check (true)', t);
  end loop;
  -- One row each, made by the migration.
  foreach t in array array['packet_settings', 'bates_series'] loop
    execute format('create policy owner_reads on legal.%I for select to unseal_owner using (true)', t);
    execute format('create policy owner_moves on legal.%I for update to unseal_owner using (true) with check (true)', t);
  end loop;
end
$$;
-- Pieces are written once, and go with a packet that was discarded or a file that is written anew.
drop policy if exists owner_works on sealed.legal_pieces;
create policy owner_reads on sealed.legal_pieces for select to unseal_owner using (true);
create policy owner_appends on sealed.legal_pieces for insert to unseal_owner with check (true);
create policy owner_destroys on sealed.legal_pieces for delete to unseal_owner using (true);
