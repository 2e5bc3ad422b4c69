-- How values are written for the API.
--
-- In this folder, a function that a login role may call is SECURITY DEFINER and pins its search path (a test looks). A helper
-- runs inside such a function, under the same pinned path; it does not pin it again, since that costs ten microseconds a
-- call and keeps the planner from setting it into the caller's query. The functions of every keypress keep their plans
-- (plan_cache_mode): the tables are walked by index whatever the values are, and planning anew cost more than the work.

-- An instant in RFC 3339, UTC, milliseconds.
create or replace function unseal.instant(p_at timestamptz) returns text
  language sql stable parallel safe
as $$ select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;

-- Where a page ended, as an opaque word: base64url (RFC 4648 §5) of {"v", "id"}. server/triage/cursor.ts reads it.
create or replace function unseal.cursor(p_id uuid, p_value text) returns text
  language sql immutable parallel safe
as $$
  select translate(encode(convert_to(json_build_object('v', p_value, 'id', p_id)::text, 'UTF8'), 'base64'), E'+/=\n', '-_')
$$;

create or replace function unseal.severity_name(p_severity smallint) returns text
  language sql immutable parallel safe
as $$ select (array['low', 'medium', 'high', 'critical'])[p_severity] $$;

-- Does a written reason say anything? Length and variety of what can be seen; white space, zero-width, bidi and other
-- format characters do not count. The kind message and finer rules are the application's (domain/reason.ts).
create or replace function access.reason_has_substance(p_reason text) returns boolean
  language plpgsql immutable parallel safe
as $$
declare
  v_visible text;
begin
  if p_reason is null or length(p_reason) > 2000 then
    return false;
  end if;
  v_visible := regexp_replace(p_reason,
    '[\s\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0]+',
    '', 'g');
  if length(v_visible) < 10 then
    return false;
  end if;
  -- Four times the first character goes, wherever it stands: what is left is a fifth. (Plain expressions: a query that
  -- counts costs ten times that.)
  for i in 1 .. 4 loop
    v_visible := translate(v_visible, left(v_visible, 1), '');
  end loop;
  return v_visible <> '';
end
$$;
