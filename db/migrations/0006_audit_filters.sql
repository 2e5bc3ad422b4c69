-- Filters of the log that come two at a time. Without these a page about one busy person and one act they never did
-- reads every act of theirs to say "nothing" (measured with 10 million events: bench/audit.ts).

-- Serves: one person's acts, newest first, and their days in figures without a visit to the table.
drop index audit.events_by_actor;
create index events_by_actor on audit.events (actor_id, id desc) include (at, action, outcome);
-- Serves: one person (or platform) and one action, newest first.
create index events_by_actor_action on audit.events (actor_id, action, id desc);
-- Serve: a purpose, alone, for one person and with one action, newest first. Only requests and views carry a purpose.
create index events_by_purpose on audit.events (purpose, id desc) where purpose is not null;
create index events_by_actor_purpose on audit.events (actor_id, purpose, id desc) where purpose is not null;
create index events_by_purpose_action on audit.events (purpose, action, id desc) where purpose is not null;
-- Serve: what was denied and what failed, alone and with each other filter. One event in fifty, so they cost little.
drop index audit.events_denied;
create index events_by_outcome on audit.events (outcome, id desc) where outcome <> 'done';
create index events_by_actor_outcome on audit.events (actor_id, outcome, id desc) where outcome <> 'done';
create index events_by_action_outcome on audit.events (action, outcome, id desc) where outcome <> 'done';
create index events_by_purpose_outcome on audit.events (purpose, outcome, id desc)
  where outcome <> 'done' and purpose is not null;
