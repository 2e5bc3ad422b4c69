-- The log as a Merkle tree (RFC 6962 §2.1): leaves in their final order, the tiles that make its proofs quick, the
-- checkpoints that were signed over it, and what became of them outside this house. Everything that a verifier relies on
-- is append-only; what may change is only how the sinks are getting on.

-- A leaf in its place. It comes here from audit.pending_leaves in the transaction that signs the checkpoint over it.
-- Cut by ranges of 2^24 places. An event stands here once: see audit.append_leaves.
create table audit.leaves (
  log_index bigint not null check (log_index >= 0),
  event_id  uuid not null,
  -- An entry of tlog-tiles has a length of two bytes.
  leaf      text not null check (octet_length(leaf) <= 65535),
  primary key (log_index)
) partition by range (log_index);

-- The ranges that the next leaves fall into. Called when the log is made, and by audit.append_leaves well ahead of need.
create function audit.make_leaf_partitions(p_size bigint) returns void
  language plpgsql
as $$
declare
  v_width bigint := 16777216;
  v_name  text;
begin
  for n in p_size / v_width .. p_size / v_width + 1 loop
    v_name := format('audit.leaves_%s', lpad(n::text, 6, '0'));
    if to_regclass(v_name) is null then
      execute format('create table %s partition of audit.leaves for values from (%s) to (%s)', v_name, n * v_width,
        (n + 1) * v_width);
      execute format('alter table %s enable row level security', v_name);
      execute format('alter table %s force row level security', v_name);
      -- Serves: where is this event in the log? Unique, so that it is looked up by index whatever the statistics say; over
      -- all ranges it cannot be, which audit.append_leaves makes up for.
      execute format('create unique index on %s (event_id)', v_name);
    end if;
  end loop;
end
$$;
select audit.make_leaf_partitions(0);

-- Full tiles only (C2SP tlog-tiles): 256 hashes of 32 bytes. What is not full yet follows from the leaves.
create table audit.tiles (
  level  smallint not null check (level between 0 and 7),
  tile   bigint not null check (tile >= 0),
  hashes bytea not null check (octet_length(hashes) = 8192),
  primary key (level, tile)
);

-- One row for each tree that was signed. The note is the signed text in full (C2SP tlog-checkpoint).
create table audit.checkpoints (
  size      bigint primary key check (size > 0),
  root      bytea not null check (octet_length(root) = 32),
  note      text not null,
  signed_at timestamptz not null default clock_timestamp()
);

-- The public keys that this log has been signed with, so that whoever checks an old checkpoint finds its key. The private
-- ones never come near the database.
create table audit.log_keys (
  vkey       text primary key,
  key_id     text not null check (key_id ~ '^[0-9a-f]{8}$'),
  origin     text not null,
  added_at   timestamptz not null default clock_timestamp(),
  -- The tree's size when the key was added.
  added_size bigint not null,
  -- This key takes over from one that was lost: no checkpoint will carry both signatures.
  after_loss boolean not null default false
);

create table audit.log_key_ends (
  vkey       text primary key references audit.log_keys,
  ended_at   timestamptz not null default clock_timestamp(),
  ended_size bigint not null
);

-- Outside parties that saw a checkpoint. Kept only after their signature has been verified.
create table audit.cosignatures (
  size      bigint not null references audit.checkpoints,
  witness   text not null,   -- the witness's key name and key id: name+0123abcd
  line      text not null,   -- the signature line, as it stands below a checkpoint
  signed_at timestamptz not null,   -- by the witness's clock
  added_at  timestamptz not null default clock_timestamp(),
  primary key (size, witness)
);

-- Time-stamps (RFC 3161) over the note of a checkpoint: its time-stamp token in DER.
create table audit.timestamps (
  size     bigint not null references audit.checkpoints,
  sink     text not null,
  token    bytea not null,
  stamped_at timestamptz not null,   -- genTime of the token
  added_at timestamptz not null default clock_timestamp(),
  primary key (size, sink)
);

-- How each place that checkpoints are pushed to is getting on.
create table audit.log_sinks (
  name         text primary key,
  kind         text not null check (kind in ('witness', 'folder', 'timestamp')),
  last_size    bigint,          -- the newest checkpoint that arrived
  delivered_at timestamptz,
  tried_at     timestamptz,
  failures     integer not null default 0,   -- in a row
  problem      text,            -- a word for what went wrong last; null when it went well
  next_try_at  timestamptz,
  removed      boolean not null default false   -- no longer configured
);

-- What the sequencer says of itself. One row.
create table audit.sequencer (
  one        boolean primary key default true check (one),
  state      text not null default 'never' check (state in ('never', 'running', 'stopped')),
  problem    text,              -- a word for why it stopped
  since      timestamptz not null default clock_timestamp(),
  seen_at    timestamptz not null default clock_timestamp(),
  instance   text
);
insert into audit.sequencer default values;

create table audit.log_settings (
  one        boolean primary key default true check (one),
  -- A reveal waits until its leaf is under a signed checkpoint.
  strict     boolean not null default false,
  changed_at timestamptz not null default clock_timestamp()
);
insert into audit.log_settings default values;

-- A leaf that is too long for the log would have no place in it. The writers keep far below; this holds them to it, and the act
-- that it would record does not happen.
alter table audit.pending_leaves add constraint leaf_fits check (octet_length(leaf) <= 65535) not valid;
-- Rows stay here for a quarter of a second: sweep by their number, not by a share of an empty table.
alter table audit.pending_leaves set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000,
  autovacuum_vacuum_cost_delay = 0);
