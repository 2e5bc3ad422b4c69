-- Writing the log. Nobody but the functions of unseal_owner may call these; nobody at all may change what they wrote.

-- The leaf of an event as it will enter the tree: the one place that says what it looks like. Version 1 had no commitment to
-- the user agent; what was written then is still read as it was.
-- RFC 8785: keys in code-unit order, no white space, strings escaped as ECMAScript does (to_json does the same for
-- everything that a text of PostgreSQL can hold). concat_ws leaves out what is null.
drop function if exists audit.leaf(audit.events);
create or replace function audit.leaf(e audit.events, p_version integer default 2) returns text
  language plpgsql stable
as $$
begin
  return '{' || concat_ws(',',
    '"action":' || to_json(e.action),
    '"actorId":"' || e.actor_id || '"',
    '"actorKind":' || to_json(e.actor_kind),
    '"at":"' || to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"',
    '"caseId":"' || e.case_id || '"',
    '"decisionId":"' || e.decision_id || '"',
    '"detailCommitment":"' || case when e.detail <> '{}'::jsonb
      then encode(sha256(e.leaf_salt || convert_to(e.detail::text, 'UTF8')), 'hex') end || '"',
    '"flagId":"' || e.flag_id || '"',
    '"grantId":"' || e.grant_id || '"',
    '"id":"' || e.id || '"',
    '"ipCommitment":"' || encode(sha256(e.leaf_salt || convert_to(e.ip, 'UTF8')), 'hex') || '"',
    '"outcome":' || to_json(e.outcome),
    '"purpose":' || to_json(e.purpose),
    '"queueId":"' || e.queue_id || '"',
    '"reasonCommitment":"' || encode(sha256(e.leaf_salt || convert_to(e.reason, 'UTF8')), 'hex') || '"',
    '"requestId":' || to_json(e.request_id),
    '"roles":' || to_json(e.actor_roles),
    '"sessionId":"' || e.session_id || '"',
    '"subjectStaffId":"' || e.subject_staff_id || '"',
    '"threadId":"' || e.thread_id || '"',
    '"userAgentCommitment":"' || case when p_version >= 2
      then encode(sha256(e.leaf_salt || convert_to(e.user_agent, 'UTF8')), 'hex') end || '"',
    '"v":' || p_version,
    '"viewId":"' || e.view_id || '"'
  ) || '}';
end
$$;

-- Events and their pending leaves, in the caller's transaction and in one statement: routing rows to a partition and opening
-- its indexes costs more than the rows. The arrays run together. An entry holds the ids and texts that belong to its action;
-- a key that is not listed here is ignored, so that nothing strays into the log. Out: the events' ids, in order.
-- (Intake writes a batch of its own by the same leaf: see intake.record_accepted.)
create or replace function audit.write_each(p_actor staff.actor, p_kind text, p_outcome text, p_actions text[],
  p_entries jsonb[]) returns uuid[]
  language plpgsql
  set plan_cache_mode = force_generic_plan
as $$
declare
  v_ids uuid[];
begin
  for i in 1 .. cardinality(p_actions) loop
    v_ids[i] := unseal.uuid7();
  end loop;
  with written as (
    insert into audit.events as w (id, at, actor_kind, actor_id, actor_roles, session_id, action, outcome, case_id, thread_id,
      queue_id, flag_id, grant_id, view_id, decision_id, subject_staff_id, purpose, reason, detail, ip, user_agent,
      request_id, leaf_salt)
    select e.id, clock_timestamp(), p_kind, coalesce((p_actor).staff_id, (e.p ->> 'platformId')::uuid),
      (p_actor).roles, (p_actor).session_id, e.action, p_outcome,
      (e.p ->> 'caseId')::uuid, (e.p ->> 'threadId')::uuid, (e.p ->> 'queueId')::uuid, (e.p ->> 'flagId')::uuid,
      (e.p ->> 'grantId')::uuid, (e.p ->> 'viewId')::uuid, (e.p ->> 'decisionId')::uuid, (e.p ->> 'staffId')::uuid,
      left(e.p ->> 'purpose', 64), e.p ->> 'reason', coalesce(e.p -> 'detail', '{}'::jsonb), (p_actor).ip, (p_actor).user_agent,
      (p_actor).request_id, uuid_send(gen_random_uuid())
      from unnest(v_ids, p_actions, p_entries) as e(id, action, p)
    returning w as event)
  insert into audit.pending_leaves (event_id, leaf) select (r.event).id, audit.leaf(r.event) from written r;
  return v_ids;
end
$$;

-- One event. Out: its id.
create or replace function audit.write(p_actor staff.actor, p_kind text, p_action text, p_outcome text, p jsonb)
  returns uuid
  language plpgsql
as $$
begin
  return (audit.write_each(p_actor, p_kind, p_outcome, array[p_action], array[p]))[1];
end
$$;

-- What a verb answers when it refuses: the denial is an event like any other, and the answer is a value and no error,
-- because an error would roll the event back.
create or replace function audit.denied(p_actor staff.actor, p_action text, p_code text, p jsonb) returns jsonb
  language plpgsql
as $$
begin
  perform audit.write(p_actor, case when (p_actor).staff_id is null then 'nobody' else 'staff' end, p_action, 'denied',
    p || jsonb_build_object('detail', coalesce(p -> 'detail', '{}'::jsonb) || jsonb_build_object('code', p_code)));
  return jsonb_build_object('ok', false, 'code', p_code);
end
$$;
