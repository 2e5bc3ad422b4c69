-- Erasures that platforms ask for: done at once where nothing stands in the way, by themselves later where something does.

-- What an erasure of this thread waits for: holds of lawful requests, what is kept after CyberTip reports, reports that are
-- not settled, cases that are open (or may be taken back for some seconds more).
create or replace function legal.conflicts_of(p_thread uuid)
  returns table (kind text, id uuid, number bigint, request_id uuid, until_at timestamptz)
  language plpgsql stable
as $$
#variable_conflict use_column
begin
  return query select 'hold', h.id, r.number, r.id, h.until_at from legal.holds_on(p_thread) h join legal.requests r on r.id = h.request_id
  union all
  select 'cybertip_hold', h.id, r.number, null::uuid, h.until_at from cybertip.holds h join cybertip.reports r on r.id = h.report_id
   where h.thread_id = p_thread and h.released_at is null and h.until_at > clock_timestamp()
  union all
  select 'open_report', r.id, r.number, null::uuid, null::timestamptz from cybertip.reports r
   where r.thread_id = p_thread and r.state in ('draft', 'waiting', 'approved', 'filing', 'stuck')
  union all
  select 'open_case', c.id, c.number, null::uuid, null::timestamptz from triage.cases c where c.thread_id = p_thread and c.state = 'open'
  union all
  select 'open_case', c.id, c.number, null::uuid, d.undo_until from triage.cases c join triage.decisions d on d.case_id = c.id
   where c.thread_id = p_thread and c.state = 'decided' and d.undone_at is null and d.undo_until > clock_timestamp();
end
$$;

create or replace function legal.erasure_refusal(p_thread uuid) returns boolean
  language plpgsql stable
as $$ begin return exists (select from legal.conflicts_of(p_thread)); end $$;

-- The threads that an erasure is about, as the data say now.
create or replace function legal.threads_to_erase(e legal.erasures) returns setof uuid
  language sql stable
as $$
  select t.id from triage.threads t
   where (e).scope = 'thread' and t.platform_id = (e).platform_id and t.platform_thread_id = (e).subject
  union
  select t.id from sealed.participants p join triage.threads t on t.id = p.thread_id and t.platform_id = (e).platform_id
   where (e).scope = 'account' and p.platform_participant_id = (e).subject
  union
  -- Who reported from outside a thread.
  select t.id from sealed.flag_reporters f join triage.threads t on t.id = f.thread_id and t.platform_id = (e).platform_id
   where (e).scope = 'account' and f.platform_account_id = (e).subject
$$;

-- What the platform is told: the same words whatever the cause.
create or replace function legal.erasure_receipt(e legal.erasures) returns jsonb
  language sql stable
as $$
  select jsonb_build_object('id', (e).platform_erasure_id, 'erasureId', (e).id, 'state', (e).state,
    'receivedAt', unseal.instant((e).received_at), 'doneAt', unseal.instant((e).done_at),
    'erased', jsonb_build_object('threads', coalesce(((e).erased ->> 'threads')::bigint, 0),
      'messages', coalesce(((e).erased ->> 'messages')::bigint, 0), 'attachments', coalesce(((e).erased ->> 'attachments')::bigint, 0),
      'identities', coalesce(((e).erased ->> 'participants')::bigint, 0)),
    'deferred', (e).state = 'deferred', 'proofSha256', encode((e).proof_sha256, 'hex'))
$$;

create or replace function legal.subject_hash(p_salt bytea, p_scope text, p_subject text) returns bytea
  language sql immutable
as $$ select sha256(p_salt || convert_to(p_scope || ':' || p_subject, 'UTF8')) $$;

-- One batch of one erasure, in a transaction of its own: the worker calls until nothing is left to do now. p_done: erasures
-- that were looked at in this round and wait. Out: {erasureId, waits}, or null when there is none.
create or replace function legal.erase_next(p_done uuid[], p_limit integer) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  e        legal.erasures;
  x        legal.erasure_threads;
  v_whole  boolean;
