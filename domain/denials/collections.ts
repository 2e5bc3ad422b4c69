import type { Denial } from "../denials.ts";

/** Why collecting and its review are refused; spoken by db/sql/functions/96_legal_*.sql. */
export const COLLECTION_DENIALS = {
  "request-not-approved": {
    status: 409,
    title: "The request is not approved",
    detail:
      "Nothing is collected, read or produced before that. Have what it asks approved as it stands now.",
  },
  "unknown-account": {
    status: 422,
    title: "The request names no such account",
    detail: "Choose among the accounts that the request names, or add the account to the request first.",
  },
  "unknown-thread": {
    status: 422,
    title: "These accounts are not in such a thread",
    detail: "Leave the thread out, or choose one in which an account of the request takes part.",
  },
  "category-not-allowed": {
    status: 422,
    title: "This category may not be given for this request",
    detail: "Choose among the categories that are allowed, or ask a second counsel for an exception first.",
  },
  "range-reversed": {
    status: 422,
    title: "The range ends before it begins",
    detail: "With what the request says, nothing lies between. Give a beginning before the end.",
  },
  "outside-range": {
    status: 422,
    title: "This reaches beyond the request's dates",
    detail: "Keep within them. If the request covers more, change it and have it approved again.",
  },
  "outside-regions": {
    status: 422,
    title: "All of it lies outside your regions",
    detail: "Ask a counsel of those regions to collect.",
  },
  "own-thread": {
    status: 409,
    title: "You take part in one of these threads",
    detail: "Nobody collects or reads what they wrote in themselves. Ask another counsel.",
  },
  "intake-busy": {
    status: 503,
    title: "Messages are being written without a pause",
    detail: "A cut-off needs a moment in which nobody writes. Nothing was collected. Try again in a moment.",
  },
  "collection-outdated": {
    status: 409,
    title: "The request has changed since this was collected",
    detail: "What it asks now was approved, but not for this collection. Collect again.",
  },
  "not-held": {
    status: 409,
    title: "What was collected is not held any more",
    detail:
      "Make a hold over the request's accounts, then go on. Without one it could change under your eyes.",
  },
  "bad-place": {
    status: 422,
    title: "There is no such place in the thread",
    detail:
      "Go on from the place that the page before named, or begin anew. A page has at most a hundred messages.",
  },
  "nothing-there": {
    status: 404,
    title: "No message was collected from there on",
    detail: "The thread ends before. Go back to an earlier page.",
  },
  "no-bodies": {
    status: 409,
    title: "Only metadata was collected",
    detail: "There are no words to redact or to look for. Set aside what is not to be produced.",
  },
  "already-set-aside": {
    status: 409,
    title: "This is set aside already",
    detail: "Take the earlier decision back if its kind or its reason was wrong.",
  },
  "already-named": {
    status: 409,
    title: "This participant is named already",
    detail: "The request names the account, or somebody has named it meanwhile. Load the page again.",
  },
  "already-taken-back": {
    status: 409,
    title: "This was taken back already",
    detail: "Load the page again to see what stands.",
  },
  "too-many-rules": {
    status: 409,
    title: "There are two hundred rules already",
    detail: "Take one back, or let one expression do the work of several.",
  },
  "decisions-changed": {
    status: 409,
    title: "Something was decided since you looked",
    detail: "Look through what stands now, then hand it in.",
  },
  "collection-handed-in": {
    status: 409,
    title: "This review was handed in",
    detail: "What was decided is frozen. Reopen the collection, with a reason, to decide more.",
  },
  "collection-not-handed-in": {
    status: 409,
    title: "This review is still open",
    detail: "Hand it in first.",
  },
} as const satisfies Record<string, Denial>;
