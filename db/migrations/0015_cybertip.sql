-- CyberTip reports: who wrote, approved and filed what; the ledger of what was sent; what must be kept afterwards.
-- No login role reads a table here: functions answer. What people wrote lies in `sealed`, under data keys of its thread.

create schema cybertip;

-- How reports leave. One row, made and changed by the administrator of the machine (`unseal cybertip …`). The password rests
-- as ciphertext under a data key of its own, which lies among the threads' so that a rotation walks it as well.
create table cybertip.settings (
  only_one       boolean primary key default true check (only_one),
  secret_id      uuid not null default unseal.uuid7(),  -- takes the thread's place in sealed.thread_keys
  environment    text not null default 'test' check (environment in ('production', 'test', 'local')),
  base           text check (length(base) <= 300),      -- of a local service; null for NCMEC's own
  username       text check (length(username) between 1 and 200),
  password_key   uuid,
  password_ct    bytea,
  reporter       jsonb,                                 -- {reportingPerson, contactPerson, companyTemplate, termsOfService, legalURL}
  schema_version text not null default '2025-11' check (length(schema_version) between 1 and 40),
  live           boolean not null default false,
  due_hours      integer not null default 24 check (due_hours between 1 and 720),
  most_bytes     bigint not null default 6442450944 check (most_bytes > 0),  -- of one file
  changed_at     timestamptz not null default clock_timestamp(),
  check ((password_key is null) = (password_ct is null)),
  check ((environment = 'local') = (base is not null)),
  check (not live or (username is not null and password_ct is not null and reporter is not null))
);
insert into cybertip.settings default values;

-- Whether the service's schema is still the one that the model knows. Append-only.
create table cybertip.schema_checks (
  id          uuid primary key default unseal.uuid7(),
  checked_at  timestamptz not null default clock_timestamp(),
  environment text not null check (environment in ('production', 'test', 'local')),
  version     text not null,                            -- of the model that it was held against
  outcome     text not null check (outcome in ('same', 'additions', 'changed', 'failed')),
  sha256      text check (sha256 ~ '^[0-9a-f]{64}$'),
  differences jsonb not null default '[]',
  cause       text,                                     -- a word for why it failed
  request_id  text
);

create table cybertip.reports (
  id                uuid primary key default unseal.uuid7(),
  number            bigint not null unique generated always as identity,
  case_id           uuid not null references triage.cases,
  thread_id         uuid not null,
  platform_id       uuid not null references intake.platforms,
  region            text not null,
  kind              text not null check (kind in ('report', 'supplement', 'batch')),
  supplements       uuid references cybertip.reports,
  state             text not null default 'draft'
                      check (state in ('draft', 'waiting', 'approved', 'filing', 'filed', 'withdrawn', 'stuck')),
  stuck_code        text check (stuck_code ~ '^[a-z0-9-]{1,60}$'),
  stuck_file_no     integer,
  stuck_at          timestamptz,
  way               text check (way in ('live', 'by_hand')),
  revision          integer not null default 0 check (revision >= 0),  -- the newest; 0 = nothing written yet
  -- What was approved, while it holds: a later save takes it away.
  approved_revision integer,
  approved_digest   bytea,
  approved_by       uuid references staff.members,
  started_by        uuid not null references staff.members,
  started_at        timestamptz not null default clock_timestamp(),
  due_at            timestamptz not null,
  handed_in_by      uuid references staff.members,
  handed_in_at      timestamptz,
  approved_at       timestamptz,
  filing_by         uuid references staff.members,
  filing_at         timestamptz,                      -- when somebody last asked for it: tries are counted from here
  stop_asked_by     uuid references staff.members,
  stop_asked_at     timestamptz,
  environment       text check (environment in ('production', 'test', 'local')),
  ncmec_report_id   text check (ncmec_report_id ~ '^[0-9]{1,19}$'),
  filed_at          timestamptz,
  withdrawn_by      uuid references staff.members,
  withdrawn_at      timestamptz,
  withdrawn_reason  text check (length(withdrawn_reason) between 1 and 2000),
  destroyed_at      timestamptz,
  changed_at        timestamptz not null default clock_timestamp(),
  unique (id, thread_id),
  constraint supplement_cites check ((kind = 'supplement') = (supplements is not null)),
  constraint stuck_says_why check ((state = 'stuck') = (stuck_code is not null) and (state = 'stuck') = (stuck_at is not null)),
  constraint approved_whole check ((approved_revision is null) = (approved_digest is null)
    and (approved_revision is null) = (approved_by is null) and (approved_revision is null) = (approved_at is null)),
  -- Nothing is filed that was not approved, and what is approved is the newest.
  constraint approved_first check (state not in ('approved', 'filing', 'filed') or approved_revision is not null),
  constraint approved_is_newest check (approved_revision is null or approved_revision = revision),
  constraint handed_in_by_somebody check (state <> 'waiting' or handed_in_by is not null),
  -- Nobody approves what they handed in, whichever function forgets to ask. (Nor what they wrote: see cybertip.approvals.)
  constraint another_approves check (approved_by <> handed_in_by),
  constraint filed_has_number check ((state = 'filed') = (ncmec_report_id is not null)
    and (state = 'filed') = (filed_at is not null) and (state <> 'filed' or way is not null)),
  constraint withdrawn_says_why check ((state = 'withdrawn') = (withdrawn_reason is not null)
    and (state = 'withdrawn') = (withdrawn_at is not null))
) with (fillfactor = 80);
-- One unfinished report a case (and one unfinished batch): of two that start at once, one is refused.
create unique index reports_one_open on cybertip.reports (case_id, (kind = 'batch'))
  where state in ('draft', 'waiting', 'approved', 'filing', 'stuck');
