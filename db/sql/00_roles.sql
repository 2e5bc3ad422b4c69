-- Who exists in the database. Roles belong to the cluster, so each is created only when it is missing.
--   unseal_owner   owns every object, cannot log in, is subject to row-level security like everybody (FORCE)
--   unseal_web     the console's pages and API: no right on bodies, keys or credentials
--   unseal_intake  the platforms' door: may seal, may never read a message back
--   unseal_worker  background jobs and key rotation: sees wrapped keys, never a ciphertext
--   unseal_audit   exports and, later, the log's sequencer: reads the audit log, nothing else
do $$
declare
  r text;
begin
  if not exists (select from pg_roles where rolname = 'unseal_owner') then
    create role unseal_owner nologin noinherit;
  end if;
  foreach r in array array['unseal_web', 'unseal_intake', 'unseal_worker', 'unseal_audit'] loop
    if not exists (select from pg_roles where rolname = r) then
      execute format('create role %I login noinherit', r);
    end if;
  end loop;
  if not pg_has_role(current_user, 'unseal_owner', 'MEMBER') then
    execute format('grant unseal_owner to %I', current_user);
  end if;
  execute format('grant create on database %I to unseal_owner', current_database());
  execute format('revoke create, temporary on database %I from public', current_database());
  execute format('grant connect on database %I to unseal_web, unseal_intake, unseal_worker, unseal_audit', current_database());
end
$$;
revoke create on schema public from public;
