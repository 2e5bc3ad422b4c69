-- The directory of authorities: where a call back goes. Never filled from a request.

-- A telephone number as E.164, or null where it is none. (With or without +, spaces and the like.)
create or replace function legal.dialled(p_number text) returns text
  language sql immutable parallel safe
as $$
  select case when v ~ '^\+[1-9][0-9]{5,14}$' then v end
    from (select regexp_replace(coalesce(p_number, ''), '[\s().\-/\u00A0\u2010-\u2015]', '', 'g') as v) x
$$;

-- The digits of a text, in whatever script they are written.
create or replace function legal.digits_of(p_text text) returns text
  language sql immutable parallel safe
as $$
  select regexp_replace(translate(normalize(coalesce(p_text, ''), NFKC), '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९', '012345678901234567890123456789'),
    '[^0-9]', '', 'g')
$$;

-- Do two numbers reach the same telephone? A letter may leave out the country's code, name an extension or several numbers, and
-- be written in other digits: the last seven of one anywhere in the other are the same. Too careful here only means another number.
create or replace function legal.same_telephone(p_one text, p_other text) returns boolean
  language sql immutable parallel safe
as $$
  select coalesce(length(one) >= 7 and length(other) >= 7
      and (position(right(other, 7) in one) > 0 or position(right(one, 7) in other) > 0), false)
    from (select legal.digits_of(p_one) as one, legal.digits_of(p_other) as other) x
$$;

-- May a call to this number count at all: entered by one, confirmed by another, in use?
create or replace function legal.number_counts(n legal.agency_numbers) returns boolean
  language sql immutable
as $$ select (n).confirmed_at is not null and (n).confirmed_by <> (n).entered_by and (n).retired_at is null $$;

create or replace function legal.number_row(a staff.actor, n legal.agency_numbers) returns jsonb
  language plpgsql stable
as $$
begin
  return jsonb_build_object('id', (n).id, 'number', (n).number, 'label', (n).label, 'source', (n).source,
    'enteredBy', access.person((n).entered_by), 'enteredAt', unseal.instant((n).entered_at),
    'confirmedBy', access.person((n).confirmed_by), 'confirmedAt', unseal.instant((n).confirmed_at),
    'confirmSource', (n).confirm_source, 'retiredBy', access.person((n).retired_by),
    'retiredAt', unseal.instant((n).retired_at), 'retiredReason', (n).retired_reason, 'counts', legal.number_counts(n),
    'mayConfirm', legal.works(a) and (n).confirmed_at is null and (n).retired_at is null and (n).entered_by <> (a).staff_id);
end
$$;

create or replace function legal.agency_row(a staff.actor, g legal.agencies) returns jsonb
  language plpgsql stable
as $$
begin
  return jsonb_build_object('id', (g).id, 'name', (g).name, 'country', (g).country, 'kind', (g).kind, 'domains', to_jsonb((g).domains),
    'source', (g).source, 'enteredBy', access.person((g).entered_by), 'enteredAt', unseal.instant((g).entered_at),
    'changedAt', unseal.instant((g).changed_at), 'retiredAt', unseal.instant((g).retired_at),
    'numbers', (select coalesce(jsonb_agg(legal.number_row(a, n) order by n.retired_at is not null, n.id), '[]')
      from legal.agency_numbers n where n.agency_id = (g).id),
    'requests', (select count(*) from legal.requests r where r.agency_id = (g).id));
end
$$;

