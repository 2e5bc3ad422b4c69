/** The register of lawful requests, the directory of authorities, and who was verified how. No names, addresses or numbers. */
export const LEGAL_REQUEST_ACTIONS = {
  /** Counsel registered a request as it was received. */
  "legal.registered": "Register lawful request",
  /** Counsel changed what is asked, who asks, or other facts; the detail says which of these. */
  "legal.changed": "Change lawful request",
  /** Accounts were added to a request or dropped from it. */
  "legal.accounts_changed": "Change accounts of lawful request",
  /** The authority was told that we have it. */
  "legal.acknowledged": "Acknowledge lawful request",
  /** Counsel took a request into review and handles it from here on. */
  "legal.taken_into_review": "Take lawful request into review",
  /** The authority was asked for what is missing. */
  "legal.info_asked": "Ask authority for information",
  /** A request was rejected; the detail names the ground. */
  "legal.rejected": "Reject lawful request",
  /** The authority withdrew a request, or it lapsed. */
  "legal.withdrawn": "Withdraw lawful request",
  /** A request was approved as it stood; the subject is the one who handled it. */
  "legal.approved": "Approve lawful request",
  /** Nothing that is kept falls under a request. */
  "legal.no_records_found": "Record that there are no records",
  /** A request was closed; the detail says with which outcome. */
  "legal.closed": "Close lawful request",
  /** Counsel asked for a category beyond what the type gives. */
  "legal.exception_asked": "Ask for exception to lawful request",
  /** Another counsel granted or refused it; the subject is the one who asked. */
  "legal.exception_answered": "Answer exception to lawful request",
  /** What a request would touch was asked for by somebody whom it is not for. */
  "legal.scope_counted": "Count scope of lawful request",
  /** The register was asked for by somebody whom it is not for. */
  "legal.listed": "List lawful requests",
  /** A request was asked for by somebody whom it is not for. */
  "legal.read": "Read lawful request",
  /** What is due was asked for by somebody whom it is not for. */
  "legal.deadlines_read": "Read deadlines of lawful requests",
  /** Figures about requests were asked for by somebody whom they are not for. */
  "legal.figures_read": "Read figures about lawful requests",
  /** A document came with a request, or was refused. */
  "legal.document_added": "Add document to lawful request",
  /** Counsel took a document out. Written before the first of it is read. */
  "legal.document_read": "Read document of lawful request",
  /** The directory was asked for by somebody whom it is not for. */
  "legal.agencies_read": "Read directory of authorities",
  /** An authority was entered in the directory. */
  "legal.agency_entered": "Enter authority",
  /** An authority's facts changed, or it was retired. */
  "legal.agency_changed": "Change authority",
  /** A number to call back was entered. It counts for nothing until another confirms it. */
  "legal.number_entered": "Enter call-back number",
  /** Another counsel confirmed it; the subject is the one who entered it. */
  "legal.number_confirmed": "Confirm call-back number",
  /** A number was taken out of use. */
  "legal.number_retired": "Retire call-back number",
  /** Somebody recorded what they did to find out whether the requester is who they say, and what came of it. */
  "legal.checked": "Check requester",
  /** What is known of a requester was asked for by somebody whom it is not for. */
  "legal.verification_read": "Read verification of requester",
  /** The operator changed limits, holidays or how long a check counts; the detail names which. */
  "legal.settings_changed": "Change settings of lawful requests",
} as const;
