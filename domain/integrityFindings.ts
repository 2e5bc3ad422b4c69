/**
 * What a check of the log can find: a closed list, each with what it means in plain words. All of it takes rights on the
 * database itself: no part of the console can cause any.
 */
export const INTEGRITY_FINDINGS = {
  "leaf-missing": {
    title: "A place of the log is empty",
    meaning: "A leaf was deleted. What stood there can only be told from a copy of the log.",
  },
  "leaf-twice": {
    title: "An event has two leaves",
    meaning: "A leaf was copied, or it waits although it has its place.",
  },
  "leaf-unsigned": {
    title: "Leaves stand beyond the newest checkpoint",
    meaning: "They were put there by hand, or checkpoints were deleted: leaves come with their checkpoint.",
  },
  "event-differs": {
    title: "An event does not say what its leaf says",
    meaning: "The event or its leaf was changed after it was written. The leaf tells which fields differ.",
  },
  "value-erased": {
    title: "A value that a leaf commits to is gone",
    meaning:
      "A reason, particulars or an address was removed from an event. Nothing in the console erases them.",
  },
  "event-missing": {
    title: "The event of a leaf is gone",
    meaning: "An event was deleted. Its leaf still says who, what and when.",
  },
  "event-unlogged": {
    title: "An event has no leaf",
    meaning: "It was written past the functions that write the log, or its leaf was deleted.",
  },
  "root-differs": {
    title: "The leaves do not add up to what was signed",
    meaning: "Before the first such checkpoint a leaf was changed, moved, put in or taken out.",
  },
  "log-shorter": {
    title: "The log is shorter than what was signed",
    meaning: "Leaves were cut off the end, or an old backup was brought back.",
  },
  "log-forked": {
    title: "The log is no continuation of one that was signed before",
    meaning: "History was rewritten and signed anew: a checkpoint that was kept elsewhere says another root.",
  },
  "checkpoint-differs": {
    title: "A checkpoint is not the one that was signed",
    meaning: "Its row says another size or root than its signed text.",
  },
  "signature-bad": {
    title: "A checkpoint is not signed by a key on record",
    meaning: "It was made or changed without the signing key, or the record of keys was changed.",
  },
  "tile-differs": {
    title: "A stored tile is not that of the leaves",
    meaning: "Proofs that are made from it would not hold. The leaves themselves were checked apart from it.",
  },
} as const satisfies Record<string, { title: string; meaning: string }>;

export type IntegrityFinding = keyof typeof INTEGRITY_FINDINGS;
export const INTEGRITY_FINDING_NAMES = Object.keys(INTEGRITY_FINDINGS) as IntegrityFinding[];
