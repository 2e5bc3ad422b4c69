/** Collecting for a lawful request, and its review. Written by the functions of db/sql/functions/96_legal_*.sql. */
export const COLLECTION_ACTIONS = {
  /** Counsel froze a query; the detail has its digest, cut-off and counts. */
  "legal.collected": "Collect for lawful request",
  /** Looking at a collection's metadata was refused. */
  "legal.collection_read": "Read collection",
  /** A message or a thread is not to be produced; the detail says which kind. */
  "legal.set_aside": "Set aside from production",
  /** Words were taken out by hand, under a view that showed them. */
  "legal.redacted": "Redact by hand",
  /** A redaction rule for the whole collection; its words are sealed. */
  "legal.rule_added": "Add redaction rule",
  /** A rule was tried on what a view shows, and nothing was decided. */
  "legal.rule_tried": "Try redaction rule",
  /** A third party is produced under their own name, for a reason. */
  "legal.participant_named": "Name third party",
  /** A decision of a review does not hold any more. */
  "legal.decision_taken_back": "Take back decision of review",
  /** The review of a collection was handed in: what was decided is frozen, its digest in the detail. */
  "legal.collection_handed_in": "Hand in review of collection",
  /** Another round of review was opened. */
  "legal.collection_reopened": "Reopen review of collection",
} as const;
