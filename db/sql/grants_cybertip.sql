-- CyberTip reports: everybody through functions; no login role reads a table.
grant usage on schema cybertip to unseal_web, unseal_worker;

-- Drafts, approvals, the register and holds.
grant execute on function cybertip.start_report(jsonb, uuid, jsonb), cybertip.draft_terms(jsonb, uuid),
  cybertip.read_draft(jsonb, uuid, uuid, integer), cybertip.save_draft(jsonb, uuid, uuid, integer, jsonb),
  cybertip.hand_in(jsonb, uuid, integer), cybertip.approve(jsonb, uuid, integer, text), cybertip.send_back(jsonb, uuid, text),
  cybertip.withdraw(jsonb, uuid, text), cybertip.file_by_hand(jsonb, uuid, text, timestamptz),
  cybertip.list_reports(jsonb, jsonb, jsonb, integer), cybertip.read_report(jsonb, uuid), cybertip.prior_reports(jsonb, uuid),
  cybertip.figures(jsonb, timestamptz, timestamptz), cybertip.extend_hold(jsonb, uuid, jsonb),
  cybertip.ask_destruction(jsonb, uuid, text, text), cybertip.call_off_destruction(jsonb, uuid),
  cybertip.destroy_thread(jsonb, uuid), cybertip.read_proof(jsonb, uuid) to unseal_web;
