-- Filters of the log that come two at a time. Without these a page about one busy person and one act they never did
-- reads every act of theirs to say "nothing" (measured at 10 million events: bench/audit).

-- Serves: one person (or platform) and one action, newest first.
create index events_by_actor_action on audit.events (actor_id, action, id desc);
-- Serve: a purpose, alone and for one person, newest first. Only requests and views carry a purpose.
create index events_by_purpose on audit.events (purpose, id desc) where purpose is not null;
create index events_by_actor_purpose on audit.events (actor_id, purpose, id desc) where purpose is not null;
