-- Packets: what is built from a collection that was handed in, who released it, to whom it went. No login role reads a table
-- here: functions answer. Files of a packet rest in sealed pieces, under a data key of the production.

-- What packets say of the provider, and how their records are numbered. One row, changed by the administrator of the machine.
create table legal.packet_settings (
  only_one      boolean primary key default true check (only_one),
  organisation  text check (length(organisation) between 1 and 200),     -- null: the platforms' names
  address       text check (length(address) between 1 and 500),
  contact_name  text check (length(contact_name) between 1 and 200),
  contact_email text check (length(contact_email) between 3 and 320),
  contact_phone text check (length(contact_phone) between 3 and 40),
  bates_prefix  text not null default 'UNS' check (bates_prefix ~ '^[A-Z][A-Z0-9]{1,9}$'),
  most_bytes    bigint not null default 6442450944 check (most_bytes > 0),  -- of one attachment
  changed_at    timestamptz not null default clock_timestamp()
);
insert into legal.packet_settings default values;

-- One series for the whole installation, whatever the prefix: a number, once given, is never given again.
create table legal.bates_series (
  only_one    boolean primary key default true check (only_one),
  next_number bigint not null default 1 check (next_number between 1 and 1000000000000)
);
insert into legal.bates_series default values;

create table legal.productions (
  id              uuid primary key default unseal.uuid7(),
  request_id      uuid not null references legal.requests,
  collection_id   uuid not null references legal.collections,
  round           integer not null check (round > 0),                    -- of its review
  decisions_digest bytea not null,                                       -- of what was decided, as it was handed in
  scope_version   integer not null,
  volume          integer not null check (volume between 1 and 999),
  state           text not null default 'building'
                    check (state in ('building', 'stuck', 'built', 'released', 'sent_back', 'discarded')),
  -- Inputs: written once.
  bates_prefix    text not null,
  numbers         int8range not null check (lower_inc(numbers) or isempty(numbers)),
  first_number    bigint not null check (first_number > 0),
  records_total   bigint not null check (records_total >= 0),
  threads         integer not null check (threads >= 0),                 -- conversations in it
  categories      text[] not null check (categories <@ legal.categories()),
  facts           jsonb not null,                                        -- what the covering papers say
  note            text check (length(note) between 1 and 4000),          -- for the recipient
  tool_version    text not null check (length(tool_version) between 1 and 100),
  asked_by        uuid not null references staff.members,
  session_id      uuid not null,
  asked_at        timestamptz not null default clock_timestamp(),
  asked_event     uuid not null,
  -- The build.
  tries           integer not null default 0,
  failures        integer not null default 0,                            -- one after another
  lease_token     uuid,
  leased_by       text check (length(leased_by) <= 200),
  leased_until    timestamptz,
  next_try_at     timestamptz,
  records_done    bigint not null default 0 check (records_done >= 0),
  stuck_code      text check (stuck_code ~ '^[a-z0-9-]{1,60}$'),
  stuck_path      text check (length(stuck_path) <= 300),
  stuck_at        timestamptz,
  export_event    uuid,                                                  -- legal.packet_recorded
  manifest_sha512 bytea check (octet_length(manifest_sha512) = 64),      -- of the tag manifest
  zip_sha512      bytea check (octet_length(zip_sha512) = 64),
  zip_bytes       bigint check (zip_bytes > 0),
  vkey            text check (length(vkey) <= 300),
  built_at        timestamptz,
  -- What became of it.
  answered_by     uuid references staff.members,
  answered_at     timestamptz,
  answer_note     text check (length(answer_note) between 1 and 2000),
  discarded_why   text check (discarded_why ~ '^[a-z-]{1,40}$'),
  discarded_by    uuid references staff.members,                         -- null: because what it stood on had ended
  discarded_at    timestamptz,
  discard_reason  text check (length(discard_reason) between 1 and 2000),
  changed_at      timestamptz not null default clock_timestamp(),
  unique (request_id, volume),
  unique (id, manifest_sha512),
  constraint numbers_once exclude using gist (numbers with &&),
  constraint numbers_agree check (coalesce(upper(numbers) - lower(numbers), 0) = records_total),
  constraint stuck_says_why check ((state = 'stuck') = (stuck_code is not null) and (state = 'stuck') = (stuck_at is not null)),
  constraint built_whole check ((built_at is null) = (manifest_sha512 is null) and (built_at is null) = (zip_sha512 is null)
    and (built_at is null) = (zip_bytes is null) and (built_at is null) = (vkey is null)),
  constraint built_before_answered check (state not in ('built', 'released', 'sent_back') or built_at is not null),
  constraint recorded_before_built check (built_at is null or export_event is not null),
  constraint answered_whole check ((state in ('released', 'sent_back')) <= (answered_by is not null)
    and (answered_by is null) = (answered_at is null)),
  constraint another_releases check (state <> 'released' or answered_by <> asked_by),
  constraint sent_back_in_words check (state <> 'sent_back' or answer_note is not null),
  constraint discarded_says_why check ((state = 'discarded') = (discarded_why is not null)
    and (state = 'discarded') = (discarded_at is not null)),
  constraint lease_whole check ((lease_token is null) = (leased_until is null)),
  constraint only_builds_are_leased check (lease_token is null or state = 'building')
) with (fillfactor = 70);
-- One packet of a review at a time: of two that are asked for at once, one is refused.
create unique index productions_one_open on legal.productions (collection_id) where state in ('building', 'stuck', 'built');
-- Serves: the worker's search for work.
create index productions_to_build on legal.productions (next_try_at nulls first, id) where state = 'building';
create index productions_of_request on legal.productions (request_id, id desc);

