-- Serves: one person's acts, newest first, and their days in figures without a visit to the table
-- (server/audit/readStaffTrail.ts). The row-level policy asks for the subject as well: without it in the index, each of
-- tens of thousands of rows is visited (measured with 10 million events: bench/desk.ts).
drop index audit.events_by_actor;
create index events_by_actor on audit.events (actor_id, id desc) include (at, action, outcome, subject_staff_id);
