import postgres from "postgres";
import { onShutdown } from "../environment/shutdown.ts";
import { DatabaseFailure } from "./failure.ts";

export type Sql = postgres.Sql;

/** A value that PostgreSQL takes as JSON. Undefined members are left out, as JSON does. */
export type Json =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Json[]
  | { readonly [key: string]: Json };

/**
 * A pool for one role, opened at first use and closed at shutdown. One a process and role: Next loads modules more than
 * once, so pools are kept on the global object.
 *
 * @param name of the role, as it appears in `pg_stat_activity`
 * @param url read at first use, so that building needs no settings
 * @param max connections
 */
export function pool(name: string, url: () => string, max: number): () => Sql {
  const key = Symbol.for(`unseal.pool.${name}`);
  const holder = globalThis as { [key: symbol]: Sql | undefined };
  return () => {
    const open = holder[key];
    if (open) return open;
    const sql = postgres(url(), {
      max,
      idle_timeout: 300,
      connect_timeout: 10,
      onnotice: () => {},
      connection: { application_name: `unseal:${name}`, TimeZone: "UTC" },
    });
    holder[key] = sql;
    onShutdown(() => {
      holder[key] = undefined;
      return sql.end({ timeout: 5 });
    });
    return sql;
  };
}

/**
 * Waits for a query and turns its failure into one that carries no row, no parameter and no text of the server.
 *
 * @throws DatabaseFailure
 */
export async function guarded<T>(query: PromiseLike<T>): Promise<T> {
  try {
    return await query;
  } catch (cause) {
    throw DatabaseFailure.from(cause);
  }
}
