-- What is collected for a lawful request, and what its review decides. A collection is a query that is frozen with a cut-off:
-- content rows are append-only and held, so the same query gives the same messages again. No login role reads a table here.

-- Serves: a page of a thread in its order, wherever it begins (legal.collected). Without it EXPLAIN shows every page of a
-- thread of 1,000,000 messages sorting all of them (top-N heapsort over a scan of 25,000 blocks, 0.4 s a page with three processes);
-- with it an index scan of six blocks that stops at the page's end (0.15 ms). A message has its place from its first wording: an edit moves nothing.
create index messages_in_order on sealed.messages (thread_id, sent_at, position, id) where revision = 1;

create table legal.collections (
  id            uuid primary key default unseal.uuid7(),
  request_id    uuid not null references legal.requests,
  n             integer not null check (n > 0),            -- of this request
  scope_version integer not null check (scope_version > 0), -- what the request asked when this was collected
  categories    text[] not null check (cardinality(categories) >= 1 and categories <@ legal.categories()),
  range_from    timestamptz,
  range_to      timestamptz,                               -- exclusive
  sent_by       text not null check (sent_by in ('anyone', 'named_accounts')),
  kinds         text[] not null default '{}',              -- of messages; none: all
  only_threads  uuid[] not null default '{}',              -- none: all of the accounts'
  regions       text[] not null,                           -- of whoever collected
  cut_off       timestamptz not null,                      -- nothing that reached us later belongs to it
  counts        jsonb not null,
  out_of_regions integer not null check (out_of_regions >= 0),
  tool_version  text not null check (length(tool_version) between 1 and 80),
  query         text not null,                             -- canonical JSON (RFC 8785)
  digest        bytea not null check (octet_length(digest) = 32),  -- SHA-256 of it
  collected_by  uuid not null references staff.members,
  session_id    uuid not null,
  collected_at  timestamptz not null,
  event_id      uuid not null,
  unique (request_id, n),
  unique (id, request_id),
  constraint range_begins_first check (range_from < range_to),
  constraint digest_is_of_query check (digest = sha256(convert_to(query, 'UTF8')))
);

-- Whose messages: the request's accounts, as they stood in it. (What is counted from the parts stands in the collection's
-- frozen query, so the parts are written first.)
create table legal.collection_accounts (
  collection_id           uuid not null references legal.collections deferrable initially deferred,
  n                       integer not null,               -- of the request's account
  platform_id             uuid not null references intake.platforms,
  platform_participant_id text not null,
  threads                 integer not null check (threads >= 0),
  primary key (collection_id, n),
  unique (collection_id, platform_id, platform_participant_id)
);

-- Its threads, in the packet's order, with what was counted. The messages themselves are not copied out.
create table legal.collection_threads (
  collection_id      uuid not null references legal.collections deferrable initially deferred,
  n                  integer not null check (n > 0),
  thread_id          uuid not null,
  case_id            uuid not null,
  region             text not null,
  restricted_subject text,
  messages           bigint not null check (messages > 0),
  edited             bigint not null check (edited >= 0),
  deleted            bigint not null check (deleted >= 0),
  attachments        bigint not null check (attachments >= 0),
  first_at           timestamptz not null,
  last_at            timestamptz not null,
  primary key (collection_id, n),
  unique (collection_id, thread_id)
);
-- Serves: is this thread in a collection of that request.
create index collection_threads_by_thread on legal.collection_threads (thread_id, collection_id);

-- Rounds of review: decided in, handed in, and opened anew for a reason.
create table legal.collection_rounds (
  collection_id  uuid not null references legal.collections,
  round          integer not null check (round > 0),
  opened_by      uuid not null references staff.members,
  opened_at      timestamptz not null default clock_timestamp(),
  reason         text check (length(reason) between 1 and 2000),
  event_id       uuid not null,
  handed_in_by   uuid references staff.members,
  handed_in_at   timestamptz,
  handed_in_event uuid,
  digest         bytea check (octet_length(digest) = 32), -- of the decisions that stood
  counts         jsonb,
  primary key (collection_id, round),
  constraint reopened_for_a_reason check (round = 1 or reason is not null),
  check ((handed_in_at is null) = (handed_in_by is null) and (handed_in_at is null) = (digest is null)
    and (handed_in_at is null) = (counts is null) and (handed_in_at is null) = (handed_in_event is null))
);
-- One open round a collection.
create unique index collection_rounds_one_open on legal.collection_rounds (collection_id) where handed_in_at is null;