begin
  select * into e from legal.erasures where state <> 'done' and not id = any (p_done)
   order by checked_at nulls first, id limit 1 for update skip locked;
  if e.id is null then
    return null;
  end if;
  insert into legal.erasure_threads (erasure_id, thread_id) select e.id, t from legal.threads_to_erase(e) t on conflict do nothing;
  -- A thread that was done and to which the account came back.
  update legal.erasure_threads set state = 'waiting', done_at = null
   where erasure_id = e.id and state = 'done' and thread_id in (select t from legal.threads_to_erase(e) t)
     and (e.scope = 'account' or legal.thread_has_content(thread_id));
  -- The first that nothing stands in the way of. Its thread is locked as intake locks it; then whoever makes a hold is waited
  -- for; then it is asked again, so that nothing is deleted under a hold.
  for x in select o.* from legal.erasure_threads o where o.erasure_id = e.id and o.state <> 'done' order by o.thread_id loop
    if not legal.erasure_refusal(x.thread_id) then
      perform 1 from triage.threads t where t.id = x.thread_id for update;
      perform sealed.pass_gate();
      if not legal.erasure_refusal(x.thread_id) then
        v_whole := legal.erase_some(e, x, least(greatest(p_limit, 1), 10000));
        update legal.erasures set state = 'running', checked_at = clock_timestamp() where id = e.id and state <> 'running';
        return jsonb_build_object('erasureId', e.id, 'waits', false);
      end if;
    end if;
    if x.state <> 'deferred' then
      update legal.erasure_threads set state = 'deferred' where erasure_id = e.id and thread_id = x.thread_id;
    end if;
  end loop;
  perform legal.settle_erasure(e);
  return jsonb_build_object('erasureId', e.id, 'waits', true);
end
$$;

create or replace function legal.thread_has_content(p_thread uuid) returns boolean
  language sql stable
as $$
  select exists (select from sealed.messages m where m.thread_id = p_thread) or exists (select from sealed.participants p where p.thread_id = p_thread)
$$;

-- Adds what one statement deleted to a thread's counts and to its chain of digests.
create or replace function legal.note_erased(e legal.erasures, p_thread uuid, p_part text, p_rows bigint, p_digest bytea) returns void
  language plpgsql
as $$
begin
  if p_rows = 0 then
    return;
  end if;
  update legal.erasure_threads t
     set counts = t.counts || jsonb_build_object(p_part, coalesce((t.counts ->> p_part)::bigint, 0) + p_rows),
         digest = sha256(coalesce(t.digest, ''::bytea) || convert_to(p_part, 'UTF8') || p_digest)
   where t.erasure_id = (e).id and t.thread_id = p_thread;
  update legal.erasures o set erased = o.erased || jsonb_build_object(p_part, coalesce((o.erased ->> p_part)::bigint, 0) + p_rows)
   where o.id = (e).id;
end
$$;

-- Deletes some of a thread's content for an erasure; the rest in the next batch. Out: whether the thread is done.
-- Ciphertext alone is digested, so that the proof tells nothing of what it said.
create or replace function legal.erase_some(e legal.erasures, x legal.erasure_threads, p_limit integer) returns boolean
  language plpgsql
as $$
declare
  v_thread uuid := (x).thread_id;
  v_all    boolean := (e).scope = 'thread';
  v_who    uuid;
  v_rows   bigint;
  v_digest bytea;
  v_files  bigint;
  v_filed  bytea;
  v_batch  bigint;
  t        text;
  g        access.grants;
