-- Queues, cases, flags, decisions: the work, without a word of content.

create table triage.queues (
  id                 uuid primary key default unseal.uuid7(),
  name               text not null unique check (length(name) between 1 and 80),
  category           text,
  region             text,
  restricted_subject text,  -- a clearance that members must hold
  escalates_to       uuid references triage.queues,
  position           integer not null default 100,
  created_at         timestamptz not null default now()
);

create table triage.queue_members (
  queue_id uuid not null references triage.queues on delete cascade,
  staff_id uuid not null references staff.members on delete cascade,
  primary key (staff_id, queue_id)
);

-- Which queue takes a flag: the matching row with the lowest rank. Null matches anything.
create table triage.queue_routes (
  id       uuid primary key default unseal.uuid7(),
  category text,
  region   text,
  queue_id uuid not null references triage.queues on delete cascade,
  rank     integer not null,
  unique nulls not distinct (category, region)
);

create table triage.policies (
  id        uuid primary key default unseal.uuid7(),
  code      text not null,
  version   integer not null default 1,
  title     text not null,
  guidance  text not null,
  category  text not null,
  active    boolean not null default true,
  unique (code, version)
);

create table triage.cases (
  id                 uuid primary key default unseal.uuid7(),
  number             bigint not null unique generated always as identity,
  thread_id          uuid not null references triage.threads,
  platform_id        uuid not null references intake.platforms,
  queue_id           uuid not null references triage.queues,
  region             text not null,
  category           text not null,
  severity           smallint not null check (severity between 1 and 4),
  restricted_subject text,
  state              text not null default 'open' check (state in ('open', 'decided')),
  priority           integer not null check (priority between 0 and 1000000),
  -- Ascending twin of the priority: (priority_rank, id) > (…) is one comparison that an index answers.
  priority_rank      integer not null generated always as (-priority) stored,
  sources            text[] not null,
  flag_count         integer not null default 1,
  message_count      integer not null,
  participant_count  integer not null,
  minor_count        integer not null,
  previous_case_id   uuid references triage.cases,
  opened_at          timestamptz not null default clock_timestamp(),
  due_at             timestamptz not null,
  claimed_by         uuid references staff.members,
  claimed_session    uuid,
  claimed_at         timestamptz,
  claim_expires_at   timestamptz,
  decided_at         timestamptz,
  check ((claimed_by is null) = (claim_expires_at is null)),
  check ((state = 'decided') = (decided_at is not null))
) with (fillfactor = 80);
-- One open case a thread: two flags that arrive at once cannot open two.
create unique index cases_one_open_per_thread on triage.cases (thread_id) where state = 'open';
-- Serve the queue page, one index a sort order, each page cut by key (never by offset).
create index cases_queue_by_priority on triage.cases (queue_id, priority_rank, id) where state = 'open';
create index cases_queue_by_due on triage.cases (queue_id, due_at, id) where state = 'open';
create index cases_queue_by_age on triage.cases (queue_id, id) where state = 'open';
-- Serves: my claims, and the sweep of lapsed ones.
create index cases_claimed on triage.cases (claimed_by, claim_expires_at) where claimed_by is not null;
-- Serves: the earlier case that a new one cites.
create index cases_of_thread on triage.cases (thread_id, id desc);

create table triage.flags (
  id                  uuid primary key,  -- derived from (platform, platform_flag_id)
  platform_id         uuid not null references intake.platforms,
  platform_flag_id    text not null,
  thread_id           uuid not null references triage.threads,
  case_id             uuid not null references triage.cases,
  source              text not null check (source in
                        ('user_report', 'keyword', 'classifier', 'hash_match', 'trusted_flagger', 'staff')),
  category            text not null,
  severity            smallint not null check (severity between 1 and 4),
  confidence          real check (confidence between 0 and 1),
  reporter_id         uuid,  -- the participant who reported, when they are in the thread
  has_words           boolean not null default false,
  detector_name       text,
  detector_version    text,
  flagged_message_ids uuid[] not null default '{}',
  raised_at           timestamptz,  -- when the platform raised it
  received_at         timestamptz not null default clock_timestamp(),
  made_by             uuid references staff.members,
  -- What the first delivery was answered, so that every repeat is answered the same.
  request_mac         bytea,
  joined_case         boolean not null,
  new_message_count   integer not null,
  previous_case_id    uuid,
  unique (platform_id, platform_flag_id),
  -- A flag made by staff is marked as such by the database, whatever the caller says.
  check ((source = 'staff') = (made_by is not null)),
  check ((source = 'staff') or request_mac is not null)
);
-- Serves: the flags of one case.
create index flags_of_case on triage.flags (case_id, id);

create table triage.decisions (
  id            uuid primary key default unseal.uuid7(),
  case_id       uuid not null references triage.cases,
  decided_by    uuid not null references staff.members,
  outcome       text not null check (outcome in ('violation', 'no_violation', 'escalate')),
  policy_id     uuid references triage.policies,
  action        text not null check (action in
                  ('none', 'warn', 'remove_messages', 'limit_messaging', 'suspend_account', 'ban_account', 'escalate')),
  note          text check (length(note) <= 4000),
  viewed        boolean not null,  -- had they opened the thread under this case: derived from the views, never claimed
  from_queue_id uuid not null references triage.queues,
  to_queue_id   uuid references triage.queues,
  decided_at    timestamptz not null default clock_timestamp(),
  undo_until    timestamptz not null,
  undone_at     timestamptz,
  check ((outcome = 'violation') = (policy_id is not null)),
  check ((outcome = 'escalate') = (to_queue_id is not null)),
  check ((outcome = 'escalate') = (action = 'escalate')),
  check (outcome <> 'no_violation' or action = 'none')
);
-- Serves: the decisions of one case.
create index decisions_of_case on triage.decisions (case_id, id);
-- A case ends once: of two moderators who decide at once, one is refused.
create unique index decisions_one_final on triage.decisions (case_id) where undone_at is null and outcome <> 'escalate';
