-- Lawful requests: what authorities and parties ask for, whether they are who they say, and what they may be given.
-- No login role reads a table here: functions answer. Documents rest as ciphertext in `sealed`, under data keys of their request.

create schema legal;

-- From what is least to what is most: a later category holds what the earlier ones do not.
create function legal.categories() returns text[]
  language sql immutable parallel safe
as $$ select array['subscriber', 'identification', 'traffic', 'content'] $$;

-- One row, changed by the administrator of the machine (`unseal legal settings`).
create table legal.settings (
  only_one           boolean primary key default true check (only_one),
  most_document      bigint not null default 104857600 check (most_document between 1024 and 10737418240),  -- bytes of one document
  most_documents     integer not null default 50 check (most_documents between 1 and 1000),                 -- of one request
  -- From where on a request's scope is called out as overbroad.
  broad_accounts     integer not null default 5 check (broad_accounts > 0),
  broad_days         integer not null default 366 check (broad_days > 0),
  broad_messages     bigint not null default 100000 check (broad_messages > 0),
  -- How long a check of the requester counts.
  check_days         integer not null default 30 check (check_days between 1 and 365),
  holidays           date[] not null default '{}',        -- besides those that the calendar of a jurisdiction knows
  changed_at         timestamptz not null default clock_timestamp()
);
insert into legal.settings default values;

-- Authorities that we know by our own search, and never by what a letter says of itself.
create table legal.agencies (
  id         uuid primary key default unseal.uuid7(),
  name       text not null check (length(name) between 2 and 200),
  country    text not null check (country ~ '^([A-Z]{2})$'),    -- ISO 3166 alpha-2, or EU
  kind       text not null check (kind in ('police', 'prosecutor', 'court', 'regulator', 'other')),
  domains    text[] not null default '{}' check (cardinality(domains) <= 20),   -- lower case, ASCII (punycode)
  source     text not null check (length(source) between 1 and 2000),           -- where its facts were found
  entered_by uuid not null references staff.members,
  entered_at timestamptz not null default clock_timestamp(),
  retired_by uuid references staff.members,
  retired_at timestamptz,
  changed_at timestamptz not null default clock_timestamp(),
  check ((retired_at is null) = (retired_by is null))
) with (fillfactor = 80);
create unique index agencies_one_name on legal.agencies (country, lower(name)) where retired_at is null;

-- Numbers to call back. One enters, another confirms after a search of their own; only then does a number count.
create table legal.agency_numbers (
  id             uuid primary key default unseal.uuid7(),
  agency_id      uuid not null references legal.agencies,
  number         text not null check (number ~ '^\+[1-9][0-9]{5,14}$'),         -- E.164
  label          text not null check (length(label) between 1 and 120),
  source         text not null check (length(source) between 1 and 2000),
  entered_by     uuid not null references staff.members,
  entered_at     timestamptz not null default clock_timestamp(),
  confirmed_by   uuid references staff.members,
  confirmed_at   timestamptz,
  confirm_source text check (length(confirm_source) between 1 and 2000),
  retired_by     uuid references staff.members,
  retired_at     timestamptz,
  retired_reason text check (length(retired_reason) between 1 and 2000),
  constraint another_confirms_number check (confirmed_by <> entered_by),
  check ((confirmed_at is null) = (confirmed_by is null) and (confirmed_at is null) = (confirm_source is null)),
  check ((retired_at is null) = (retired_by is null) and (retired_at is null) = (retired_reason is null)),
  check (confirmed_at >= entered_at)
);
create unique index agency_numbers_once on legal.agency_numbers (agency_id, number) where retired_at is null;

