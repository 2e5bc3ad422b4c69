-- Collections and their review: through functions alone.
grant execute on function legal.collect(jsonb, uuid, jsonb), legal.list_collections(jsonb, uuid), legal.read_collection(jsonb, uuid),
  legal.collected_threads(jsonb, uuid, integer, integer),
  legal.open_collection_view(jsonb, uuid, uuid, text, timestamptz, integer), legal.read_collection_view(jsonb, uuid, text),
  legal.set_aside(jsonb, uuid, jsonb), legal.redact(jsonb, uuid, jsonb), legal.add_rule(jsonb, uuid, jsonb),
  legal.name_participant(jsonb, uuid, uuid, uuid, text), legal.take_back(jsonb, uuid, uuid, text),
  legal.hand_in_collection(jsonb, uuid, integer), legal.reopen_collection(jsonb, uuid, text),
  legal.list_decisions(jsonb, uuid, bigint, integer) to unseal_web;
