-- Holds as counsel and officers see them: figures, days and who did what; no account and no content.

create or replace function legal.hold_row(a staff.actor, r legal.requests, h legal.holds) returns jsonb
  language plpgsql stable
as $$
declare
  v_counsel boolean := legal.counsel_refusal(a, r) is null;
  v_live    boolean := legal.is_live(h);
  v_clock   record := legal.hold_clock((h).kind);
  v_renews  boolean := legal.renewal_refusal(h) is null;
  v_two     boolean := legal.needs_two_to_release(r, (a).staff_id);
  v_asked   boolean := (h).release_asked_by is not null and (h).released_at is null;
  v_hashed  boolean := not exists (select from legal.hold_threads t where t.hold_id = (h).id and t.hashed_at is null);
  k         legal.hold_checks;
begin
  select o.* into k from legal.hold_checks o where o.hold_id = (h).id order by o.id desc limit 1;
  return jsonb_build_object('id', (h).id, 'requestId', (r).id, 'requestNumber', (r).number, 'kind', (h).kind,
    'state', legal.hold_state(h), 'accounts', (h).counts -> 'accounts', 'rangeFrom', unseal.instant((h).range_from),
    'rangeTo', unseal.instant((h).range_to), 'from', unseal.instant((h).from_at), 'until', unseal.instant((h).until_at),
    'reviewDueAt', unseal.instant((h).review_due_at), 'renewals', (h).renewals,
    'renewalsLeft', case when v_clock.renewal is null or (h).until_at is null then 0 else v_clock.renewals - (h).renewals end,
    'nextUntil', case when v_renews then unseal.instant((h).until_at + v_clock.renewal) end,
    'frozen', jsonb_build_object('threads', (h).counts -> 'threads', 'outOfRegions', (
        select coalesce(sum(g.value::bigint), 0) from jsonb_each_text((h).counts -> 'regions') g where not g.key = any ((a).regions)),
      'messages', (h).counts -> 'messages', 'inRange', (h).counts -> 'inRange', 'attachments', (h).counts -> 'attachments',
      'participants', (h).counts -> 'participants', 'keys', (h).counts -> 'keys'),
    'arrived', (select count(*) from legal.hold_threads t where t.hold_id = (h).id and t.arrived),
    'hashing', (select jsonb_build_object('done', count(t.hashed_at), 'total', count(*),
        'finishedAt', case when count(t.hashed_at) = count(*) then unseal.instant(max(t.hashed_at)) end)
      from legal.hold_threads t where t.hold_id = (h).id),
    'check', case when k.id is not null then jsonb_build_object('askedAt', unseal.instant(k.asked_at),
        'finishedAt', unseal.instant(k.finished_at)) || (
          select jsonb_build_object('done', count(*), 'differing', count(*) filter (where not c.same)) from legal.hold_check_threads c
           where c.check_id = k.id) || (
          select jsonb_build_object('total', count(*)) from legal.hold_threads t
           where t.hold_id = (h).id and t.hashed_at is not null and t.as_of <= k.asked_at) end,
    'reason', (h).reason, 'reference', (h).reference,
    'madeBy', case when not (h).by_collection then access.person((h).made_by) end, 'madeAt', unseal.instant((h).made_at),
    'production', (select jsonb_build_object('requestId', q.id, 'number', q.number) from legal.requests q where q.id = (h).production_request_id),
    'releaseAsked', case when v_asked then jsonb_build_object('by', access.person((h).release_asked_by),
      'at', unseal.instant((h).release_asked_at), 'reason', (h).release_reason) end,
    'released', case when (h).released_at is not null then jsonb_build_object('by', access.person((h).released_by),
      'at', unseal.instant((h).released_at), 'reason', (h).release_reason) end,
    'reminded', (h).reminded, 'erasuresWaiting', case when v_live then legal.erasures_waiting((h).id) else 0 end,
    'may', jsonb_build_object('renew', v_counsel and v_renews,
      'release', v_counsel and v_live and not v_asked,
      'confirmRelease', v_counsel and v_live and v_asked and (not v_two or (h).release_asked_by <> (a).staff_id),
      'callOffRelease', v_counsel and v_live and v_asked,
      'check', v_counsel and v_live and v_hashed and (k.id is null or k.finished_at is not null),
      'confirmProduction', v_counsel and v_live and (h).kind = 'epoc_pr' and (h).production_request_id is null,
      'review', v_counsel and v_live and (h).review_due_at is not null));
end
$$;

-- How many erasures wait for this hold: those with a thread on its list that is put off.
create or replace function legal.erasures_waiting(p_hold uuid) returns bigint
  language sql stable
as $$
  select count(distinct e.erasure_id) from legal.erasure_threads e join legal.hold_threads t on t.thread_id = e.thread_id
   where t.hold_id = p_hold and e.state = 'deferred'
$$;

-- All holds: live ones first, those that end (or are to be reviewed) soonest before others. p: {state, due (days)}.
create or replace function legal.list_holds(p_actor jsonb, p jsonb, p_after jsonb, p_limit integer) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  v_code text := case when (a).staff_id is null then 'not-signed-in' when not legal.looks_on(a) then 'wrong-role' end;
  v_ids  uuid[];
  v_keys text[];
