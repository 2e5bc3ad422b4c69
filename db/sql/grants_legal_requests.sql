-- Lawful requests: everybody through functions; no login role reads a table.
grant usage on schema legal to unseal_web, unseal_worker;
