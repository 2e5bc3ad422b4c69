-- What may never happen to a signal or a review, whichever function asks.

create or replace function access.keep_signal() returns trigger
  language plpgsql
as $$
begin
  if old.state = 'resolved' then
    raise exception using errcode = 'UN010', message = 'A signal that was concluded stays as it is.';
  end if;
  if (new.id, new.subject_id, new.detector, new.detector_version, new.pattern, new.raised_at, new.window_from)
     is distinct from (old.id, old.subject_id, old.detector, old.detector_version, old.pattern, old.raised_at, old.window_from)
     or new.level < old.level or new.severity < old.severity or new.occurrences < old.occurrences then
    raise exception using errcode = 'UN010', message = 'What a signal is about stays; its level and weight only rise.';
  end if;
  -- Later only when it has risen, or is overdue at the highest level.
  if new.due_at > old.due_at and new.level = old.level and not (old.level = 3 and old.due_at <= clock_timestamp()) then
    raise exception using errcode = 'UN010', message = 'A signal is not put off.';
  end if;
  return new;
end
$$;
drop trigger if exists keep_signal on access.signals;
create trigger keep_signal before update on access.signals for each row execute function access.keep_signal();

create or replace function access.keep_review() returns trigger
  language plpgsql
as $$
begin
  if old.state = 'done' and (to_jsonb(new) - 'raised_id') is distinct from (to_jsonb(old) - 'raised_id')
     or old.raised_id is not null and new.raised_id is distinct from old.raised_id
     or (new.id, new.kind, new.view_id, new.event_id, new.subject_id, new.signal_id, new.made_at)
        is distinct from (old.id, old.kind, old.view_id, old.event_id, old.subject_id, old.signal_id, old.made_at)
     or new.level < old.level then
    raise exception using errcode = 'UN010', message = 'A review that was given stays as it is.';
  end if;
  return new;
end
$$;
drop trigger if exists keep_review on access.reviews;
create trigger keep_review before update on access.reviews for each row execute function access.keep_review();

create or replace function access.keep_forever() returns trigger
  language plpgsql
as $$
begin
  raise exception using errcode = 'UN010', message = 'Signals, their evidence and reviews are never deleted.';
end
$$;
do $$
declare
  t text;
begin
  foreach t in array array['signals', 'signal_evidence', 'reviews', 'review_weeks'] loop
    execute format('drop trigger if exists keep_forever on access.%I', t);
    execute format('create trigger keep_forever before delete or truncate on access.%I execute function access.keep_forever()', t);
  end loop;
end
$$;