begin
  if v_all then
    for g in select * from access.grants where thread_id = v_thread and revoked_at is null and expires_at > clock_timestamp()
      order by id for update
    loop
      perform access.end_grant(null::staff.actor, g, 'The thread was erased at the request of its platform.');
    end loop;
  else
    select p.id into v_who from sealed.participants p where p.thread_id = v_thread and p.platform_participant_id = (e).subject;
  end if;

  -- Attachments of some messages, then those messages with all their revisions.
  with batch as materialized (
    select distinct m.id from sealed.messages m where m.thread_id = v_thread and (v_all or m.sender_id = v_who) limit p_limit
  ), files as (
    delete from sealed.attachments f using batch s where f.thread_id = v_thread and f.message_id = s.id returning f.*
  ), words as (
    delete from sealed.messages m using batch s where m.thread_id = v_thread and m.id = s.id returning m.*
  ), f as (
    select count(*) as n, sha256(coalesce(string_agg(o.d, ''::bytea order by o.d), ''::bytea)) as d
      from (select sha256(uuid_send(f.message_id) || int4send(f.revision) || int4send(f.ordinal) || f.location_ct) as d from files f) o
  ), w as (
    select count(*) as n, sha256(coalesce(string_agg(o.d, ''::bytea order by o.d), ''::bytea)) as d
      from (select sha256(uuid_send(w.id) || int4send(w.revision) || coalesce(w.body_ct, ''::bytea)) as d from words w) o
  )
  select f.n, f.d, w.n, w.d, (select count(*) from batch) into v_files, v_filed, v_rows, v_digest, v_batch from f, w;
  perform legal.note_erased(e, v_thread, 'attachments', v_files, v_filed);
  perform legal.note_erased(e, v_thread, 'messages', v_rows, v_digest);
  if v_rows > 0 then
    -- Counted anew at the end: of a thread of a million messages there are thousands of batches.
    update triage.threads h set message_count = greatest(h.message_count - v_batch, 0) where h.id = v_thread;
    return false;
  end if;

  -- No message is left. The words of reports that this account made; of a whole thread, all of them.
  with gone as (
    delete from sealed.flag_words w using triage.flags f
     where w.thread_id = v_thread and f.id = w.flag_id and (v_all or f.reporter_id = v_who or exists (
       select from sealed.flag_reporters o where o.thread_id = v_thread and o.flag_id = f.id and o.platform_account_id = (e).subject))
    returning w.flag_id, w.words_ct
  )
  select count(*), sha256(coalesce(string_agg(o.d, ''::bytea order by o.d), ''::bytea)) into v_rows, v_digest
    from (select sha256(uuid_send(q.flag_id) || q.words_ct) as d from gone q) o;
  perform legal.note_erased(e, v_thread, 'words', v_rows, v_digest);
  with gone as (
    delete from sealed.flag_reporters o where o.thread_id = v_thread and (v_all or o.platform_account_id = (e).subject) returning o.flag_id
  )
  select count(*) into v_rows from gone;
  perform legal.note_erased(e, v_thread, 'reporters', v_rows, ''::bytea);

  -- Reports to NCMEC whose time of keeping has ended: of an account, those that name it.
  foreach t in array array['cybertip_answers', 'cybertip_drafts', 'cybertip_accounts'] loop
    execute format($q$with gone as (delete from sealed.%I d where d.thread_id = $1 and ($2 or %s) returning 1) select count(*) from gone$q$, t,
      case t when 'cybertip_answers' then 'exists (select from cybertip.steps s join cybertip.attempts n on n.id = s.attempt_id
          join sealed.cybertip_accounts c on c.report_id = n.report_id and c.thread_id = $1
         where s.id = d.step_id and c.platform_participant_id = $3)'
        when 'cybertip_drafts' then 'exists (select from sealed.cybertip_accounts c
         where c.report_id = d.report_id and c.thread_id = $1 and c.platform_participant_id = $3)'
        else 'd.platform_participant_id = $3' end)
      into v_rows using v_thread, v_all, (e).subject;
    perform legal.note_erased(e, v_thread, t, v_rows, ''::bytea);
  end loop;

  with gone as (
    delete from sealed.participants p where p.thread_id = v_thread and (v_all or p.id = v_who) returning p.id, p.identity_ct
  )
  select count(*), sha256(coalesce(string_agg(o.d, ''::bytea order by o.d), ''::bytea)) into v_rows, v_digest
    from (select sha256(uuid_send(q.id) || q.identity_ct) as d from gone q) o;
  perform legal.note_erased(e, v_thread, 'participants', v_rows, v_digest);
  delete from sealed.kept_identities k where k.thread_id = v_thread and (v_all or k.id = v_who);
  delete from sealed.kept_keys k where k.thread_id = v_thread and v_all;

  -- Data keys that open nothing any more: what was deleted cannot be opened then, wherever a copy of it lies.
  with gone as (
    delete from sealed.thread_keys k where k.thread_id = v_thread and (v_all or not legal.key_is_needed(v_thread, k.key_id)) returning k.key_id
  ), also as (
    delete from sealed.kept_keys k using gone q where k.thread_id = v_thread and k.key_id = q.key_id
  )
  select count(*), sha256(coalesce(string_agg(uuid_send(q.key_id), ''::bytea order by q.key_id), ''::bytea)) into v_rows, v_digest from gone q;
  perform legal.note_erased(e, v_thread, 'keys', v_rows, v_digest);

  update triage.threads h set message_count = (select count(distinct m.id) from sealed.messages m where m.thread_id = h.id),
      participant_count = (select count(*) from sealed.participants p where p.thread_id = h.id),
      minor_count = (select count(*) from sealed.participants p where p.thread_id = h.id and p.age_band = 'minor')
   where h.id = v_thread;
  update legal.erasure_threads set state = 'done', done_at = clock_timestamp() where erasure_id = (e).id and thread_id = v_thread;
  update legal.erasures o set erased = o.erased || jsonb_build_object('threads', coalesce((o.erased ->> 'threads')::bigint, 0) + 1)
   where o.id = (e).id;
  return true;