-- Two reports never claim one number of NCMEC's in one environment.
create unique index reports_ncmec_number on cybertip.reports (environment, ncmec_report_id) where ncmec_report_id is not null;
-- Serve: the register by state, newest first; the worker's search for what is to be filed; what is overdue.
create index reports_by_state on cybertip.reports (state, id desc);
create index reports_due on cybertip.reports (due_at) where state in ('draft', 'waiting', 'approved', 'filing', 'stuck');
-- Serve: is a report of this thread (this case) alive; supplements of one.
create index reports_of_thread on cybertip.reports (thread_id, id desc);
create index reports_of_case on cybertip.reports (case_id, id desc);
create index reports_supplementing on cybertip.reports (supplements) where supplements is not null;

-- Each save of a draft: who, when, and what may be known of it without reading it. Append-only.
create table cybertip.revisions (
  report_id     uuid not null references cybertip.reports,
  revision      integer not null check (revision > 0),
  digest        bytea not null check (octet_length(digest) = 32),   -- keyed: tells drafts apart and nothing else
  errors        integer not null check (errors >= 0),
  warnings      integer not null check (warnings >= 0),
  incident_type text check (length(incident_type) <= 100),
  high_priority boolean not null,
  annotations   text[] not null default '{}',                       -- names of the report's annotations that are set
  persons       integer not null default 0,
  victims       integer not null default 0,
  transcript    boolean not null default false,
  view_id       uuid not null,                                      -- under which it was written
  saved_by      uuid not null references staff.members,
  session_id    uuid not null,
  saved_at      timestamptz not null default clock_timestamp(),
  primary key (report_id, revision),
  unique (report_id, revision, digest)
);
-- Serves: has this person written any of it.
create index revisions_by_writer on cybertip.revisions (report_id, saved_by);

-- The attachments that a revision takes or leaves out, in the order of its files. Append-only.
create table cybertip.revision_files (
  report_id      uuid not null,
  revision       integer not null,
  file_no        integer not null check (file_no between 1 and 10000),
  thread_id      uuid not null,
  message_id     uuid not null,
  message_revision integer not null,
  ordinal        integer not null,
  included       boolean not null,
  reason         text check (length(reason) between 1 and 2000),    -- why it was left out
  classification text check (classification in ('A1', 'A2', 'B1', 'B2')),
  primary key (report_id, revision, file_no),
  unique (report_id, revision, message_id, message_revision, ordinal),
  foreign key (report_id, revision) references cybertip.revisions (report_id, revision),
  constraint left_out_for_a_reason check (included or reason is not null)
);

-- The draft itself, {report, files, transcript}: content, one row a revision. Deleted only with its thread.
create table sealed.cybertip_drafts (
  thread_id uuid not null,
  report_id uuid not null,
  revision  integer not null,
  key_id    uuid not null,
  draft_ct  bytea not null,
  primary key (thread_id, report_id, revision)
);

