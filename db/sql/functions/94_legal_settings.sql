-- Settings of lawful requests: limits of documents, from where on a scope is called overbroad, how long a check counts, holidays;
-- what packets say of the provider, and how their records are numbered.
-- Set by the administrator of the machine with `unseal legal …`.

create or replace function legal.show_settings() returns jsonb
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('mostDocumentBytes', s.most_document, 'mostDocuments', s.most_documents, 'broadAccounts', s.broad_accounts,
      'broadDays', s.broad_days, 'broadMessages', s.broad_messages, 'checkDays', s.check_days, 'holidays', to_jsonb(s.holidays),
      'organisation', k.organisation, 'address', k.address, 'contactName', k.contact_name, 'contactEmail', k.contact_email,
      'contactPhone', k.contact_phone, 'batesPrefix', k.bates_prefix, 'mostAttachmentBytes', k.most_bytes,
      'changedAt', unseal.instant(greatest(s.changed_at, k.changed_at)))
    from legal.settings s, legal.packet_settings k
$$;

-- Changes what is named in p, in the words of legal.show_settings; a packet that is being built keeps what it was asked for with.
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
  -- An empty word takes the old one away.
  update legal.packet_settings set organisation = nullif(coalesce(p ->> 'organisation', organisation), ''),
      address = nullif(coalesce(p ->> 'address', address), ''),
      contact_name = nullif(coalesce(p ->> 'contactName', contact_name), ''),
      contact_email = nullif(coalesce(p ->> 'contactEmail', contact_email), ''),
      contact_phone = nullif(coalesce(p ->> 'contactPhone', contact_phone), ''),
      bates_prefix = coalesce(p ->> 'batesPrefix', bates_prefix),
      most_bytes = coalesce((p ->> 'mostAttachmentBytes')::bigint, most_bytes), changed_at = clock_timestamp();
  perform audit.write(null::staff.actor, 'operator', 'legal.settings_changed', 'done', jsonb_build_object('detail',
    jsonb_build_object('what', (select jsonb_agg(k order by k) from jsonb_object_keys(p) k))));
end
$$;