end
$$;

-- Does anything in the thread still open with this key?
create or replace function legal.key_is_needed(p_thread uuid, p_key uuid) returns boolean
  language sql stable
as $$
  select exists (select from sealed.messages o where o.thread_id = p_thread and o.key_id = p_key)
      or exists (select from sealed.attachments o where o.thread_id = p_thread and o.key_id = p_key)
      or exists (select from sealed.participants o where o.thread_id = p_thread and o.key_id = p_key)
      or exists (select from sealed.kept_identities o where o.thread_id = p_thread and o.key_id = p_key)
      or exists (select from sealed.flag_words o where o.thread_id = p_thread and o.key_id = p_key)
      or exists (select from sealed.cybertip_drafts o where o.thread_id = p_thread and o.key_id = p_key)
      or exists (select from sealed.cybertip_answers o where o.thread_id = p_thread and o.key_id = p_key)
$$;

-- Nothing is left to do now: done, or put off.
create or replace function legal.settle_erasure(e legal.erasures) returns void
  language plpgsql
as $$
declare
  v_waits bigint;
  v_proof text;
begin
  select count(*) into v_waits from legal.erasure_threads x where x.erasure_id = (e).id and x.state <> 'done';
  select * into e from legal.erasures o where o.id = (e).id;
  if v_waits > 0 then
    update legal.erasures set state = 'deferred', checked_at = clock_timestamp() where id = (e).id;
    if (e).state <> 'deferred' then
      perform audit.write(null::staff.actor, 'system', 'legal.erasure_deferred', 'done', jsonb_build_object('detail',
        jsonb_build_object('erasureId', (e).id, 'number', (e).number, 'threads', v_waits, 'causes', (
          select jsonb_object_agg(c.kind, c.n) from (
            select f.kind, count(distinct x.thread_id) as n from legal.erasure_threads x, lateral legal.conflicts_of(x.thread_id) f
             where x.erasure_id = (e).id and x.state <> 'done' group by f.kind) c))));
    end if;
    return;
  end if;
  -- Keys are ordered and numbers plain (RFC 8785), so that anybody can make the same text again.
  v_proof := json_build_object('askedAt', unseal.instant((e).asked_at), 'at', unseal.instant(clock_timestamp()),
    'erased', (e).erased, 'erasureId', (e).id, 'kind', 'erasure', 'platformErasureId', (e).platform_erasure_id,
    'receivedAt', unseal.instant((e).received_at), 'scope', (e).scope, 'subjectSalt', encode((e).salt, 'hex'),
    'subjectSha256', encode((e).subject_hash, 'hex'), 'threads', (
      select coalesce(json_agg(json_build_object('counts', x.counts, 'digest', encode(x.digest, 'hex'), 'threadId', x.thread_id) order by x.thread_id), '[]')
        from legal.erasure_threads x where x.erasure_id = (e).id))::text;
  update legal.erasures set state = 'done', subject = null, done_at = clock_timestamp(), checked_at = clock_timestamp(), proof = v_proof,
      proof_sha256 = sha256(convert_to(v_proof, 'UTF8'))
   where id = (e).id returning * into e;
  perform audit.write(null::staff.actor, 'system', 'legal.erased', 'done', jsonb_build_object('detail',
    jsonb_build_object('erasureId', (e).id, 'number', (e).number, 'scope', (e).scope, 'erased', (e).erased,
      'proofSha256', encode((e).proof_sha256, 'hex'))));
end
$$;

-- For counsel and officers: what waits for what.
create or replace function legal.erasure_row(a staff.actor, e legal.erasures) returns jsonb
  language plpgsql stable
