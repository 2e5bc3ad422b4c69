import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import { webSettings } from "../environment/settings.ts";
import { guarded, pool } from "./connect.ts";
import { drizzleOver } from "./drizzleOver.ts";

/** The console's pool: role unseal_web, which holds no right on bodies, keys or credentials. */
export const webSql = pool("web", () => webSettings().databaseUrl, 10);

/** A Drizzle transaction that row-level security sees as the bearer of the token. */
export type ActorTransaction = PostgresJsDatabase;

/**
 * Runs reads under row-level security as whoever the token resolves to. The token is set for this transaction alone, so
 * that the next borrower of the connection does not inherit it.
 *
 * @param actor whose token decides what is visible; without one nothing is
 * @throws DatabaseFailure
 */
export function asActor<T>(
  actor: { token: string | null },
  read: (tx: ActorTransaction) => Promise<T>,
): Promise<T> {
  return guarded(
    webSql().begin("read only", async (client) => {
      await client`select set_config('unseal.token', ${actor.token ?? ""}, true)`;
      return read(drizzleOver(client));
    }) as Promise<T>,
  );
}
