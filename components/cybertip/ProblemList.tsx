"use client";

import type { DraftProblem } from "../../domain/cybertip/draft.ts";
import { goToField } from "./form/goToField.ts";
import { Sign } from "./form/Messages.tsx";

/** Everything that is wrong or worth a second look; each leads to its field. */
export function ProblemList({ problems }: { problems: readonly DraftProblem[] }) {
  const sorted = [...problems].sort((a, b) => rank(a) - rank(b));
  if (sorted.length === 0) return <p className="text-ok">Nothing would be refused.</p>;
  return (
    <ul aria-label="What would be refused, and what to look at again" className="grid gap-1.5">
      {sorted.map((problem) => (
        <li key={`${problem.pointer} ${problem.rule}`}>
          <button
            type="button"
            onClick={() => goToField(problem.pointer)}
            className="flex w-full gap-1.5 rounded text-left hover:bg-sunken"
          >
            <span className={problem.severity === "error" ? "flex text-danger" : "flex text-warn"}>
              <Sign severity={problem.severity} />
            </span>
            <span className="min-w-0">
              <span className="font-semibold underline decoration-dotted">{problem.field}</span>
              <span className="block">{problem.message}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

const rank = ({ severity }: DraftProblem): number => (severity === "error" ? 0 : 1);
