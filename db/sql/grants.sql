-- Who may call and read what. Begins by taking everything away: a function or table that is not named here is closed.
do $$
declare
  s text;
begin
  foreach s in array array['unseal', 'unseal_meta', 'staff', 'intake', 'triage', 'sealed', 'access', 'audit', 'cybertip', 'legal'] loop
    execute format('revoke all on schema %I from public', s);
    execute format('revoke all on all tables in schema %I from public, unseal_web, unseal_intake, unseal_worker, unseal_audit', s);
    execute format('revoke all on all functions in schema %I from public, unseal_web, unseal_intake, unseal_worker, unseal_audit', s);
    execute format('revoke all on all sequences in schema %I from public, unseal_web, unseal_intake, unseal_worker, unseal_audit', s);
    execute format('alter default privileges for role unseal_owner in schema %I revoke all on tables from public', s);
  end loop;
end
$$;
-- Not per schema: PostgreSQL knows the default "execute to public" only globally.
alter default privileges for role unseal_owner revoke execute on functions from public;

grant usage on schema unseal_meta to unseal_web, unseal_intake, unseal_worker, unseal_audit;
grant select on unseal_meta.migrations to unseal_web, unseal_intake, unseal_worker, unseal_audit;

-- unseal_web
grant usage on schema staff, intake, triage, access, audit to unseal_web;
grant select on staff.members, staff.role_conflicts, intake.platforms, triage.queues, triage.queue_members, triage.policies, triage.cases,
  triage.flags, triage.decisions, access.grants, access.views, access.view_ends, audit.events,
  audit.pending_leaves, audit.leaves, audit.every_leaf, audit.sequenced, audit.tiles, audit.checkpoints, audit.log_keys,
  audit.log_key_ends, audit.cosignatures, audit.timestamps, audit.log_sinks, audit.sequencer, audit.log_settings to unseal_web;
grant execute on function staff.sign_in_challenge(text), staff.sign_in(jsonb, text, bytea, interval, interval),
  staff.me(jsonb), staff.sign_out(jsonb), audit.record_denial(jsonb, text, text, jsonb),
  triage.list_queues(jsonb), triage.queue_page(jsonb, uuid, text, jsonb, integer), triage.case_detail(jsonb, uuid),
  triage.claim_case(jsonb, uuid), triage.claim_next(jsonb, uuid), triage.heartbeat(jsonb, uuid),
  triage.release_case(jsonb, uuid), triage.decide(jsonb, uuid, jsonb), triage.undo_decision(jsonb, uuid),
  triage.raise_flag(jsonb, uuid, text, text, text),
  access.request_access(jsonb, uuid, text, text, text, boolean), access.open_view(jsonb, uuid),
  access.request_and_open(jsonb, uuid, text, text, text, boolean), access.read_view(jsonb, uuid),
  access.close_view(jsonb, uuid), audit.reach(jsonb), audit.record_search(jsonb, text, jsonb),
  audit.record_export(jsonb, text, jsonb), audit.case_numbers(uuid[]), audit.case_of_number(bigint), audit.index_of(uuid),
  audit.log_state() to unseal_web;
-- What the row-level policies call, as the caller. They tell a session what it already knows of itself.
grant execute on function staff.current_id(), staff.current_has_role(text[]), staff.current_regions(),
  staff.current_clearances(), staff.current_queues(), staff.current_log_range() to unseal_web;

