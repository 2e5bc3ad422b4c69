import type { Denial } from "../denials.ts";

/** Why registering, verifying and approving lawful requests is refused; spoken by db/sql/functions/94_legal_*.sql. */
export const LEGAL_REQUEST_DENIALS = {
  "request-changed": {
    status: 409,
    title: "The request has changed since you read it",
    detail: "Read it again as it stands now, then decide.",
  },
  "request-not-open": {
    status: 409,
    title: "The request's state does not allow this",
    detail: "It was answered, ended or closed. If it must be taken up again, take it into review first.",
  },
  "request-not-in-review": {
    status: 409,
    title: "The request is not in review",
    detail: "Somebody takes it into review first and handles it; then it can be approved.",
  },
  "request-not-answered": {
    status: 409,
    title: "The request has not been answered",
    detail: "Produce, reject, withdraw, or record that there are no records; then close it.",
  },
  "hold-lives": {
    status: 409,
    title: "What was preserved is still held",
    detail: "Release its holds, or wait until they end; then close it.",
  },
  "packet-unfinished": {
    status: 409,
    title: "A packet of it is not finished",
    detail: "Release it, send it back or discard it; then close the request.",
  },
  "delivery-waiting": {
    status: 409,
    title: "A delivery of it waits to be fetched",
    detail: "Closing would break its link. Recall it, or wait until it is fetched or has expired.",
  },
  "in-review-already": {
    status: 409,
    title: "You have this request in review already",
    detail: "Go on with it, or let another counsel take it over.",
  },
  "acknowledged-already": {
    status: 409,
    title: "This request was acknowledged before",
    detail: "Nothing has to be done. The history says when, and by whom.",
  },
  "received-in-future": {
    status: 422,
    title: "It cannot have been received in the future",
    detail: "Give the moment at which it reached us, in UTC or with its zone.",
  },
  "received-checked-already": {
    status: 409,
    title: "When it was received cannot be made later any more",
    detail:
      "Checks of the requester rest on that moment. If it is wrong, reject this one and register it anew.",
  },
  "range-ends-first": {
    status: 422,
    title: "The date range ends before it begins",
    detail: "Give a beginning that lies before the end, or ask the authority which one is meant.",
  },
  "order-ends-first": {
    status: 422,
    title: "The order lapses before it was issued",
    detail: "Look at both dates in the order, and ask the authority when they stand there like that.",
  },
  "order-expired": {
    status: 409,
    title: "The order had lapsed when it reached us",
    detail:
      "Reject it as expired, or ask the authority for a fresh one. Correct the date if it was mistyped.",
  },
  "gag-has-two-ends": {
    status: 422,
    title: "A gag order ends at one time",
    detail: "Give its end, or say that it has none, but not both.",
  },
  "gag-without-order": {
    status: 422,
    title: "No order is named that keeps us silent",
    detail: "Give the reference of the order under which nobody may be told.",
  },
  "notice-not-ours": {
    status: 422,
    title: "Under e-Evidence we never tell the user",
    detail:
      "The issuing authority does (Regulation (EU) 2023/1543, Art. 13). Choose that notice is not ours.",
  },
  "notice-never-here": {
    status: 422,
    title: "In a matter of child safety nobody is told",
    detail: "Choose that notice is barred or not applicable.",
  },
  "agency-not-known": {
    status: 422,
    title: "The directory has no such authority in use",
    detail: "Choose another, enter it after a search of your own, or leave it open for now.",
  },
  "agency-retired": {
    status: 409,
    title: "This authority is not in use any more",
    detail: "Choose another of the directory, or enter it anew.",
  },
  "agency-entered-already": {
    status: 409,
    title: "The directory has an authority of that name there",
    detail: "Use the one that stands there, or change it.",
  },
  "bad-domain": {
    status: 422,
    title: "One of these is no domain",
    detail:
      "Write each as it stands behind the @, for example police.example.org, without an address or path.",
  },
  "bad-telephone": {
    status: 422,
    title: "This is no telephone number",
    detail: "Write it with + and the country's code, for example +1 202 555 0100.",
  },
  "source-without-substance": {
    status: 422,
    title: "It does not say where this was found",
    detail:
      "Name the source in a sentence, one that is not the request itself: at least ten visible characters, five of them different.",
  },
  "number-entered-already": {
    status: 409,
    title: "The directory has this number for the authority",
    detail: "Confirm the one that stands there, or retire it first.",
  },
  "number-confirmed-already": {
    status: 409,
    title: "This number is confirmed already",
    detail: "It can be used as it is. The directory says by whom and from which source.",
  },
  "own-number": {
    status: 403,
    title: "You entered this number yourself",
    detail: "Another counsel confirms it, by a search of their own.",
  },
  "number-not-confirmed": {
    status: 409,
    title: "This number was not confirmed when it was called",
    detail:
      "Another counsel than the one who entered it confirms it first. Then call it, again if you called before.",
  },
  "number-retired": {
    status: 409,
    title: "This number is not in use any more",
    detail: "Call another number of the directory.",
  },
  "number-of-another-agency": {
    status: 422,
    title: "This is no number of the request's authority",
    detail: "Choose the authority in the request first, then a number that the directory has for it.",
  },
  "number-from-request": {
    status: 409,
    title: "This is the number that stands in the request",
    detail:
      "Whoever forged the letter answers there. Call one that the directory had before the request came, or find another.",
  },
  "called-in-future": {
    status: 422,
    title: "The call lies in the future",
    detail: "Record it after it was made, with the time at which it was made.",
  },
  "called-before-received": {
    status: 422,
    title: "The call was made before the request came",
    detail: "It cannot have been about it. Call the authority about this request.",
  },
  "spoke-with-nobody": {
    status: 422,
    title: "It does not say who answered",
    detail: "Name the person or the desk that confirmed the request. If nobody did, the call did not pass.",
  },
  "document-not-known": {
    status: 404,
    title: "The request has no such document",
    detail: "Choose one of those that the request lists.",
  },
  "not-by-portal": {
    status: 422,
    title: "The request did not come through a portal",
    detail: "Use another check, or correct the channel by which it came.",
  },
  "domain-not-in-directory": {
    status: 409,
    title: "The address is not on a domain of the authority",
    detail: "This check cannot pass. Record it as failed or unclear, and call the authority back.",
  },
  "second-person-needed": {
    status: 403,
    title: "You made the check that a second person must back",
    detail: "Another counsel looks at the whole and records what they found.",
  },
  "call-back-failed": {
    status: 409,
    title: "A call back failed",
    detail:
      "The authority did not confirm this requester, so nothing may be given. Reject the request, or register the right requester.",
  },
  "check-failed": {
    status: 409,
    title: "A check of the requester failed",
    detail: "Nothing may be given to this requester. Reject the request, or register the right requester.",
  },
  "verify-agency": {
    status: 409,
    title: "The authority is not known to the directory",
    detail: "Choose it in the request. If the directory lacks it, enter it after a search of your own.",
  },
  "verify-document": {
    status: 409,
    title: "Nobody has checked the order itself",
    detail: "Attach the order and record a check of the document that passed.",
  },
  "verify-identity": {
    status: 409,
    title: "Nobody has checked who consents",
    detail: "Attach proof of identity and record a check of that document that passed.",
  },
  "verify-call-back": {
    status: 409,
    title: "Nobody has called the authority back",
    detail:
      "Call a number that the directory has confirmed, not the one in the request, and record who answered. A genuine mailbox is not enough.",
  },
  "verify-sender": {
    status: 409,
    title: "Nobody has checked who sent this",
    detail: "Call the authority back, or record a check of the sender's domain or portal that passed.",
  },
  "verify-second-person": {
    status: 409,
    title: "A second person has not checked this yet",
    detail: "Somebody else than the one who called looks at the whole and records a check of their own.",
  },
  "platform-not-known": {
    status: 422,
    title: "There is no such platform here",
    detail: "Choose the platform of each account among those that are set up.",
  },
  "too-many-accounts": {
    status: 422,
    title: "A request names at most 500 accounts",
    detail: "Ask the authority to narrow it, or register it in parts.",
  },
  "account-not-named": {
    status: 422,
    title: "The request names no such account",
    detail: "Read the request again: it may have been dropped already.",
  },
  "no-account-named": {
    status: 409,
    title: "The request names no account",
    detail: "Add the accounts that it is about, or ask the authority which they are.",
  },
  "own-account-named": {
    status: 403,
    title: "An account of your own is among them",
    detail: "Nobody works on what is about themselves. Another counsel takes this request.",
  },
  "category-not-asked": {
    status: 422,
    title: "The request does not ask for this category",
    detail: "Nothing is given that was not asked for. Correct what is asked if it was written down wrongly.",
  },
  "category-allowed-already": {
    status: 409,
    title: "This category may be given as it is",
    detail: "It needs no exception.",
  },
  "exception-not-possible": {
    status: 409,
    title: "Nothing can open this category for such a request",
    detail:
      "The law knows no way from this kind of process to it, whoever agrees. Ask the authority for the process that it needs.",
  },
  "exception-asked-already": {
    status: 409,
    title: "This exception has been asked for",
    detail: "Another counsel answers it.",
  },
  "exception-not-known": {
    status: 404,
    title: "There is no such exception to answer",
    detail: "Read the request again and choose one that waits for an answer.",
  },
  "exception-answered": {
    status: 409,
    title: "This exception was answered or has lapsed",
    detail: "Read the request again. What was asked may have changed meanwhile.",
  },
  "exception-waiting": {
    status: 409,
    title: "An exception waits for its answer",
    detail: "Another counsel grants or refuses it first.",
  },
  "own-exception": {
    status: 403,
    title: "You asked for this exception yourself",
    detail: "Another counsel answers it.",
  },
  "nothing-may-be-given": {
    status: 409,
    title: "Such a request is given nothing",
    detail:
      "By its type, its jurisdiction and who issued it, none of what it asks may be given. Reject it, ask for the right process, or route it.",
  },
  "second-counsel-needed": {
    status: 403,
    title: "A second counsel approves this",
    detail:
      "Content and emergencies are approved by somebody who neither registered, handled nor changed the request.",
  },
  "ground-not-here": {
    status: 422,
    title: "This ground is not one for such a request",
    detail: "For European orders choose among the grounds of Annex III; for all others, among the rest.",
  },
  "records-found": {
    status: 409,
    title: "There are records that fall under it",
    detail:
      "Look at the scope: what it counts must be answered, set aside or refused, and not called nothing.",
  },
  "too-many-documents": {
    status: 409,
    title: "The request has as many documents as it may have",
    detail: "Leave out what is not needed, or ask the administrator of the machine for a higher limit.",
  },
  "document-too-large": {
    status: 413,
    title: "The document is larger than is taken",
    detail:
      "Nothing of it was kept. Ask for it in parts or scanned with fewer dots; the limit stands in the settings.",
  },
  "document-not-whole": {
    status: 422,
    title: "The document did not arrive whole",
    detail: "Nothing of it was kept. Send it again.",
  },
  "document-name-taken": {
    status: 409,
    title: "Another document of that name came at the same moment",
    detail: "Nothing of this one was kept. Send it again, and it is given a name of its own.",
  },
} as const satisfies Record<string, Denial>;

/** Spoken by the application, before or beside the database. */
export const LEGAL_APPLICATION_DENIALS = {
  "document-empty": {
    status: 422,
    title: "The document is empty",
    detail: "Not one byte arrived. Choose the file again.",
  },
  "document-broken-off": {
    status: 400,
    title: "The document broke off on its way",
    detail: "Nothing of it was kept. Send it again.",
  },
  "bad-file-name": {
    status: 422,
    title: "The file has no name that can be kept",
    detail: "Give it a name of letters, digits and dots, and send it again.",
  },
  "bad-zone": {
    status: 422,
    title: "There is no such time zone",
    detail: "Give its name in the IANA list, for example Europe/Berlin or America/New_York.",
  },
} as const satisfies Record<string, Denial>;