begin
  if v_code is not null then
    return audit.denied(a, 'legal.holds_listed', v_code, '{}');
  end if;
  p_limit := least(greatest(p_limit, 1), 100);
  select array_agg(x.id order by x.key, x.id), array_agg(x.key order by x.key, x.id) into v_ids, v_keys from (
    select o.* from (
      -- Live ones by their day, then the others, newest first: one text that sorts, so that a page is cut by it.
      select h.id, h.request_id, case when legal.is_live(h)
          then '0' || to_char(coalesce(h.until_at, h.review_due_at) at time zone 'UTC', 'YYYYMMDDHH24MISSUS')
          else '1' || to_char(3000000000 - extract(epoch from h.made_at), 'FM0000000000.000000') end as key
        from legal.holds h
       where (p ->> 'state' is null or legal.hold_state(h) = p ->> 'state')
         and (p ->> 'due' is null or (legal.is_live(h)
           and coalesce(h.until_at, h.review_due_at) <= clock_timestamp() + make_interval(days => (p ->> 'due')::integer)))) o
      join legal.requests r on r.id = o.request_id
     where (p_after is null or (o.key, o.id) > (p_after ->> 'v', (p_after ->> 'id')::uuid)) and legal.metadata_refusal(a, r) is null
     order by o.key, o.id limit p_limit + 1) x;
  return jsonb_build_object('ok', true,
    'holds', (select coalesce(jsonb_agg(legal.hold_row(a, r, h) order by array_position(v_ids, h.id)), '[]')
      from legal.holds h join legal.requests r on r.id = h.request_id where h.id = any (v_ids[1:p_limit])),
    'nextCursor', case when cardinality(v_ids) > p_limit then unseal.cursor(v_ids[p_limit], v_keys[p_limit]) end,
    'counts', (select jsonb_build_object('live', count(*), 'due30', count(*) filter (where h.until_at <= clock_timestamp() + interval '30 days'),
        'due7', count(*) filter (where h.until_at <= clock_timestamp() + interval '7 days'),
        'due1', count(*) filter (where h.until_at <= clock_timestamp() + interval '1 day'),
        'reviewDue', count(*) filter (where h.review_due_at <= clock_timestamp() + interval '30 days'),
        'releaseAsked', count(*) filter (where h.release_asked_by is not null))
      from legal.holds h join legal.requests r on r.id = h.request_id where legal.is_live(h) and legal.metadata_refusal(a, r) is null));
end
$$;

-- The holds of one request, newest first, and what may be made.
create or replace function legal.request_holds(p_actor jsonb, p_request uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  r      legal.requests;
  v_code text;
begin
  select * into r from legal.requests where id = p_request;
  v_code := legal.metadata_refusal(a, r);
  if v_code is not null then
    return legal.refuse(a, r, p_request, 'legal.holds_listed', v_code);
  end if;
  return jsonb_build_object('ok', true,
    'holds', (select coalesce(jsonb_agg(legal.hold_row(a, r, h) order by h.id desc), '[]') from legal.holds h where h.request_id = r.id),
    'accountsNotHeld', (select count(*) from legal.accounts_of(r.id) x where not exists (
      select from legal.holds h join legal.hold_accounts c on c.hold_id = h.id
       where h.request_id = r.id and legal.is_live(h) and c.platform_id = x.platform_id
         and c.platform_participant_id = x.platform_participant_id)),
    'mayMake', coalesce((select jsonb_agg(k) from unnest(array['2703f', 'epoc_pr', 'yearly', 'litigation', 'production', 'other']) k
      where legal.counsel_refusal(a, r) is null and legal.hold_kind_refusal(r, k) is null
        and exists (select from legal.accounts_to_hold(r.id, k, null))), '[]'));
end
$$;

-- One hold with what was done with it, and the threads that it keeps.
create or replace function legal.read_hold(p_actor jsonb, p_hold uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  h      legal.holds;
  r      legal.requests;
  v_code text;
begin
  select * into h from legal.holds where id = p_hold;
  select * into r from legal.requests where id = h.request_id;
  v_code := legal.metadata_refusal(a, r);
  if v_code is not null then
    return legal.refuse(a, r, r.id, 'legal.hold_read', v_code, jsonb_build_object('holdId', p_hold));
  end if;
  return jsonb_build_object('ok', true, 'hold', legal.hold_row(a, r, h) || jsonb_build_object(
    'steps', (select coalesce(jsonb_agg(jsonb_build_object('at', unseal.instant(s.at), 'what', s.what, 'by', access.person(s.staff_id),
        'reason', s.reason, 'reference', s.reference, 'until', unseal.instant(s.until_at)) order by s.id), '[]')
      from legal.hold_steps s where s.hold_id = h.id),
    -- Of threads outside a counsel's regions nothing is told but their number (frozen.outOfRegions).
    'threads', (select coalesce(jsonb_agg(x.row order by x.differs desc, x.at), '[]') from (
      select coalesce(not c.same, false) as differs, t.held_since as at, jsonb_build_object('threadId', t.thread_id, 'region', t.region,
          'heldSince', unseal.instant(t.held_since), 'arrived', t.arrived, 'messages', t.messages,
          'sha256', encode(t.sha256, 'hex'), 'hashedAt', unseal.instant(t.hashed_at), 'same', c.same) as row
        from legal.hold_threads t
        left join legal.hold_check_threads c on c.thread_id = t.thread_id
          and c.check_id = (select k.id from legal.hold_checks k where k.hold_id = h.id order by k.id desc limit 1)
       where t.hold_id = h.id and (t.region = any (a.regions) or not legal.works(a))
       order by differs desc, t.held_since, t.thread_id limit 1000) x)));
end
$$;