create table legal.requests (
  id              uuid primary key default unseal.uuid7(),
  number          bigint not null unique generated always as identity,          -- shown as LR-000012
  type            text not null check (type in ('subpoena', 'court_order_2703d', 'warrant', 'preservation_2703f',
                    'emergency_disclosure', 'consent', 'civil_subpoena', 'epoc', 'epoc_pr', 'dsa_art_9', 'dsa_art_10',
                    'tco_removal', 'uk_opo', 'uk_ipa', 'cloud_order', 'mlat', 'nsl', 'pen_trap', 'other')),
  jurisdiction    text not null check (jurisdiction ~ '^[A-Z]{2}$'),            -- ISO 3166 alpha-2, or EU
  issuer          text not null check (issuer in ('court', 'judge', 'prosecutor', 'police', 'agency', 'party', 'user')),
  agency_id       uuid references legal.agencies,
  agency_name     text not null check (length(agency_name) between 1 and 200),
  officer_name    text not null check (length(officer_name) between 1 and 200),
  officer_email   text check (length(officer_email) between 3 and 320),
  officer_phone   text check (length(officer_phone) between 3 and 40),
  reference       text not null check (length(reference) between 1 and 200),
  channel         text not null check (channel in ('email', 'post', 'portal', 'e_codex', 'fax', 'in_person')),
  received_at     timestamptz not null,
  issued_at       timestamptz,
  expires_at      timestamptz,                          -- of the order
  return_at       timestamptz,                          -- the date that the order itself sets for the answer
  emergency       boolean not null default false,
  due_at          timestamptz not null,
  due_rule        text not null check (due_rule ~ '^[a-z0-9_]{1,60}$'),
  local_zone      text not null check (length(local_zone) between 1 and 64),    -- IANA, of who asked
  categories      text[] not null check (cardinality(categories) >= 1 and categories <@ legal.categories()),
  allowed         text[] not null default '{}' check (allowed <@ legal.categories()),
  range_from      timestamptz,
  range_to        timestamptz,                          -- exclusive
  child_safety    boolean not null default false,
  nature          text not null default '' check (length(nature) <= 4000),      -- what the request says it is about
  state           text not null default 'received' check (state in ('received', 'needs_info', 'rejected', 'preserved',
                    'in_review', 'approved', 'produced', 'partially_produced', 'no_records', 'withdrawn', 'closed')),
  -- How it ended, kept when it is closed: for the figures.
  outcome         text check (outcome in ('rejected', 'produced', 'partially_produced', 'no_records', 'withdrawn', 'preserved',
                    'acted_on', 'routed')),
  acknowledged_at timestamptz,
  acknowledged_by uuid references staff.members,
  produced_at     timestamptz,
  closed_at       timestamptz,
  notice_policy   text not null default 'after' check (notice_policy in ('before', 'after', 'barred', 'not_applicable')),
  gag_reference   text check (length(gag_reference) between 1 and 200),
  gag_until       timestamptz,
  gag_indefinite  boolean not null default false,
  digest          bytea not null check (octet_length(digest) = 32),             -- of what is asked
  scope_version   integer not null default 1 check (scope_version > 0),         -- up with each change of what is asked
  requester_version integer not null default 1 check (requester_version > 0),   -- up with each change of who asks
  duplicate_of    uuid references legal.requests,
  registered_by   uuid not null references staff.members,
  registered_at   timestamptz not null default clock_timestamp(),
  scoped_by       uuid not null references staff.members,                       -- who last said what is asked
  handled_by      uuid references staff.members,                                -- who took it into review
  handled_at      timestamptz,
  approved_by     uuid references staff.members,
  approved_at     timestamptz,
  approved_version integer,
  ended_by        uuid references staff.members,                                -- who rejected or withdrew it
  ended_reason    text check (length(ended_reason) between 1 and 4000),
  ended_ground    text check (ended_ground ~ '^[a-z_]{1,60}$'),
  changed_at      timestamptz not null default clock_timestamp(),
  constraint range_begins_first check (range_from < range_to),
  constraint gag_has_one_end check (gag_until is null or not gag_indefinite),
  constraint gag_is_cited check ((gag_until is null and not gag_indefinite) or gag_reference is not null),
  constraint emergency_is_one check (type <> 'emergency_disclosure' or emergency),
  constraint received_before_registered check (received_at <= registered_at),
  constraint approval_whole check ((approved_at is null) = (approved_by is null) and (approved_at is null) = (approved_version is null)),
  -- What stands approved is what is asked now.
  constraint approved_is_newest check (approved_version is null or approved_version = scope_version),
  constraint approved_states check (state not in ('approved', 'produced', 'partially_produced') or approved_version is not null),
  constraint produced_when check (state not in ('produced', 'partially_produced') or produced_at is not null),
  constraint closed_when check ((state = 'closed') = (closed_at is not null) and (state = 'closed') = (outcome is not null)),
  constraint ended_says_why check (state not in ('rejected', 'withdrawn') or (ended_reason is not null and ended_by is not null)),
  -- Content, and anything in an emergency, is approved by somebody who neither handled the request nor wrote what it asks.
  constraint another_approves check (approved_by is null or not (emergency or 'content' = any (allowed))
    or (approved_by <> handled_by and approved_by <> registered_by and approved_by <> scoped_by)),
  -- What no exception opens: these types disclose nothing, and a civil subpoena never content.
  constraint nothing_from_a_preservation check (type not in ('preservation_2703f', 'epoc_pr') or allowed = '{}'),
  constraint no_content_for_a_civil_subpoena check (type <> 'civil_subpoena' or not 'content' = any (allowed)),
  constraint content_by_its_own_process check (not 'content' = any (allowed)
    or type in ('warrant', 'emergency_disclosure', 'consent', 'epoc', 'cloud_order'))
) with (fillfactor = 80);
-- Serve: the register by state, newest first; the deadlines board; repeats of a reference; one's own.
create index requests_by_state on legal.requests (state, id desc);
create index requests_due on legal.requests (due_at) where state in ('received', 'needs_info', 'preserved', 'in_review', 'approved');
create index requests_by_reference on legal.requests (lower(reference), id desc);
create index requests_by_digest on legal.requests (digest);
create index requests_handled on legal.requests (handled_by, id desc) where handled_by is not null;

