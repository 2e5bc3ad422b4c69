/** Why a call, or the making of what it sends, came to nothing. */
export const FAILURE_CAUSES = [
  "unreachable",
  "certificate",
  "time-out",
  "broken-off",
  "server-error",
  "busy",
  "redirect",
  "answer-too-large",
  "answer-unreadable",
  "answer-hostile",
  "answer-strange",
  "cancelled",
  "interrupted",
  "file-changed",
  "file-gone",
  "file-too-large",
  "file-unreachable",
  "file-source",
] as const;
export type FailureCause = (typeof FAILURE_CAUSES)[number];

/** What may pass by itself; everything else needs a person. */
const PASSING: ReadonlySet<FailureCause> = new Set([
  "unreachable",
  "time-out",
  "broken-off",
  "server-error",
  "busy",
  "answer-unreadable",
  "cancelled",
  "interrupted",
  "file-unreachable",
]);

/** Whether a call that failed for this cause may be made again without a person looking at it. */
export function isPassing(cause: FailureCause): boolean {
  return PASSING.has(cause);
}
