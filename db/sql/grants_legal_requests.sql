-- Lawful requests: everybody through functions; no login role reads a table.
grant usage on schema legal to unseal_web, unseal_worker;

-- The register, the directory, verification, scope.
grant execute on function legal.register(jsonb, jsonb), legal.clock_terms(jsonb), legal.change_terms(jsonb, uuid), legal.change_request(jsonb, uuid, jsonb),
  legal.change_accounts(jsonb, uuid, jsonb), legal.list_requests(jsonb, jsonb, jsonb, integer), legal.read_request(jsonb, uuid),
  legal.deadlines(jsonb), legal.figures(jsonb, timestamptz, timestamptz), legal.acknowledge(jsonb, uuid, text),
  legal.review(jsonb, uuid, text), legal.need_info(jsonb, uuid, text), legal.reject(jsonb, uuid, text, text),
  legal.withdraw(jsonb, uuid, text), legal.no_records(jsonb, uuid, text), legal.close(jsonb, uuid, text),
  legal.read_scope(jsonb, uuid), legal.exceed(jsonb, uuid, text, text),
  legal.answer_exception(jsonb, uuid, uuid, text, text), legal.approve(jsonb, uuid, jsonb),
  legal.list_agencies(jsonb, jsonb), legal.enter_agency(jsonb, jsonb), legal.change_agency(jsonb, uuid, jsonb),
  legal.enter_number(jsonb, uuid, jsonb), legal.confirm_number(jsonb, uuid, text), legal.retire_number(jsonb, uuid, text),
  legal.record_check(jsonb, uuid, jsonb), legal.read_verification(jsonb, uuid) to unseal_web;
-- Documents that came with a request.
grant execute on function legal.begin_document(jsonb, uuid), legal.keep_document_key(jsonb, uuid, uuid, text, bytea),
  legal.add_document_piece(jsonb, uuid, uuid, integer, uuid, bytea), legal.finish_document(jsonb, uuid, jsonb),
  legal.open_document(jsonb, uuid, integer), legal.read_document(jsonb, uuid, integer)
  to unseal_web;
