import { COLLECTION_DENIALS } from "./denials/collections.ts";
import { HOLD_DENIALS } from "./denials/holds.ts";
import { LEGAL_APPLICATION_DENIALS, LEGAL_REQUEST_DENIALS } from "./denials/legalRequests.ts";
import { DELIVERY_APPLICATION_DENIALS, PRODUCTION_DENIALS } from "./denials/productions.ts";

/**
 * Why the product says no: the closed list of refusal codes, what each means over HTTP (RFC 9110) and, in plain words,
 * what the person can do. The words name no case, no person and nothing that was sent.
 */

export type Denial = { readonly status: number; readonly title: string; readonly detail: string };

/** Spoken by functions of the database; a test holds this list against the SQL, both ways. */
const DATABASE_DENIALS = {
  "not-signed-in": {
    status: 401,
    title: "You are not signed in",
    detail: "Your session has ended or never began. Sign in and try again.",
  },
  wrong: {
    status: 401,
    title: "Address or password is wrong",
    detail: "Check both and try again. After eight failures the address rests for a quarter of an hour.",
  },
  locked: {
    status: 429,
    title: "Too many failed sign-ins",
    detail: "Wait fifteen minutes, then try again, or ask an administrator to set a new password.",
  },
  "wrong-role": {
    status: 403,
    title: "Your role does not include this",
    detail: "Ask an administrator if your work needs it. The attempt is in the audit log.",
  },
  "not-found": {
    status: 404,
    title: "There is nothing here for you",
    detail: "It does not exist, or it lies outside your queues, regions and clearances.",
  },
  "case-not-open": {
    status: 409,
    title: "This case is not open any more",
    detail: "It has been decided. Go on to the next case of the queue.",
  },
  "not-your-claim": {
    status: 409,
    title: "You do not hold this case",
    detail: "Your claim has lapsed or was never made. Claim the case, then try again.",
  },
  "claimed-by-another": {
    status: 409,
    title: "Somebody else holds this case",
    detail: "Take the next case of the queue, or wait until they let go of this one.",
  },
  "too-many-claims": {
    status: 409,
    title: "You hold ten cases already",
    detail: "Decide or release one of them, then claim another.",
  },
  "reason-without-substance": {
    status: 422,
    title: "The reason does not say why",
    detail:
      "Write in a sentence why this thread must be opened: at least ten visible characters, five of them different.",
  },
  "staff-flag-only": {
    status: 403,
    title: "Only staff have flagged this thread",
    detail:
      "A flag made by staff opens nothing. Decide on what is known, or wait for a flag of the platform.",
  },
  "purpose-not-allowed": {
    status: 403,
    title: "This purpose does not open this thread for you",
    detail: "Choose a purpose that a flag on the case bears out and that your role may state.",
  },
  "needs-approver": {
    status: 403,
    title: "This needs somebody else’s approval",
    detail: "Ask for it: a specialist or lead of the queue answers. Or open the flagged window instead.",
  },
  "needs-two-approvers": {
    status: 403,
    title: "This needs two other people’s approval",
    detail: "Ask for it: two specialists or leads of the queue answer.",
  },
  "needs-ticket": {
    status: 403,
    title: "This needs a ticket",
    detail: "Ask for access and give the number of the ticket that it belongs to.",
  },
  "ticket-not-accepted": {
    status: 422,
    title: "That is no ticket’s number",
    detail: "Give the number as your ticket system writes it.",
  },
  "needs-reference": {
    status: 422,
    title: "A legal process has a reference",
    detail: "Give the reference under which the request is known.",
  },
  "reason-repeated": {
    status: 422,
    title: "You have given this reason many times",
    detail:
      "The same sentence again and again says nothing about this thread. Write what brings you to this one. For the messages flagged on a case you claimed the preset is enough.",
  },
  "reason-too-short": {
    status: 422,
    title: "A threat to life needs a fuller reason",
    detail: "Write whose life is in danger, how you know, and what you will do. Officers read it at once.",
  },
  "use-break-glass": {
    status: 403,
    title: "This opens only by breaking the glass",
    detail:
      "If a life is in danger, break the glass on the case: it opens at once and every officer is told.",
  },
  "unknown-participant": {
    status: 422,
    title: "That participant is not in this thread",
    detail: "Load the case again and choose one of the accounts it lists.",
  },
  "view-limit": {
    status: 403,
    title: "The grant opens no more views",
    detail: "State the reason again to go on.",
  },
  "already-asked": {
    status: 409,
    title: "You have asked this already",
    detail: "The request waits or can be opened: look at your requests.",
  },
  "own-request": {
    status: 403,
    title: "This is your own",
    detail: "Somebody else must answer or review it.",
  },
  "already-answered": {
    status: 409,
    title: "You have answered this request",
    detail: "Nobody answers twice. Where two are needed, another must answer.",
  },
  "request-closed": {
    status: 409,
    title: "This request is closed",
    detail: "It was answered, withdrawn, used or has lapsed. Load the list again.",
  },
  "not-approved": {
    status: 409,
    title: "This request still waits for approval",
    detail: "You will see here when it has been answered.",
  },
  "already-reviewed": {
    status: 409,
    title: "This has been reviewed",
    detail: "A review is not rewritten. Load the register again.",
  },
  "not-a-draft": {
    status: 409,
    title: "This is no draft any more",
    detail: "What has been proposed stays as it is. Begin another draft.",
  },
  "not-proposed": {
    status: 409,
    title: "This does not wait for a decision",
    detail: "It has not been proposed, or somebody has decided. Load the page again.",
  },
  "own-proposal": {
    status: 403,
    title: "Somebody else must decide this",
    detail: "Nobody confirms or rejects a policy that they wrote or proposed.",
  },
  "stale-proposal": {
    status: 409,
    title: "Another policy has come into force since",
    detail: "Compare the draft with it again: save it anew, or reject the proposal and begin another.",
  },
  "bad-pattern": {
    status: 422,
    title: "The ticket pattern is no regular expression",
    detail: "Mend the pattern and save again.",
  },
  "beyond-policy": {
    status: 422,
    title: "No policy can say this",
    detail:
      "Officers, administrators and auditors open nothing, counsel only by legal process, and conflicts and the watch list need two approvers.",
  },
  "already-listed": {
    status: 409,
    title: "This account is on the list",
    detail: "End the entry first if it should say something else.",
  },
  "already-past": {
    status: 422,
    title: "That time has passed",
    detail: "Give a time to come, or none.",
  },
  "preset-does-not-fit": {
    status: 422,
    title: "The preset does not fit here",
    detail:
      "The preset covers the flagged window and its own purpose. Write a reason of your own for anything else.",
  },
  "other-session": {
    status: 403,
    title: "This was opened in another session",
    detail: "A grant and its views belong to the session that asked. Open the thread again from here.",
  },
  "grant-expired": {
    status: 403,
    title: "The grant has ended",
    detail: "State the reason again to open the thread.",
  },
  "awaiting-checkpoint": {
    status: 503,
    title: "The log has not caught up yet",
    detail:
      "Threads open here only when the record of it is signed. Wait a moment and read again; if it stays so, tell your administrator that the log stands still.",
  },
  "view-not-committed": {
    status: 409,
    title: "The view is not on record yet",
    detail: "Nothing is shown before the record of it is safe. Open the thread again.",
  },
  "view-expired": {
    status: 410,
    title: "The view has run out",
    detail: "Open the thread again if you still need it.",
  },
  "view-ended": {
    status: 410,
    title: "The view is closed",
    detail: "Open the thread again if you still need it.",
  },
  "rate-limited": {
    status: 429,
    title: "Too much in too short a time",
    detail: "Wait a while and try again. If the work needs more, speak to your lead.",
  },
  "report-exists": {
    status: 409,
    title: "A report of this case is being written",
    detail: "Go on with that one, or have it withdrawn first. Load the case again to find it.",
  },
  "nothing-to-supplement": {
    status: 409,
    title: "There is no filed report to add to",
    detail: "A supplement adds to a report of the same thread that has been filed.",
  },
  "view-does-not-fit": {
    status: 403,
    title: "This view does not open the report",
    detail: "Open the case’s thread for a child safety report, then read or save the draft under that view.",
  },
  "filing-under-way": {
    status: 409,
    title: "The report is being filed",
    detail: "Nothing about it can change now. Stop the filing first, if it must change.",
  },
  "filing-in-doubt": {
    status: 409,
    title: "It is not known whether the report was filed",
    detail:
      "Nothing about it can change before that is settled. Try again, which asks the service once more.",
  },
  "report-closed": {
    status: 409,
    title: "This report was withdrawn",
    detail: "It stays as it is. Start another from the case.",
  },
  "report-not-draft": {
    status: 409,
    title: "This report is no draft any more",
    detail: "Somebody has handed it in. Load it again.",
  },
  "draft-changed": {
    status: 409,
    title: "Somebody else saved the draft in between",
    detail: "Read the newest revision and make your change there. What you wrote is not saved.",
  },
  "draft-has-errors": {
    status: 422,
    title: "NCMEC would refuse this report",
    detail: "Mend what the list of problems points at and save, then hand it in.",
  },
  "unknown-attachment": {
    status: 422,
    title: "The draft names a file that is not in this thread",
    detail: "Load the list of files again and choose from it.",
  },
  "not-waiting": {
    status: 409,
    title: "This report does not wait for an answer",
    detail: "It was answered, changed or taken back. Load it again.",
  },
  "own-report": {
    status: 403,
    title: "Somebody else must approve this report",
    detail: "Nobody approves a report that they handed in or wrote any of.",
  },
  "not-read": {
    status: 409,
    title: "You have not read this revision",
    detail: "Open the thread for a child safety report, read the draft whole, then approve it.",
  },
  "bad-number": {
    status: 422,
    title: "That is no report number of NCMEC’s",
    detail: "Give the number as their answer says it: digits alone.",
  },
  "bad-time": {
    status: 422,
    title: "That time cannot be",
    detail: "Give a time that has passed and that fits what is on record.",
  },
  "not-exported": {
    status: 409,
    title: "This report was not taken out",
    detail: "Export the report as it was approved, file that with NCMEC, then record the number they gave.",
  },
  "number-taken": {
    status: 409,
    title: "Another report has this number",
    detail: "Each report has a number of its own. Compare it with NCMEC’s answer.",
  },
  "not-filed": {
    status: 409,
    title: "This report is not filed",
    detail: "Holds and destruction belong to reports that NCMEC has taken in.",
  },
  "too-far-ahead": {
    status: 422,
    title: "That is too far ahead",
    detail: "A hold lasts twenty years at the most. Make another when it ends.",
  },
  "report-open": {
    status: 409,
    title: "A report of this thread is still to be filed",
    detail: "File or withdraw it first: what it is written from would be gone.",
  },
  "held-for-law-enforcement": {
    status: 409,
    title: "The thread is held for law enforcement",
    detail: "It stays until that hold ends, whoever else asks for its destruction.",
  },
  "no-destruction": {
    status: 409,
    title: "Nobody has asked for destruction",
    detail: "It was called off, done, or never asked for. Load the report again.",
  },
  "lease-lost": {
    status: 409,
    title: "Another process has taken this filing on",
    detail: "Nothing was read. The other one goes on where this one stopped.",
  },
  "export-outstanding": {
    status: 409,
    title: "The report was exported, and may have been filed by hand",
    detail:
      "Ask whoever exported it. If it was filed, record NCMEC’s number; if it was not, say so and file it here.",
  },
  "cybertip-not-approved": {
    status: 409,
    title: "The report is not approved as it stands",
    detail: "Only what two people stand behind is taken out. Have it approved first.",
  },
  "already-filed": {
    status: 409,
    title: "The report is filed",
    detail:
      "A filed report cannot be filed again, changed or taken back. What is to be added goes into a supplement.",
  },
  "not-stuck": {
    status: 409,
    title: "This report does not stand still",
    detail: "Only a filing that waits or needs a person can be tried again. Look at the report's state.",
  },
  "not-filing": {
    status: 409,
    title: "This report is not being filed",
    detail: "There is nothing to stop. Look at the report's state.",
  },
  "filing-not-live": {
    status: 409,
    title: "Live submission is switched off",
    detail:
      "Export the report and file it by hand, or ask the administrator of the machine to switch live submission on.",
  },
  "environment-changed": {
    status: 409,
    title: "The report was opened in another environment of the service",
    detail: "Ask the administrator of the machine to set that environment again until the report is settled.",
  },
  "cybertip-destroyed": {
    status: 410,
    title: "The report's content was destroyed",
    detail: "Law enforcement asked for it. The proof of destruction is kept with the report.",
  },
  "view-without-files": {
    status: 403,
    title: "This view does not cover attachments",
    detail: "Open the thread again with the scope for attachments, and say why.",
  },
  "file-changed": {
    status: 409,
    title: "The file is no longer the one that was reported",
    detail:
      "The platform now gives a file of another hash or size. Nothing of it counts as viewed. Leave it out of the report with a reason, or ask the platform.",
  },
  "file-not-whole": {
    status: 409,
    title: "The file has not arrived whole",
    detail: "It can be shown clearly once all of it has arrived. Open it again.",
  },
  standby: {
    status: 503,
    title: "This database only follows",
    detail: "Threads are opened on the primary alone. Try again shortly; if it stays so, tell the operator.",
  },
  "unknown-policy": {
    status: 422,
    title: "That policy is not in force",
    detail: "Load the case again and choose one of the policies it lists.",
  },
  "no-escalation-queue": {
    status: 422,
    title: "This queue escalates nowhere",
    detail: "Decide the case here, or ask your lead where it should go.",
  },
  "unknown-severity": {
    status: 422,
    title: "That severity does not exist",
    detail: "Choose low, medium, high or critical.",
  },
  "undo-too-late": {
    status: 409,
    title: "Too late to undo",
    detail: "A decision can be undone for ten seconds. It stands; a new flag would open a new case.",
  },
  "already-undone": {
    status: 409,
    title: "Undone already",
    detail: "Nothing more to do: the case is open again.",
  },
  "taken-over": {
    status: 409,
    title: "Somebody works on it by now",
    detail: "The escalated case has been taken up, so the escalation stands. Speak to whoever holds it.",
  },
  "newer-case": {
    status: 409,
    title: "A newer case has opened on this thread",
    detail: "The decision stands. What is left to say belongs to the newer case.",
  },
  "signal-taken": {
    status: 409,
    title: "Another officer has taken this signal on",
    detail: "Speak to them, or escalate the signal if it should not wait; then it can be taken over.",
  },
  "signal-concluded": {
    status: 409,
    title: "This signal has been concluded",
    detail: "Its conclusion stands. New evidence raises a signal of its own.",
  },
  "not-your-signal": {
    status: 409,
    title: "You have not taken this signal on",
    detail: "Take the signal on first, then conclude it. Only its owner can.",
  },
  "already-at-the-top": {
    status: 409,
    title: "This signal has risen as far as it can",
    detail: "Every officer has been told of it. Take it on and conclude it.",
  },
  "note-without-substance": {
    status: 422,
    title: "The note does not say why",
    detail: "Write down what you found and how: at least ten visible characters, five of them different.",
  },
  "feed-key-missing": {
    status: 401,
    title: "No feed key was sent",
    detail:
      "Send the header authorization: Bearer with a key that the operator made by `unseal siem-keys create`.",
  },
  "feed-key-unknown": {
    status: 401,
    title: "This feed key is not one of ours",
    detail:
      "Check that the key is whole, or ask the operator for a new one. The attempt is in the audit log.",
  },
  "feed-key-revoked": {
    status: 401,
    title: "This feed key has been revoked",
    detail: "Ask the operator for a new one, and go on from the last index that you kept.",
  },
  "feed-key-expired": {
    status: 401,
    title: "This feed key has run out",
    detail: "Ask the operator for a new one, and go on from the last index that you kept.",
  },
  "feed-key-scope": {
    status: 403,
    title: "This key does not read events",
    detail: "Ask the operator for a key with the scope feed:read.",
  },

  ...COLLECTION_DENIALS,
  ...HOLD_DENIALS,
  ...PRODUCTION_DENIALS,
  ...LEGAL_REQUEST_DENIALS,
} as const satisfies Record<string, Denial>;

