-- The rooms of the database, and the people who may enter.

create schema unseal;  -- what everything else uses
create schema staff;   -- members, credentials, sessions
create schema intake;  -- platforms and their keys
create schema triage;  -- queues, cases, flags, decisions: metadata, never content
create schema sealed;  -- ciphertext and wrapped keys: no login role holds a right on any table here
create schema access;  -- rules, grants, views
create schema audit;   -- what happened, append-only

-- UUID version 7 (RFC 9562 §5.7, method 3: 12 bits of sub-millisecond time), so that ids sort by time, pages can be
-- cut by id alone, and time partitions can be ranges of the primary key. PostgreSQL has its own from version 18 on.
do $do$
begin
  if current_setting('server_version_num')::integer >= 180000 then
    create function unseal.uuid7() returns uuid language sql volatile parallel safe as 'select uuidv7()';
  else
    create function unseal.uuid7() returns uuid language plpgsql volatile parallel safe as $$
      declare
        us bigint := (extract(epoch from clock_timestamp()) * 1000000)::bigint;
      begin
        return (lpad(to_hex(us / 1000), 12, '0')
             || '7' || lpad(to_hex((us % 1000) * 4096 / 1000), 3, '0')
             || right(gen_random_uuid()::text, 17))::uuid;
      end
    $$;
  end if;
end
$do$;

-- The least id that an instant can have: the bound of a time partition and of a "since" filter.
create function unseal.uuid7_floor(p_at timestamptz) returns uuid
  language sql immutable parallel safe
as $$ select (lpad(to_hex((extract(epoch from p_at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid $$;

create table staff.members (
  id           uuid primary key default unseal.uuid7(),
  email        text not null unique check (email = lower(email) and length(email) between 3 and 254),
  name         text not null check (length(name) between 1 and 120),
  roles        text[] not null check (
                 cardinality(roles) > 0 and roles <@ array[
                   'moderator', 'specialist', 'lead', 'compliance_officer', 'legal_counsel', 'administrator', 'auditor']),
  clearances   text[] not null default '{}',
  regions      text[] not null default '{}',
  languages    text[] not null default '{}',
  -- An outside auditor reads the log from … until …; null for everybody else.
  reads_from   timestamptz,
  reads_until  timestamptz,
  state        text not null default 'active' check (state in ('active', 'disabled')),
  created_at   timestamptz not null default now(),
  changed_at   timestamptz not null default now()
);

-- Separation of duties as data (DESIGN §5): two roles that one person may never hold together.
create table staff.role_conflicts (
  role_a text not null,
  role_b text not null,
  why    text not null,
  primary key (role_a, role_b),
  check (role_a < role_b)
);

create table staff.credentials (
  staff_id   uuid primary key references staff.members on delete cascade,
  salt       bytea not null check (length(salt) = 16),
  -- SHA-256 of the argon2id output: the output itself never rests here, so a stolen table signs nobody in.
  verifier   bytea not null check (length(verifier) = 32),
  memory_kib integer not null check (memory_kib >= 19456),
  passes     integer not null check (passes >= 2),
  lanes      integer not null check (lanes >= 1),
  changed_at timestamptz not null default now()
);

create table staff.sessions (
  id           uuid primary key default unseal.uuid7(),
  staff_id     uuid not null references staff.members on delete cascade,
  token_hash   bytea not null unique check (length(token_hash) = 32),
  method       text not null default 'local' check (method in ('local', 'sso')),
  created_at   timestamptz not null default clock_timestamp(),
  last_seen_at timestamptz not null default clock_timestamp(),
  idle_limit   interval not null check (idle_limit between interval '1 second' and interval '60 minutes'),
  expires_at   timestamptz not null,
  ended_at     timestamptz,
  ended_how    text check (ended_how in ('signed_out', 'revoked', 'expired', 'disabled')),
  ip           text,
  user_agent   text,
  check (expires_at <= created_at + interval '24 hours'),
  check ((ended_at is null) = (ended_how is null))
);
-- Serves: revoking every session of one staff member.
create index sessions_of_staff on staff.sessions (staff_id) where ended_at is null;

create table staff.sign_in_attempts (
  id         uuid primary key default unseal.uuid7(),
  -- A hash: people type passwords into the address field.
  email_hash bytea not null,
  ip         text,
  succeeded  boolean not null,
  at         timestamptz not null default clock_timestamp()
);
-- Serve: how often has this address, or this network address, failed in the last quarter of an hour.
create index sign_in_attempts_by_email on staff.sign_in_attempts (email_hash, at desc);
create index sign_in_attempts_by_ip on staff.sign_in_attempts (ip, at desc);

-- One row: a secret from which the salt of an unknown address is derived, so that asking tells nobody who works here.
create table staff.decoy (
  only_one boolean primary key default true check (only_one),
  secret   bytea not null default decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')
);
insert into staff.decoy default values;

-- Whoever a session token resolves to. Passed between the functions below, never accepted from outside.
create type staff.actor as (
  staff_id   uuid,
  session_id uuid,
  name       text,
  roles      text[],
  clearances text[],
  regions    text[],
  ip         text,
  user_agent text,
  request_id text
);
