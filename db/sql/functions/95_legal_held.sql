-- Is this thread held? One question, answered from CyberTip reports and lawful requests alike; and what guards the answer.

-- Two that would decide at once, one that something is kept and one that it is deleted: the first to commit wins, and the
-- other sees it. Whoever deletes passes the gate (many at a time); whoever makes a hold closes it until they have committed.
create or replace function sealed.pass_gate() returns void
  language sql
as $$ select pg_advisory_xact_lock_shared(hashtextextended('unseal holds', 0)) $$;
create or replace function legal.close_gate() returns void
  language sql
as $$ select pg_advisory_xact_lock(hashtextextended('unseal holds', 0)) $$;

-- By the clock alone: no job has to run for a hold to have ended.
create or replace function legal.is_live(h legal.holds) returns boolean
  language sql stable
as $$ select (h).released_at is null and ((h).until_at is null or (h).until_at > clock_timestamp()) $$;

-- A message has its place from its first wording, as for a scope and a collection; and the index has those alone: this is asked
-- of every row that is deleted.
create or replace function legal.in_range(h legal.holds, p_thread uuid) returns boolean
  language sql stable
as $$
  select ((h).range_from is null and (h).range_to is null) or exists (
    select from sealed.messages m where m.thread_id = p_thread and m.revision = 1
       and m.sent_at >= coalesce((h).range_from, '-infinity') and m.sent_at < coalesce((h).range_to, 'infinity'))
$$;

-- The live holds of lawful requests over a thread: those that found it when they were made, and those that name an account
-- that takes part in it and a range in which something was sent. The latter is asked of the data itself, each time, so that
-- whatever arrives is held from its first moment. A thread that a hold covers is held whole: its keys open what lies in range
-- and what does not, and what was said before and after is what gives it its meaning.
create or replace function legal.holds_on(p_thread uuid) returns setof legal.holds
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from legal.holds h where h.released_at is null and (h.until_at is null or h.until_at > clock_timestamp())) then
    return;
  end if;
  return query select h.* from legal.holds h where legal.is_live(h) and h.id in (
    select x.hold_id from legal.hold_threads x where x.thread_id = p_thread
    union
    select c.hold_id from sealed.participants p
      join triage.threads t on t.id = p.thread_id
      join legal.hold_accounts c on c.platform_participant_id = p.platform_participant_id and c.platform_id = t.platform_id
      join legal.holds o on o.id = c.hold_id
     where p.thread_id = p_thread and legal.is_live(o) and legal.in_range(o, p_thread));
end
$$;

create or replace function sealed.is_held(p_thread uuid) returns boolean
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  return cybertip.is_held(p_thread) or exists (select from legal.holds_on(p_thread));
end
$$;

-- Nothing of a held thread is deleted or written over, by whatever role and whatever function, the owner's included. What
-- intake and rotation have to write over (how an account calls itself now; by which key a data key is wrapped) is kept beside.
create or replace function sealed.keep_held() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- An old snapshot would not see a hold that was made since it was taken.
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception using errcode = 'UN031', message = 'Content is deleted and written over under READ COMMITTED alone: an older snapshot does not see every hold.';
  end if;
  perform sealed.pass_gate();
  if tg_op = 'TRUNCATE' then
    if exists (select from cybertip.holds h where h.released_at is null and h.until_at > clock_timestamp())
       or exists (select from legal.holds h where legal.is_live(h)) then
      raise exception using errcode = 'UN031', message = 'Threads are held here: their content is not emptied.';
    end if;
    return null;
  end if;
  if tg_op = 'UPDATE' and to_jsonb(new) = to_jsonb(old) then
    return new;
  end if;
  if sealed.is_held(old.thread_id) then
    if tg_op = 'DELETE' then
      raise exception using errcode = 'UN031', message = 'This thread is held: nothing of it is deleted.';
    elsif tg_table_name = 'participants' and to_jsonb(new) - array['key_id', 'identity_ct', 'identity_mac', 'age_band', 'account_age_days', 'country']
        = to_jsonb(old) - array['key_id', 'identity_ct', 'identity_mac', 'age_band', 'account_age_days', 'country'] then
      insert into sealed.kept_identities (thread_id, id, n, key_id, identity_ct, identity_mac, age_band, account_age_days, country)
      select old.thread_id, old.id, 1 + count(*), old.key_id, old.identity_ct, old.identity_mac, old.age_band, old.account_age_days,
             old.country
        from sealed.kept_identities k where k.thread_id = old.thread_id and k.id = old.id;
    elsif tg_table_name = 'thread_keys' and to_jsonb(new) - array['kek_id', 'wrapped'] = to_jsonb(old) - array['kek_id', 'wrapped'] then
      insert into sealed.kept_keys (thread_id, key_id, n, kek_id, wrapped)
      select old.thread_id, old.key_id, 1 + count(*), old.kek_id, old.wrapped
        from sealed.kept_keys k where k.thread_id = old.thread_id and k.key_id = old.key_id;
    else
      raise exception using errcode = 'UN031', message = 'This thread is held: nothing of it is written over.';
    end if;
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;
do $$
declare
  t text;
