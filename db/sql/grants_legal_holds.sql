-- Holds, erasures and notices to accounts: everybody through functions; no login role reads a table.
grant execute on function legal.make_hold(jsonb, uuid, jsonb), legal.renew_hold(jsonb, uuid, jsonb),
  legal.confirm_production(jsonb, uuid, uuid, text), legal.review_hold(jsonb, uuid, text), legal.release_hold(jsonb, uuid, text),
  legal.call_off_release(jsonb, uuid), legal.check_hold(jsonb, uuid), legal.list_holds(jsonb, jsonb, jsonb, integer),
  legal.request_holds(jsonb, uuid), legal.read_hold(jsonb, uuid), legal.list_erasures(jsonb, jsonb, jsonb, integer),
  legal.read_erasure(jsonb, uuid), legal.request_notices(jsonb, uuid), legal.notice_terms(jsonb, uuid), legal.plan_notices(jsonb, uuid, jsonb),
  legal.send_notice(jsonb, uuid, text), legal.bar_notice(jsonb, uuid, text), legal.review_gag(jsonb, uuid, text, text),
  legal.set_notice_policy(jsonb, uuid, jsonb) to unseal_web;
grant execute on function legal.begin_hashing(), legal.hash_next(), legal.keep_holds_in_mind(), legal.keep_notices_in_mind(),
  legal.erase_next(uuid[], integer) to unseal_worker;
grant execute on function intake.ask_erasure(bytea, jsonb, jsonb), intake.read_erasure(bytea, text, jsonb),
  intake.take_notices(bytea, integer, jsonb), intake.acknowledge_notice(bytea, uuid, jsonb, jsonb) to unseal_intake;
