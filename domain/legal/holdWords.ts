/**
 * Holds: what keeps data of named accounts from being deleted, and for how long. The database holds the same table
 * (`legal.hold_clock`); a test compares them.
 *
 * Days are of 24 hours: counted from the moment of the freeze, which is never earlier than the request, so that a hold ends
 * late rather than early.
 */
export interface HoldClock {
  /** Days that it lasts from the freeze; null: until it is released. */
  readonly days: number | null;
  /** Days that a renewal adds. */
  readonly renewalDays: number | null;
  /** How often it may be renewed; null: without limit. */
  readonly renewals: number | null;
  /** The one who makes it says until when. */
  readonly untilAsked: "never" | "optional" | "required";
}

export const LEGAL_HOLD_KINDS = ["2703f", "epoc_pr", "yearly", "litigation", "production", "other"] as const;
export type LegalHoldKind = (typeof LEGAL_HOLD_KINDS)[number];

export const HOLD_CLOCKS: Readonly<Record<LegalHoldKind, HoldClock>> = {
  /** 18 U.S.C. 2703(f)(2): 90 days, extended once by 90 upon a renewed request. */
  "2703f": { days: 90, renewalDays: 90, renewals: 1, untilAsked: "never" },
  /**
   * Regulation (EU) 2023/1543, Art. 11: 60 days, extended once by 30; as long as the production needs once the issuing
   * authority has confirmed that an EPOC was issued.
   */
  epoc_pr: { days: 60, renewalDays: 30, renewals: 1, untilAsked: "never" },
  /** One year, and another as often as counsel says why: like what 18 U.S.C. 2258A(h) asks after a CyberTipline report. */
  yearly: { days: 365, renewalDays: 365, renewals: null, untilAsked: "never" },
  /** For claims: until a day that counsel names, or until it is released. */
  litigation: { days: null, renewalDays: null, renewals: null, untilAsked: "optional" },
  /** Made with a collection: as long as its production needs. */
  production: { days: null, renewalDays: null, renewals: null, untilAsked: "never" },
  other: { days: null, renewalDays: null, renewals: null, untilAsked: "required" },
};

export const HOLD_KIND_WORDS: Readonly<Record<LegalHoldKind, { label: string; law: string }>> = {
  "2703f": { label: "Preservation, 18 U.S.C. 2703(f)", law: "18 U.S.C. 2703(f)" },
  epoc_pr: { label: "European preservation order", law: "Regulation (EU) 2023/1543, Art. 11" },
  yearly: { label: "Preservation for a year", law: "Preserved on counsel's decision" },
  litigation: { label: "Litigation hold", law: "Establishment, exercise or defence of legal claims" },
  production: { label: "Kept for a production", law: "Compliance with a legal obligation" },
  other: { label: "Other hold", law: "Preserved on counsel's decision" },
};

export const HOLD_STATES = ["live", "lapsed", "released"] as const;
export type HoldState = (typeof HOLD_STATES)[number];

/** Days before its end at which a hold is called to mind. */
export const HOLD_REMINDERS = [30, 7, 1] as const;
/** A hold without an end is looked at this often. */
export const HOLD_REVIEW_DAYS = 180;

/** What a hold covers that is never deleted anyway, in words for people. */
export const HOLDS_AND_LOG =
  "Views, decisions and every other event are in the audit log, which nobody can delete with or without a hold.";

/** How far an erasure has come. */
export const ERASURE_STATES = ["received", "running", "deferred", "done"] as const;
export type ErasureState = (typeof ERASURE_STATES)[number];
export const ERASURE_SCOPES = ["account", "thread"] as const;
export type ErasureScope = (typeof ERASURE_SCOPES)[number];

/** What an erasure waits for. */
export const ERASURE_CONFLICTS = ["hold", "cybertip_hold", "open_report", "open_case"] as const;
export type ErasureConflict = (typeof ERASURE_CONFLICTS)[number];

/** Why each of them goes before an erasure, for staff. */
export const ERASURE_CONFLICT_WORDS: Readonly<Record<ErasureConflict, { label: string; law: string }>> = {
  hold: {
    label: "Lawful hold",
    law: "GDPR Art. 17(3)(b): a legal obligation; (e): legal claims.",
  },
  cybertip_hold: {
    label: "Preservation after a CyberTip report",
    law: "GDPR Art. 17(3)(b) with 18 U.S.C. 2258A(h).",
  },
  open_report: {
    label: "CyberTip report that is not settled",
    law: "GDPR Art. 17(3)(b) with 18 U.S.C. 2258A(a).",
  },
  open_case: {
    label: "Open case",
    law: "GDPR Art. 17(3)(b), (e): the flag is being worked on; it ends with the decision.",
  },
};

/**
 * What the platform is told while something is kept: the law's ground in general words, the same whatever the cause, since
 * telling one cause from another would tell of an order that must not be told of.
 */
export const ERASURE_GROUND = {
  law: "GDPR Art. 17(3)(b), (e)",
  words:
    "Some of the data must still be kept: to comply with the law, or for legal claims. It is erased by itself as soon as that ends. Nothing more can be said about the reason.",
} as const;
