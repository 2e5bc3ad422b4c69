-- Hiring, changing, disabling. In this form they are the operator's (the `unseal staff` command, as the database's
-- administrator); the staff pages with their second administrator come on top.

-- Two roles that exclude each other are refused whoever writes them, and however.
create or replace function staff.refuse_role_conflicts() returns trigger
  language plpgsql
as $$
declare
  v staff.role_conflicts;
begin
  select c.* into v from staff.role_conflicts c where c.role_a = any (new.roles) and c.role_b = any (new.roles) limit 1;
  if found then
    raise exception using errcode = 'UN001',
      message = format('The roles %s and %s cannot be held by one person: %s', v.role_a, v.role_b, v.why);
  end if;
  new.changed_at := clock_timestamp();
  return new;
end
$$;
drop trigger if exists refuse_role_conflicts on staff.members;
create trigger refuse_role_conflicts before insert or update of roles on staff.members
  for each row execute function staff.refuse_role_conflicts();

create or replace function staff.create_member(p_email text, p_name text, p_roles text[], p_regions text[],
  p_clearances text[], p_languages text[]) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_id uuid;
begin
  insert into staff.members (email, name, roles, regions, clearances, languages)
  values (lower(p_email), p_name, p_roles, p_regions, p_clearances, p_languages)
  returning id into v_id;
  perform audit.write(null::staff.actor, 'operator', 'staff.created', 'done', jsonb_build_object('staffId', v_id,
    'detail', jsonb_build_object('roles', p_roles, 'regions', p_regions, 'clearances', p_clearances)));
  return v_id;
end
$$;

-- The verifier is SHA-256 of the raw argon2id output over (password, salt) with these parameters.
create or replace function staff.set_credentials(p_staff uuid, p_salt bytea, p_verifier bytea, p_memory_kib integer,
  p_passes integer, p_lanes integer) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into staff.credentials (staff_id, salt, verifier, memory_kib, passes, lanes)
  values (p_staff, p_salt, p_verifier, p_memory_kib, p_passes, p_lanes)
  on conflict (staff_id) do update set salt = excluded.salt, verifier = excluded.verifier,
    memory_kib = excluded.memory_kib, passes = excluded.passes, lanes = excluded.lanes, changed_at = clock_timestamp();
  -- A new password ends whatever the old one opened.
  perform staff.end_sessions(p_staff, null, 'revoked');
  perform audit.write(null::staff.actor, 'operator', 'staff.password_set', 'done', jsonb_build_object('staffId', p_staff));
end
$$;

-- Roles, regions and clearances hold from the next statement on: every function reads them again. What the person had
-- claimed or opened under the old ones is let go, and so is what somebody else opens by their approval. (Grants first and
-- cases then, in the order in which an opening locks them.)
create or replace function staff.change_member(p_staff uuid, p_roles text[], p_regions text[], p_clearances text[])
  returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update staff.members set roles = p_roles, regions = p_regions, clearances = p_clearances where id = p_staff;
  if not found then
    raise exception using errcode = 'UN002', message = 'There is no such staff member.';
  end if;
  perform access.end_what_policy_ended(null::staff.actor);
  perform triage.release_all(p_staff, null);
  perform access.end_views_of(p_staff, null, 'revoked');
  perform audit.write(null::staff.actor, 'operator', 'staff.changed', 'done', jsonb_build_object('staffId', p_staff,
    'detail', jsonb_build_object('roles', p_roles, 'regions', p_regions, 'clearances', p_clearances)));
end
$$;

create or replace function staff.disable_member(p_staff uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update staff.members set state = 'disabled', changed_at = clock_timestamp() where id = p_staff;
  if not found then
    raise exception using errcode = 'UN002', message = 'There is no such staff member.';
  end if;
  perform access.end_what_policy_ended(null::staff.actor);
  perform triage.release_all(p_staff, null);
  perform access.end_views_of(p_staff, null, 'revoked');
  perform staff.end_sessions(p_staff, null, 'disabled');
  perform audit.write(null::staff.actor, 'operator', 'staff.disabled', 'done', jsonb_build_object('staffId', p_staff));
end
$$;

create or replace function staff.revoke_sessions(p_staff uuid) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_count integer;
begin
  perform triage.release_all(p_staff, null);
  perform access.end_views_of(p_staff, null, 'revoked');
  v_count := staff.end_sessions(p_staff, null, 'revoked');
  perform audit.write(null::staff.actor, 'operator', 'staff.sessions_revoked', 'done', jsonb_build_object('staffId', p_staff,
    'detail', jsonb_build_object('sessions', v_count)));
  return v_count;
end
$$;

-- Who leaves a queue leaves what they have open in it: the pages hear of it at once, and their claims lapse, since nothing keeps
-- them any more.
create or replace function staff.set_queue_membership(p_staff uuid, p_queue uuid, p_member boolean) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_case uuid;
begin
  if p_member then
    insert into triage.queue_members (staff_id, queue_id) values (p_staff, p_queue) on conflict do nothing;
  else
    -- Locked as when a role is taken away: whoever takes up their approval comes before this or after it.
    perform 1 from staff.members where id = p_staff for no key update;
    delete from triage.queue_members where staff_id = p_staff and queue_id = p_queue;
    perform access.end_what_policy_ended(null::staff.actor);
    for v_case in
      select distinct w.case_id from access.views w join triage.cases c on c.id = w.case_id
       where w.staff_id = p_staff and c.queue_id = p_queue and w.expires_at > clock_timestamp()
         and w.id >= unseal.uuid7_floor(clock_timestamp() - interval '1 day')
    loop
      perform access.end_views_of(p_staff, v_case, 'revoked');
    end loop;
  end if;
  perform audit.write(null::staff.actor, 'operator', 'staff.queue_membership', 'done', jsonb_build_object(
    'staffId', p_staff, 'queueId', p_queue, 'detail', jsonb_build_object('member', p_member)));
end
$$;

insert into staff.role_conflicts (role_a, role_b, why) values
  ('compliance_officer', 'moderator', 'who reviews the reading of threads may not read them'),
  ('compliance_officer', 'specialist', 'who reviews the reading of threads may not read them'),
  ('compliance_officer', 'lead', 'who reviews the reading of threads may not read them'),
  ('compliance_officer', 'legal_counsel', 'who reviews releases may not make them'),
  ('administrator', 'compliance_officer', 'who grants rights may not review their use'),
  ('administrator', 'moderator', 'who grants rights may not read threads'),
  ('administrator', 'specialist', 'who grants rights may not read threads'),
  ('administrator', 'lead', 'who grants rights may not read threads'),
  ('administrator', 'legal_counsel', 'who grants rights may not release content'),
  ('administrator', 'auditor', 'an auditor comes from outside'),
  ('auditor', 'moderator', 'an auditor comes from outside'),
  ('auditor', 'specialist', 'an auditor comes from outside'),
  ('auditor', 'lead', 'an auditor comes from outside'),
  ('auditor', 'legal_counsel', 'an auditor comes from outside'),
  ('auditor', 'compliance_officer', 'an auditor comes from outside'),
  ('legal_counsel', 'moderator', 'who releases content to authorities may not choose what is flagged'),
  ('legal_counsel', 'specialist', 'who releases content to authorities may not choose what is flagged'),
  ('lead', 'legal_counsel', 'who releases content to authorities may not choose what is flagged')
on conflict do nothing;
