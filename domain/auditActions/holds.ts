/** Holds, erasures and notices to accounts. No account and no word of anybody's: ids, figures, days and hashes. */
export const HOLD_ACTIONS = {
  /** Counsel froze the data of a request's accounts; the detail counts them. */
  "legal.held": "Hold data for lawful request",
  /** A hold was renewed by its kind's length. */
  "legal.hold_renewed": "Renew hold",
  /** The authority confirmed that the order to produce was issued: the hold lasts as long as that needs. */
  "legal.hold_production_confirmed": "Confirm production that hold waits for",
  /** Counsel looked at a hold without an end, and it is still needed. */
  "legal.hold_reviewed": "Review hold",
  /** Counsel asked for a hold's release while its request is open. */
  "legal.hold_release_asked": "Ask for release of hold",
  /** A release that was asked for will not be. */
  "legal.hold_release_called_off": "Call off release of hold",
  /** A hold was released; the subject is the one who asked, where it takes two. */
  "legal.hold_released": "Release hold",
  /** The last day of a hold has passed. The worker records what the clock had made true. */
  "legal.hold_lapsed": "Hold lapsed",
  /** All that a hold keeps has been hashed; one digest over all of it is in the detail. */
  "legal.hold_hashed": "Hash what is held",
  /** Counsel had what is held compared with what was frozen. */
  "legal.hold_check_asked": "Ask for comparison of hold",
  /** The comparison ended; `failed` when something is not as it was. */
  "legal.hold_checked": "Compare hold with what was frozen",
  /** Holds were asked for by somebody whom they are not for. */
  "legal.holds_listed": "List holds",
  /** A hold was asked for by somebody whom it is not for. */
  "legal.hold_read": "Read hold",
  /** A platform asked for the erasure of an account or a thread. */
  "legal.erasure_asked": "Ask for erasure",
  /** Some of it must be kept for now; the detail counts causes. */
  "legal.erasure_deferred": "Defer erasure",
  /** An erasure is done; the detail counts what is gone and holds the proof's hash. */
  "legal.erased": "Erase data",
  /** Erasures were asked for by somebody whom they are not for. */
  "legal.erasures_listed": "List erasures",
  /** An erasure was asked for by somebody whom it is not for. */
  "legal.erasure_read": "Read erasure",
  /** Counsel said who is told when, or under which order nobody is. */
  "legal.notice_policy_set": "Set notice policy of lawful request",
  /** Counsel planned notices to the accounts of a request. */
  "legal.notice_planned": "Plan notices to accounts",
  /** Counsel let a notice go to the platform; the detail holds template and hash of the text. */
  "legal.notice_released": "Let notice to account go",
  /** The platform fetched a notice to deliver it. */
  "legal.notice_handed_over": "Hand notice over to platform",
  /** The platform says that it delivered a notice, when and how. */
  "legal.notice_sent": "Notice delivered to account",
  /** Counsel decided that a notice is not sent, and why. */
  "legal.notice_barred": "Bar notice to account",
  /** A notice that had been let go may not be sent any more; the detail says why, and whether the platform had it. */
  "legal.notice_called_back": "Call notice to account back",
  /** Notices were asked for by somebody whom they are not for. */
  "legal.notices_listed": "List notices to accounts",
  /** Counsel looked again at an order not to tell. It ends early only when two say so; the subject is the first. */
  "legal.gag_reviewed": "Review order not to tell",
} as const;
