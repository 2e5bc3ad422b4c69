-- Platforms, and the threads they send: metadata in triage, ciphertext in sealed.

create table intake.platforms (
  id         uuid primary key default unseal.uuid7(),
  slug       text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$'),
  name       text not null check (length(name) between 1 and 120),
  created_at timestamptz not null default now()
);

create table intake.platform_keys (
  id           uuid primary key default unseal.uuid7(),
  platform_id  uuid not null references intake.platforms,
  label        text not null check (length(label) between 1 and 80),
  key_hash     bytea not null unique check (length(key_hash) = 32),
  scopes       text[] not null check (cardinality(scopes) > 0 and scopes <@ array['flags:write']),
  created_at   timestamptz not null default now(),
  expires_at   timestamptz,
  revoked_at   timestamptz,
  last_used_at timestamptz
);

create table triage.threads (
  id                 uuid primary key,  -- derived from (platform, platform_thread_id): see domain/ids.ts
  platform_id        uuid not null references intake.platforms,
  platform_thread_id text not null,
  kind               text not null check (kind in ('direct', 'group')),
  region             text not null,
  message_count      integer not null default 0,
  participant_count  integer not null default 0,
  minor_count        integer not null default 0,
  created_at         timestamptz not null default clock_timestamp(),
  unique (platform_id, platform_thread_id)
);

-- Content. Thread id first in every key: it distributes by thread and is never joined across threads.
-- A delivery that brings new content brings a data key of its own, so intake only ever wraps and never unwraps.
create table sealed.thread_keys (
  thread_id  uuid not null,
  key_id     uuid not null,
  kek_id     text not null,
  wrapped    bytea not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (thread_id, key_id)
);
-- Serves: rotation, which walks the keys that an old key-encryption key still wraps.
create index thread_keys_by_kek on sealed.thread_keys (kek_id, thread_id, key_id);

create table sealed.participants (
  thread_id               uuid not null,
  id                      uuid not null,
  platform_participant_id text not null,
  ordinal                 integer not null,
  key_id                  uuid not null,
  identity_ct             bytea not null,  -- {handle, displayName}
  identity_mac            bytea not null,
  age_band                text not null check (age_band in ('adult', 'minor', 'unknown')),
  account_age_days        integer,
  country                 text,
  primary key (thread_id, id)
);

create table sealed.messages (
  thread_id           uuid not null,
  id                  uuid not null,
  revision            integer not null default 1 check (revision > 0),
  platform_message_id text not null,
  sender_id           uuid not null,
  sent_at             timestamptz not null,
  kind                text not null check (kind in ('text', 'media', 'shared_video', 'system')),
  edited_at           timestamptz,
  deleted_at          timestamptz,
  key_id              uuid not null,
  body_ct             bytea,
  content_mac         bytea not null,  -- keyed: tells a repeat from an edit without reading either
  received_at         timestamptz not null default clock_timestamp(),
  primary key (thread_id, id, revision)
);

create table sealed.attachments (
  thread_id       uuid not null,
  message_id      uuid not null,
  revision        integer not null,
  ordinal         integer not null,
  media_type      text not null,
  size_bytes      bigint not null check (size_bytes >= 0),
  md5             text,
  sha256          text,
  perceptual_hash text,
  perceptual_kind text,
  key_id          uuid not null,
  location_ct     bytea not null,  -- a CDN address may itself open the file
  primary key (thread_id, message_id, revision, ordinal)
);

create table sealed.flag_words (
  thread_id uuid not null,
  flag_id   uuid not null,
  key_id    uuid not null,
  words_ct  bytea not null,
  primary key (thread_id, flag_id)
);