-- Files of a packet, and what they are made from on the way (path null). Finished in one conditional update each.
create table legal.production_parts (
  production_id uuid not null references legal.productions,
  n             integer not null check (n > 0),
  path          text check (path ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$' and path !~ '\.\.'),
  kind          text not null check (kind in ('records', 'accounts', 'native', 'rsmf', 'transcript', 'attachments', 'index', 'withheld',
                  'redactions', 'custody', 'letter', 'guide', 'hashes', 'proof', 'leaf', 'bag')),
  state         text not null default 'waiting' check (state in ('waiting', 'writing', 'done', 'absent')),
  detail        jsonb not null default '{}',           -- which conversation, which records of it; ids, counts and days alone
  records       bigint not null default 0 check (records >= 0),
  crc32         bigint check (crc32 between 0 and 4294967295),
  size          bigint check (size >= 0),
  deflated      bigint check (deflated >= 0),
  pieces        integer check (pieces >= 0),
  sha256        bytea check (octet_length(sha256) = 32),
  sha512        bytea check (octet_length(sha512) = 64),
  done_at       timestamptz,
  primary key (production_id, n),
  unique (production_id, path),
  check ((path is null) = (kind = 'records')),
  constraint done_whole check ((state = 'done') = (sha512 is not null) and (state = 'done') = (sha256 is not null)
    and (state = 'done') = (crc32 is not null) and (state = 'done') = (size is not null) and (state = 'done') = (deflated is not null)
    and (state = 'done') = (pieces is not null)),
  constraint ended_when check ((state in ('done', 'absent')) = (done_at is not null))
) with (fillfactor = 80);
-- No two files differ by case alone: some disks would keep one of them.
create unique index production_parts_by_case on legal.production_parts (production_id, lower(path));

-- Bytes of the parts, deflated, sealed piece by piece. Deleted when a packet is discarded, and of what was made on the way.
create table sealed.legal_pieces (
  thread_id uuid not null,                             -- the production's id, as in sealed.thread_keys
  part_no   integer not null,
  n         integer not null check (n >= 0),
  key_id    uuid not null,
  piece_ct  bytea not null,
  primary key (thread_id, part_no, n)
);
-- Deflated and encrypted already: trying to press it further costs and gains nothing.
alter table sealed.legal_pieces alter column piece_ct set storage external;

-- Content read to build a packet, or a packet read to hand it over: committed first, read after (promise 1). Append-only.
create table legal.production_readings (
  id            uuid primary key default unseal.uuid7(),
  production_id uuid not null references legal.productions,
  kind          text not null check (kind in ('build', 'export', 'delivery')),
  staff_id      uuid references staff.members,
  session_id    uuid,
  download_id   uuid,
  lease_token   uuid,
  reason        text check (length(reason) <= 2000),
  event_id      uuid not null,
  opened_xid    xid8 not null default pg_current_xact_id(),
  opened_at     timestamptz not null default clock_timestamp(),
  expires_at    timestamptz not null,
  check ((kind = 'build') = (lease_token is not null)),
  check ((kind = 'export') = (staff_id is not null) and (staff_id is null) = (session_id is null)),
  check (kind <> 'export' or reason is not null),
  check ((kind = 'delivery') = (download_id is not null))
);
create index production_readings_of on legal.production_readings (production_id, id desc);

-- Who compared what was asked with what is in a packet. A release needs one that an earlier transaction committed. Append-only.
create table legal.comparisons (
  id              uuid primary key default unseal.uuid7(),
  production_id   uuid not null references legal.productions,
  manifest_sha512 bytea not null,
  staff_id        uuid not null references staff.members,
  session_id      uuid not null,
  event_id        uuid not null,
  read_xid        xid8 not null default pg_current_xact_id(),
  read_at         timestamptz not null default clock_timestamp()
);
create index comparisons_of on legal.comparisons (production_id, staff_id);

-- Answers of a second counsel. Append-only; a trigger refuses whoever had a hand in it.
create table legal.releases (
  id              uuid primary key default unseal.uuid7(),
  production_id   uuid not null,
  manifest_sha512 bytea not null,
  asked_by        uuid not null references staff.members,
  staff_id        uuid not null references staff.members,
  session_id      uuid not null,
  answer          text not null check (answer in ('released', 'sent_back')),
  note            text check (length(note) between 1 and 2000),
  comparison_id   uuid references legal.comparisons,
  at              timestamptz not null default clock_timestamp(),
  event_id        uuid not null,
  foreign key (production_id, manifest_sha512) references legal.productions (id, manifest_sha512),
  constraint nobody_releases_their_own check (answer <> 'released' or staff_id <> asked_by),
  constraint compared_before_released check (answer <> 'released' or comparison_id is not null),
  constraint sent_back_in_words check (answer <> 'sent_back' or note is not null)
);
create unique index releases_once on legal.releases (production_id);

-- A released packet on its way to one recipient. Of link and code only hashes are kept. Moved on by its functions.
create table legal.deliveries (
  id              uuid primary key default unseal.uuid7(),
  production_id   uuid not null references legal.productions,
  recipient_name  text not null check (length(recipient_name) between 1 and 200),
  link_by         text not null check (link_by in ('email', 'portal', 'phone', 'post', 'in_person', 'fax')),
  code_by         text not null check (code_by in ('email', 'portal', 'phone', 'post', 'in_person', 'fax')),
  encryption      text not null check (encryption in ('none', 'age', 'openpgp')),
  recipient_key   text check (length(recipient_key) <= 100000),
  key_name        text check (length(key_name) <= 4000),                 -- as people compare it: age1…, or a fingerprint
  token_hash      bytea not null unique check (octet_length(token_hash) = 32),
  code_mac        bytea not null check (octet_length(code_mac) = 32),    -- keyed outside the database: ten digits are soon guessed
  code_n          integer not null default 1 check (code_n > 0),
  tries_left      integer not null default 5 check (tries_left between 0 and 5),
  expires_at      timestamptz not null,
  created_by      uuid not null references staff.members,
  created_at      timestamptz not null default clock_timestamp(),
  opened_at       timestamptz,                                           -- link and code were given rightly, first
  fetched_at      timestamptz,                                           -- a download began, first
  recalled_at     timestamptz,
  recalled_by     uuid references staff.members,
  recall_reason   text check (length(recall_reason) between 1 and 2000),
  acknowledged_at timestamptz,
  acknowledged_as text check (length(acknowledged_as) between 1 and 200),
  acknowledged_sha512 text check (acknowledged_sha512 ~ '^[0-9a-f]{128}$'),
  hash_agrees     boolean,
  check (expires_at <= created_at + interval '14 days 1 minute' and expires_at > created_at),
  constraint two_ways check (link_by <> code_by),
  constraint key_where_encrypted check ((encryption = 'none') = (recipient_key is null)),
  constraint recall_whole check ((recalled_at is null) = (recalled_by is null) and (recalled_at is null) = (recall_reason is null)),
  -- What was fetched cannot be taken back, and what was taken back is not fetched.
  constraint recalled_or_fetched check (recalled_at is null or fetched_at is null),
  constraint acknowledged_whole check ((acknowledged_at is null) = (acknowledged_as is null)),
  constraint fetched_before_acknowledged check (acknowledged_at is null or fetched_at is not null),
  constraint hash_was_given check ((acknowledged_sha512 is null) = (hash_agrees is null))
);
create index deliveries_of on legal.deliveries (production_id, id desc);

-- What link and code open for an hour.
create table legal.delivery_tickets (
  token_hash  bytea primary key check (octet_length(token_hash) = 32),
  delivery_id uuid not null references legal.deliveries,
  code_n      integer not null,
  opened_at   timestamptz not null default clock_timestamp(),
  expires_at  timestamptz not null
);
create index delivery_tickets_of on legal.delivery_tickets (delivery_id);

-- Each download: begun before the first byte, ended when the last was taken or it broke off.
create table legal.downloads (
  id          uuid primary key default unseal.uuid7(),
  delivery_id uuid not null references legal.deliveries,
  from_byte   bigint not null default 0 check (from_byte >= 0),
  begun_at    timestamptz not null default clock_timestamp(),
  ended_at    timestamptz,
  whole       boolean,
  bytes       bigint check (bytes >= 0),
  ip          text check (length(ip) <= 64),
  check ((ended_at is null) = (whole is null) and (ended_at is null) = (bytes is null))
);
create index downloads_of on legal.downloads (delivery_id, id);

-- Tries at the recipients' door, to be counted: a flood of guesses is stopped before it is judged.
create table legal.delivery_tries (
  id          uuid primary key default unseal.uuid7(),
  delivery_id uuid,                                    -- null: no such link
  ip          text check (length(ip) <= 64),
  succeeded   boolean not null,
  at          timestamptz not null default clock_timestamp()
);
create index delivery_tries_by_ip on legal.delivery_tries (ip, at desc);
