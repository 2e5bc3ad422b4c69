import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import type { ISql } from "postgres";
import type { Sql } from "./connect.ts";

/**
 * Drizzle over one connection of a pool, for the length of a transaction. Drizzle switches off the parsers and
 * serializers of the client it is given; handed the pool itself it would do so for every other query of the process, and
 * their JSON would not arrive. So it gets a spare set to change.
 *
 * @param client of a transaction (`sql.begin`)
 */
export function drizzleOver(client: ISql): PostgresJsDatabase {
  return drizzle(Object.assign(client, { options: { parsers: {}, serializers: {} } }) as unknown as Sql);
}
