import { reduceError } from "../log/reduceError.ts";

/** Why a database could not be reached, in words that carry no password: what failed and what to do. */
export function explainConnection(thrown: unknown): { what: string; how: string } {
  const { code, sqlstate } = reduceError(thrown);
  switch (sqlstate ?? code) {
    case "28P01":
    case "28000":
      return {
        what: "is refused: wrong password, or the server does not let this role in",
        how: "check the password and pg_hba.conf; `unseal setup --force` sets new passwords",
      };
    case "3D000":
      return { what: "names a database that does not exist", how: "create it, then run `unseal setup`" };
    case "42501":
      return {
        what: "lets this role in and denies it what it needs",
        how: "run `unseal migrate` as the administrator",
      };
    case "53300":
      return { what: "has no connection left", how: "raise max_connections, or find who holds them" };
    case "ECONNREFUSED":
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "CONNECT_TIMEOUT":
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
      return {
        what: `cannot be reached (${code})`,
        how: "check host and port, and that PostgreSQL runs and accepts connections from here",
      };
    default:
      return {
        what: `cannot be used (${sqlstate ?? code ?? "unknown cause"})`,
        how: "see the log of the PostgreSQL server",
      };
  }
}
