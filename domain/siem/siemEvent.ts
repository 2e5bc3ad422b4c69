/**
 * An event as it may leave for a SIEM: ids, words of ours, times, the network address. Neither what somebody wrote as a
 * reason nor the salt of the leaf is in it; the leaf's commitment stands for the reason.
 */
export interface SiemEvent {
  /** Place in the log, counted from 0. */
  readonly index: number;
  /** RFC 6962 hash of the leaf, in hex. */
  readonly leafHash: string;
  readonly id: string;
  /** RFC 3339, UTC, with microseconds, as the leaf has it. */
  readonly at: string;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly actorRoles: readonly string[];
  readonly sessionId: string | null;
  readonly action: string;
  readonly outcome: string;
  readonly caseId: string | null;
  readonly threadId: string | null;
  readonly queueId: string | null;
  readonly flagId: string | null;
  readonly grantId: string | null;
  readonly viewId: string | null;
  readonly decisionId: string | null;
  readonly subjectStaffId: string | null;
  readonly purpose: string | null;
  readonly reasonCommitment: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly ip: string | null;
  readonly requestId: string | null;
}

/** Which log it comes from, and which release made the line. */
export interface SiemSource {
  readonly origin: string;
  readonly version: string;
}

/** The things that an event is about, each with its id; in one order everywhere. */
export function objectsOf(event: SiemEvent): { readonly type: string; readonly uid: string }[] {
  const all: [string, string | null][] = [
    ["case", event.caseId],
    ["thread", event.threadId],
    ["queue", event.queueId],
    ["flag", event.flagId],
    ["grant", event.grantId],
    ["view", event.viewId],
    ["decision", event.decisionId],
    ["staff_member", event.subjectStaffId],
  ];
  return all.flatMap(([type, uid]) => (uid === null ? [] : [{ type, uid }]));
}
