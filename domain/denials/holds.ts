import type { Denial } from "../denials.ts";

/** Why holds, erasures and notices to accounts are refused; spoken by db/sql/functions/95_legal_*.sql. */
export const HOLD_DENIALS = {
  "hold-kind-does-not-fit": {
    status: 422,
    title: "A request of this type brings no such hold",
    detail: "Choose the kind that belongs to the request's type, or a hold on counsel's own decision.",
  },
  "hold-needs-end": {
    status: 422,
    title: "It does not say until when",
    detail: "Name the day on which the hold ends.",
  },
  "hold-has-its-clock": {
    status: 422,
    title: "A hold of this kind has its own clock",
    detail: "Leave its end out: it follows from the kind. Where a renewal is possible, renew it.",
  },
  "already-held": {
    status: 409,
    title: "These accounts are held, or were",
    detail:
      "A hold with a clock takes an account once a request. Renew the one that is there, or ask the authority for another request.",
  },
  "hold-over": {
    status: 409,
    title: "This hold has ended",
    detail:
      "It has lapsed or was released, and cannot be brought back. Make another if there is ground for it.",
  },
  "hold-not-renewable": {
    status: 409,
    title: "A hold of this kind is not renewed",
    detail: "It lasts until its day, or until it is released.",
  },
  "renewals-used-up": {
    status: 409,
    title: "The law gives no further renewal",
    detail: "A preservation is renewed once. It ends on its day, unless the order to produce arrives before.",
  },
  "hold-moved": {
    status: 409,
    title: "Somebody else has renewed it meanwhile",
    detail: "Read the hold again. Its end is another now.",
  },
  "no-such-production": {
    status: 422,
    title: "That is no order to produce that can be confirmed here",
    detail: "Register the European production order first, then choose it.",
  },
  "no-release": {
    status: 409,
    title: "Nobody has asked for its release",
    detail: "There is nothing to call off. Read the hold again.",
  },
  "hold-not-hashed": {
    status: 409,
    title: "What was frozen is still being hashed",
    detail: "The hold is in force meanwhile. Compare when the digests are whole.",
  },
  "check-under-way": {
    status: 409,
    title: "A comparison is under way",
    detail: "Its result appears with the hold.",
  },
  "held-for-lawful-request": {
    status: 409,
    title: "The thread is held for a lawful request",
    detail: "It is not destroyed while that hold lasts. The page of holds says until when.",
  },
  "notice-policy": {
    status: 409,
    title: "The request's notice policy is that nobody is told",
    detail: "Change the policy in the request first, if that is wrong.",
  },
  "notice-gone": {
    status: 409,
    title: "This notice is not waiting any more",
    detail: "Read the notices again: it was let go, sent or barred meanwhile.",
  },
  "notice-barred": {
    status: 409,
    title: "This account may not be told now",
    detail: "The notice says what stands in its way, and until when.",
  },
  "notice-too-early": {
    status: 409,
    title: "The request has not been answered yet",
    detail: "By its policy the account is told afterwards. Wait, or change the policy in the request.",
  },
  "notice-moved": {
    status: 409,
    title: "The text is another than the one you read",
    detail: "Read it as it stands now, then let it go.",
  },
  "gag-needs-two": {
    status: 409,
    title: "An order not to tell ends early only when two counsel say so",
    detail: "Record a review of the order that says it was lifted; another counsel does the same.",
  },
  "child-safety-stays": {
    status: 409,
    title: "A request about the safety of a child stays one",
    detail: "Was it marked by mistake? Withdraw it with the reason and register it anew.",
  },
  "no-gag": {
    status: 409,
    title: "No order not to tell is in force",
    detail: "There is nothing to look at again.",
  },
} as const satisfies Record<string, Denial>;
