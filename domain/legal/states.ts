import { OPEN_REQUEST_STATES, type RequestState, type RequestType } from "./vocabulary.ts";

/** Which state may follow which. The database holds the same (`legal.next_states`, a trigger); a test compares them. */
export const NEXT_STATES: Readonly<Record<RequestState, readonly RequestState[]>> = {
  received: ["needs_info", "rejected", "preserved", "in_review", "no_records", "withdrawn"],
  needs_info: ["rejected", "preserved", "in_review", "withdrawn"],
  preserved: ["needs_info", "rejected", "in_review", "no_records", "withdrawn", "closed"],
  in_review: ["needs_info", "rejected", "preserved", "approved", "no_records", "withdrawn", "closed"],
  approved: [
    "needs_info",
    "in_review",
    "rejected",
    "produced",
    "partially_produced",
    "no_records",
    "withdrawn",
  ],
  produced: ["in_review", "closed"],
  partially_produced: ["in_review", "produced", "withdrawn", "closed"],
  no_records: ["in_review", "closed"],
  rejected: ["in_review", "closed"],
  withdrawn: ["closed"],
  closed: [],
};

export const mayFollow = (from: RequestState, to: RequestState): boolean => NEXT_STATES[from].includes(to);

/**
 * Whether the clock of a request runs: somebody still waits for an answer of ours. What only asks us to freeze is answered once
 * it is frozen; its hold has clocks of its own. (`legal.clock_runs` in the database; a test compares them.)
 */
export const clockRuns = (type: RequestType, state: RequestState): boolean =>
  OPEN_REQUEST_STATES.includes(state) &&
  !(state === "preserved" && (type === "preservation_2703f" || type === "epoc_pr"));