-- Whose accounts a revision names, as what: for the history of a participant. An account id is no name, but it is a person's.
create table sealed.cybertip_accounts (
  thread_id               uuid not null,
  report_id               uuid not null,
  revision                integer not null,
  part                    text not null check (part in ('reported', 'recipient', 'victim')),
  platform_id             uuid not null,
  platform_participant_id text not null check (length(platform_participant_id) between 1 and 256),
  primary key (thread_id, report_id, revision, part, platform_participant_id)
);
-- Serves: prior reports of one account.
create index cybertip_accounts_by_account on sealed.cybertip_accounts (platform_id, platform_participant_id, report_id);

-- Answers of the service that may quote what was sent. (Receipts quote nothing and are kept in the clear, below.)
create table sealed.cybertip_answers (
  thread_id uuid not null,
  step_id   uuid not null,
  key_id    uuid not null,
  answer_ct bytea not null,
  primary key (thread_id, step_id)
);

-- Who read which revision under which view. An approval needs one that an earlier transaction committed. Append-only.
create table cybertip.draft_reads (
  id         uuid primary key default unseal.uuid7(),
  report_id  uuid not null,
  revision   integer not null,
  staff_id   uuid not null references staff.members,
  session_id uuid not null,
  view_id    uuid not null,
  event_id   uuid not null,
  read_xid   xid8 not null default pg_current_xact_id(),
  read_at    timestamptz not null default clock_timestamp(),
  foreign key (report_id, revision) references cybertip.revisions (report_id, revision)
);
create index draft_reads_of on cybertip.draft_reads (report_id, revision, staff_id);

-- Answers to a report that was handed in. Append-only; a trigger refuses anybody who wrote any of it.
create table cybertip.approvals (
  id          uuid primary key default unseal.uuid7(),
  report_id   uuid not null,
  revision    integer not null,
  digest      bytea not null,
  handed_in_by uuid not null references staff.members,
  staff_id    uuid not null references staff.members,
  session_id  uuid not null,
  answer      text not null check (answer in ('approved', 'sent_back')),
  note        text check (length(note) between 1 and 2000),
  read_id     uuid references cybertip.draft_reads,
  at          timestamptz not null default clock_timestamp(),
  foreign key (report_id, revision, digest) references cybertip.revisions (report_id, revision, digest),
  constraint nobody_approves_themselves check (answer <> 'approved' or staff_id <> handed_in_by),
  constraint read_before_approved check (answer <> 'approved' or read_id is not null),
  constraint sent_back_in_words check (answer <> 'sent_back' or note is not null)
);
create index approvals_of_report on cybertip.approvals (report_id, id);

-- What happened to a report, in order, for those who may read its metadata. (The log has it too.) Append-only.
create table cybertip.history (
  id         uuid primary key default unseal.uuid7(),
  report_id  uuid not null references cybertip.reports,
  at         timestamptz not null default clock_timestamp(),
  staff_id   uuid references staff.members,             -- null: the worker
  what       text not null check (what ~ '^[a-z_]{1,40}$'),
  from_state text,
  to_state   text not null,
  revision   integer not null,
  note       text check (length(note) <= 2000),
  event_id   uuid not null
);
create index history_of_report on cybertip.history (report_id, id);

-- Content read for a submission, an export or a preview: committed first, read after (promise 1). Append-only.
create table cybertip.readings (
  id         uuid primary key default unseal.uuid7(),
  report_id  uuid not null references cybertip.reports,
  thread_id  uuid not null,
  kind       text not null check (kind in ('submission', 'export', 'preview')),
  staff_id   uuid references staff.members,
  session_id uuid,
  attempt_id uuid,
  view_id    uuid,
  revision   integer not null,
  reason     text check (length(reason) <= 2000),
  event_id   uuid not null,
  opened_xid xid8 not null default pg_current_xact_id(),
  opened_at  timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  check ((kind = 'submission') = (staff_id is null)),
  check ((staff_id is null) = (session_id is null)),
  check (kind <> 'submission' or attempt_id is not null),
  check (kind <> 'export' or reason is not null),
  check (kind <> 'preview' or view_id is not null)
);
create index readings_of_report on cybertip.readings (report_id, id desc);

