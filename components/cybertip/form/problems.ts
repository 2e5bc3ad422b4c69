import type { DraftProblem as Problem } from "../../../domain/cybertip/draft.ts";

/** Problems by the place they are about, and how many lie below each place. */
export interface ProblemIndex {
  readonly all: readonly Problem[];
  at: (pointer: string) => readonly Problem[];
  below: (pointer: string) => Tally;
}
export interface Tally {
  readonly errors: number;
  readonly warnings: number;
}

const NONE: readonly Problem[] = [];
const CLEAR: Tally = { errors: 0, warnings: 0 };

/** Sorts problems by their pointers. Each counts for its own place and for everything that holds it. */
export function indexProblems(problems: readonly Problem[]): ProblemIndex {
  const places = new Map<string, Problem[]>();
  const tallies = new Map<string, { errors: number; warnings: number }>();
  for (const problem of problems) {
    const here = places.get(problem.pointer);
    if (here) here.push(problem);
    else places.set(problem.pointer, [problem]);
    for (const place of upwards(problem.pointer)) {
      const tally = tallies.get(place) ?? { errors: 0, warnings: 0 };
      tally[problem.severity === "error" ? "errors" : "warnings"]++;
      tallies.set(place, tally);
    }
  }
  return {
    all: problems,
    at: (pointer) => places.get(pointer) ?? NONE,
    below: (pointer) => tallies.get(pointer) ?? CLEAR,
  };
}

/** A pointer and all that hold what it leads to, innermost first; the whole document is the empty one. */
export function upwards(pointer: string): string[] {
  const places = [pointer];
  for (let at = pointer; at !== ""; ) {
    at = at.slice(0, at.lastIndexOf("/"));
    places.push(at);
  }
  return places;
}
