-- Writing the log. Nobody but the functions of unseal_owner may call these; nobody at all may change what they wrote.

-- One event and its pending leaf, in the caller's transaction. p holds the ids and texts that belong to the action;
-- a key that is not listed here is ignored, so that nothing strays into the log.
create or replace function audit.write(p_actor staff.actor, p_kind text, p_action text, p_outcome text, p jsonb)
  returns uuid
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_id     uuid := unseal.uuid7();
  v_at     timestamptz := clock_timestamp();
  v_salt   bytea := uuid_send(gen_random_uuid());
  v_actor  uuid := coalesce((p_actor).staff_id, (p ->> 'platformId')::uuid);
  v_reason text := p ->> 'reason';
  v_detail jsonb := coalesce(p -> 'detail', '{}'::jsonb);
  v_leaf   text;
begin
  insert into audit.events (id, at, actor_kind, actor_id, actor_roles, session_id, action, outcome, case_id, thread_id,
    queue_id, flag_id, grant_id, view_id, decision_id, subject_staff_id, purpose, reason, detail, ip, user_agent,
    request_id, leaf_salt)
  values (v_id, v_at, p_kind, v_actor, (p_actor).roles, (p_actor).session_id, p_action, p_outcome,
    (p ->> 'caseId')::uuid, (p ->> 'threadId')::uuid, (p ->> 'queueId')::uuid, (p ->> 'flagId')::uuid,
    (p ->> 'grantId')::uuid, (p ->> 'viewId')::uuid, (p ->> 'decisionId')::uuid, (p ->> 'staffId')::uuid,
    p ->> 'purpose', v_reason, v_detail, (p_actor).ip, (p_actor).user_agent, (p_actor).request_id, v_salt);

  -- RFC 8785: keys in code-unit order, no white space, strings escaped as ECMAScript does (to_json does the same for
  -- everything that a text of PostgreSQL can hold). concat_ws leaves out what is null.
  v_leaf := '{' || concat_ws(',',
    '"action":' || to_json(p_action),
    '"actorId":"' || v_actor || '"',
    '"actorKind":' || to_json(p_kind),
    '"at":"' || to_char(v_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"',
    '"caseId":"' || (p ->> 'caseId') || '"',
    '"decisionId":"' || (p ->> 'decisionId') || '"',
    '"detailCommitment":"' || case when v_detail <> '{}'::jsonb
      then encode(sha256(v_salt || convert_to(v_detail::text, 'UTF8')), 'hex') end || '"',
    '"flagId":"' || (p ->> 'flagId') || '"',
    '"grantId":"' || (p ->> 'grantId') || '"',
    '"id":"' || v_id || '"',
    '"ipCommitment":"' || encode(sha256(v_salt || convert_to((p_actor).ip, 'UTF8')), 'hex') || '"',
    '"outcome":' || to_json(p_outcome),
    '"purpose":' || to_json(p ->> 'purpose'),
    '"queueId":"' || (p ->> 'queueId') || '"',
    '"reasonCommitment":"' || encode(sha256(v_salt || convert_to(v_reason, 'UTF8')), 'hex') || '"',
    '"requestId":' || to_json((p_actor).request_id),
    '"roles":' || to_json((p_actor).roles),
    '"sessionId":"' || (p_actor).session_id || '"',
    '"subjectStaffId":"' || (p ->> 'staffId') || '"',
    '"threadId":"' || (p ->> 'threadId') || '"',
    '"v":1',
    '"viewId":"' || (p ->> 'viewId') || '"'
  ) || '}';
  insert into audit.pending_leaves (event_id, leaf) values (v_id, v_leaf);
  return v_id;
end
$$;

-- What a verb answers when it refuses: the denial is an event like any other, and the answer is a value and no error,
-- because an error would roll the event back.
create or replace function audit.denied(p_actor staff.actor, p_action text, p_code text, p jsonb) returns jsonb
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform audit.write(p_actor, case when (p_actor).staff_id is null then 'nobody' else 'staff' end, p_action, 'denied',
    p || jsonb_build_object('detail', coalesce(p -> 'detail', '{}'::jsonb) || jsonb_build_object('code', p_code)));
  return jsonb_build_object('ok', false, 'code', p_code);
end
$$;
