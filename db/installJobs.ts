import { runMigrations } from "graphile-worker";
import pg from "pg";
import type { Sql } from "postgres";

/**
 * Installs or upgrades the tables of graphile-worker, owned by unseal_owner, and gives unseal_worker what it needs on
 * them. Their row-level security is the library's; the policy below admits the worker and nobody else.
 *
 * @param sql the administrator's connection of the migration; its address and credentials are used again, since the
 *   library brings a driver of its own
 */
export async function installJobs(sql: Sql): Promise<void> {
  const { host, port, user, pass, database, ssl } = sql.options;
  const pool = new pg.Pool({
    host: host[0],
    port: port[0],
    user,
    password: pass ?? undefined,
    database,
    ssl: typeof ssl === "object" ? ssl : Boolean(ssl),
    max: 1,
    options: "-c role=unseal_owner",
  });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  try {
    await runMigrations({ pgPool: pool });
    await pool.query(GRANTS);
  } finally {
    await pool.end();
  }
}

const GRANTS = `
  grant usage on schema graphile_worker to unseal_worker;
  grant select, insert, update, delete on all tables in schema graphile_worker to unseal_worker;
  grant usage on all sequences in schema graphile_worker to unseal_worker;
  revoke execute on all functions in schema graphile_worker from public;
  grant execute on all functions in schema graphile_worker to unseal_worker;
  do $$
  declare
    t regclass;
  begin
    for t in select c.oid from pg_class c where c.relnamespace = 'graphile_worker'::regnamespace and c.relkind in ('r', 'p') loop
      execute format('alter table %s enable row level security', t);
      execute format('drop policy if exists worker_works on %s', t);
      execute format('create policy worker_works on %s to unseal_worker using (true) with check (true)', t);
    end loop;
  end
  $$`;
