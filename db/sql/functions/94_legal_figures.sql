-- Figures about lawful requests, for reports on transparency: of those received in a range of time.

-- Half of these intervals are shorter, in hours with one decimal; null where there are none.
create or replace function legal.figures_row(p_rows legal.requests[]) returns jsonb
  language plpgsql stable
as $$
begin
  return (
    select jsonb_build_object('received', count(*), 'emergency', count(*) filter (where r.emergency),
        'accounts', coalesce(sum((select count(*) from legal.accounts_of(r.id))), 0),
        'produced', count(*) filter (where coalesce(r.outcome, r.state) = 'produced'),
        'partiallyProduced', count(*) filter (where coalesce(r.outcome, r.state) = 'partially_produced'),
        'noRecords', count(*) filter (where coalesce(r.outcome, r.state) = 'no_records'),
        'rejected', count(*) filter (where coalesce(r.outcome, r.state) = 'rejected'),
        'withdrawn', count(*) filter (where coalesce(r.outcome, r.state) = 'withdrawn'),
        'preserved', count(*) filter (where coalesce(r.outcome, r.state) = 'preserved'),
        'actedOn', count(*) filter (where r.outcome = 'acted_on'), 'routed', count(*) filter (where r.outcome = 'routed'),
        'open', count(*) filter (where r.state in ('received', 'needs_info', 'in_review', 'approved')),
        'medianHoursToAcknowledge', round((percentile_cont(0.5) within group (
          order by extract(epoch from r.acknowledged_at - r.received_at)) / 3600)::numeric, 1),
        'medianHoursToProduce', round((percentile_cont(0.5) within group (
          order by extract(epoch from r.produced_at - r.received_at)) / 3600)::numeric, 1))
      from unnest(p_rows) r);
end
$$;

-- p_until is exclusive.
create or replace function legal.figures(p_actor jsonb, p_from timestamptz, p_until timestamptz) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := staff.resolve(p_actor);
  v_all  legal.requests[];
  v_code text;
begin
  v_code := case
    when a.staff_id is null then 'not-signed-in'
    when not legal.looks_on(a) then 'wrong-role'
    when p_from >= p_until then 'bad-range'
  end;
  if v_code is not null then
    return audit.denied(a, 'legal.figures_read', v_code, '{}');
  end if;
  -- A request that was registered twice is one: its first.
  v_all := array(select r from legal.requests r where r.received_at >= p_from and r.received_at < p_until and r.duplicate_of is null
    order by r.id);
  return jsonb_build_object('ok', true, 'from', unseal.instant(p_from), 'until', unseal.instant(p_until),
    'lines', (select coalesce(jsonb_agg(jsonb_build_object('type', g.type, 'jurisdiction', g.jurisdiction)
        || legal.figures_row(g.rows) order by g.type, g.jurisdiction), '[]')
      from (select r.type, r.jurisdiction, array_agg(r) as rows from unnest(v_all) r group by r.type, r.jurisdiction) g),
    'total', legal.figures_row(v_all),
    'dsa', (select jsonb_build_object('article9', count(*) filter (where r.type = 'dsa_art_9'),
        'article10', count(*) filter (where r.type = 'dsa_art_10'),
        'medianHoursToAcknowledge', round((percentile_cont(0.5) within group (
          order by extract(epoch from r.acknowledged_at - r.received_at)) / 3600)::numeric, 1),
        -- Effect is given to an order to act when it was acted on, to an order to tell when it was answered.
        'medianHoursToGiveEffect', round((percentile_cont(0.5) within group (order by extract(epoch from
          case when r.type = 'dsa_art_9' then case when r.outcome = 'acted_on' then r.closed_at end else r.produced_at end
            - r.received_at)) / 3600)::numeric, 1))
      from unnest(v_all) r where r.type in ('dsa_art_9', 'dsa_art_10')),
    'rejectedBy', (select coalesce(jsonb_agg(jsonb_build_object('ground', g.ended_ground, 'requests', g.n) order by g.n desc, g.ended_ground), '[]')
      from (select r.ended_ground, count(*) as n from unnest(v_all) r
             where r.ended_ground is not null and coalesce(r.outcome, r.state) = 'rejected' group by r.ended_ground) g));
end
$$;
