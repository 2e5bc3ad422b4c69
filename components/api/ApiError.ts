import type { Problem } from "../../contracts/problem.ts";

/** An answer that is not a success. Carries the server's problem details, which never carry content. */
export class ApiError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.title);
    this.name = "ApiError";
    this.problem = problem;
  }
}

/** What to tell a person about a failure: the server's own words, or that the server was not reached. */
export function errorWords(error: unknown): { title: string; detail: string } {
  if (error instanceof ApiError)
    return { title: error.problem.title, detail: error.problem.detail ?? "Try again in a moment." };
  return {
    title: "Something went wrong on this page",
    detail: "Reload the page. Nothing you had opened is shown until you open it again.",
  };
}

/** The status of an answer, or 0 where there was none. */
export function statusOf(error: unknown): number {
  return error instanceof ApiError ? error.problem.status : 0;
}

/** Our own word for why it was refused; empty where there is none. */
export function codeOf(error: unknown): string {
  return error instanceof ApiError ? error.problem.code : "";
}

/** The message for one field of a refused form, by JSON pointer (`/reason`). */
export function fieldError(error: unknown, pointer: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return error.problem.errors?.find((entry) => entry.pointer === pointer)?.message;
}
