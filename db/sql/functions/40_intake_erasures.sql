-- Erasures at the platforms' door. What becomes of them: 95_legal_erasures.sql.

-- A platform asks. p: {id, scope, subject, askedAt}. Out: {ok, erasure, replayed} or {ok: false, code}.
create or replace function intake.ask_erasure(p_key_hash bytea, p jsonb, p_context jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  k      record;
  v_from staff.actor := intake.caller(p_context);
  e      legal.erasures;
  v_id   uuid := unseal.uuid7();
  v_salt bytea := uuid_send(gen_random_uuid());
begin
  select * into k from intake.check_key(p_key_hash, 'erasures:write');
  if k.code is not null then
    return intake.refuse_key(v_from, k.key_id, k.platform_id, k.code);
  end if;
  -- Of two with one id at once, the second waits here and finds the first.
  perform pg_advisory_xact_lock(hashtextextended(k.platform_id || ':' || (p ->> 'id'), 1));
  select * into e from legal.erasures where platform_id = k.platform_id and platform_erasure_id = p ->> 'id';
  if e.id is not null then
    if e.scope <> p ->> 'scope' or e.subject_hash <> legal.subject_hash(e.salt, p ->> 'scope', p ->> 'subject') then
      perform audit.write(v_from, 'platform', 'legal.erasure_asked', 'denied', jsonb_build_object('platformId', k.platform_id,
        'detail', jsonb_build_object('code', 'erasure-id-reused', 'erasureId', e.id, 'keyId', k.key_id)));
      return jsonb_build_object('ok', false, 'code', 'erasure-id-reused');
    end if;
    return jsonb_build_object('ok', true, 'erasure', legal.erasure_receipt(e), 'replayed', true);
  end if;
  insert into legal.erasures (id, platform_id, platform_erasure_id, scope, subject, salt, subject_hash, asked_at, event_id)
  values (v_id, k.platform_id, p ->> 'id', p ->> 'scope', p ->> 'subject', v_salt,
    legal.subject_hash(v_salt, p ->> 'scope', p ->> 'subject'), (p ->> 'askedAt')::timestamptz,
    audit.write(v_from, 'platform', 'legal.erasure_asked', 'done', jsonb_build_object('platformId', k.platform_id,
      'detail', jsonb_build_object('erasureId', v_id, 'scope', p ->> 'scope', 'keyId', k.key_id))))
  returning * into e;
  perform graphile_worker.add_job('run_erasures', job_key => 'run_erasures', max_attempts => 3);
  return jsonb_build_object('ok', true, 'erasure', legal.erasure_receipt(e), 'replayed', false);
end
$$;

create or replace function intake.read_erasure(p_key_hash bytea, p_id text, p_context jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  k record;
  e legal.erasures;
begin
  select * into k from intake.check_key(p_key_hash, 'erasures:write');
  if k.code is not null then
    return intake.refuse_key(intake.caller(p_context), k.key_id, k.platform_id, k.code);
  end if;
  select * into e from legal.erasures where platform_id = k.platform_id and platform_erasure_id = p_id;
  if e.id is null then
    return jsonb_build_object('ok', false, 'code', 'erasure-unknown');
  end if;
  return jsonb_build_object('ok', true, 'erasure', legal.erasure_receipt(e));
end
$$;
