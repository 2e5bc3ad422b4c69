-- Signals, their evidence and reviews are kept: appended to and carried on, never deleted, not even by the owner. What may
-- change of them is held by the triggers of functions/80_signals_rules.sql.
do $$
declare
  t text;
begin
  foreach t in array array['signals', 'signal_evidence', 'reviews', 'review_weeks'] loop
    execute format('drop policy if exists owner_works on access.%I', t);
    execute format('create policy owner_reads on access.%I for select to unseal_owner using (true)', t);
    execute format('create policy owner_appends on access.%I for insert to unseal_owner with check (true)', t);
  end loop;
  foreach t in array array['signals', 'reviews'] loop
    execute format('create policy owner_changes on access.%I for update to unseal_owner using (true) with check (true)', t);
  end loop;
end
$$;

-- An officer who is the subject of a signal or a review reads the whole log but for this.
create policy keeps_from_subject on audit.events as restrictive for select to unseal_web using (
  subject_staff_id is distinct from (select staff.current_id())
  or action not in ('signal.raised', 'signal.joined', 'signal.assigned', 'signal.escalated', 'signal.owned', 'signal.read',
    'signal.resolved', 'review.required', 'review.read', 'review.given', 'review.escalated')
  or actor_id = (select staff.current_id()));
