-- Filing: people ask, the worker writes the ledger. Settings belong to the administrator of the machine.
grant execute on function cybertip.file_report(jsonb, uuid, boolean), cybertip.try_again(jsonb, uuid, boolean), cybertip.stop_filing(jsonb, uuid),
  cybertip.read_receipt(jsonb, uuid), cybertip.read_answer(jsonb, uuid, uuid, uuid) to unseal_web;
grant execute on function cybertip.take_filing(text, interval), cybertip.hold_filing(uuid, uuid, interval),
  cybertip.rest_filing(uuid, uuid, timestamptz, text, boolean), cybertip.filing_ledger(uuid, uuid),
  cybertip.begin_step(uuid, uuid, text, integer, uuid), cybertip.end_step(uuid, uuid, jsonb),
  cybertip.close_attempt(uuid, uuid, text, text, integer), cybertip.stick_filing(uuid, uuid, text, integer),
  cybertip.service_settings(), cybertip.record_schema_check(jsonb) to unseal_worker;
