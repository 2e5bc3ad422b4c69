-- The officers' first page: what waits for them, in figures. No row of anything leaves here.

-- What was refused in the last 24 hours, hour by hour (UTC), and the commonest causes.
create or replace function audit.refused_lately() returns jsonb
  language sql stable
as $$
  with refused as materialized (
    select date_trunc('hour', e.at, 'UTC') as hour, e.detail ->> 'code' as code
      from audit.events e
     -- Said in the words of the index as well (events_by_outcome). An id may be an instant older than its time.
     where e.outcome = 'denied' and e.outcome <> 'done' and e.at >= clock_timestamp() - interval '24 hours'
       and e.id >= unseal.uuid7_floor(clock_timestamp() - interval '24 hours 2 seconds')
  )
  select jsonb_build_object(
    'total', (select count(*) from refused),
    'hours', (select jsonb_agg(jsonb_build_object('from', unseal.instant(h), 'count',
          (select count(*) from refused r where r.hour = h)) order by h)
        from generate_series(date_trunc('hour', clock_timestamp(), 'UTC') - interval '23 hours',
          date_trunc('hour', clock_timestamp(), 'UTC'), interval '1 hour') h),
    'causes', (select coalesce(jsonb_agg(jsonb_build_object('code', c.code, 'count', c.count) order by c.count desc, c.code), '[]')
        from (select coalesce(r.code, 'failure') as code, count(*) as count from refused r group by 1 order by 2 desc, 1 limit 5) c))
$$;

create or replace function audit.read_desk(p_actor jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  v_code text := access.officer_refusal(a);
begin
  if v_code is not null then
    return audit.denied(a, 'desk.read', v_code, '{}');
  end if;
  -- Each figure by the rule of the page that it leads to, or the two contradict each other.
  return jsonb_build_object('ok', true,
    -- Nobody is told of signals or reviews about themselves, not even their number.
    'signals', (select jsonb_build_object('open', count(*), 'mine', count(*) filter (where s.owner_id = a.staff_id),
        'unowned', count(*) filter (where s.owner_id is null), 'overdue', count(*) filter (where s.due_at <= clock_timestamp()))
      from access.signals s where s.state <> 'resolved' and s.subject_id <> a.staff_id),
    'reviews', (select jsonb_build_object('due', count(*), 'overdue', count(*) filter (where r.level > 1 or r.due_at <= clock_timestamp()),
        'nextDue', unseal.instant(min(r.due_at)))
      from (select r.due_at, r.level from access.reviews r where r.state = 'due' and r.subject_id <> a.staff_id limit 10000) r),
    'glass', (select jsonb_build_object('unreviewed', count(*), 'overdue', count(*) filter (where b.review_due_at <= clock_timestamp()),
        'nextDue', unseal.instant(min(b.review_due_at)))
      from access.break_glass b where b.reviewed_at is null),
    'notices', (select jsonb_build_object('waiting', count(*), 'reciprocal', count(*) filter (where n.kind = 'reciprocal_approval'))
      from access.notices n where access.is_told(a, n) and not exists (
        select from access.notice_acknowledgements k where k.notice_id = n.id and k.staff_id = a.staff_id)),
    'requests', (select jsonb_build_object('pending', count(*)) from access.requests q
      where q.state = 'pending' and q.expires_at > clock_timestamp()),
    'policy', (select jsonb_build_object('proposed', count(*)) from access.policy_versions p where p.state = 'proposed'),
    'refused', audit.refused_lately(),
    'log', audit.log_state(),
    'verification', (select audit.verification_dto(v) from audit.verifications v
      where v.state not in ('waiting', 'running', 'cancelled') order by v.id desc limit 1));
end
$$;