-- The accounts that a request names, as they stand in it: they need not exist. Rows of an earlier version stay.
create table legal.request_accounts (
  request_id              uuid not null references legal.requests,
  n                       integer not null check (n between 1 and 10000),
  platform_id             uuid not null references intake.platforms,
  platform_participant_id text not null check (length(platform_participant_id) between 1 and 256),
  added_version           integer not null check (added_version > 0),
  dropped_version         integer check (dropped_version > added_version),
  added_by                uuid not null references staff.members,
  added_at                timestamptz not null default clock_timestamp(),
  primary key (request_id, n)
);
create unique index request_accounts_once on legal.request_accounts (request_id, platform_id, platform_participant_id)
  where dropped_version is null;
-- Serves: which requests name this account.
create index request_accounts_by_account on legal.request_accounts (platform_participant_id, platform_id, request_id);

-- What came with a request. Its bytes lie sealed in pieces; the row is written when the last of them is, in one transaction.
create table legal.documents (
  id         uuid primary key default unseal.uuid7(),
  request_id uuid not null references legal.requests,
  n          integer not null check (n between 1 and 1000),
  name       text not null check (length(name) between 1 and 200 and name !~ '[/\\]' and name !~ '^\.'),
  sent_name  text not null check (length(sent_name) between 1 and 1000),         -- as it was sent
  kind       text not null check (kind in ('order', 'cover', 'reply', 'identity', 'other')),
  media_type text not null check (length(media_type) between 1 and 120),         -- by its bytes
  warnings   text[] not null default '{}',
  key_id     uuid not null,
  pieces     integer not null check (pieces >= 0),
  size_bytes bigint not null check (size_bytes >= 0),
  sha256     text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  added_by   uuid not null references staff.members,
  added_at   timestamptz not null default clock_timestamp(),
  event_id   uuid not null,
  unique (request_id, n),
  unique (id, request_id)
);
create index documents_by_hash on legal.documents (sha256);

create table sealed.legal_document_pieces (
  thread_id   uuid not null,                           -- the request's id, as in sealed.thread_keys
  document_id uuid not null,
  n           integer not null check (n >= 0),
  key_id      uuid not null,
  piece_ct    bytea not null,
  primary key (thread_id, document_id, n)
);

-- Who took which document out: committed first, read after. Append-only.
create table legal.document_readings (
  id          uuid primary key default unseal.uuid7(),
  document_id uuid not null,
  request_id  uuid not null,
  staff_id    uuid not null references staff.members,
  session_id  uuid not null,
  event_id    uuid not null,
  opened_xid  xid8 not null default pg_current_xact_id(),
  opened_at   timestamptz not null default clock_timestamp(),
  expires_at  timestamptz not null,
  foreign key (document_id, request_id) references legal.documents (id, request_id)
);
create index document_readings_of on legal.document_readings (document_id, id desc);

