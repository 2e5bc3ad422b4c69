import type { Problem } from "../contracts/problem.ts";

/** A verb was refused. The code is one of `domain/denials.ts`. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: string;
  /** Whether the database has written the refusal to the audit log; otherwise whoever answers must. */
  readonly recorded: boolean;
  /** Members that the problem has besides (RFC 9457 §3.2). No content. */
  readonly extension: Pick<Problem, "meanwhile">;

  constructor(
    code: string,
    { recorded = false, ...extension }: { recorded?: boolean } & Pick<Problem, "meanwhile"> = {},
  ) {
    super(`Refused: ${code}`);
    this.code = code;
    this.recorded = recorded;
    this.extension = extension;
  }
}
