-- Holds of lawful requests, erasures that platforms ask for, and notices to the accounts that a request is about.
-- No login role reads a table here: functions answer.

-- How long a hold of a kind lasts, and how often it may be renewed: the same as domain/legal/holdWords.ts (a test compares).
-- Hours and no days, so that no change of the clocks makes one longer or shorter.
create function legal.hold_clock(p_kind text, out lasts interval, out renewal interval, out renewals integer, out until_asked text)
  language sql immutable parallel safe
as $$
  select case p_kind when '2703f' then interval '2160 hours' when 'epoc_pr' then interval '1440 hours' when 'yearly' then interval '8760 hours' end,
    case p_kind when '2703f' then interval '2160 hours' when 'epoc_pr' then interval '720 hours' when 'yearly' then interval '8760 hours' end,
    case when p_kind in ('2703f', 'epoc_pr') then 1 end,
    case p_kind when 'litigation' then 'optional' when 'other' then 'required' else 'never' end
$$;

create table legal.holds (
  id                    uuid primary key default unseal.uuid7(),
  request_id            uuid not null references legal.requests,
  kind                  text not null check (kind in ('2703f', 'epoc_pr', 'yearly', 'litigation', 'production', 'other')),
  from_at               timestamptz not null,
  until_at              timestamptz,                     -- null: until it is released
  range_from            timestamptz,
  range_to              timestamptz,                     -- exclusive
  reason                text not null check (length(reason) between 1 and 2000),
  reference             text check (length(reference) between 1 and 200),
  counts                jsonb not null,                  -- as it was made: {threads, regions, messages, inRange, attachments, participants, keys}
  made_by               uuid not null references staff.members,
  made_at               timestamptz not null default clock_timestamp(),
  by_collection         boolean not null default false,
  event_id              uuid not null,
  renewals              integer not null default 0 check (renewals >= 0),
  -- European preservation: the order to produce that was confirmed. From then on it lasts as long as that needs.
  production_request_id uuid references legal.requests,
  review_due_at         timestamptz,
  release_asked_by      uuid references staff.members,
  release_asked_at      timestamptz,
  release_reason        text check (length(release_reason) between 1 and 2000),
  released_by           uuid references staff.members,
  released_at           timestamptz,
  reminded              integer,                         -- days left when it was last called to mind; 0: its lapse is on record
  constraint ends_after_it_begins check (until_at > from_at),
  constraint range_begins_first check (range_from < range_to),
  -- Not one day more than the law gives to a kind that has a clock: 90+90, 60+30.
  constraint renewed_within_limits check (case kind
    when '2703f' then renewals <= 1 and until_at is not null and until_at <= from_at + interval '4320 hours'
    when 'epoc_pr' then renewals <= 1 and (until_at is null) = (production_request_id is not null)
      and (until_at is null or until_at <= from_at + interval '2160 hours')
    when 'yearly' then until_at is not null
    when 'other' then until_at is not null and renewals = 0
    when 'production' then until_at is null and renewals = 0
    else renewals = 0 end),
  constraint without_end_is_reviewed check ((until_at is null) = (review_due_at is not null)),
  check ((release_asked_by is null) = (release_asked_at is null)),
  constraint released_for_a_reason check (released_by is null or release_reason is not null),
  check ((released_by is null) = (released_at is null))
) with (fillfactor = 80);
create index holds_of_request on legal.holds (request_id, id desc);
-- Serve: which end soon, which are to be reviewed; is there any hold at all.
create index holds_ending on legal.holds (until_at) where released_at is null;
create index holds_for_review on legal.holds (review_due_at) where released_at is null and review_due_at is not null;

-- Whose data it keeps: the request's accounts as they stood when it was made.
create table legal.hold_accounts (
  hold_id                 uuid not null references legal.holds,
  n                       integer not null,              -- of the request's account
  platform_id             uuid not null references intake.platforms,
  platform_participant_id text not null check (length(platform_participant_id) between 1 and 256),
  primary key (hold_id, platform_id, platform_participant_id)
);
-- Serves the guard of every deletion: does a hold name this account.
create index hold_accounts_by_account on legal.hold_accounts (platform_participant_id, platform_id, hold_id);

-- The threads that it found, and the digests of what they held. A thread that comes later is held at once, since its
-- participants say so; it is written down here within a minute.
create table legal.hold_threads (
  hold_id    uuid not null references legal.holds,
  thread_id  uuid not null,
  region     text not null,
  held_since timestamptz not null,
  arrived    boolean not null,                           -- came under it later
  as_of      timestamptz,                                -- what reached us until then is in the inventory
  inventory  jsonb,
  sha256     bytea check (octet_length(sha256) = 32),
  messages   bigint,
  hashed_at  timestamptz,
  primary key (hold_id, thread_id),
  check ((inventory is null) = (sha256 is null) and (inventory is null) = (hashed_at is null) and (inventory is null) = (messages is null)),
  check (inventory is null or as_of is not null)
) with (fillfactor = 80);
create index hold_threads_by_thread on legal.hold_threads (thread_id);
-- Serves: what is still to be hashed.
create index hold_threads_unhashed on legal.hold_threads (hold_id, thread_id) where hashed_at is null;

