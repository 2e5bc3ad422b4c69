-- Who may open what and why, and the record that they did. Both are append-only and cut by month from the start.

create table access.rules (
  role        text not null,
  purpose     text not null,
  scope       text not null check (scope in ('flagged_window', 'wider_window', 'whole_thread')),
  requirement text not null check (requirement in ('automatic', 'ticket', 'one_approver', 'two_approvers', 'never')),
  primary key (role, purpose, scope)
);

create table access.grants (
  id          uuid primary key default unseal.uuid7(),
  staff_id    uuid not null references staff.members,
  session_id  uuid not null references staff.sessions,
  case_id     uuid not null references triage.cases,
  thread_id   uuid not null,
  purpose     text not null,
  scope       text not null,
  reason      text not null,
  preset      boolean not null,
  requirement text not null check (requirement = 'automatic'),
  granted_at  timestamptz not null default clock_timestamp(),
  expires_at  timestamptz not null,
  revoked_at  timestamptz
);
-- Serves: revoking what one person holds on one case.
create index grants_of_staff on access.grants (staff_id, case_id) where revoked_at is null;

create table access.views (
  id          uuid not null default unseal.uuid7(),
  grant_id    uuid not null,
  staff_id    uuid not null,
  session_id  uuid not null,
  case_id     uuid not null,
  thread_id   uuid not null,
  purpose     text not null,
  scope       text not null,
  reason      text not null,
  message_ids uuid[] not null,
  places      integer[] not null,  -- of each message in the thread, counted from 1, when the view was opened
  flag_ids    uuid[] not null,
  truncated   boolean not null,
  opened_at   timestamptz not null,
  expires_at  timestamptz not null,
  -- The transaction that committed this view: read_view refuses until it has.
  opened_xid  xid8 not null,
  primary key (id),
  check (cardinality(places) = cardinality(message_ids))
) partition by range (id);
-- Serve: who read this case; how many views in the last hour.
create index views_of_case on access.views (case_id, id desc);
create index views_of_staff on access.views (staff_id, id desc);

create table access.view_ends (
  view_id  uuid primary key,
  ended_at timestamptz not null default clock_timestamp(),
  how      text not null check (how in ('closed', 'decided', 'released', 'revoked'))
);

create table audit.events (
  id               uuid not null,
  at               timestamptz not null,
  actor_kind       text not null check (actor_kind in ('staff', 'platform', 'system', 'operator', 'nobody')),
  actor_id         uuid,
  actor_roles      text[],
  session_id       uuid,
  action           text not null check (action ~ '^[a-z_]+\.[a-z_]+$'),
  outcome          text not null check (outcome in ('done', 'denied', 'failed')),
  case_id          uuid,
  thread_id        uuid,
  queue_id         uuid,
  flag_id          uuid,
  grant_id         uuid,
  view_id          uuid,
  decision_id      uuid,
  subject_staff_id uuid,
  purpose          text,
  reason           text,
  detail           jsonb not null default '{}',
  ip               text,
  user_agent       text,
  request_id       text,
  -- Personal data enter the leaf only as SHA-256(salt ‖ value): dropping the salt and the value forgets them.
  leaf_salt        bytea not null,
  primary key (id)
) partition by range (id);
-- Serve the officer's filters, each newest first and cut by id.
create index events_by_actor on audit.events (actor_id, id desc);
create index events_by_case on audit.events (case_id, id desc) where case_id is not null;
create index events_by_subject on audit.events (subject_staff_id, id desc) where subject_staff_id is not null;
create index events_by_action on audit.events (action, id desc);
create index events_denied on audit.events (id desc) where outcome <> 'done';

-- The leaf of each event in canonical JSON (RFC 8785), waiting for the sequencer to give it a place in the tree.
create table audit.pending_leaves (
  event_id uuid primary key,
  leaf     text not null
);

-- Month partitions for the append-only tables. Called at each migration and daily by the worker.
create function unseal.make_partitions(p_months_ahead integer default 3) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_parent text;
  v_month  timestamptz;
  v_name   text;
  v_made   integer := 0;
begin
  if p_months_ahead not between 0 and 24 then
    raise exception 'make_partitions: months ahead must be between 0 and 24';
  end if;
  for v_parent in values ('access.views'), ('audit.events') loop
    for i in -1 .. p_months_ahead loop
      v_month := date_trunc('month', now(), 'UTC') + make_interval(months => i);
      v_name := format('%s_%s', v_parent, to_char(v_month at time zone 'UTC', 'YYYY_MM'));
      if to_regclass(v_name) is null then
        execute format('create table %s partition of %s for values from (%L) to (%L)',
          v_name, v_parent, unseal.uuid7_floor(v_month),
          unseal.uuid7_floor(date_trunc('month', v_month + interval '32 days', 'UTC')));
        execute format('alter table %s enable row level security', v_name);
        execute format('alter table %s force row level security', v_name);
        v_made := v_made + 1;
      end if;
    end loop;
  end loop;
  return v_made;
end
$$;
select unseal.make_partitions();
