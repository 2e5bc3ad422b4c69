import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { webSettings } from "../environment/settings.ts";
import { guarded, pool } from "./connect.ts";

/** The console's pool: role unseal_web, which holds no right on bodies, keys or credentials. */
export const webSql = pool("web", () => webSettings().databaseUrl, 10);

const drizzled = () => drizzle(webSql());

/** A Drizzle transaction that row-level security sees as the bearer of the token. */
export type ActorTransaction = Parameters<Parameters<ReturnType<typeof drizzled>["transaction"]>[0]>[0];

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
    drizzled().transaction(
      async (tx) => {
        await tx.execute(sql`select set_config('unseal.token', ${actor.token ?? ""}, true)`);
        return read(tx);
      },
      { accessMode: "read only" },
    ),
  );
}
