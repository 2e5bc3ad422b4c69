-- A receipt that is known only by "already finished" may be completed, once, when its text comes in after all.
create policy owner_completes on cybertip.receipts for update to unseal_owner using (answer is null) with check (answer is not null);
