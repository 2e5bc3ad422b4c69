import type { Problem } from "../../contracts/problem.ts";
import type { FieldProblem } from "../../domain/intake/pointer.ts";
import { DOOR_PROBLEMS, type IntakeCode } from "../../domain/intake/problems.ts";

/**
 * A refusal of intake in the form of RFC 9457.
 *
 * @param errors the fields that are wrong
 * @param more how many further fields are wrong and not listed
 */
export function intakeProblem(code: IntakeCode, errors?: readonly FieldProblem[], more = 0): Problem {
  const { status, title, detail } = DOOR_PROBLEMS[code];
  return {
    type: `urn:unseal:problem:${code}`,
    title,
    status,
    detail: more > 0 ? `${detail} ${more.toLocaleString("en")} more are not listed.` : detail,
    code,
    ...(errors && errors.length > 0 ? { errors: [...errors] } : {}),
  };
}

/** Thrown where a delivery as a whole cannot go on; what was answered before stands. */
export class IntakeRefusal extends Error {
  override readonly name = "IntakeRefusal";
  readonly code: IntakeCode;
  /** Seconds to wait, where waiting helps. */
  readonly retryAfter: number | undefined;

  constructor(code: IntakeCode, retryAfter?: number) {
    super(`Intake refused: ${code}`);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** What a failure is told as: a refusal as what it is, anything else without a word of what went wrong. */
export function problemOf(error: unknown): Problem {
  return intakeProblem(error instanceof IntakeRefusal ? error.code : "failure");
}