-- The directory, by name. p: {q, country, retired}.
create or replace function legal.list_agencies(p_actor jsonb, p jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a staff.actor := staff.resolve(p_actor);
begin
  if a.staff_id is null then
    return audit.denied(a, 'legal.agencies_read', 'not-signed-in', '{}');
  end if;
  if not legal.looks_on(a) then
    return audit.denied(a, 'legal.agencies_read', 'wrong-role', '{}');
  end if;
  return jsonb_build_object('ok', true, 'mayChange', legal.works(a), 'agencies', (
    select coalesce(jsonb_agg(legal.agency_row(a, g) order by lower(g.name), g.id), '[]') from (
      select * from legal.agencies g
       where (g.retired_at is null or coalesce((p ->> 'retired')::boolean, false))
         and (p ->> 'country' is null or g.country = p ->> 'country')
         and (p ->> 'q' is null or position(lower(p ->> 'q') in lower(g.name)) > 0
           or exists (select from unnest(g.domains) d where position(lower(p ->> 'q') in d) > 0))
       order by lower(g.name), g.id limit 500) g));
end
$$;

-- Domains as they are kept: lower case, each once. Null where one is none.
create or replace function legal.tidy_domains(p jsonb) returns text[]
  language plpgsql immutable
as $$
declare
  v text[];
begin
  select coalesce(array_agg(distinct lower(d)), '{}') into v from jsonb_array_elements_text(coalesce(p, '[]')) d;
  return case when not exists (select from unnest(v) d
      where d !~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$' or length(d) > 253) then v end;
end
$$;

create or replace function legal.enter_agency(p_actor jsonb, p jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a         staff.actor := access.held(staff.resolve(p_actor));
  v_id      uuid := unseal.uuid7();
  v_domains text[] := legal.tidy_domains(p -> 'domains');
  v_code    text;
begin
  v_code := case
    when a.staff_id is null then 'not-signed-in'
    when not legal.works(a) then 'wrong-role'
    when v_domains is null then 'bad-domain'
    when not access.reason_has_substance(p ->> 'source') then 'source-without-substance'
  end;
  if v_code is null then
    insert into legal.agencies (id, name, country, kind, domains, source, entered_by)
    values (v_id, p ->> 'name', p ->> 'country', p ->> 'kind', v_domains, p ->> 'source', a.staff_id)
    on conflict do nothing;
    if not found then
      v_code := 'agency-entered-already';
    end if;
  end if;
  if v_code is not null then
    return audit.denied(a, 'legal.agency_entered', v_code, '{}');
  end if;
  perform audit.write(a, 'staff', 'legal.agency_entered', 'done', jsonb_build_object('reason', p ->> 'source',
    'detail', jsonb_build_object('agencyId', v_id, 'country', p ->> 'country', 'domains', cardinality(v_domains))));
  return jsonb_build_object('ok', true, 'agencyId', v_id);
end
$$;

-- Changes an authority's facts, or takes it out of use. Requests that name it keep it; their checks count no more when its
-- domains change, since those are held against the directory as it is.
create or replace function legal.change_agency(p_actor jsonb, p_agency uuid, p jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a         staff.actor := access.held(staff.resolve(p_actor));
  g         legal.agencies;
  v_domains text[];
  v_code    text;
begin
  select * into g from legal.agencies where id = p_agency for update;
  v_domains := case when p ? 'domains' then legal.tidy_domains(p -> 'domains') else g.domains end;
  v_code := case
    when a.staff_id is null then 'not-signed-in'
    when not legal.works(a) then 'wrong-role'
    when g.id is null then 'not-found'
    when g.retired_at is not null then 'agency-retired'
    when v_domains is null then 'bad-domain'
    when not access.reason_has_substance(p ->> 'source') then 'source-without-substance'
    when exists (select from legal.agencies o where o.country = g.country and o.id <> g.id and o.retired_at is null
      and lower(o.name) = lower(coalesce(p ->> 'name', g.name))) then 'agency-entered-already'
  end;
  if v_code is not null then
    return audit.denied(a, 'legal.agency_changed', v_code, jsonb_build_object('detail', jsonb_build_object('agencyId', p_agency)));
  end if;
  update legal.agencies set name = coalesce(p ->> 'name', name), kind = coalesce(p ->> 'kind', kind), domains = v_domains,
      source = p ->> 'source', changed_at = clock_timestamp(),
      retired_at = case when (p ->> 'retired')::boolean then clock_timestamp() end,
      retired_by = case when (p ->> 'retired')::boolean then a.staff_id end
   where id = g.id;
  perform audit.write(a, 'staff', 'legal.agency_changed', 'done', jsonb_build_object('reason', p ->> 'source',
    'detail', jsonb_build_object('agencyId', g.id, 'domains', cardinality(v_domains),
      'retired', coalesce((p ->> 'retired')::boolean, false))));
  return jsonb_build_object('ok', true, 'agencyId', g.id);
end
$$;

-- Enters a number to call back. It counts for nothing until somebody else has confirmed it.
create or replace function legal.enter_number(p_actor jsonb, p_agency uuid, p jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a        staff.actor := access.held(staff.resolve(p_actor));
  g        legal.agencies;
  v_id     uuid := unseal.uuid7();
  v_number text := legal.dialled(p ->> 'number');
  v_code   text;
begin
  select * into g from legal.agencies where id = p_agency for share;
  v_code := case
    when a.staff_id is null then 'not-signed-in'
    when not legal.works(a) then 'wrong-role'
    when g.id is null then 'not-found'
    when g.retired_at is not null then 'agency-retired'
    when v_number is null then 'bad-telephone'
    when not access.reason_has_substance(p ->> 'source') then 'source-without-substance'
  end;
  if v_code is null then
    insert into legal.agency_numbers (id, agency_id, number, label, source, entered_by)
    values (v_id, g.id, v_number, p ->> 'label', p ->> 'source', a.staff_id) on conflict do nothing;
    if not found then
      v_code := 'number-entered-already';
    end if;
  end if;
  if v_code is not null then
    return audit.denied(a, 'legal.number_entered', v_code, jsonb_build_object('detail', jsonb_build_object('agencyId', p_agency)));
  end if;
  perform audit.write(a, 'staff', 'legal.number_entered', 'done', jsonb_build_object('reason', p ->> 'source',
    'detail', jsonb_build_object('agencyId', g.id, 'numberId', v_id)));
  return jsonb_build_object('ok', true, 'numberId', v_id);
end
$$;

-- Confirms a number that somebody else entered, by a search of one's own.
create or replace function legal.confirm_number(p_actor jsonb, p_number uuid, p_source text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := access.held(staff.resolve(p_actor));
  n      legal.agency_numbers;
  v_code text;
begin
  select * into n from legal.agency_numbers where id = p_number for update;
  v_code := case
    when a.staff_id is null then 'not-signed-in'
    when not legal.works(a) then 'wrong-role'
    when n.id is null then 'not-found'
    when n.retired_at is not null then 'number-retired'
    when n.confirmed_at is not null then 'number-confirmed-already'
    when n.entered_by = a.staff_id then 'own-number'
    when not access.reason_has_substance(p_source) then 'source-without-substance'
  end;
  if v_code is not null then
    return audit.denied(a, 'legal.number_confirmed', v_code, jsonb_build_object('staffId', n.entered_by,
      'detail', jsonb_build_object('numberId', p_number)));
  end if;
  update legal.agency_numbers set confirmed_by = a.staff_id, confirmed_at = clock_timestamp(), confirm_source = p_source
   where id = n.id;
  perform audit.write(a, 'staff', 'legal.number_confirmed', 'done', jsonb_build_object('staffId', n.entered_by,
    'reason', p_source, 'detail', jsonb_build_object('agencyId', n.agency_id, 'numberId', n.id)));
  return jsonb_build_object('ok', true, 'numberId', n.id);
end
$$;

-- Takes a number out of use. Calls that were made to it before count no more where nothing has been given yet.
create or replace function legal.retire_number(p_actor jsonb, p_number uuid, p_reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  a      staff.actor := access.held(staff.resolve(p_actor));
  n      legal.agency_numbers;
  v_code text;
begin
  select * into n from legal.agency_numbers where id = p_number for update;
  v_code := case
    when a.staff_id is null then 'not-signed-in'
    when not legal.works(a) then 'wrong-role'
    when n.id is null then 'not-found'
    when n.retired_at is not null then 'number-retired'
    when not access.reason_has_substance(p_reason) then 'reason-without-substance'
  end;
  if v_code is not null then
    return audit.denied(a, 'legal.number_retired', v_code, jsonb_build_object('detail', jsonb_build_object('numberId', p_number)));
  end if;
  update legal.agency_numbers set retired_by = a.staff_id, retired_at = clock_timestamp(), retired_reason = p_reason
   where id = n.id;
  perform audit.write(a, 'staff', 'legal.number_retired', 'done', jsonb_build_object('reason', p_reason,
    'detail', jsonb_build_object('agencyId', n.agency_id, 'numberId', n.id)));
  return jsonb_build_object('ok', true, 'numberId', n.id);
end
$$;
