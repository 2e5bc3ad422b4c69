import postgres, { type Sql } from "postgres";

/**
 * Runs `act` on a connection of its own and closes it. For checks at start-up and readiness, which must not depend on
 * pools that may be exhausted.
 */
export async function connectOnce<Result>(url: string, act: (sql: Sql) => Promise<Result>): Promise<Result> {
  const sql = postgres(url, {
    max: 1,
    connect_timeout: 5,
    onnotice: () => {},
    connection: { application_name: "unseal check", statement_timeout: 5000 },
  });
  try {
    return await act(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}
