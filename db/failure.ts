/**
 * What is left of a database error: its SQLSTATE and the constraint. The message, detail and parameters of the original
 * hold rows and values, so none of them is kept, not even as `cause`.
 */
export class DatabaseFailure extends Error {
  override readonly name = "DatabaseFailure";
  readonly sqlstate: string;
  readonly constraint: string | null;

  private constructor(sqlstate: string, constraint: string | null) {
    super(`The database refused or failed (SQLSTATE ${sqlstate}).`);
    this.sqlstate = sqlstate;
    this.constraint = constraint;
  }

  /** @param error of the driver or of Drizzle; anything else counts as a lost connection (08006) */
  static from(error: unknown): DatabaseFailure {
    if (error instanceof DatabaseFailure) return error;
    let seen: unknown = error;
    for (let depth = 0; depth < 5 && typeof seen === "object" && seen !== null; depth++) {
      const { code, constraint_name: constraint } = seen as { code?: unknown; constraint_name?: unknown };
      if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)) {
        return new DatabaseFailure(code, typeof constraint === "string" ? constraint : null);
      }
      seen = (seen as { cause?: unknown }).cause;
    }
    return new DatabaseFailure("08006", null);
  }
}