/** Spoken by the application before any function of the database was asked, and recorded by audit.record_denial. */
const APPLICATION_DENIALS = {
  ...DELIVERY_APPLICATION_DENIALS,
  "cross-origin": {
    status: 403,
    title: "This request came from another site",
    detail: "Open the console itself and act there. The attempt is in the audit log.",
  },
  "bad-cursor": {
    status: 400,
    title: "This page marker is not one of ours",
    detail: "Start again from the first page.",
  },
  "derived-field": {
    status: 422,
    title: "Some of this cannot be typed",
    detail:
      "Who reports comes from the settings, and what we viewed from the audit log. Leave out the fields that `errors` points at.",
  },
  "not-json": {
    status: 415,
    title: "The request is not JSON",
    detail: "Send one JSON value in UTF-8 with the header content-type: application/json.",
  },
  "not-a-form": {
    status: 415,
    title: "The request is not a form",
    detail: "Send the fields of the form with the header content-type: application/x-www-form-urlencoded.",
  },
  "form-expired": {
    status: 403,
    title: "The form is not valid any more",
    detail: "Load the page again and try once more.",
  },
  "log-shorter": {
    status: 409,
    title: "The log is shorter than the place that you ask behind",
    detail:
      "It was cut or an old copy was put back, or the place is not one that you were given. Keep what you have, and tell the operator and the compliance officers.",
  },
  "too-many-refused-keys": {
    status: 429,
    title: "Too many keys were refused",
    detail: "This address waits. Mend the key, then try again after the seconds of the header retry-after.",
  },
  "too-large": {
    status: 413,
    title: "The request is too large",
    detail: "Send at most 64 KiB.",
  },
  "bad-field": {
    status: 422,
    title: "A field is missing, unknown or of the wrong form",
    detail: "Mend the fields that `errors` points at and send the request again.",
  },
  "ticket-unknown": {
    status: 422,
    title: "The ticket system does not know this ticket",
    detail: "Check the number. A ticket that is closed or not yours may not count.",
  },
  "ticket-check-failed": {
    status: 503,
    title: "The ticket system did not answer",
    detail: "Nothing is opened on a ticket that could not be checked. Try again in a moment.",
  },
  "reporter-unknown": {
    status: 409,
    title: "The settings do not say who reports",
    detail: "Ask an administrator of the machine to complete them (`unseal cybertip`), then try again.",
  },
  "file-gone": {
    status: 410,
    title: "The platform has the file no more",
    detail: "Ask the platform for it, or leave it out of the report with a reason.",
  },
  "file-too-large": {
    status: 413,
    title: "The file is too large to be fetched",
    detail:
      "It goes with the report all the same if the settings allow its size; it cannot be looked at here.",
  },
  "file-unreachable": {
    status: 502,
    title: "The platform did not give the file",
    detail: "Try again in a moment. If it stays so, tell an administrator of the machine.",
  },
  "file-source": {
    status: 502,
    title: "The file lies where nothing is fetched from",
    detail:
      "The settings name no such origin for this platform, the address leads elsewhere, or its token is not taken. Ask an administrator of the machine.",
  },
  "cybertip-not-assembled": {
    status: 409,
    title: "What was approved is not valid any more",
    detail:
      "The settings, or the rules of NCMEC's service, have changed since. Open the draft, correct what is marked, and have it approved again.",
  },
  "sealed-damaged": {
    status: 500,
    title: "The sealed content does not open",
    detail:
      "It was moved, changed, or sealed with a key that is not here. Nothing was shown. Tell an administrator the request id.",
  },
  "database-failure": {
    status: 503,
    title: "The database did not answer as it should",
    detail:
      "Nothing was changed. Try again in a moment; if it stays so, tell an administrator the request id.",
  },
  failure: {
    status: 500,
    title: "Something failed on our side",
    detail: "Nothing was shown or changed. Try again; if it stays so, tell an administrator the request id.",
  },

  ...LEGAL_APPLICATION_DENIALS,
} as const satisfies Record<string, Denial>;

export const DENIALS = { ...DATABASE_DENIALS, ...APPLICATION_DENIALS } as const satisfies Record<
  string,
  Denial
>;
export type DenialCode = keyof typeof DENIALS;
export const DATABASE_DENIAL_CODES = Object.keys(DATABASE_DENIALS) as (keyof typeof DATABASE_DENIALS)[];

/** Is this word one of the codes? For what comes back from the database or out of the log. */
export function isDenialCode(word: unknown): word is DenialCode {
  return typeof word === "string" && Object.hasOwn(DENIALS, word);
}
