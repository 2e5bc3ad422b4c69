-- Content on its way into a report, and attachments that people look at: each behind a reading that was committed before.
grant execute on function cybertip.open_submission(uuid, uuid), cybertip.read_submission(uuid, uuid),
  cybertip.read_submission_messages(uuid, uuid, uuid[]) to unseal_worker;
grant execute on function cybertip.open_export(jsonb, uuid, text), cybertip.read_export(jsonb, uuid),
  cybertip.read_export_messages(jsonb, uuid, uuid[]), access.open_attachment(jsonb, uuid, uuid, integer, integer),
  cybertip.propose_draft(jsonb, uuid, uuid), access.read_attachment(jsonb, uuid), access.attachment_sent(jsonb, uuid, text, bigint), access.attachment_shown(jsonb, uuid)
  to unseal_web;
