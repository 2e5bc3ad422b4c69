-- What the compliance desk asks: who read this thread, what was refused on it, and whether the log is whole.

-- Serves: every view of one thread, newest first and counted by person (server/audit/readThreadReaders.ts).
create index views_of_thread on access.views (thread_id, id desc) include (staff_id, opened_at);
-- Serves: what was refused on the cases of one thread, newest first (server/audit/readThreadReaders.ts).
create index events_refused_by_case on audit.events (case_id, id desc) where outcome <> 'done' and case_id is not null;

-- The log checked against itself, from the console. Nobody removes an entry; how it ended is an event besides.
create table audit.verifications (
  id       uuid primary key default unseal.uuid7(),
  asked_by uuid not null references staff.members,
  asked_at timestamptz not null default clock_timestamp(),
  state    text not null default 'waiting'
             check (state in ('waiting', 'running', 'sound', 'unsound', 'cancelled', 'broken')),
  run      uuid,          -- which worker's run this is: one that was taken for dead may not go on
  phase    text check (phase in ('leaves', 'events')),
  done     bigint not null default 0,
  total    bigint not null default 0,
  seen_at  timestamptz,
  ended_at timestamptz,
  result   jsonb,
  check ((ended_at is null) = (state in ('waiting', 'running')))
);
-- One at a time: of two that ask at once, the second is shown the first one's.
create unique index verifications_one_at_a_time on audit.verifications ((true)) where state in ('waiting', 'running');
