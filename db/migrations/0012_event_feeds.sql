-- Events on their way to a SIEM: the keys that machines pull with, the sinks that events are pushed to, and how each is
-- getting on. Nothing here is part of the record itself.

-- A bearer key of a machine that reads the log. The key is shown once where it is made; this is its SHA-256.
create table audit.siem_keys (
  id            uuid primary key default unseal.uuid7(),
  label         text not null check (length(label) between 1 and 80),
  key_hash      bytea not null unique check (octet_length(key_hash) = 32),
  scopes        text[] not null check (cardinality(scopes) > 0 and scopes <@ array['feed:read']),
  -- Events before this place in the log are not for this key.
  first_index   bigint not null default 0 check (first_index >= 0),
  created_at    timestamptz not null default clock_timestamp(),
  expires_at    timestamptz,
  revoked_at    timestamptz,
  first_used_at timestamptz,   -- when the first event left by it
  last_used_at  timestamptz,
  last_index    bigint         -- the farthest place that left by it
);

-- Where events are pushed to, by the settings of the worker.
create table audit.siem_sinks (
  name          text primary key check (name in ('syslog', 'https')),
  target        text not null check (length(target) <= 300),   -- host and port
  -- The first place in the log that this sink has not acknowledged.
  next_index    bigint not null default 0 check (next_index >= 0),
  configured_at timestamptz not null default clock_timestamp(),
  delivered_at  timestamptz,
  seen_at       timestamptz,   -- when a worker last looked after it
  instance      text,          -- which one
  failures      integer not null default 0,   -- in a row
  failing_since timestamptz,
  alerted_at    timestamptz,   -- when the failing became an event
  problem       text,          -- a word for what went wrong last; null when it went well
  next_try_at   timestamptz,
  removed       boolean not null default false   -- no longer configured
);

-- Places of the log without a leaf, found on the way out. Each becomes an event once.
create table audit.siem_gaps (
  first_index bigint primary key check (first_index >= 0),
  last_index  bigint not null check (last_index >= first_index),
  found_at    timestamptz not null default clock_timestamp()
);
