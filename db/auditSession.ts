import pg from "pg";
import { DatabaseFailure } from "./failure.ts";

/** Runs one statement with its parameters. @throws DatabaseFailure */
export type Query = <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** One session of the database: what it locks it holds until it ends. */
export type Session = {
  readonly query: Query;
  /** Runs statements in one transaction. Nothing else may use the session meanwhile. */
  transaction<Result>(act: (query: Query) => Promise<Result>): Promise<Result>;
  end(): Promise<void>;
};

/**
 * Opens one session as unseal_audit. It is never replaced by another behind the caller's back, as a pool would do: when the
 * connection is lost every later statement fails. (postgres.js is not used here: it reconnects by itself, and up to 3.4.9
 * a connection that breaks within a transaction ends the whole process, porsager/postgres#1154.)
 *
 * @param url of the role unseal_audit, not through a pooler that swaps sessions
 * @throws DatabaseFailure
 */
export async function openAuditSession(url: string, name: string): Promise<Session> {
  const client = new pg.Client({
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
    // A statement that hangs gives its locks back, and a client that vanished gives its session back.
    options:
      "-c TimeZone=UTC -c statement_timeout=30s -c idle_in_transaction_session_timeout=30s " +
      "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3",
  });
  // Between statements: the next one fails and tells.
  client.on("error", () => {});
  // One at a time, in the order in which they were asked.
  let turn: Promise<unknown> = Promise.resolve();
  const query: Query = async <Row extends object>(text: string, values: readonly unknown[] = []) => {
    const asked = turn.then(() => client.query<Row>(text, [...values]));
    turn = asked.catch(() => {});
    try {
      return (await asked).rows;
    } catch (cause) {
      throw DatabaseFailure.from(cause);
    }
  };
  try {
    await client.connect();
  } catch (cause) {
    void client.end().catch(() => {});
    throw DatabaseFailure.from(cause);
  }
  return {
    query,
    async transaction(act) {
      await query("begin");
      try {
        const result = await act(query);
        await query("commit");
        return result;
      } catch (cause) {
        await query("rollback").catch(() => {});
        throw cause;
      }
    },
    end: () => client.end().catch(() => {}),
  };
}