-- What the review decided, in order. A decision is taken back by another; none is changed or removed.
create table legal.decisions (
  id            uuid primary key default unseal.uuid7(),
  n             bigint not null unique generated always as identity,
  collection_id uuid not null,
  request_id    uuid not null,
  round         integer not null,
  kind          text not null check (kind in ('set_aside', 'redaction', 'rule', 'name_participant', 'take_back')),
  thread_id     uuid,
  message_id    uuid,                                      -- of something set aside: null for the whole thread
  revision      integer,
  from_unit     integer,                                   -- UTF-16 units of the text as it was sent, [from, to)
  to_unit       integer,
  -- Of the words that were taken out: keyed, so that it tells whether they are the same and nothing else.
  words_mac     bytea check (octet_length(words_mac) = 32),
  withheld      text check (withheld in ('privileged', 'out_of_scope', 'other')),
  rule          text check (rule in ('literal', 'email', 'phone', 'url', 'handle', 'regex')),
  pseudonym     integer,                                   -- of the participant who is named
  takes_back    uuid references legal.decisions,
  view_id       uuid,                                      -- under which the words were seen
  reason        text not null check (length(reason) between 1 and 2000),
  staff_id      uuid not null references staff.members,
  session_id    uuid not null,
  at            timestamptz not null default clock_timestamp(),
  event_id      uuid not null,
  foreign key (collection_id, request_id) references legal.collections (id, request_id),
  foreign key (collection_id, round) references legal.collection_rounds (collection_id, round),
  constraint set_aside_whole check ((kind = 'set_aside') = (withheld is not null)),
  constraint redacted_under_a_view check ((kind = 'redaction') = (from_unit is not null)
    and (kind = 'redaction') = (to_unit is not null) and (kind = 'redaction') = (words_mac is not null)
    and (kind = 'redaction') = (revision is not null)
    and (kind <> 'redaction' or (message_id is not null and view_id is not null))),
  constraint redaction_begins_first check (from_unit >= 0 and from_unit < to_unit),
  constraint rule_whole check ((kind = 'rule') = (rule is not null) and (kind <> 'rule' or view_id is not null)),
  constraint named_whole check ((kind = 'name_participant') = (pseudonym is not null)),
  constraint taken_back_whole check ((kind = 'take_back') = (takes_back is not null)),
  constraint of_a_thread check (kind not in ('set_aside', 'redaction') or thread_id is not null)
);
-- Nothing is taken back twice.
create unique index decisions_taken_back_once on legal.decisions (takes_back) where takes_back is not null;
-- Serve: what was decided, in order; what lies over one thread and one message of it.
create index decisions_of_collection on legal.decisions (collection_id, n);
create index decisions_of_thread on legal.decisions (collection_id, thread_id, message_id) where thread_id is not null;

-- What a rule looks for: content, under a data key of its request (whose id takes the thread's place).
create table sealed.legal_rules (
  thread_id   uuid not null,
  decision_id uuid not null,
  key_id      uuid not null,
  words_ct    bytea not null,
  primary key (thread_id, decision_id)
);

-- Who `Participant 7` is: the same in every packet of a request, and in none of them. Numbers are drawn by lot within each
-- collection, so that nothing of a packet tells whose they are; there is no salt that could be guessed or lost.
create table sealed.legal_pseudonyms (
  thread_id               uuid not null,                   -- the request's id, as in sealed.thread_keys
  number                  integer not null check (number > 0),
  platform_id             uuid not null,
  platform_participant_id text not null,
  primary key (thread_id, number),
  unique (thread_id, platform_id, platform_participant_id)
);

-- What belongs to a view of a collection beside its row in access.views (whose grant_id is the collection's id). Append-only.
create table legal.review_pages (
  view_id       uuid primary key,
  collection_id uuid not null references legal.collections,
  request_id    uuid not null references legal.requests,
  thread_id     uuid not null,
  round         integer not null,
  -- Decisions up to here say who is named: the text that the view shows does not change while it is shown.
  decided_upto  bigint not null,
  next_after    text,
  opened_at     timestamptz not null default clock_timestamp()
);
create index review_pages_of on legal.review_pages (collection_id, thread_id);