-- What was done to find out whether the requester is who they say. A check counts for the requester as they stood. Append-only.
create table legal.verifications (
  id                uuid primary key default unseal.uuid7(),
  request_id        uuid not null references legal.requests,
  requester_version integer not null,
  kind              text not null check (kind in ('domain', 'call_back', 'document', 'portal', 'second_person')),
  outcome           text not null check (outcome in ('passed', 'failed', 'unclear')),
  staff_id          uuid not null references staff.members,
  session_id        uuid not null,
  number_id         uuid references legal.agency_numbers,
  document_id       uuid,
  spoke_with        text check (length(spoke_with) between 1 and 200),
  called_at         timestamptz,
  findings          text[] not null default '{}',       -- of the domain check: domain/legal/lookalikeDomains.ts names them
  note              text not null check (length(note) between 1 and 4000),
  at                timestamptz not null default clock_timestamp(),
  event_id          uuid not null,
  constraint called_back_whom check (kind <> 'call_back' or (number_id is not null and called_at is not null)),
  constraint number_only_called check (kind = 'call_back' or (number_id is null and called_at is null)),
  constraint spoke_with_somebody check (kind <> 'call_back' or outcome <> 'passed' or spoke_with is not null),
  constraint called_before_written check (called_at <= at),
  foreign key (document_id, request_id) references legal.documents (id, request_id)
);
create index verifications_of on legal.verifications (request_id, id);

-- A category beyond what the type gives: one counsel asks with a reason, another answers.
create table legal.exceptions (
  id            uuid primary key default unseal.uuid7(),
  request_id    uuid not null references legal.requests,
  scope_version integer not null,
  category      text not null check (category = any (legal.categories())),
  reason        text not null check (length(reason) between 1 and 4000),
  asked_by      uuid not null references staff.members,
  asked_at      timestamptz not null default clock_timestamp(),
  state         text not null default 'asked' check (state in ('asked', 'granted', 'refused', 'lapsed')),
  answered_by   uuid references staff.members,
  answered_at   timestamptz,
  answer        text check (length(answer) between 1 and 4000),
  event_id      uuid not null,
  constraint another_answers check (answered_by <> asked_by),
  check (state = 'lapsed' or (state = 'asked') = (answered_by is null)),
  check ((answered_by is null) = (answer is null) and (answered_by is null) = (answered_at is null))
);
create unique index exceptions_one_open on legal.exceptions (request_id, category) where state in ('asked', 'granted');

-- What was approved, by whom, as it stood. Append-only: that it no longer holds shows in the request.
create table legal.approvals (
  id            uuid primary key default unseal.uuid7(),
  request_id    uuid not null references legal.requests,
  scope_version integer not null,
  requester_version integer not null,
  digest        bytea not null check (octet_length(digest) = 32),
  categories    text[] not null check (cardinality(categories) >= 1 and categories <@ legal.categories()),
  emergency     boolean not null,
  checks        uuid[] not null default '{}',           -- the verifications that it rests on
  handled_by    uuid not null references staff.members,
  scoped_by     uuid not null references staff.members,
  registered_by uuid not null references staff.members,
  staff_id      uuid not null references staff.members,
  session_id    uuid not null,
  note          text check (length(note) between 1 and 4000),
  at            timestamptz not null default clock_timestamp(),
  event_id      uuid not null,
  constraint nobody_approves_their_own check (not (emergency or 'content' = any (categories))
    or (staff_id <> handled_by and staff_id <> scoped_by and staff_id <> registered_by))
);
create index approvals_of_request on legal.approvals (request_id, id);

-- What happened to a request, in order, for those who may read its metadata. (The log has it too.) Append-only.
create table legal.history (
  id            uuid primary key default unseal.uuid7(),
  request_id    uuid not null references legal.requests,
  at            timestamptz not null default clock_timestamp(),
  staff_id      uuid references staff.members,          -- null: the worker
  what          text not null check (what ~ '^[a-z_]{1,40}$'),
  from_state    text,
  to_state      text not null,
  scope_version integer not null,
  note          text check (length(note) <= 4000),
  event_id      uuid not null
);
create index history_of_request on legal.history (request_id, id);
