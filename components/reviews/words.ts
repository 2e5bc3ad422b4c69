import type { ReviewKind, Verdict } from "../../domain/signals/signal.ts";

/** Why an act is reviewed. */
export const KIND_WORDS: Record<ReviewKind, string> = {
  sampled: "Drawn by lot",
  break_glass: "Break-glass",
  signal: "Named in a signal",
  watch_list: "Watch-listed since",
  officer_search: "Officer’s search, drawn by lot",
  officer_export: "Export of the log",
};

export const VERDICT_MEANS: Record<Verdict, string> = {
  appropriate: "The purpose, the reason and what was opened fit the case.",
  questionable: "It does not fit, or it cannot be told. Raises a signal.",
  misuse: "It was read for something else than the work. Raises a critical signal.",
};
