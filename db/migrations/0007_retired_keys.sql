-- Key-encryption keys that were dropped: nothing may be wrapped by them any more, whatever a process still remembers.
create table sealed.retired_keks (
  kek_id     text primary key,
  retired_at timestamptz not null default clock_timestamp()
);
