-- CyberTip reports: everybody through functions; no login role reads a table.
grant usage on schema cybertip to unseal_web, unseal_worker;