-- What was done with a hold, in order. Append-only.
create table legal.hold_steps (
  id        uuid primary key default unseal.uuid7(),
  hold_id   uuid not null references legal.holds,
  at        timestamptz not null default clock_timestamp(),
  what      text not null check (what in ('made', 'renewed', 'production_confirmed', 'reviewed', 'release_asked',
              'release_called_off', 'released', 'lapsed')),
  staff_id  uuid references staff.members,               -- null: the worker
  reason    text check (length(reason) <= 2000),
  reference text check (length(reference) <= 200),
  until_at  timestamptz,
  event_id  uuid not null
);
create index hold_steps_of on legal.hold_steps (hold_id, id);

-- Comparisons of what is held with what was frozen.
create table legal.hold_checks (
  id          uuid primary key default unseal.uuid7(),
  hold_id     uuid not null references legal.holds,
  asked_by    uuid not null references staff.members,
  asked_at    timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  event_id    uuid not null
);
create unique index hold_checks_one_open on legal.hold_checks (hold_id) where finished_at is null;
create index hold_checks_of on legal.hold_checks (hold_id, id desc);
create table legal.hold_check_threads (
  check_id  uuid not null references legal.hold_checks,
  thread_id uuid not null,
  sha256    bytea not null check (octet_length(sha256) = 32),
  same      boolean not null,
  differing text[] not null default '{}',                -- tables whose rows are not as they were
  at        timestamptz not null default clock_timestamp(),
  primary key (check_id, thread_id)
);

-- From when on we know a participant: so that what was frozen can be told from what came later. (Those who are here already
-- are as old as this migration.)
alter table sealed.participants add column first_at timestamptz not null default now();
alter table sealed.participants alter column first_at set default clock_timestamp();

-- What intake or a rotation would have overwritten in a thread that is held: the row before. Content; goes with its thread.
create table sealed.kept_identities (
  thread_id        uuid not null,
  id               uuid not null,
  n                integer not null check (n > 0),
  key_id           uuid not null,
  identity_ct      bytea not null,
  identity_mac     bytea not null,
  age_band         text not null,
  account_age_days integer,
  country          text,
  kept_at          timestamptz not null default clock_timestamp(),
  primary key (thread_id, id, n)
);
create table sealed.kept_keys (
  thread_id uuid not null,
  key_id    uuid not null,
  n         integer not null check (n > 0),
  kek_id    text not null,
  wrapped   bytea not null,
  kept_at   timestamptz not null default clock_timestamp(),
  primary key (thread_id, key_id, n)
);

-- Erasures that platforms ask for. Whose data it was is kept while it must be known, and afterwards only as a salted hash.
create table legal.erasures (
  id                  uuid primary key default unseal.uuid7(),
  number              bigint not null unique generated always as identity,
  platform_id         uuid not null references intake.platforms,
  platform_erasure_id text not null check (length(platform_erasure_id) between 1 and 200),
  scope               text not null check (scope in ('account', 'thread')),
  subject             text check (length(subject) between 1 and 256),   -- the platform's id of the account or thread
  salt                bytea not null check (octet_length(salt) = 16),
  subject_hash        bytea not null check (octet_length(subject_hash) = 32),
  asked_at            timestamptz,
  received_at         timestamptz not null default clock_timestamp(),
  state               text not null default 'received' check (state in ('received', 'running', 'deferred', 'done')),
  checked_at          timestamptz,
  erased              jsonb not null default '{}',      -- {threads, messages, attachments, identities, words, keys}
  done_at             timestamptz,
  proof               text,
  proof_sha256        bytea check (octet_length(proof_sha256) = 32),
  event_id            uuid not null,
  unique (platform_id, platform_erasure_id),
  constraint done_forgets_whose check ((state = 'done') = (subject is null)),
  constraint done_with_proof check ((state = 'done') = (done_at is not null) and (state = 'done') = (proof is not null)
    and (state = 'done') = (proof_sha256 is not null)),
  constraint proof_is_of_its_text check (proof_sha256 = sha256(convert_to(proof, 'UTF8')))
) with (fillfactor = 80);
create index erasures_open on legal.erasures (checked_at nulls first, id) where state <> 'done';
create index erasures_by_state on legal.erasures (state, id desc);

-- One thread of an erasure: how far, and digests of what is gone.
create table legal.erasure_threads (
  erasure_id uuid not null references legal.erasures,
  thread_id  uuid not null,
  state      text not null default 'waiting' check (state in ('waiting', 'deferred', 'done')),
  counts     jsonb not null default '{}',
  digest     bytea check (octet_length(digest) = 32),   -- chained over the digests of what each batch deleted
  done_at    timestamptz,
  primary key (erasure_id, thread_id),
  check ((state = 'done') = (done_at is not null))
) with (fillfactor = 80);
create index erasure_threads_by_thread on legal.erasure_threads (thread_id) where state <> 'done';

