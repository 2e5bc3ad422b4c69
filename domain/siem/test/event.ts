import type { SiemEvent } from "../siemEvent.ts";

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, "0")}`;

/** An event with everything that one can have. */
export function exampleEvent(changes: Partial<SiemEvent> = {}): SiemEvent {
  return {
    index: 41,
    leafHash: "ab".repeat(32),
    id: id(1),
    at: "2026-01-02T03:04:05.678901Z",
    actorKind: "staff",
    actorId: id(2),
    actorRoles: ["moderator"],
    sessionId: id(3),
    action: "view.opened",
    outcome: "done",
    caseId: id(4),
    threadId: id(5),
    queueId: id(6),
    flagId: null,
    grantId: id(7),
    viewId: id(8),
    decisionId: null,
    subjectStaffId: null,
    purpose: "user_report_review",
    reasonCommitment: "cd".repeat(32),
    detail: { messages: 7, scope: "flagged_window" },
    ip: "192.0.2.7",
    requestId: id(9),
    ...changes,
  };
}

/** One with as little as one can have: nobody known, nothing it is about. */
export function barestEvent(changes: Partial<SiemEvent> = {}): SiemEvent {
  return exampleEvent({
    actorKind: "nobody",
    actorId: null,
    actorRoles: [],
    sessionId: null,
    caseId: null,
    threadId: null,
    queueId: null,
    grantId: null,
    viewId: null,
    purpose: null,
    reasonCommitment: null,
    detail: {},
    ip: null,
    requestId: null,
    ...changes,
  });
}
