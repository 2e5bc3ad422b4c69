-- Signals and reviews: officers through functions of the console, the worker through its own. No login role reads a table.
grant execute on function access.list_signals(jsonb, text, jsonb, integer), access.read_signal(jsonb, uuid),
  access.own_signal(jsonb, uuid), access.resolve_signal(jsonb, uuid, text, text), access.escalate_signal(jsonb, uuid, text),
  access.list_reviews(jsonb, text, jsonb, integer), access.read_review(jsonb, uuid),
  access.give_verdict(jsonb, uuid, text, text) to unseal_web;

grant usage on schema access to unseal_worker;
grant execute on function access.observe_views(timestamptz, interval), access.measure_volume(timestamptz),
  access.measure_hours(timestamptz), access.measure_same_participant(timestamptz), access.measure_skew(timestamptz),
  access.measure_undecided(timestamptz), access.measure_outside_queue(timestamptz), access.measure_contact_graph(timestamptz),
  access.measure_lookups(timestamptz), access.measure_denials(timestamptz), access.measure_log_use(text, timestamptz),
  access.raise_signals(jsonb), access.escalate_signals(), access.require_due_reviews(), access.draw_weeks(),
  access.escalate_reviews() to unseal_worker;
