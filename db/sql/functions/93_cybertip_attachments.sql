-- Attachments that people look at, and what may be said of it to NCMEC. Three steps, each of an earlier transaction than the
-- next: opened (committed, with its event) → the bytes go out whole, with the hash that intake recorded → the person asks to
-- see the file clearly. Only the last makes "viewed by us" true (promise 7), and it is an event.

-- Writes that an attachment will be fetched and sent, under a view whose scope is the attachments. Reveals nothing.
-- Out: {ok, readingId, expiresAt, mediaType, sizeBytes}.
create or replace function access.open_attachment(p_actor jsonb, p_view uuid, p_message uuid, p_revision integer,
  p_ordinal integer) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a        staff.actor;
  o        record;
  x        sealed.attachments;
  v_id     uuid := unseal.uuid7();
  v_target jsonb;
begin
  if not pg_is_in_recovery() then
    a := staff.resolve(p_actor);
  end if;
  o := access.may_read_under(a, p_view);
  v_target := jsonb_build_object('viewId', p_view, 'caseId', (o.v).case_id, 'threadId', (o.v).thread_id,
    'grantId', (o.v).grant_id, 'purpose', (o.v).purpose, 'reason', (o.v).reason, 'detail', jsonb_build_object('messageId', p_message,
      'revision', p_revision, 'ordinal', p_ordinal, 'attachmentReadingId', v_id));
  if o.code is null then
    select t.* into x from sealed.attachments t join sealed.messages m
        on m.thread_id = t.thread_id and m.id = t.message_id and m.revision = t.revision and m.received_at <= (o.v).opened_at
     where t.thread_id = (o.v).thread_id and t.message_id = p_message and t.revision = p_revision and t.ordinal = p_ordinal;
    o.code := case
      when (o.v).scope <> 'attachment' then 'view-without-files'
      when x.message_id is null or not p_message = any ((o.v).message_ids) then 'not-found'
    end;
  end if;
  if o.code is null then
    perform staff.one_at_a_time(a.staff_id);
    if (select count(*) from (select from access.attachment_readings r where r.staff_id = a.staff_id
          and r.id >= unseal.uuid7_floor(clock_timestamp() - interval '1 hour') limit 300) n) >= 300 then
      o.code := 'rate-limited';
    end if;
  end if;
  if o.code is not null then
    return access.not_read(a, 'attachment.opened', o.code, o.wait, v_target - 'reason');
  end if;
  insert into access.attachment_readings (id, view_id, case_id, thread_id, message_id, revision, ordinal, staff_id, session_id,
    event_id, expires_at)
  values (v_id, p_view, (o.v).case_id, (o.v).thread_id, p_message, p_revision, p_ordinal, a.staff_id, a.session_id,
    audit.write(a, 'staff', 'attachment.opened', 'done', v_target), (o.v).expires_at);
  return jsonb_build_object('ok', true, 'readingId', v_id, 'expiresAt', unseal.instant((o.v).expires_at),
    'mediaType', x.media_type, 'sizeBytes', x.size_bytes);
end
$$;

-- What stands in the way of a reading that was opened: that it is not the actor's, not committed, or its view has ended.
create or replace function access.attachment_refusal(a staff.actor, rd access.attachment_readings, out code text, out wait boolean)
  language plpgsql
as $$
declare
  o record;
begin
  o := access.may_read_under(a, (rd).view_id);
  code := case
    when o.code in ('standby', 'not-signed-in') then o.code
    when (rd).id is null or (rd).staff_id <> (a).staff_id then 'not-found'
    when (rd).session_id <> (a).session_id then 'other-session'
    when pg_xact_status((rd).opened_xid) is distinct from 'committed' then 'view-not-committed'
    when o.code is not null then o.code
    when not audit.reveal_may_proceed((rd).event_id) then 'awaiting-checkpoint'
  end;
  wait := coalesce(code = 'awaiting-checkpoint' and clock_timestamp() < (rd).opened_at + interval '3 seconds', false);
end
$$;

-- Hands out where the file lies, sealed, with the platform's token, sealed: to fetch it for whoever opened it.
create or replace function access.read_attachment(p_actor jsonb, p_reading uuid) returns json
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor;
  rd     access.attachment_readings;
  x      sealed.attachments;
  o      record;