as $$
begin
  return jsonb_build_object('id', (e).id, 'number', (e).number,
    'platform', (select p.name from intake.platforms p where p.id = (e).platform_id), 'reference', (e).platform_erasure_id,
    'scope', (e).scope, 'subject', case when legal.works(a) then (e).subject end, 'state', (e).state,
    'askedAt', unseal.instant((e).asked_at), 'receivedAt', unseal.instant((e).received_at),
    'answerDueAt', unseal.instant(coalesce((e).asked_at, (e).received_at) + interval '1 month'),
    'threads', (select jsonb_build_object('total', count(*), 'erased', count(*) filter (where x.state = 'done'),
        'deferred', count(*) filter (where x.state = 'deferred')) from legal.erasure_threads x where x.erasure_id = (e).id),
    'erased', jsonb_build_object('messages', coalesce(((e).erased ->> 'messages')::bigint, 0),
      'attachments', coalesce(((e).erased ->> 'attachments')::bigint, 0), 'identities', coalesce(((e).erased ->> 'participants')::bigint, 0),
      'words', coalesce(((e).erased ->> 'words')::bigint, 0), 'keys', coalesce(((e).erased ->> 'keys')::bigint, 0)),
    'conflicts', case when (e).state = 'done' then '[]' else (
      select coalesce(jsonb_agg(c.row order by c.until_at desc nulls first, c.kind, c.id), '[]') from (
        select f.kind, f.id, f.until_at, jsonb_build_object('kind', f.kind, 'id', f.id,
            'number', case when f.kind <> 'hold' or legal.metadata_refusal(a, (select r from legal.requests r where r.id = f.request_id)) is null
              then f.number end,
            'requestId', case when f.kind = 'hold' and legal.metadata_refusal(a, (select r from legal.requests r where r.id = f.request_id)) is null
              then f.request_id end,
            'until', unseal.instant(f.until_at), 'threads', count(distinct x.thread_id)) as row
          from legal.erasure_threads x, lateral legal.conflicts_of(x.thread_id) f
         where x.erasure_id = (e).id and x.state <> 'done'
         group by f.kind, f.id, f.number, f.request_id, f.until_at) c) end,
    'checkedAt', unseal.instant((e).checked_at), 'doneAt', unseal.instant((e).done_at), 'proofSha256', encode((e).proof_sha256, 'hex'));
end
$$;

-- Nobody reads of an erasure of their own account.
create or replace function legal.own_erasure(p_staff uuid, e legal.erasures) returns boolean
  language sql stable
as $$
  select exists (select from staff.platform_accounts s where s.staff_id = p_staff and s.platform_id = (e).platform_id
    and legal.subject_hash((e).salt, 'account', s.account_id) = (e).subject_hash)
$$;

create or replace function legal.list_erasures(p_actor jsonb, p jsonb, p_after jsonb, p_limit integer) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  v_code text := case when (a).staff_id is null then 'not-signed-in' when not legal.looks_on(a) then 'wrong-role' end;
  v_ids  uuid[];
begin
  if v_code is not null then
    return audit.denied(a, 'legal.erasures_listed', v_code, '{}');
  end if;
  p_limit := least(greatest(p_limit, 1), 100);
  v_ids := array(select e.id from legal.erasures e
    where (p ->> 'state' is null or (p ->> 'state' = 'open' and e.state <> 'done') or e.state = p ->> 'state')
      and (p_after is null or e.id < (p_after ->> 'id')::uuid) and not legal.own_erasure(a.staff_id, e)
    order by e.id desc limit p_limit + 1);
  return jsonb_build_object('ok', true,
    'erasures', (select coalesce(jsonb_agg(legal.erasure_row(a, e) order by e.id desc), '[]') from legal.erasures e where e.id = any (v_ids[1:p_limit])),
    'nextCursor', case when cardinality(v_ids) > p_limit then unseal.cursor(v_ids[p_limit], null) end,
    'counts', (select jsonb_build_object('received', count(*) filter (where e.state = 'received'),
        'running', count(*) filter (where e.state = 'running'), 'deferred', count(*) filter (where e.state = 'deferred'),
        'done', count(*) filter (where e.state = 'done')) from legal.erasures e where not legal.own_erasure(a.staff_id, e)));
end
$$;

create or replace function legal.read_erasure(p_actor jsonb, p_erasure uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  e      legal.erasures;
  v_code text;
begin
  select * into e from legal.erasures where id = p_erasure;
  v_code := case when (a).staff_id is null then 'not-signed-in' when not legal.looks_on(a) then 'wrong-role'
    when e.id is null or legal.own_erasure(a.staff_id, e) then 'not-found' end;
  if v_code is not null then
    return audit.denied(a, 'legal.erasure_read', v_code, jsonb_build_object('detail', jsonb_build_object('erasureId', p_erasure)));
  end if;
  return jsonb_build_object('ok', true, 'erasure', legal.erasure_row(a, e) || jsonb_build_object('proof', e.proof));
end
$$;
