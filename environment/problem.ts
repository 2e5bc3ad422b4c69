/** One setting that is missing, malformed or weak, told to the operator. Never carries the setting's value. */
export type SettingProblem = {
  readonly name: string;
  /** What is wrong. */
  readonly what: string;
  /** Why it matters. */
  readonly why: string;
  /** How to put it right. */
  readonly how: string;
};

/**
 * Thrown when settings are missing or weak. Carries all problems at once, so that an operator mends them in one go.
 * `message` is what may be printed; it names settings and never their values.
 */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    super(problems.map(describeProblem).join("\n"));
    this.problems = problems;
  }
}

/** One problem as one paragraph for a terminal: what, why, how. */
export function describeProblem({ name, what, why, how }: SettingProblem): string {
  return `${name} ${what}\n    why: ${why}\n    how: ${how}`;
}
