import type { NextStep, ReportState } from "./vocabulary.ts";

interface Standing {
  readonly state: ReportState;
  /** 0 when nothing has been written. */
  readonly revision: number;
  readonly errors: number;
}

/** @returns what somebody has to do next, so that the report gets on */
export function nextStepOf({ state, revision, errors }: Standing): NextStep {
  switch (state) {
    case "draft":
      if (revision === 0) return "write";
      return errors > 0 ? "mend" : "hand_in";
    case "waiting":
      return "approve";
    case "approved":
      return "file";
    case "filing":
      return "wait";
    case "stuck":
      return "look_into";
    default:
      return "none";
  }
}
