-- What is known of a case to whoever writes its report: read under a view of the case that was opened for such a report, like a
-- draft, and never kept. Messages are those that the view covers; participants, all of a thread of two, and those who wrote what
-- the view covers or reported it in a group.

-- NCMEC's numbers of reports that name an account already, of the environment that this one would go to: by hand, production.
create or replace function cybertip.prior_numbers(p_platform uuid, p_account text, p_but uuid) returns text[]
  language sql stable
as $$
  select coalesce(array_agg(distinct r.ncmec_report_id order by r.ncmec_report_id), '{}')
    from sealed.cybertip_accounts x
    join cybertip.reports r on r.id = x.report_id and r.approved_revision = x.revision
   where x.platform_id = p_platform and x.platform_participant_id = p_account and x.part = 'reported' and r.id <> p_but
     and r.state = 'filed' and r.environment = (select case when s.live then s.environment else 'production' end from cybertip.settings s)
$$;

create or replace function cybertip.propose_draft(p_actor jsonb, p_report uuid, p_view uuid) returns json
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a staff.actor;
  o record;
  v access.views;
  r cybertip.reports;
  h triage.threads;
  v_code         text;
  v_flagged      uuid[];
  v_reporters    uuid[];
  v_matched      boolean;
  v_senders      uuid[];
  v_participants json;
  v_attachments  json;
  v_keys         uuid[];
begin
  if not pg_is_in_recovery() then
    a := staff.resolve(p_actor);
  end if;
  o := access.may_read_under(a, p_view);
  v := o.v;
  select * into r from cybertip.reports where id = p_report;
  v_code := coalesce(o.code, cybertip.view_refusal(a, v, r));
  if v_code is not null then
    return access.not_read(a, 'cybertip.draft_proposed', v_code, o.wait, jsonb_build_object('viewId', p_view, 'caseId', r.case_id,
      'threadId', r.thread_id, 'detail', jsonb_build_object('reportId', p_report)));
  end if;
  perform audit.write(a, 'staff', 'cybertip.draft_proposed', 'done',
    cybertip.target(r) || jsonb_build_object('viewId', v.id, 'purpose', v.purpose));
  select * into h from triage.threads where id = r.thread_id;
  select coalesce(array_agg(distinct m), '{}'), array_agg(distinct f.reporter_id), coalesce(bool_or(f.source = 'hash_match'), false)
    into v_flagged, v_reporters, v_matched
    from triage.flags f left join unnest(f.flagged_message_ids) m on true where f.id = any (v.flag_ids);
  select array_agg(distinct m.sender_id) into v_senders from sealed.messages m
   where m.thread_id = r.thread_id and m.id = any (v.message_ids);
  select json_agg(row_to_json(p) order by p.ordinal), array_agg(p."keyId") into v_participants, v_keys from (
    select q.id, q.ordinal, q.platform_participant_id as "platformParticipantId", q.age_band as "ageBand",
           q.account_age_days as "accountAgeDays", q.country, q.key_id as "keyId", encode(q.identity_ct, 'base64') as identity,
           coalesce(q.id = any (v_reporters), false) as reporting,
           cybertip.prior_numbers(r.platform_id, q.platform_participant_id, r.id) as "priorReports"
      from sealed.participants q
     where q.thread_id = r.thread_id and (h.kind = 'direct' or q.id = any (v_senders) or q.id = any (v_reporters))) p;
  -- Facts of the files of the whole thread; where they lie is not told.
  select json_agg(row_to_json(f)) into v_attachments from (
    select x.message_id as "messageId", x.revision, x.ordinal, m.platform_message_id as "platformMessageId",
           q.platform_participant_id as "senderId", m.sent_at as "sentAt", x.message_id = any (v_flagged) as flagged, x.md5, x.sha256,
           x.perceptual_kind as "perceptualKind", x.perceptual_hash as "perceptualHash"
      from sealed.attachments x
      join sealed.messages m on m.thread_id = x.thread_id and m.id = x.message_id and m.revision = x.revision
      join sealed.participants q on q.thread_id = m.thread_id and q.id = m.sender_id
     where x.thread_id = r.thread_id and m.received_at <= v.opened_at
       and not exists (select from sealed.messages n where n.thread_id = m.thread_id and n.id = m.id and n.revision > m.revision
         and n.received_at <= v.opened_at)
     order by m.sent_at, m.position, m.id, x.ordinal limit 10000) f;
  return json_build_object('ok', true, 'threadId', r.thread_id, 'kind', r.kind, 'platformThreadId', h.platform_thread_id,
    'platform', (select p.name from intake.platforms p where p.id = r.platform_id),
    'supplements', (select s.ncmec_report_id from cybertip.reports s where s.id = r.supplements), 'hashMatched', v_matched,
    'order', v.message_ids, 'content', cybertip.sealed_messages(r.thread_id, v.opened_at, v.message_ids),
    'participants', coalesce(v_participants, '[]'), 'attachments', coalesce(v_attachments, '[]'),
    'keys', cybertip.keys_of(r.thread_id, v_keys));
end
$$;
