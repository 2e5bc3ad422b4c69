import type { RequestState } from "./vocabulary.ts";

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