-- Access governance: every list goes through a function, so that no row tells more than it should.
grant execute on function access.check_view(jsonb, uuid), access.request(jsonb, uuid, jsonb), access.open_thread(jsonb, uuid, uuid), access.revoke_grant(jsonb, uuid, text),
  access.list_grants(jsonb, text), access.list_threads(jsonb, uuid), access.list_requests(jsonb, jsonb), access.read_request(jsonb, uuid),
  access.answer_request(jsonb, uuid, text, text), access.ask_back(jsonb, uuid, text), access.answer_question(jsonb, uuid, uuid, text),
  access.withdraw_request(jsonb, uuid), access.open_request(jsonb, uuid), access.break_the_glass(jsonb, uuid, text, text),
  access.list_glass(jsonb, jsonb), access.review_glass(jsonb, uuid, text, text), access.list_notices(jsonb, jsonb),
  access.acknowledge_notice(jsonb, uuid), access.list_policies(jsonb), access.read_policy(jsonb, uuid),
  access.draft_policy(jsonb, uuid, text), access.edit_policy(jsonb, uuid, jsonb), access.move_policy(jsonb, uuid, text, text),
  access.simulate(jsonb, jsonb), access.list_watch(jsonb), access.add_watch(jsonb, jsonb), access.end_watch(jsonb, uuid),
  staff.own_accounts(jsonb), staff.list_accounts(jsonb), staff.record_account(jsonb, uuid, text), staff.leave_account(jsonb, uuid),
  staff.own_sessions(jsonb), staff.end_own_session(jsonb, uuid) to unseal_web;
-- The compliance desk.
grant execute on function audit.read_desk(jsonb), audit.read_integrity(jsonb), audit.ask_verification(jsonb),
  audit.cancel_verification(jsonb, uuid), audit.cases_of_thread(uuid), audit.thread_of_case(uuid) to unseal_web;
grant execute on function audit.take_up_verification(), audit.report_verification(uuid, uuid, text, bigint, bigint),
  audit.end_verification(uuid, uuid, text, jsonb), audit.unplaced_events(uuid, uuid, integer) to unseal_audit;
grant usage on schema access to unseal_worker;
grant execute on function access.expire_requests(), access.escalate_glass() to unseal_worker;

-- unseal_worker
grant usage on schema triage, sealed, unseal to unseal_worker;
grant execute on function triage.expire_claims(), sealed.start_rotation(text, boolean),
  sealed.keys_not_wrapped_by(text, uuid, uuid, integer), sealed.rewrap_keys(jsonb),
  sealed.record_rotation(text, bigint, bigint), sealed.retire_kek(text), sealed.key_counts(), unseal.make_partitions(integer) to unseal_worker;

-- unseal_audit
grant usage on schema audit to unseal_audit;
grant select on audit.events, audit.pending_leaves, audit.leaves, audit.every_leaf, audit.sequenced, audit.tiles,
  audit.checkpoints, audit.log_keys, audit.log_key_ends, audit.cosignatures, audit.timestamps, audit.log_sinks,
  audit.sequencer, audit.log_settings to unseal_audit;
grant execute on function audit.record_operator_export(text, jsonb), audit.index_of(uuid), audit.log_state(),
  audit.waiting_leaves(integer), audit.append_leaves(bigint, uuid[], smallint[], bigint[], bytea[], bytea, text),
  audit.report_sequencer(text, text, text), audit.set_strict(boolean), audit.add_log_key(text, text, text, boolean),
  audit.end_log_key(text), audit.record_log_export(bigint), audit.record_proof(uuid), audit.payloads(bigint, bigint),
  audit.keep_cosignature(bigint, text, text, timestamptz), audit.keep_timestamp(bigint, text, bytea, timestamptz),
  audit.set_log_sinks(text[], text[]), audit.report_sink(text, bigint, text, timestamptz) to unseal_audit;

-- unseal_intake
grant usage on schema intake to unseal_intake;
grant execute on function intake.enter(bytea, jsonb), intake.accept_flags(bytea, json, json, json, json, jsonb),
  intake.record_refusals(bytea, jsonb, jsonb) to unseal_intake;

-- Event feeds: the worker pushes as unseal_audit; machines pull through the console, by their own keys.
grant select on audit.siem_sinks, audit.siem_gaps to unseal_web, unseal_audit;
grant execute on function audit.read_feed(bytea, jsonb, bigint, integer), audit.record_gap(bigint, bigint),
  audit.list_feeds(jsonb) to unseal_web;
grant execute on function audit.feed_batch(bigint, integer), audit.feed_head(), audit.record_gap(bigint, bigint),
  audit.record_pull(text, bigint), audit.set_siem_sinks(text[], text[], boolean), audit.siem_turn(text, text),
  audit.siem_delivered(text, bigint, bigint), audit.siem_failed(text, text, interval, interval) to unseal_audit;