begin
  if not pg_is_in_recovery() then
    a := staff.resolve(p_actor);
  end if;
  select * into rd from access.attachment_readings where id = p_reading;
  o := access.attachment_refusal(a, rd);
  if o.code is not null then
    return access.not_read(a, 'attachment.opened', o.code, o.wait, jsonb_build_object('viewId', rd.view_id, 'caseId', rd.case_id,
      'threadId', rd.thread_id, 'detail', jsonb_build_object('attachmentReadingId', p_reading)));
  end if;
  select * into x from sealed.attachments t where t.thread_id = rd.thread_id and t.message_id = rd.message_id
     and t.revision = rd.revision and t.ordinal = rd.ordinal;
  return json_build_object('ok', true, 'readingId', rd.id, 'threadId', rd.thread_id, 'messageId', rd.message_id,
    'ordinal', rd.ordinal, 'mediaType', x.media_type, 'sizeBytes', x.size_bytes, 'md5', x.md5, 'sha256', x.sha256,
    'keyId', x.key_id, 'location', encode(x.location_ct, 'base64'), 'keys', cybertip.keys_of(rd.thread_id, array[x.key_id]),
    'source', cybertip.source_of((select h.platform_id from triage.threads h where h.id = rd.thread_id)));
end
$$;

-- The whole file went out, and this is what it was. Said once; a hash that is not the recorded one is refused, and so is a
-- size that is not. (Of a file without a recorded hash, this is the one that the report is later held to.)
create or replace function access.attachment_sent(p_actor jsonb, p_reading uuid, p_sha256 text, p_bytes bigint) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a  staff.actor := staff.resolve(p_actor);
  rd access.attachment_readings;
  x  sealed.attachments;
begin
  select * into rd from access.attachment_readings where id = p_reading for update;
  select * into x from sealed.attachments t where t.thread_id = rd.thread_id and t.message_id = rd.message_id
     and t.revision = rd.revision and t.ordinal = rd.ordinal;
  if a.staff_id is null or rd.id is null or rd.staff_id <> a.staff_id or rd.session_id <> a.session_id
     or pg_xact_status(rd.opened_xid) is distinct from 'committed' then
    return audit.denied(a, 'attachment.shown', case when a.staff_id is null then 'not-signed-in' else 'not-found' end,
      jsonb_build_object('detail', jsonb_build_object('attachmentReadingId', p_reading)));
  end if;
  if x.sha256 is not null and lower(x.sha256) <> p_sha256 or x.size_bytes <> p_bytes then
    return audit.denied(a, 'attachment.shown', 'file-changed', jsonb_build_object('viewId', rd.view_id, 'caseId', rd.case_id,
      'threadId', rd.thread_id, 'detail', jsonb_build_object('attachmentReadingId', p_reading)));
  end if;
  update access.attachment_readings set sent_whole_at = clock_timestamp(), sha256 = p_sha256, sent_bytes = p_bytes
   where id = p_reading and sent_whole_at is null;
  return jsonb_build_object('ok', true);
end
$$;

-- The person asked to see the whole file clearly. From here on, "viewed by us" is true of this file. Said once.
create or replace function access.attachment_shown(p_actor jsonb, p_reading uuid) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a        staff.actor;
  rd       access.attachment_readings;
  o        record;
  v_target jsonb;
begin
  if not pg_is_in_recovery() then
    a := staff.resolve(p_actor);
    select * into rd from access.attachment_readings where id = p_reading for update;
  end if;
  v_target := jsonb_build_object('viewId', rd.view_id, 'caseId', rd.case_id, 'threadId', rd.thread_id,
    'detail', jsonb_strip_nulls(jsonb_build_object('messageId', rd.message_id, 'revision', rd.revision, 'ordinal', rd.ordinal,
      'attachmentReadingId', p_reading, 'sha256', rd.sha256)));
  o := access.attachment_refusal(a, rd);
  if o.code is null and rd.sent_whole_at is null then
    o.code := 'file-not-whole';
  end if;
  if o.code is not null then
    return access.not_read(a, 'attachment.shown', o.code, o.wait, v_target);
  end if;
  if rd.shown_at is null then
    update access.attachment_readings set shown_at = clock_timestamp(), shown_xid = pg_current_xact_id(),
        shown_event = audit.write(a, 'staff', 'attachment.shown', 'done', v_target)
     where id = p_reading;
  end if;
  return jsonb_build_object('ok', true);
end
$$;