-- One opening of a report with the service. Moved on by its functions, never deleted.
create table cybertip.attempts (
  id              uuid primary key default unseal.uuid7(),
  report_id       uuid not null references cybertip.reports,
  n               integer not null check (n > 0),
  environment     text not null check (environment in ('production', 'test', 'local')),
  schema_version  text not null,
  revision        integer not null,
  digest          bytea not null,
  ncmec_report_id text check (ncmec_report_id ~ '^[0-9]{1,19}$'),
  state           text not null default 'open' check (state in ('open', 'finished', 'retracted', 'gone', 'stopped')),
  why             text check (length(why) <= 200),
  opened_at       timestamptz not null default clock_timestamp(),
  submitted_at    timestamptz,   -- when the service opened it: 24 hours from here …
  last_change_at  timestamptz,   -- … or one hour from here, whichever is later
  expires_at      timestamptz,
  ended_at        timestamptz,
  next_try_at     timestamptz,
  tries           integer not null default 0,
  lease_token     uuid,
  leased_by       text check (length(leased_by) <= 200),
  leased_until    timestamptz,
  unique (report_id, n),
  foreign key (report_id, revision, digest) references cybertip.revisions (report_id, revision, digest),
  check ((state = 'open') = (ended_at is null)),
  check ((lease_token is null) = (leased_until is null))
);
-- One open attempt a report, and one finished one for ever: what is filed is filed once.
create unique index attempts_one_open on cybertip.attempts (report_id) where state = 'open';
create unique index attempts_one_finished on cybertip.attempts (report_id) where state = 'finished';
-- Serves: the worker's search for work.
create index attempts_open on cybertip.attempts (next_try_at nulls first, id) where state = 'open';

-- The ledger: `begun` is committed before the call, what came of it after. Nothing of it is ever deleted.
create table cybertip.steps (
  id            uuid primary key default unseal.uuid7(),
  attempt_id    uuid not null references cybertip.attempts,
  n             integer not null check (n > 0),
  kind          text not null check (kind in ('submit', 'upload', 'fileinfo', 'finish', 'retract', 'status')),
  file_no       integer check (file_no between 1 and 10001),
  state         text not null default 'begun' check (state in ('begun', 'accepted', 'refused', 'failed')),
  try           integer not null default 1 check (try > 0),
  lease_token   uuid not null,
  reading_id    uuid references cybertip.readings,
  begun_at      timestamptz not null default clock_timestamp(),
  ended_at      timestamptz,
  milliseconds  integer,
  http_status   integer,
  code          integer,
  request_id    text check (length(request_id) <= 300),
  sent_sha256   text check (sent_sha256 ~ '^[0-9a-f]{64}$'),
  sent_md5      text check (sent_md5 ~ '^[0-9a-f]{32}$'),
  sent_bytes    bigint,
  answer_sha256 text check (answer_sha256 ~ '^[0-9a-f]{64}$'),
  file_id       text check (length(file_id) <= 300),
  md5           text check (length(md5) <= 100),   -- what the service says it received
  in_doubt      boolean not null default false,
  cause         text check (cause ~ '^[a-z0-9-]{1,60}$'),
  unique (attempt_id, n),
  check ((kind in ('upload', 'fileinfo')) = (file_no is not null)),
  check ((state = 'begun') = (ended_at is null))
);
-- Each call is accepted once, and one call at a time.
create unique index steps_accepted_once on cybertip.steps (attempt_id, kind, coalesce(file_no, -1))
  where state = 'accepted' and kind <> 'status';
create unique index steps_one_begun on cybertip.steps (attempt_id) where state = 'begun';

-- The finish receipt, word for word: under 18 U.S.C. 2258A(h)(1) it is the notice to preserve. Append-only.
create table cybertip.receipts (
  report_id       uuid primary key references cybertip.reports,
  attempt_id      uuid references cybertip.attempts,    -- null: filed by hand
  step_id         uuid references cybertip.steps,
  environment     text not null check (environment in ('production', 'test', 'local')),
  ncmec_report_id text not null check (ncmec_report_id ~ '^[0-9]{1,19}$'),
  file_ids        text[] not null default '{}',
  answer          text check (length(answer) <= 1000000),  -- null: by hand, or known only by "already finished"
  answer_sha256   text check (answer_sha256 ~ '^[0-9a-f]{64}$'),
  request_id      text check (length(request_id) <= 300),
  filed_at        timestamptz not null,
  kept_at         timestamptz not null default clock_timestamp(),
  event_id        uuid not null
);

