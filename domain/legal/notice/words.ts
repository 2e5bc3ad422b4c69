/** Notices to the account that a request is about. The platform delivers them; we say what, when and whether. */

export const NOTICE_STATES = [
  /** Waits for counsel; `dueAt` says until when. */
  "planned",
  /** Counsel let it go: the platform finds it in its feed. */
  "released",
  /** The platform has fetched it and has not yet said that it delivered it. */
  "handed_over",
  /** The platform says that it delivered it, when, and how. */
  "sent",
  /** May not be sent, for now or for good: `barredWhy` says why. */
  "barred",
] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

export const NOTICE_CHANNELS = ["email", "in_app", "post", "other"] as const;
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number];

/** Why a notice may not be sent. */
export const NOTICE_BARS = {
  child_safety: "The request is about the safety of a child: the account is never told.",
  cybertip_reported: "A thread of this account was reported to NCMEC: the account is not told.",
  authority_informs:
    "The authority informs the person itself; the provider must not (Regulation (EU) 2023/1543, Art. 13).",
  gagged: "An order forbids it until the day that the request names.",
  gagged_indefinitely:
    "An order forbids it without an end. It is looked at again on the day of the next review.",
  policy_bars: "The notice policy of the request says that nobody is told.",
  not_real:
    "The requester was not who they said, or the request was rejected or withdrawn: there is nothing to tell.",
  counsel: "Counsel decided that it is not sent, and said why.",
} as const;
export type NoticeBar = keyof typeof NOTICE_BARS;

export const REVIEW_OUTCOMES = ["still_barred", "lifted"] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

/** An order without an end is looked at again this often. */
export const GAG_REVIEW_DAYS = 90;
/** Days before the end of an order at which it is called to mind, and after which the notice is due. */
export const GAG_REMINDERS = [30, 7, 1] as const;
export const DUE_AFTER_GAG_DAYS = 7;
/** Days before the answer is due at which a notice `before` is due, so that the person can object. */
export const DUE_BEFORE_DAYS = 7;
/** Days after the answer at which a notice `after` is due. */
export const DUE_AFTER_DAYS = 30;
