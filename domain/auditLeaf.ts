/**
 * An event as the database tells it, each value as text: enough to write its leaf anew. The names are the leaf's own.
 * `detail` is PostgreSQL's text of the jsonb, since that is what was committed to; null when it is empty.
 */
export interface LoggedEvent {
  readonly action: string;
  readonly actorId: string | null;
  readonly actorKind: string;
  /** UTC with microseconds: 2026-03-04T15:06:07.123456Z */
  readonly at: string;
  readonly caseId: string | null;
  readonly decisionId: string | null;
  readonly detail: string | null;
  readonly flagId: string | null;
  readonly grantId: string | null;
  readonly id: string;
  readonly ip: string | null;
  readonly outcome: string;
  readonly purpose: string | null;
  readonly queueId: string | null;
  readonly reason: string | null;
  readonly requestId: string | null;
  readonly roles: readonly string[] | null;
  readonly sessionId: string | null;
  readonly subjectStaffId: string | null;
  readonly threadId: string | null;
  readonly userAgent: string | null;
  readonly viewId: string | null;
}

/** What the leaf has only as SHA-256(salt ‖ value). */
const COMMITTED = {
  detailCommitment: "detail",
  ipCommitment: "ip",
  reasonCommitment: "reason",
  userAgentCommitment: "userAgent",
} as const;

/** Version 1 had no commitment to the user agent. */
type Version = 1 | 2;

/** How the leaf of an event compares to what is stored of it. */
export type LeafState =
  /** Letter by letter what the event says. */
  | "same"
  /** A committed value is gone; all that is left is as it was logged. A finding, as long as nothing erases by rule. */
  | "forgotten"
  /** The leaf or the event was changed. */
  | "differs";

/**
 * The leaf that this event must have: canonical JSON (RFC 8785) of ids, words of ours and commitments, version 2. It is
 * worked out here a second time, beside audit.leaf of the database, so that neither has to be believed.
 *
 * @param commit SHA-256 of the event's salt and the value, in hex
 */
export function leafOf(event: LoggedEvent, commit: (value: string) => string): string {
  return JSON.stringify(fieldsOf(event, commit, 2));
}

/**
 * Compares a leaf with what is stored of its event.
 *
 * @param commit SHA-256 of the event's salt and the value, in hex
 */
export function compareLeaf(leaf: string, event: LoggedEvent, commit: (value: string) => string): LeafState {
  // Quotes inside a JSON text are escaped: this stands in a leaf only where it means it.
  const expected = fieldsOf(event, commit, leaf.includes('"v":1') ? 1 : 2);
  if (JSON.stringify(expected) === leaf) return "same";
  const written = parse(leaf);
  if (!written) return "differs";
  // What was erased has a commitment in the leaf and no value beside it. Put in, everything must be as it was logged.
  for (const [name, of] of Object.entries(COMMITTED)) {
    const commitment = written[name];
    if (event[of] === null && typeof commitment === "string") expected[name] = commitment;
  }
  return JSON.stringify(expected, Object.keys(expected).sort()) === leaf ? "forgotten" : "differs";
}

/** In the order of code units, without what is null. */
function fieldsOf(
  e: LoggedEvent,
  commit: (value: string) => string,
  version: Version,
): Record<string, unknown> {
  const committed = (value: string | null) => (value === null ? null : commit(value));
  const fields: Record<string, unknown> = {
    action: e.action,
    actorId: e.actorId,
    actorKind: e.actorKind,
    at: e.at,
    caseId: e.caseId,
    decisionId: e.decisionId,
    detailCommitment: committed(e.detail),
    flagId: e.flagId,
    grantId: e.grantId,
    id: e.id,
    ipCommitment: committed(e.ip),
    outcome: e.outcome,
    purpose: e.purpose,
    queueId: e.queueId,
    reasonCommitment: committed(e.reason),
    requestId: e.requestId,
    roles: e.roles,
    sessionId: e.sessionId,
    subjectStaffId: e.subjectStaffId,
    threadId: e.threadId,
    userAgentCommitment: version >= 2 ? committed(e.userAgent) : null,
    v: version,
    viewId: e.viewId,
  };
  for (const name in fields) if (fields[name] === null) delete fields[name];
  return fields;
}

function parse(leaf: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(leaf);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
