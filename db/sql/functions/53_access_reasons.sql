-- Reasons that mean something, and tickets that could exist.

-- What is left of a reason when case, digits, signs and what cannot be seen are left out: "Case 12, as reported." and
-- "case 13 as reported" are one sentence. A database with the locale C takes no letter but a to z for one; there, what is
-- known to be none is left out instead, or every reason in another script would be the same.
create or replace function access.reason_digest(p_reason text) returns bytea
  language sql immutable parallel safe
as $$
  select sha256(convert_to(lower(regexp_replace(normalize(coalesce(p_reason, ''), nfkc), case when 'ж' ~ '[[:alpha:]]' then '[^[:alpha:]]+'
    else '[\u0001-\u0040\u005B-\u0060\u007B-\u00BF\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180E\u2000-\u2BFF\u3000-\u303F\u3164\uFE00-\uFE6F\uFEFF\uFFA0\uFFF0-\uFFFF\U0001F000-\U0001FAFF]+' end,
    '', 'g')), 'UTF8'))
$$;

-- Takes note of a written reason, and says whether it has stood too often among this person's last twenty. Presets are not
-- asked about: they say themselves that they are one.
create or replace function access.reason_is_worn(p_staff uuid, p_reason text, p_most integer) returns boolean
  language plpgsql
as $$
declare
  v_digest bytea := access.reason_digest(p_reason);
  v_last   bytea[];
begin
  insert into access.recent_reasons as r (staff_id, digests) values (p_staff, array[v_digest])
  on conflict (staff_id) do update set digests = (excluded.digests || r.digests)[1:greatest(20, p_most + 1)]
  returning r.digests into v_last;
  return (select count(*) from unnest(v_last) d where d = v_digest) > p_most;
end
$$;

-- Visible characters of a reason.
create or replace function access.visible_length(p_reason text) returns integer
  language sql immutable parallel safe
as $$
  select length(regexp_replace(coalesce(p_reason, ''),
    '[\s\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0]+',
    '', 'g'))
$$;

-- Why a ticket is not taken; null when it is. Whether it exists is asked of the ticket system by the application
-- (server/access/checkTicket.ts), where one is configured.
create or replace function access.ticket_refusal(p_ticket text, p_pattern text) returns text
  language sql stable
as $$ select case when p_ticket is null then 'needs-ticket' when p_ticket !~ ('^(?:' || p_pattern || ')$') then 'ticket-not-accepted' end $$;
