-- When staff of ours viewed the whole of an attachment: shown by a transaction that is committed and not this one, with its event
-- in the log, and sent whole before, with the size and the hash that intake recorded where it recorded one. Everything that says
-- "viewed by us", on a page, in figures or to NCMEC, says it from here. (An id of a transaction so old that the server has
-- forgotten it belongs to one that is long committed: a row of any other would not be seen.)
create or replace function access.viewings_of(p_thread uuid, p_message uuid, p_revision integer, p_ordinal integer)
  returns setof access.attachment_readings
  language sql stable
as $$
  select r.* from access.attachment_readings r
    -- Gone when the thread was destroyed: then what was checked as it was sent is what is left.
    left join sealed.attachments x on x.thread_id = r.thread_id and x.message_id = r.message_id and x.revision = r.revision
      and x.ordinal = r.ordinal
   where r.thread_id = p_thread and r.message_id = p_message and r.revision = p_revision and r.ordinal = p_ordinal
     and r.shown_at is not null and r.sent_whole_at is not null
     and (x.message_id is null or r.sent_bytes = x.size_bytes and (x.sha256 is null or lower(x.sha256) = r.sha256))
     and r.shown_xid is distinct from pg_current_xact_id_if_assigned()
     and exists (select from audit.events e where e.id = r.shown_event and e.action = 'attachment.shown'
                    and e.outcome = 'done' and e.actor_id = r.staff_id)
$$;

-- The files of a revision, which of them staff of ours viewed whole, and the hashes that were looked at: a file of another hash
-- was not. p_before: only what was viewed until then; null for until now.
drop function if exists cybertip.files_viewed(uuid, integer);
create or replace function cybertip.files_viewed(p_report uuid, p_revision integer, p_before timestamptz)
  returns table (file_no integer, message_id uuid, message_revision integer, ordinal integer, included boolean, viewed boolean,
    shas text[])
  language sql stable
as $$
  select f.file_no, f.message_id, f.message_revision, f.ordinal, f.included, s.shas is not null, coalesce(s.shas, '{}')
    from cybertip.revision_files f
    cross join lateral (
      select array_agg(distinct v.sha256) as shas
        from access.viewings_of(f.thread_id, f.message_id, f.message_revision, f.ordinal) v
       where p_before is null or v.shown_at <= p_before) s
   where f.report_id = p_report and f.revision = p_revision
$$;
