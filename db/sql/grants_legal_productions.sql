-- Packets: counsel asks, compares, releases and delivers; the recipient comes through the web role, without a session.
grant usage on schema legal to unseal_web, unseal_worker;
grant execute on function legal.ask_production(jsonb, uuid, jsonb), legal.discard_production(jsonb, uuid, text), legal.try_production(jsonb, uuid),
  legal.list_productions(jsonb, uuid), legal.read_production(jsonb, uuid), legal.compare_production(jsonb, uuid),
  legal.release_production(jsonb, uuid, text, text), legal.send_back_production(jsonb, uuid, text),
  legal.open_packet_export(jsonb, uuid, text), legal.read_packet(jsonb, bytea, uuid),
  legal.read_packet_pieces(jsonb, bytea, uuid, integer, integer, integer), legal.deliver(jsonb, uuid, jsonb),
  legal.recall_delivery(jsonb, uuid, text), legal.renew_code(jsonb, uuid, text), legal.find_delivery(jsonb, bytea),
  legal.open_delivery(jsonb, bytea, bytea, bytea), legal.begin_download(jsonb, bytea, bigint),
  legal.end_download(jsonb, bytea, uuid, bigint, boolean), legal.acknowledge_delivery(jsonb, bytea, text, text) to unseal_web;
grant execute on function legal.take_production(text, interval), legal.hold_production(uuid, uuid, interval),
  legal.rest_production(uuid, uuid, interval, boolean), legal.stick_production(uuid, uuid, text, text), legal.production_ledger(uuid, uuid),
  legal.add_part(uuid, uuid, text, text, jsonb), legal.begin_part(uuid, uuid, integer),
  legal.keep_production_key(uuid, uuid, uuid, text, bytea), legal.write_piece(uuid, uuid, integer, integer, uuid, bytea),
  legal.finish_part(uuid, uuid, integer, jsonb), legal.miss_part(uuid, uuid, integer, text), legal.record_packet(uuid, uuid, jsonb),
  legal.finish_production(uuid, uuid, jsonb), legal.open_build(uuid, uuid), legal.read_build(uuid, uuid),
  legal.read_build_thread(uuid, uuid, uuid), legal.read_build_page(uuid, uuid, uuid, text, integer),
  legal.read_build_pieces(uuid, uuid, integer, integer, integer) to unseal_worker;