-- Orders not to tell, as they stood in a request: written by a trigger of legal.requests, whoever changes it.
create table legal.gags (
  id            uuid primary key default unseal.uuid7(),
  request_id    uuid not null references legal.requests,
  reference     text not null,
  until_at      timestamptz,                             -- null: without an end
  since         timestamptz not null default clock_timestamp(),
  review_due_at timestamptz,
  ended_at      timestamptz,                             -- lifted or replaced; its end by the clock is in until_at
  reminded      integer,
  check ((until_at is null) = (review_due_at is not null))
);
create unique index gags_one_open on legal.gags (request_id) where ended_at is null;
create index gags_ending on legal.gags (coalesce(until_at, review_due_at)) where ended_at is null;
-- Append-only.
create table legal.gag_reviews (
  id         uuid primary key default unseal.uuid7(),
  request_id uuid not null references legal.requests,
  gag_id     uuid not null references legal.gags,
  at         timestamptz not null default clock_timestamp(),
  staff_id   uuid not null references staff.members,
  outcome    text not null check (outcome in ('still_barred', 'lifted')),
  reason     text not null check (length(reason) between 1 and 2000),
  event_id   uuid not null
);
create index gag_reviews_of on legal.gag_reviews (request_id, id);

-- Notices to accounts. The text holds no content and nobody else; it is what the account reads, word for word.
create table legal.notices (
  id                      uuid primary key default unseal.uuid7(),
  request_id              uuid not null references legal.requests,
  account                 integer not null,              -- the request's account
  platform_id             uuid not null references intake.platforms,
  platform_participant_id text not null check (length(platform_participant_id) between 1 and 256),
  state                   text not null default 'planned' check (state in ('planned', 'released', 'handed_over', 'sent', 'barred')),
  barred_why              text check (barred_why ~ '^[a-z_]{1,60}$'),
  barred_reason           text check (length(barred_reason) between 1 and 2000),
  template                text not null check (template ~ '^[a-z0-9-]{1,60}$'),
  template_version        text not null check (length(template_version) between 1 and 40),
  subject                 text not null check (length(subject) between 1 and 300),
  body                    text not null check (length(body) between 1 and 8000),
  body_sha256             bytea not null check (octet_length(body_sha256) = 32),
  planned_by              uuid not null references staff.members,
  planned_at              timestamptz not null default clock_timestamp(),
  released_by             uuid references staff.members,
  released_at             timestamptz,
  handed_over_at          timestamptz,                   -- when the platform first fetched it
  sent_at                 timestamptz,                   -- when the platform says that it delivered it
  acknowledged_at         timestamptz,
  channel                 text check (channel in ('email', 'in_app', 'post', 'other')),
  reminded                integer,
  changed_at              timestamptz not null default clock_timestamp(),
  foreign key (request_id, account) references legal.request_accounts (request_id, n),
  unique (request_id, account),
  constraint barred_says_why check ((state = 'barred') = (barred_why is not null)),
  constraint released_by_counsel check (state not in ('released', 'handed_over', 'sent') or (released_by is not null and released_at is not null)),
  constraint handed_over_when check (state not in ('handed_over', 'sent') or handed_over_at is not null),
  constraint sent_as_the_platform_says check ((state = 'sent') = (sent_at is not null) and (state = 'sent') = (channel is not null)
    and (state = 'sent') = (acknowledged_at is not null)),
  constraint hash_is_of_its_text check (body_sha256 = sha256(convert_to(body, 'UTF8')))
) with (fillfactor = 80);
-- Serve: the platform's feed; what is due.
create index notices_to_hand_over on legal.notices (platform_id, released_at, id) where state in ('released', 'handed_over');
create index notices_planned on legal.notices (request_id) where state = 'planned';

-- Keys of platforms may do more than send flags.
alter table intake.platform_keys drop constraint platform_keys_scopes_check;
alter table intake.platform_keys add constraint platform_keys_scopes_check
  check (cardinality(scopes) > 0 and scopes <@ array['flags:write', 'erasures:write', 'notices:read']);

-- Reminders to counsel and officers go the way of other notices to staff.
alter table access.notices drop constraint notices_kind_check;
alter table access.notices add constraint notices_kind_check check (kind in ('break_glass', 'break_glass_overdue',
  'reciprocal_approval', 'hold_ending', 'hold_lapsed', 'hold_review', 'hold_release_asked', 'gag_ending', 'gag_review', 'user_notice_due'));
alter table access.notices drop constraint notices_audience_check;
alter table access.notices add constraint notices_audience_check
  check (audience <@ array['compliance_officer', 'administrator', 'legal_counsel']);
alter table access.notices
  add column lawful_request_id uuid,
  add column hold_id uuid,
  add column days_left integer;
