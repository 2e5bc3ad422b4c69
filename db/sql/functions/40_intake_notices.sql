-- Notices to accounts at the platforms' door: fetched, delivered by the platform, and said to be. What stands in their way:
-- 95_legal_notices.sql.

-- The platform asks for what it is to deliver. Each is asked about anew, its request locked, and marked as handed over before it
-- is answered: the record may say too much, never too little. What was not fetched yet comes first: notices that the platform
-- cannot deliver, and so never acknowledges, keep no other back.
create or replace function intake.take_notices(p_key_hash bytea, p_limit integer, p_context jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  k      record;
  v_from staff.actor := intake.caller(p_context);
  r      legal.requests;
  n      legal.notices;
  o      record;
  v_out  jsonb := '[]';
  v_bar  text;
  v_more boolean;
begin
  select * into k from intake.check_key(p_key_hash, 'notices:read');
  if k.code is not null then
    return intake.refuse_key(v_from, k.key_id, k.platform_id, k.code);
  end if;
  p_limit := least(greatest(p_limit, 1), 100);
  v_more := (select count(*) from (select from legal.notices x
    where x.platform_id = k.platform_id and x.state in ('released', 'handed_over') limit p_limit + 1) w) > p_limit;
  -- Requests in one order for everybody, so that two that ask at once wait for each other and never in a circle.
  for o in
    select w.* from (select x.id, x.request_id from legal.notices x
      where x.platform_id = k.platform_id and x.state in ('released', 'handed_over')
       order by x.state = 'handed_over', x.released_at, x.id limit p_limit) w
     order by w.request_id, w.id
  loop
    select * into r from legal.requests where id = o.request_id for share;
    select * into n from legal.notices where id = o.id for update;
    if n.state not in ('released', 'handed_over') then
      continue;
    end if;
    v_bar := legal.notice_bar(r, n.platform_id, n.platform_participant_id);
    if v_bar is not null then
      -- A report to NCMEC that was made meanwhile: no request changed, so nobody else has called it back.
      perform legal.call_back(r, n, v_bar);
    else
      if n.state = 'released' then
        update legal.notices set state = 'handed_over', handed_over_at = coalesce(handed_over_at, clock_timestamp()), changed_at = clock_timestamp()
         where id = n.id;
        perform legal.record(r, null, 'notice_handed_over', r.state, null, audit.write(v_from, 'platform', 'legal.notice_handed_over', 'done',
          legal.target(r, jsonb_build_object('noticeId', n.id, 'account', n.account, 'keyId', k.key_id)) || jsonb_build_object('platformId', k.platform_id)));
      end if;
      v_out := v_out || jsonb_build_object('id', n.id, 'account', jsonb_build_object('id', n.platform_participant_id),
        'subject', n.subject, 'text', n.body, 'template', n.template, 'templateVersion', n.template_version,
        'textSha256', encode(n.body_sha256, 'hex'), 'releasedAt', unseal.instant(n.released_at));
    end if;
  end loop;
  return jsonb_build_object('ok', true, 'notices', v_out, 'more', v_more);
end
$$;

-- The platform says that it delivered one, when, and how. Said again it is answered the same. An order that came after it was
-- handed over does not make untrue that it was delivered: that is written down too.
create or replace function intake.acknowledge_notice(p_key_hash bytea, p_notice uuid, p jsonb, p_context jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  k      record;
  v_from staff.actor := intake.caller(p_context);
  r      legal.requests;
  n      legal.notices;
  v_late boolean;
  v_code text;
begin
  select * into k from intake.check_key(p_key_hash, 'notices:read');
  if k.code is not null then
    return intake.refuse_key(v_from, k.key_id, k.platform_id, k.code);
  end if;
  select q.* into r from legal.requests q join legal.notices x on x.request_id = q.id where x.id = p_notice for share of q;
  select * into n from legal.notices x where x.id = p_notice and x.platform_id = k.platform_id for update;
  v_code := case
    when n.id is null or n.handed_over_at is null then 'notice-unknown'
    when encode(n.body_sha256, 'hex') <> p ->> 'textSha256' then 'notice-text-differs'
    when n.state <> 'sent' and ((p ->> 'deliveredAt')::timestamptz > clock_timestamp() + interval '1 hour'
      or (p ->> 'deliveredAt')::timestamptz < n.handed_over_at - interval '1 hour') then 'notice-time'
  end;
  if v_code is not null then
    perform audit.write(v_from, 'platform', 'legal.notice_sent', 'denied', jsonb_build_object('platformId', k.platform_id,
      'detail', jsonb_build_object('code', v_code, 'noticeId', p_notice, 'keyId', k.key_id)));
    return jsonb_build_object('ok', false, 'code', v_code);
  end if;
  if n.state <> 'sent' then
    v_late := n.state = 'barred';
    update legal.notices set state = 'sent', barred_why = null, sent_at = (p ->> 'deliveredAt')::timestamptz,
        acknowledged_at = clock_timestamp(), channel = p ->> 'channel', changed_at = clock_timestamp()
     where id = n.id returning * into n;
    perform legal.record(r, null, 'notice_sent', r.state, null, audit.write(v_from, 'platform', 'legal.notice_sent', 'done',
      legal.target(r, jsonb_build_object('noticeId', n.id, 'account', n.account, 'channel', n.channel, 'template', n.template,
        'version', n.template_version, 'sha256', p ->> 'textSha256', 'deliveredAt', unseal.instant(n.sent_at), 'afterBar', v_late,
        'keyId', k.key_id)) || jsonb_build_object('platformId', k.platform_id)));
  end if;
  return jsonb_build_object('ok', true, 'id', n.id, 'deliveredAt', unseal.instant(n.sent_at), 'channel', n.channel);
end
$$;
