/** What can be wrong with an exported log. */
export const FAULTS = {
  "no-checkpoint": "there is no checkpoint that can be read",
  "bad-signature": "the checkpoint is not what was signed",
  "no-known-signature": "the checkpoint carries no signature of a key that was given",
  "not-witnessed": "the checkpoint carries no cosignature that holds of a witness whose key was given",
  "other-log": "the checkpoint is of another log than the key",
  "wrong-root":
    "the leaves do not give the root that was signed: something was changed, moved, added or taken out",
  fork: "the log does not begin with what the older checkpoint signed",
  shorter: "the log is shorter than it was at the older checkpoint",
  "missing-entries": "leaves are missing",
  "bad-entries": "leaves cannot be read, or there are too many or too few of them",
  "other-leaf": "the leaf is not the one that the tree was built over",
  "missing-tile": "a tile is missing",
  "bad-tile": "a tile does not hold the hashes of what lies below it",
  "no-payload": "the leaf has no payload: its event was deleted",
  "no-leaf": "there is a payload without a leaf: an event that was never logged, or not in this place",
  "event-changed": "the stored event is not the one that the leaf was made of",
  "bad-commitment": "a value is not the one that the leaf commits to",
  "value-removed": "the leaf commits to a value that was removed",
  twice: "the same event stands in the log before",
} as const;

export type Fault = keyof typeof FAULTS;

export type Finding = {
  readonly fault: Fault;
  /** The leaf it is about, or the first of several. */
  readonly index: number | null;
  /** The file it was found in. */
  readonly where: string;
};

/** What one bundle showed. */
export type BundleReport = {
  readonly n: number;
  /** The hashes of its leaves, one after the other; empty when they could not be read. */
  readonly hashes: Uint8Array;
  /** Over 256 leaves; absent for the last, unfilled bundle. */
  readonly root: Uint8Array | null;
  readonly findings: readonly Finding[];
  readonly commitments: number;
  readonly forgotten: number;
  /** The ids of its events, 16 bytes each: none may come twice. */
  readonly ids: Uint8Array;
};