-- What must be kept, until when, and why. Moved on by its functions, never deleted.
create table cybertip.holds (
  id             uuid primary key default unseal.uuid7(),
  thread_id      uuid not null,
  report_id      uuid not null references cybertip.reports,
  kind           text not null check (kind in ('preservation', 'extension', 'law_enforcement')),
  from_at        timestamptz not null,
  until_at       timestamptz not null,
  reason         text not null check (length(reason) between 1 and 2000),
  reference      text check (length(reference) between 1 and 200),
  made_by        uuid references staff.members,   -- null: by the filing itself
  made_at        timestamptz not null default clock_timestamp(),
  released_at    timestamptz,
  released_by    uuid references staff.members,
  destruction_id uuid,
  check (until_at > from_at),
  check (kind = 'preservation' or made_by is not null),
  check ((released_at is null) = (destruction_id is null))
);
-- One preservation a report.
create unique index holds_one_preservation on cybertip.holds (report_id) where kind = 'preservation';
-- Serves the guard of every deletion: is this thread held.
create index holds_live on cybertip.holds (thread_id, until_at) where released_at is null;
create index holds_of_report on cybertip.holds (report_id, id);

-- Destruction that law enforcement asked for: by counsel, confirmed by somebody else, with the proof.
create table cybertip.destructions (
  id           uuid primary key default unseal.uuid7(),
  report_id    uuid not null,
  thread_id    uuid not null,
  state        text not null default 'asked' check (state in ('asked', 'withdrawn', 'done')),
  reference    text not null check (length(reference) between 1 and 200),
  reason       text not null check (length(reason) between 1 and 2000),
  asked_by     uuid not null references staff.members,
  asked_at     timestamptz not null default clock_timestamp(),
  confirmed_by uuid references staff.members,
  ended_at     timestamptz,
  proof        jsonb,
  proof_sha256 bytea check (octet_length(proof_sha256) = 32),
  event_id     uuid not null,
  foreign key (report_id, thread_id) references cybertip.reports (id, thread_id),
  constraint another_confirms check (confirmed_by <> asked_by),
  constraint done_with_proof check ((state = 'done') = (proof is not null) and (state = 'done') = (confirmed_by is not null)
    and (state = 'done') = (proof_sha256 is not null)),
  check ((state = 'asked') = (ended_at is null))
);
create unique index destructions_one_asked on cybertip.destructions (thread_id) where state = 'asked';
alter table cybertip.holds add foreign key (destruction_id) references cybertip.destructions;

-- Where a platform's attachments are fetched from, and with what token. The token rests as the password above does.
create table cybertip.attachment_sources (
  platform_id uuid primary key references intake.platforms,
  secret_id   uuid not null default unseal.uuid7(),
  origins     text[] not null check (cardinality(origins) between 1 and 20),
  inside      boolean not null default false,            -- whether they may lie on this machine or in a private network
  header      text not null default 'authorization' check (header ~ '^[a-z][a-z0-9-]{0,60}$'),
  token_key   uuid,
  token_ct    bytea,
  changed_at  timestamptz not null default clock_timestamp(),
  check ((token_key is null) = (token_ct is null))
);

-- Attachments that people looked at: opened (and committed) before a byte goes out, what went out, what they asked to see.
create table access.attachment_readings (
  id            uuid primary key default unseal.uuid7(),
  view_id       uuid not null,
  case_id       uuid not null,
  thread_id     uuid not null,
  message_id    uuid not null,
  revision      integer not null,
  ordinal       integer not null,
  staff_id      uuid not null references staff.members,
  session_id    uuid not null,
  event_id      uuid not null,
  opened_xid    xid8 not null default pg_current_xact_id(),
  opened_at     timestamptz not null default clock_timestamp(),
  expires_at    timestamptz not null,
  sent_whole_at timestamptz,
  sha256        text check (sha256 ~ '^[0-9a-f]{64}$'),   -- of the bytes that went out
  sent_bytes    bigint,
  shown_at      timestamptz,
  shown_event   uuid,
  shown_xid     xid8,
  check ((sent_whole_at is null) = (sha256 is null)),
  check ((shown_at is null) = (shown_event is null)),
  check ((shown_at is null) = (shown_xid is null)),
  -- Nothing is said to have been looked at that did not arrive whole.
  check (shown_at is null or sent_whole_at is not null)
);
-- Serve: who looked at this attachment; what was opened under this view.
create index attachment_readings_of on access.attachment_readings (thread_id, message_id, revision, ordinal);
create index attachment_readings_of_view on access.attachment_readings (view_id);
