/** Why the log is not being continued, in words of ours. Each is told in docs/runbooks/log.md. */
export const STOP_CAUSES = {
  /** The signing key's file cannot be read or is not one. */
  "key-unreadable": "The signing key's file cannot be read.",
  /** The log was signed by none of the keys in the file. */
  "key-wrong": "The newest checkpoint was signed by none of the keys in the key file.",
  /** A key of the file is not on record in the database, or has been ended. */
  "key-not-on-record": "A key of the key file is not on record in this database.",
  /** Leaves, tiles and the newest checkpoint do not belong together. */
  "tree-differs": "What is stored of the tree is not what was signed.",
  /** The database holds less, or something else, than was already signed: an old backup, or a fork. */
  "behind-what-was-signed": "The database holds another log than the one that was signed last.",
  /** This machine's clock and the database's are minutes apart. */
  "clock-differs": "This machine's clock and the database's differ by more than five minutes.",
  /** Another process has taken the sequencer's place. */
  "not-alone": "Another process continues the log.",
} as const;

export type StopCause = keyof typeof STOP_CAUSES;

/** The log must not be continued as things are. Nothing is lost: leaves wait. */
export class LogStopped extends Error {
  override readonly name = "LogStopped";
  readonly code: StopCause;

  constructor(code: StopCause) {
    super(STOP_CAUSES[code]);
    this.code = code;
  }
}
