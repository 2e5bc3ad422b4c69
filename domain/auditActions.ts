import { COLLECTION_ACTIONS } from "./auditActions/collections.ts";
import { HOLD_ACTIONS } from "./auditActions/holds.ts";
import { LEGAL_REQUEST_ACTIONS } from "./auditActions/legalRequests.ts";
import { PRODUCTION_ACTIONS } from "./auditActions/productions.ts";

/**
 * Everything that the audit log can say was done, was refused or failed: a closed union, each with the words that
 * people read. A test holds it against the SQL, both ways: what is not listed here is not written.
 */
export const AUDIT_ACTIONS = {
  // Signing in. Denied attempts name the staff member as subject when the address is known.

  /** Somebody tried to sign in; `done` opened a session. Written by staff.sign_in. */
  "sign_in.attempt": "Sign in",
  /** A session was ended by the one who held it. Written by staff.sign_out. */
  "sign_in.ended": "Sign out",

  /** Who is signed in was asked with a session that opens nothing. */
  "staff.me": "Ask who is signed in",
  /** Live updates were asked for with a session that opens nothing. */
  "staff.live": "Listen for updates",

  // Intake. The actor is the platform; the operator for its keys.

  /** A flag was taken in: it joined a case or opened one. */
  "intake.flag_accepted": "Accept flag",
  /** Flags of a delivery were refused; the detail counts them by cause. */
  "intake.refused": "Refuse flags",
  /** A delivery came with a key that opens nothing, or not this. */
  "intake.key_refused": "Refuse platform key",
  /** A platform was entered. */
  "intake.platform_added": "Add platform",
  /** A key was made for a platform. */
  "intake.key_created": "Create platform key",
  /** A key was replaced; the old one still works for the overlap that was given. */
  "intake.key_rotated": "Rotate platform key",
  /** A key was ended. */
  "intake.key_revoked": "Revoke platform key",

  // Staff. The operator's acts, by the `unseal staff` command.

  /** A staff member was entered, with these roles, regions and clearances. */
  "staff.created": "Create staff member",
  /** Roles, regions or clearances were changed; claims and views under the old ones were let go. */
  "staff.changed": "Change staff member",
  /** A password was set; every session of the person was ended. */
  "staff.password_set": "Set password",
  /** The person may no longer sign in; sessions, claims and views were ended. */
  "staff.disabled": "Disable staff member",
  /** Every session of the person was ended. */
  "staff.sessions_revoked": "Revoke sessions",
  /** The person joined or left a queue. */
  "staff.queue_membership": "Change queue membership",

  // Triage. Reading lists and cases is an event only when it is refused: they hold no content.

  /** The list of queues was asked for by a role that has none. */
  "queue.list": "List queues",
  /** A queue was asked for that lies outside the person's reach. */
  "queue.read": "Read queue",
  /** A case was asked for that lies outside the person's reach. */
  "case.read": "Read case",
  /** A case was claimed: the lease under which it may be opened and decided. */
  "case.claimed": "Claim case",
  /** Keeping a claim was refused, since it had lapsed or was never theirs. */
  "case.claim_kept": "Keep claim",
  /** A claim was let go by the one who held it. */
  "case.released": "Release case",
  /** A claim ran out by itself; the subject is the one who held it. Written by the worker's sweep. */
  "case.claim_lapsed": "Claim lapsed",
  /** A claim was ended by a restriction of the thread; the subject is the one who held it. */
  "case.claim_ended": "Claim ended",
  /** A case was decided or escalated. The detail says whether they had viewed the thread. */
  "case.decided": "Decide case",
  /** A decision was taken back within its ten seconds. */
  "case.decision_undone": "Undo decision",
  /** A new flag moved the case to another queue; the subject is the one whose claim ended with it. Written by intake. */
  "case.moved": "Move case",
  /** A staff member flagged a thread. Such a flag opens nothing. */
  "case.flagged": "Flag thread",

  // Opening threads: the reason first, then the view, then the reading.

  /** A purpose and a reason were stated to open a thread. `done` made a grant. */
  "access.requested": "Request access",
  /** Access was asked for that somebody else must approve. The detail names the request and how many it needs. */
  "access.asked": "Ask for approval",
  /** A grant was ended before it ran out, by an officer, a lead, its holder, or a policy or conflict that came after it. */
  "grant.revoked": "Revoke grant",
  /** Grants of others were asked for by a role that may not revoke any. */
  "grant.listed": "List grants",
  /** The threads of a grant for several were asked for by somebody else, or too late. */
  "grant.threads_read": "List threads of grant",
  /** A view was committed: these messages, for this purpose, until then. */
  "view.opened": "Open view",
  /** Reading a view was refused. (A reading that is allowed is covered by the view itself.) */
  "view.read": "Read view",
  /** A view was closed before it ran out. */
  "view.closed": "Close view",

  // Second persons.

  /** Requests were asked for that lie outside the person's reach. */
  "request.listed": "Read requests",
  /** An approver approved. The subject is whoever asked. */
  "approval.given": "Approve request",
  /** An approver denied. The reason is what whoever asked is told. */
  "approval.refused": "Deny request",
  /** An approver asked back; the reason is the question. */
  "approval.asked_back": "Ask back",
  /** Whoever asked for access answered a question. */
  "approval.answered": "Answer question",
  /** Whoever asked withdrew the request. */
  "approval.withdrawn": "Withdraw request",
  /** An approved request was taken up: the grant was made, for this session. */
  "approval.taken_up": "Take up approval",
  /** A request lapsed unanswered, or an approval unused. Written by the worker's sweep. */
  "approval.expired": "Request expired",
  /** Two people approved each other within a week; compliance was given notice. */
  "approval.reciprocal": "Reciprocal approval",

  // Break-glass.

  /** The glass was broken for a threat to life. Every officer was given notice. */
  "glass.broken": "Break glass",
  /** An officer reviewed it. The detail has the finding. */
  "glass.reviewed": "Review break-glass",
  /** A review was overdue: the level rose, and officers and administrators were given notice. Written by the worker. */
  "glass.escalated": "Escalate break-glass",
  /** The register was asked for by a role that may not see it. */
  "glass.listed": "List break-glass register",
  /** Somebody took note of a notice. */
  "notice.acknowledged": "Acknowledge notice",
  /** Notices were asked for by a role that is given none. */
  "notice.listed": "List notices",

  // The access policy.

  /** A draft was begun, as a copy of a version. */
  "policy.drafted": "Draft access policy",
  /** A draft was changed. */
  "policy.edited": "Edit access policy",
  /** A draft was proposed; from then on it cannot be changed. */
  "policy.proposed": "Propose access policy",
  /** A second person confirmed a proposal: it is in force, and what it does not allow any more was ended. */
  "policy.confirmed": "Confirm access policy",
  /** A second person rejected a proposal. */
  "policy.rejected": "Reject access policy",
  /** Whoever drafted it took it back. */
  "policy.withdrawn": "Withdraw access policy",
  /** A version was asked for that the person may not see. */
  "policy.read": "Read access policy",
  /** An officer asked who could open a case, and how. */
  "policy.simulated": "Simulate access policy",

  // Conflicts of interest. Accounts themselves are not in the log.

  /** An officer looked at the watch list. */
  "watch.listed": "Read watch list",
  /** An account was put on the watch list. */
  "watch.added": "Add to watch list",
  /** An entry of the watch list was ended. */
  "watch.ended": "End watch-list entry",
  /** Somebody recorded an account of their own on a platform. */
  "account.recorded": "Record own account",
  /** Somebody said that an account is theirs no more. */
  "account.left": "Give up own account",
  /** An officer looked at the accounts that staff hold. */
  "account.listed": "List staff accounts",
  /** One's own sessions were asked for with a session that opens nothing. */
  "staff.sessions_read": "List own sessions",
  /** Somebody ended another session of their own. */
  "staff.session_ended": "End own session",

  // Keys.

  /** A rotation began. Written before it touches anything. */
  "keys.rotation_started": "Start key rotation",
  /** Data keys were wrapped anew by another key-encryption key. The detail counts them; `failed` when some could not be opened. */
  "keys.rotated": "Rotate keys",

  /** A key-encryption key that wraps nothing any more was barred, and then removed from the key ring. */
  "keys.dropped": "Drop key",

  // Signals of misuse and reviews of access: compliance officers only, and never about themselves.

  /** The detectors found something about a person: the subject. Written by the worker. */
  "signal.raised": "Raise signal",
  /** New evidence joined a signal that is open. At most once an hour for one signal. */
  "signal.joined": "Join signal",
  /** A signal whose owner is no officer any more was given to another. */
  "signal.assigned": "Assign signal",
  /** A signal rose a level: it was overdue, or an officer lifted it. Every officer reads this. */
  "signal.escalated": "Escalate signal",
  /** The list of signals was asked for by somebody who is no officer. */
  "signal.listed": "List signals",
  /** An officer looked at a signal. At most once in five minutes for one signal. */
  "signal.read": "Read signal",
  /** An officer took a signal on. */
  "signal.owned": "Own signal",
  /** A signal was concluded, with the words for it. */
  "signal.resolved": "Conclude signal",
  /** A week's lot was drawn: which views and searches are reviewed, and by which seed. */
  "review.drawn": "Draw reviews",
  /** An act must be reviewed: break-glass, the watch-list, an export of the log. */
  "review.required": "Require review",
  /** A review was overdue and rose a level. */
  "review.escalated": "Escalate review",
  /** The list of reviews was asked for by somebody who is no officer. */
  "review.listed": "List reviews",
  /** An officer looked at an act to review. At most once in five minutes for one review. */
  "review.read": "Read review",
  /** A verdict was given. */
  "review.given": "Give verdict",

  // The log itself: looking at it is an act too.

  /** Events beyond one's own acts were looked through. At most once in five minutes for one set of filters. */
  "audit.searched": "Search audit log",
  /** Events left as a file. Committed before the file's first byte. */
  "audit.exported": "Export audit log",

  // The log itself. The operator's acts, by the `unseal log` command.

  /** A key was added that checkpoints are signed with; the detail names its public half. */
  "log.key_added": "Add log key",
  /** A key signs no more checkpoints; its public half stays on record. */
  "log.key_ended": "End log key",
  /** Strict mode was switched: whether a reveal waits for its checkpoint. */
  "log.strict_changed": "Change strict mode",
  /** The log left as a folder that others can verify. */
  "log.exported": "Export whole log",
  /** A proof about one event was written. */
  "log.proved": "Prove event",

  // The compliance desk.

  /** The officers' first page was asked for by a role that has none. */
  "desk.read": "Read compliance desk",
  /** The state of the log was asked for by a role that does not look after it. */
  "log.state_read": "Read log state",
  /** Somebody had the log checked against itself and against the events. */
  "log.verification_asked": "Ask for verification",
  /** A check was stopped before its end. */
  "log.verification_cancelled": "Cancel verification",
  /** A check ended. The detail says what was checked and found; `failed` when it found something or could not be finished. Written by the worker. */
  "log.verified": "Verify log",

  // Event feeds for a SIEM.

  /** A key was made with which a machine may pull events, from a place in the log on. */
  "siem.key_created": "Create feed key",
  /** A key was ended; what it still had open stops. */
  "siem.key_revoked": "Revoke feed key",
  /** Events were asked for with a key that opens nothing. */
  "siem.key_refused": "Refuse feed key",
  /** The worker's settings name a new place to push events to, or another. */
  "siem.sink_configured": "Configure event sink",
  /** The worker's settings name a place no more. */
  "siem.sink_removed": "Remove event sink",
  /** Events left by a key, or for a sink, for the first time. What follows is not an event each time, or there would be no end. */
  "siem.first_delivery": "First delivery of events",
  /** The operator read events at the command line. Written before the first of them. */
  "siem.pulled": "Pull events",
  /** Places of the log had no leaf on the way out. Once for each gap. */
  "siem.gap_found": "Gap found in log",
  /** A sink has taken nothing for longer than the settings allow. */
  "siem.sink_failing": "Event sink failing",
  /** A sink that was told of as failing takes events again. */
  "siem.sink_recovered": "Event sink recovered",
  /** How the feeds get on was asked for by a role that does not look after the log. */
  "siem.listed": "Look at event feeds",

  // Attachments, and content on its way into a CyberTip report.

  /** A person had an attachment fetched to look at it, under a view of the attachments. Written before it is fetched. */
  "attachment.opened": "Open attachment",
  /** They asked to see the whole of it clearly. From here on it counts as viewed by us in a CyberTip report. */
  "attachment.shown": "Show attachment",
  /** The worker reads an approved report's content to file it. Written before the first of it is read. */
  "cybertip.content_read": "Read content to file CyberTip report",
  /** The operator said from where a platform's attachments are fetched, or with what token. */
  "cybertip.source_changed": "Change source of attachments",
  /** Nothing of a platform's is fetched any more. */
  "cybertip.source_removed": "Remove source of attachments",
  /** A specialist had a draft proposed from what is known of the case, under a view. */
  "cybertip.draft_proposed": "Propose CyberTip draft",
  /** A specialist took an approved report out as a file, and said why. Written before the first of it is read. */
  "cybertip.exported": "Export CyberTip report",

  // CyberTip reports: drafts, approvals, holds. What a draft says is in no event; its keyed digest is.

  /** A specialist began a report, a supplement or a batch. From here on the thread is restricted to those who are cleared. */
  "cybertip.started": "Start CyberTip report",
  /** A draft was read under a view; the detail says which revision. */
  "cybertip.draft_read": "Read CyberTip draft",
  /** A draft was saved under a view, as another revision. Whatever was approved is approved no more. */
  "cybertip.saved": "Save CyberTip draft",
  /** A revision was handed in for somebody else to approve. */
  "cybertip.handed_in": "Hand in CyberTip report",
  /** Somebody who wrote none of it approved a revision that they had read; the subject is the one who handed it in. */
  "cybertip.approved": "Approve CyberTip report",
  /** A report was put back to draft; the reason says why. */
  "cybertip.sent_back": "Send CyberTip report back",
  /** A report was given up before it was filed. */
  "cybertip.withdrawn": "Withdraw CyberTip report",
  /** A person recorded that they filed the export with NCMEC, and under which number. */
  "cybertip.filed_by_hand": "Record CyberTip report filed by hand",
  /** Counsel keeps a thread longer than the year that every report brings. */
  "cybertip.held": "Hold thread after CyberTip report",
  /** Counsel asked for the destruction of a thread, as law enforcement did. */
  "cybertip.destruction_asked": "Ask for destruction of reported thread",
  /** A destruction that was asked for will not be. */
  "cybertip.destruction_called_off": "Call off destruction of reported thread",
  /** Keys and ciphertext of a thread were deleted; the detail counts them. The subject is the one who asked. */
  "cybertip.destroyed": "Destroy reported thread",
  /** The proof of a destruction was taken out. */
  "cybertip.proof_read": "Read proof of destruction",
  /** The register was asked for by somebody whom it is not for. */
  "cybertip.listed": "List CyberTip reports",
  /** A report's record was asked for by somebody whom it is not for. */
  "cybertip.read": "Read record of CyberTip report",
  /** Whether the participants of a case were reported before was looked up. */
  "cybertip.prior_read": "Look up earlier CyberTip reports",
  /** Figures about reports were asked for by somebody whom they are not for. */
  "cybertip.figures_read": "Read CyberTip figures",

  // Filing. People ask; the worker acts by itself, and the operator settles and sets.

  /** An approved report is to be filed live. */
  "cybertip.filing_asked": "File CyberTip report",
  /** A filing that stood still goes on, or one that waited is tried at once. */
  "cybertip.filing_retried": "Try filing CyberTip report again",
  /** A filing is to be stopped: what is open at the service is retracted. */
  "cybertip.stop_asked": "Stop filing CyberTip report",
  /** A call to the service ended, well or not; the detail holds hashes, the service's request id and its code. */
  "cybertip.step_ended": "Call to CyberTip service ended",
  /** An opening with the service came to nothing: retracted, deleted, or never known. */
  "cybertip.attempt_ended": "Attempt to file CyberTip report ended",
  /** A person must act before the filing goes on; the detail says why. */
  "cybertip.filing_stuck": "Filing of CyberTip report needs a person",
  /** The service's receipt was kept; without its text when the service only said that the report was finished. */
  "cybertip.receipt_kept": "Keep receipt of CyberTip report",
  /** The service finished the report, for good. */
  "cybertip.filed": "CyberTip report filed",
  /** The operator recorded what NCMEC said of an attempt that the service would not tell of. */
  "cybertip.settled": "Settle attempt to file CyberTip report",
  /** A specialist read, under a view, what the service said to a call that it did not take. */
  "cybertip.answer_read": "Read answer of CyberTip service",
  /** Somebody took the receipt out. */
  "cybertip.receipt_exported": "Export receipt of CyberTip report",
  /** The operator changed environment, credentials, reporter or limits; the detail names which. */
  "cybertip.settings_changed": "Change CyberTip settings",
  /** The operator switched live submission on. */
  "cybertip.live_enabled": "Switch live CyberTip submission on",
  /** The operator switched live submission off. */
  "cybertip.live_disabled": "Switch live CyberTip submission off",
  /** The service's schema is another than it was when it was last compared; `failed` when ours no longer fits. */
  "cybertip.schema_checked": "Check schema of CyberTip service",

  ...COLLECTION_ACTIONS,
  ...HOLD_ACTIONS,
  ...PRODUCTION_ACTIONS,
  ...LEGAL_REQUEST_ACTIONS,
} as const satisfies Record<`${string}.${string}`, string>;

export type AuditAction = keyof typeof AUDIT_ACTIONS;
export const AUDIT_ACTION_NAMES = Object.keys(AUDIT_ACTIONS) as AuditAction[];

/** The words for an action; the action's own name when an older or newer release wrote it. */
export function auditActionLabel(action: string): string {
  return Object.hasOwn(AUDIT_ACTIONS, action) ? AUDIT_ACTIONS[action as AuditAction] : action;
}

export const AUDIT_OUTCOMES = { done: "Done", denied: "Denied", failed: "Failed" } as const;
export type AuditOutcome = keyof typeof AUDIT_OUTCOMES;

/** Who acted: a staff member, a platform by its key, the worker, the operator at the command line, or nobody known. */
export const ACTOR_KINDS = {
  staff: "Staff",
  platform: "Platform",
  system: "Worker",
  operator: "Operator",
  nobody: "Nobody known",
} as const;
export type ActorKind = keyof typeof ACTOR_KINDS;
