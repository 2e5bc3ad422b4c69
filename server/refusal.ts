/** A verb was refused. The code is one of `domain/denials.ts`. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: string;
  /** Whether the database has written the refusal to the audit log; otherwise whoever answers must. */
  readonly recorded: boolean;

  constructor(code: string, { recorded = false } = {}) {
    super(`Refused: ${code}`);
    this.code = code;
    this.recorded = recorded;
  }
}