begin
  foreach t in array array['thread_keys', 'participants', 'messages', 'attachments', 'flag_words', 'flag_reporters',
    'cybertip_drafts', 'cybertip_accounts', 'cybertip_answers', 'kept_identities', 'kept_keys'] loop
    execute format('drop trigger if exists keep_held on sealed.%I', t);
    execute format('create trigger keep_held before delete or update on sealed.%I for each row execute function sealed.keep_held()', t);
    execute format('drop trigger if exists keep_held_whole on sealed.%I', t);
    execute format('create trigger keep_held_whole before truncate on sealed.%I for each statement execute function sealed.keep_held()', t);
  end loop;
end
$$;
drop function if exists cybertip.keep_held();

-- A hold is never shortened, moved or taken back, whichever function forgets: its end goes out by a renewal of its kind's
-- length, its accounts and range stay, and nobody ends it alone (legal.needs_two_to_release).
create or replace function legal.keep_holds() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_clock record := legal.hold_clock(old.kind);
  v_moves text[] := array['until_at', 'renewals', 'production_request_id', 'review_due_at', 'release_asked_by', 'release_asked_at',
    'release_reason', 'released_by', 'released_at', 'reminded'];
begin
  if to_jsonb(new) - v_moves <> to_jsonb(old) - v_moves
     or (not legal.is_live(old) and to_jsonb(new) - 'reminded' <> to_jsonb(old) - 'reminded')
     or (new.until_at is distinct from old.until_at
         and not (new.renewals = old.renewals + 1 and new.until_at = old.until_at + v_clock.renewal
                  and new.renewals <= coalesce(v_clock.renewals, new.renewals))
         and not (old.kind = 'epoc_pr' and new.until_at is null and old.production_request_id is null
                  and new.production_request_id is not null))
     or (new.until_at is not distinct from old.until_at and new.renewals <> old.renewals)
     or (old.production_request_id is not null and new.production_request_id is distinct from old.production_request_id)
     or new.review_due_at < old.review_due_at then
    raise exception using errcode = 'UN031', message = 'A hold stays as it was made. It is renewed, released, or another is made.';
  end if;
  if new.released_at is not null and old.released_at is null and (new.release_asked_by is null or new.release_asked_by = new.released_by)
     and exists (select from legal.requests r where r.id = new.request_id and legal.needs_two_to_release(r, new.released_by)) then
    raise exception using errcode = 'UN031', message = 'A hold is released by a second counsel.';
  end if;
  return new;
end
$$;
drop trigger if exists keep_holds on legal.holds;
create trigger keep_holds before update on legal.holds for each row execute function legal.keep_holds();

-- While its request is open a hold is released by two. Once it is over, by one, but never by one who ended it: who rejects a
-- request and releases its hold would have alone what waits for it erased.
create or replace function legal.needs_two_to_release(r legal.requests, p_staff uuid) returns boolean
  language sql stable
as $$
  select (r).state not in ('rejected', 'withdrawn', 'closed') or exists (select from legal.history h
    where h.request_id = (r).id and h.staff_id = p_staff and h.what in ('rejected', 'withdrawn', 'closed'))
$$;

-- An inventory, once made, is what later ones are held against.
create or replace function legal.keep_inventories() returns trigger
  language plpgsql
as $$
begin
  if (old.as_of is not null and new.as_of is distinct from old.as_of) or old.hashed_at is not null
     or (to_jsonb(new) - array['as_of', 'inventory', 'sha256', 'messages', 'hashed_at'])
        <> (to_jsonb(old) - array['as_of', 'inventory', 'sha256', 'messages', 'hashed_at']) then
    raise exception using errcode = 'UN031', message = 'The inventory of a hold stays as it was made.';
  end if;
  return new;
end
$$;
drop trigger if exists keep_inventories on legal.hold_threads;
create trigger keep_inventories before update on legal.hold_threads for each row execute function legal.keep_inventories();
