-- Settings of the register: limits of documents, from where on a scope is called overbroad, how long a check counts, holidays.
-- Set by the administrator of the machine with `unseal legal …`.

create or replace function legal.show_settings() returns jsonb
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('mostDocumentBytes', s.most_document, 'mostDocuments', s.most_documents, 'broadAccounts', s.broad_accounts,
      'broadDays', s.broad_days, 'broadMessages', s.broad_messages, 'checkDays', s.check_days, 'holidays', to_jsonb(s.holidays),
      'changedAt', unseal.instant(s.changed_at))
    from legal.settings s
$$;

-- Changes what is named in p, in the words of legal.show_settings.
create or replace function legal.configure(p jsonb) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update legal.settings set most_document = coalesce((p ->> 'mostDocumentBytes')::bigint, most_document),
      most_documents = coalesce((p ->> 'mostDocuments')::integer, most_documents),
      broad_accounts = coalesce((p ->> 'broadAccounts')::integer, broad_accounts),
      broad_days = coalesce((p ->> 'broadDays')::integer, broad_days),
      broad_messages = coalesce((p ->> 'broadMessages')::bigint, broad_messages),
      check_days = coalesce((p ->> 'checkDays')::integer, check_days),
      holidays = case when p ? 'holidays' then array(
        select distinct d::date from jsonb_array_elements_text(p -> 'holidays') d order by 1) else holidays end,
      changed_at = clock_timestamp();
  perform audit.write(null::staff.actor, 'operator', 'legal.settings_changed', 'done', jsonb_build_object('detail',
    jsonb_build_object('what', (select jsonb_agg(k order by k) from jsonb_object_keys(p) k))));
end
$$;
