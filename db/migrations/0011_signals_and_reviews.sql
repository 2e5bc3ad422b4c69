-- Signals of misuse and reviews of access: what compliance officers look at, and nobody else.

-- What each view tells the detectors, in one row: kept beside the views so that months of them are counted from an index
-- and never by walking threads. Accounts are hashes of the platform's own ids (access.account_of): no handle, no name.
create table access.openings (
  view_id    uuid primary key,
  staff_id   uuid not null,
  case_id    uuid not null,
  thread_id  uuid not null,
  queue_id   uuid not null,   -- where the case lay when it was opened
  region     text not null,
  opened_at  timestamptz not null,
  fresh      boolean not null,  -- the person's first view of this case
  outside    boolean not null,  -- the case lay in a queue that the person is no member of
  minor      boolean not null,  -- a participant is said to be a minor
  prominent  boolean not null,  -- a participant is in many threads that others opened
  countries  text[] not null
);
-- Serves: every measure over a window of days (access.measure_…), cases counted once a person.
create index openings_by_time on access.openings (opened_at) include (staff_id, queue_id) where fresh;
-- Serves: the views behind one person's signal (access.evidence_of), and whether a case is fresh.
create index openings_of_staff on access.openings (staff_id, opened_at);
create index openings_of_staff_case on access.openings (staff_id, case_id);

create table access.opened_accounts (
  account   uuid not null,
  view_id   uuid not null,
  staff_id  uuid not null,
  thread_id uuid not null,
  case_id   uuid not null,
  queue_id  uuid not null,
  opened_at timestamptz not null,
  primary key (account, view_id)
);
-- Serves: who else opened this account, and when (access.measure_same_participant; is it prominent).
create index opened_accounts_by_account on access.opened_accounts (account, opened_at) include (staff_id, thread_id, queue_id);
-- Serves: which accounts somebody opened lately (access.measure_same_participant, access.measure_contact_graph).
create index opened_accounts_by_time on access.opened_accounts (opened_at) include (staff_id, account, thread_id, queue_id);

-- Cases opened, by person, queue and hour: a month of them is small whatever the number of views.
create table access.opening_hours (
  staff_id uuid not null,
  queue_id uuid not null,
  hour     timestamptz not null,
  cases    integer not null,
  views    integer not null,
  primary key (staff_id, queue_id, hour)
);
-- Serve: a window of hours of everybody (volume, hours), and of one queue (the share of the work that was somebody's).
create index opening_hours_by_hour on access.opening_hours (hour) include (staff_id, queue_id, cases);
create index opening_hours_of_queue on access.opening_hours (queue_id, hour) include (staff_id, cases);

-- How far the views have been observed. One row.
create table access.observed (
  only_one boolean primary key default true check (only_one),
  upto     uuid not null default '00000000-0000-0000-0000-000000000000',
  at       timestamptz
);
insert into access.observed default values;

create table access.signals (
  id               uuid primary key default unseal.uuid7(),
  subject_id       uuid not null references staff.members,
  detector         text not null check (detector ~ '^[a-z_]+$'),
  detector_version integer not null,
  pattern          text not null check (length(pattern) between 1 and 120),  -- the same again joins its open signal
  severity         smallint not null check (severity between 1 and 4),
  window_from      timestamptz not null,
  window_until     timestamptz not null,
  numbers          jsonb not null,
  explanation      text not null check (length(explanation) between 20 and 2000),
  occurrences      integer not null default 1,
  state            text not null default 'open' check (state in ('open', 'owned', 'resolved')),
  level            smallint not null default 1 check (level between 1 and 3),
  owner_id         uuid references staff.members,
  raised_at        timestamptz not null default clock_timestamp(),
  last_at          timestamptz not null default clock_timestamp(),
  due_at           timestamptz not null,
  conclusion       text check (conclusion in ('explained', 'misuse', 'false_signal')),
  note             text check (length(note) between 1 and 4000),
  resolved_by      uuid references staff.members,
  resolved_at      timestamptz,
  previous_id      uuid references access.signals,
  -- Never one's own.
  check (owner_id <> subject_id),
  check (resolved_by <> subject_id),
  -- Never closed without a written conclusion.
  check ((state = 'resolved') = (conclusion is not null)),
  check ((state = 'resolved') = (note is not null)),
  check ((state = 'resolved') = (resolved_by is not null)),
  check ((state = 'resolved') = (resolved_at is not null)),
  check (state <> 'owned' or owner_id is not null)
);
-- One open signal a person, detector and pattern: two runs at once cannot raise two.
create unique index signals_one_open on access.signals (subject_id, detector, pattern) where state <> 'resolved';
-- Serve: the officers' lists (open by due time, resolved newest first), and the sweep of what is overdue.
create index signals_open on access.signals (due_at, id) where state <> 'resolved';
create index signals_resolved on access.signals (resolved_at desc, id desc) where state = 'resolved';
-- Serves: what was found about this pattern before.
create index signals_of_pattern on access.signals (subject_id, detector, pattern, id desc);

-- What a signal stands on: views or events. Append-only.
create table access.signal_evidence (
  signal_id uuid not null references access.signals,
  kind      text not null check (kind in ('view', 'event')),
  ref_id    uuid not null,
  added_at  timestamptz not null default clock_timestamp(),
  primary key (signal_id, kind, ref_id)
);

create table access.reviews (
  id          uuid primary key default unseal.uuid7(),
  kind        text not null check (kind in
                ('sampled', 'break_glass', 'signal', 'watch_list', 'officer_search', 'officer_export')),
  view_id     uuid,
  event_id    uuid,
  subject_id  uuid not null references staff.members,  -- whose act it is
  signal_id   uuid references access.signals,          -- why, when a signal names the view
  state       text not null default 'due' check (state in ('due', 'done')),
  level       smallint not null default 1 check (level between 1 and 3),
  made_at     timestamptz not null default clock_timestamp(),
  due_at      timestamptz not null,
  reviewer_id uuid references staff.members,
  verdict     text check (verdict in ('appropriate', 'questionable', 'misuse')),
  note        text check (length(note) between 1 and 4000),
  reviewed_at timestamptz,
  raised_id   uuid references access.signals,          -- the signal that the verdict raised
  check ((view_id is null) <> (event_id is null)),
  check (reviewer_id <> subject_id),
  check ((state = 'done') = (verdict is not null)),
  check ((state = 'done') = (note is not null)),
  check ((state = 'done') = (reviewer_id is not null)),
  check ((state = 'done') = (reviewed_at is not null))
);
-- An act is reviewed once for each reason, however often a job runs.
create unique index reviews_one_a_view on access.reviews (view_id, kind) where view_id is not null;
create unique index reviews_one_an_event on access.reviews (event_id, kind) where event_id is not null;
-- Serve: what is due, and what was done, newest first.
create index reviews_due on access.reviews (due_at, id) where state = 'due';
create index reviews_done on access.reviews (reviewed_at desc, id desc) where state = 'done';

-- Each week's draw, with the event whose salt seeded it, so that anybody can draw it again.
create table access.review_weeks (
  week     date primary key,  -- its Monday, in UTC
  event_id uuid not null,
  seed     bytea not null check (length(seed) = 32),
  views    integer not null,
  searches integer not null,
  drawn_at timestamptz not null default clock_timestamp()
);
