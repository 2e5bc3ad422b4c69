-- What intake adds to the tables of threads and flags.

-- Messages of one second keep the order in which the platform listed them.
alter table sealed.messages add column position integer not null default 0;

-- A confidence is kept as it was sent: a JSON number is a double.
alter table triage.flags alter column confidence type double precision;

-- A reporter who is not in the thread. An account id is no name, but it is a person's: it lies with the content.
create table sealed.flag_reporters (
  thread_id           uuid not null,
  flag_id             uuid not null,
  platform_account_id text not null,
  primary key (thread_id, flag_id)
);

-- A flag on its way in: one element a flag, passed between the functions of intake. Never stored.
create type intake.arrival as (
  n                 integer,  -- place in the batch
  flag_id           uuid,
  platform_flag_id  text,
  mac               bytea,    -- of the whole flag: tells a repeat from a reuse of its id
  thread_id         uuid,
  platform_thread   text,
  thread_kind       text,
  region            text,
  source            text,
  category          text,
  severity          smallint,
  confidence        double precision,
  priority          integer,
  due_at            timestamptz,
  reporter_id       uuid,
  reporter_account  text,
  words_ct          bytea,
  detector_name     text,
  detector_version  text,
  flagged           uuid[],
  raised_at         timestamptz,
  key_id            uuid,
  kek_id            text,
  wrapped           bytea,
  queue_id          uuid,
  restricted        text,
  known_thread      boolean   -- the thread was here before this batch
);
