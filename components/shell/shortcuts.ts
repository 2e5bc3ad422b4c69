/**
 * The one table of shortcuts. The sheet draws it and the handlers take their keys from it, so neither can lie.
 * `keys`: alternatives; `mod` is Control, or Command on a Mac; `g q` is one key after the other.
 */
export type ShortcutScope =
  | "everywhere"
  | "queues"
  | "queue"
  | "case"
  | "view"
  | "decision"
  | "approvals"
  | "audit"
  | "desk"
  | "report"
  | "requests"
  | "request"
  | "review"
  | "integrity";

export const SCOPE_TITLES: Record<ShortcutScope, string> = {
  everywhere: "Everywhere",
  queues: "Queue list",
  queue: "Queue",
  case: "Case",
  view: "Open view",
  decision: "Decision",
  approvals: "Approvals",
  audit: "Audit",
  integrity: "Integrity",
  desk: "Signals, reviews and the register of CyberTips",
  report: "CyberTip report",
  requests: "Register of lawful requests",
  request: "Lawful request",
  review: "Review of what was collected",
};

type Shortcut = { scope: ShortcutScope; keys: readonly string[]; does: string };

export const SHORTCUTS = {
  palette: { scope: "everywhere", keys: ["mod+k"], does: "Find a command" },
  sheet: { scope: "everywhere", keys: ["?"], does: "Show these shortcuts" },
  goDesk: { scope: "everywhere", keys: ["g d"], does: "Go to the compliance desk" },
  goQueues: { scope: "everywhere", keys: ["g q"], does: "Go to the queues" },
  goApprovals: { scope: "everywhere", keys: ["g p"], does: "Go to the approvals" },
  goCyberTips: { scope: "everywhere", keys: ["g t"], does: "Go to the CyberTip reports" },
  goRequests: { scope: "everywhere", keys: ["g l"], does: "Go to the lawful requests" },
  goHolds: { scope: "everywhere", keys: ["g h"], does: "Go to the holds and erasures" },
  goAgencies: { scope: "everywhere", keys: ["g e"], does: "Go to the agencies" },
  goAudit: { scope: "everywhere", keys: ["g a"], does: "Go to the audit log" },
  goIntegrity: { scope: "everywhere", keys: ["g i"], does: "Go to the integrity of the log" },
  goSignals: { scope: "everywhere", keys: ["g s"], does: "Go to the signals of misuse" },
  goReviews: { scope: "everywhere", keys: ["g r"], does: "Go to the access reviews" },
  goGlass: { scope: "everywhere", keys: ["g b"], does: "Go to the break-glass register" },
  goPolicy: { scope: "everywhere", keys: ["g o"], does: "Go to the access policy" },
  goWatch: { scope: "everywhere", keys: ["g w"], does: "Go to the watch list" },
  goAccount: { scope: "everywhere", keys: ["g u"], does: "Go to your account" },
  undo: { scope: "everywhere", keys: ["u"], does: "Undo the last decision (ten seconds)" },

  queuesDown: { scope: "queues", keys: ["j", "ArrowDown"], does: "Next queue" },
  queuesUp: { scope: "queues", keys: ["k", "ArrowUp"], does: "Previous queue" },
  queuesOpen: { scope: "queues", keys: ["Enter"], does: "Show the queue" },
  queuesNext: { scope: "queues", keys: ["n"], does: "Claim the next case of the queue" },

  queueDown: { scope: "queue", keys: ["j", "ArrowDown"], does: "Next case" },
  queueUp: { scope: "queue", keys: ["k", "ArrowUp"], does: "Previous case" },
  queueOpen: { scope: "queue", keys: ["Enter"], does: "Show the case" },
  queueClaim: { scope: "queue", keys: ["c"], does: "Claim the case and go there" },
  queueNext: { scope: "queue", keys: ["n"], does: "Claim the next free case" },
  queueRefresh: { scope: "queue", keys: ["r"], does: "Read the queue anew" },

  caseClaim: { scope: "case", keys: ["c"], does: "Claim this case" },
  caseOpen: { scope: "case", keys: ["o"], does: "Open the flagged window with the preset reason" },
  caseReason: { scope: "case", keys: ["w"], does: "Write a reason of your own" },
  caseTakeUp: { scope: "case", keys: ["t"], does: "Open what was approved" },
  caseNext: { scope: "case", keys: ["n"], does: "Claim the next case of this queue" },
  caseRelease: { scope: "case", keys: ["Shift+r"], does: "Release your claim" },
  caseBack: { scope: "case", keys: ["b"], does: "Back to the queue" },

  viewDown: { scope: "view", keys: ["j"], does: "Next message" },
  viewUp: { scope: "view", keys: ["k"], does: "Previous message" },
  viewFlagged: { scope: "view", keys: ["f"], does: "Next flagged message" },
  viewClose: { scope: "view", keys: ["Escape"], does: "Leave a text field; else close the view" },

  decideViolation: { scope: "decision", keys: ["v"], does: "Violation: choose the policy" },
  decideNoViolation: { scope: "decision", keys: ["x"], does: "No violation" },
  decideEscalate: { scope: "decision", keys: ["e"], does: "Escalate" },
  decideAction: {
    scope: "decision",
    keys: ["1", "2", "3", "4", "5", "6"],
    does: "Choose the action by its number",
  },
  decideNote: { scope: "decision", keys: ["m"], does: "Write a note" },
  decideSubmit: { scope: "decision", keys: ["mod+Enter"], does: "Decide" },

  approvalsDown: { scope: "approvals", keys: ["j", "ArrowDown"], does: "Next request" },
  approvalsUp: { scope: "approvals", keys: ["k", "ArrowUp"], does: "Previous request" },
  approvalsApprove: { scope: "approvals", keys: ["a"], does: "Approve" },
  approvalsDeny: { scope: "approvals", keys: ["d"], does: "Deny, with a reason" },
  approvalsAsk: { scope: "approvals", keys: ["q"], does: "Ask back" },
  approvalsCase: { scope: "approvals", keys: ["c"], does: "Go to the case" },
  approvalsSubmit: { scope: "approvals", keys: ["mod+Enter"], does: "Send what you have written" },

  auditDown: { scope: "audit", keys: ["j", "ArrowDown"], does: "Next event" },
  auditUp: { scope: "audit", keys: ["k", "ArrowUp"], does: "Previous event" },
  auditOpen: { scope: "audit", keys: ["Enter"], does: "Show the full record" },
  auditCase: { scope: "audit", keys: ["c"], does: "Everything about the event's case" },
  auditStaff: { scope: "audit", keys: ["s"], does: "Everything about the one who acted" },
  auditFilter: { scope: "audit", keys: ["f"], does: "Go to the filters" },
  auditFind: { scope: "audit", keys: ["/"], does: "Find a case by its number" },
  auditClear: { scope: "audit", keys: ["x"], does: "Clear the filters" },
  auditRefresh: { scope: "audit", keys: ["r"], does: "Read the log anew" },
  auditExport: { scope: "audit", keys: ["e"], does: "Export what is filtered" },
  auditReaders: { scope: "audit", keys: ["t"], does: "Who read the thread" },
  auditBack: { scope: "audit", keys: ["b"], does: "Back to the log" },

  integrityVerify: { scope: "integrity", keys: ["v"], does: "Verify the log now" },
  integrityRefresh: { scope: "integrity", keys: ["r"], does: "Read the state anew" },
  deskDown: { scope: "desk", keys: ["j", "ArrowDown"], does: "Next line" },
  deskUp: { scope: "desk", keys: ["k", "ArrowUp"], does: "Previous line" },
  deskRefresh: { scope: "desk", keys: ["r"], does: "Read the list anew" },

  reportSave: { scope: "report", keys: ["mod+s"], does: "Save the draft now" },
  reportProblem: { scope: "report", keys: ["mod+."], does: "Go to the next problem" },

  requestsDown: { scope: "requests", keys: ["j", "ArrowDown"], does: "Next request" },
  requestsUp: { scope: "requests", keys: ["k", "ArrowUp"], does: "Previous request" },
  requestsOpen: { scope: "requests", keys: ["Enter"], does: "Show the request" },
  requestsNew: { scope: "requests", keys: ["n"], does: "Register a new request" },
  requestsFilter: { scope: "requests", keys: ["f"], does: "Go to the filters" },
  requestsFind: { scope: "requests", keys: ["/"], does: "Find a request by its reference" },
  requestsClear: { scope: "requests", keys: ["x"], does: "Clear the filters" },
  requestsRefresh: { scope: "requests", keys: ["r"], does: "Read the register anew" },

  requestNext: { scope: "request", keys: ["n"], does: "Go to the next step" },
  requestPart: {
    scope: "request",
    keys: ["1", "2", "3", "4", "5", "6", "7"],
    does: "Choose a part of the request by its number",
  },
  requestBack: { scope: "request", keys: ["b"], does: "Back to the register" },

  reviewThreadDown: { scope: "review", keys: ["]"], does: "Next thread" },
  reviewThreadUp: { scope: "review", keys: ["["], does: "Previous thread" },
  reviewOpen: { scope: "review", keys: ["v"], does: "Open the thread" },
  reviewMore: { scope: "review", keys: ["n"], does: "Next page of the thread" },
  reviewBefore: { scope: "review", keys: ["b"], does: "Page before" },
  reviewDown: { scope: "review", keys: ["j"], does: "Next message" },
  reviewUp: { scope: "review", keys: ["k"], does: "Previous message" },
  reviewPrivileged: { scope: "review", keys: ["p"], does: "Set the message aside as privileged" },
  reviewOutOfScope: { scope: "review", keys: ["o"], does: "Set the message aside as out of scope" },
  reviewOther: { scope: "review", keys: ["e"], does: "Set the message aside for another reason" },
  reviewRedact: {
    scope: "review",
    keys: ["r"],
    does: "Redact what is selected, or mark words with the arrows",
  },
  reviewRule: { scope: "review", keys: ["w"], does: "Add a redaction rule" },
  reviewName: { scope: "review", keys: ["m"], does: "Name a participant, with a reason" },
  reviewTakeBack: { scope: "review", keys: ["t"], does: "Take back a decision about the message" },
  reviewHandIn: { scope: "review", keys: ["mod+Enter"], does: "Hand the review in" },
} as const satisfies Record<string, Shortcut>;

export type ShortcutId = keyof typeof SHORTCUTS;

/** The first key of a shortcut, for hints on buttons. */
export function keyOf(id: ShortcutId): string {
  return SHORTCUTS[id].keys[0];
}
