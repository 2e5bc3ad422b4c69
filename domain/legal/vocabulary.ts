/** The closed lists of lawful requests. The database holds the same as constraints and a test compares the two. */

/** What a request is in law. Rules of each: `requestTypes.ts`. */
export const REQUEST_TYPES = [
  "subpoena",
  "court_order_2703d",
  "warrant",
  "preservation_2703f",
  "emergency_disclosure",
  "consent",
  "civil_subpoena",
  "epoc",
  "epoc_pr",
  "dsa_art_9",
  "dsa_art_10",
  "tco_removal",
  "uk_opo",
  "uk_ipa",
  "cloud_order",
  "mlat",
  "nsl",
  "pen_trap",
  "other",
] as const;
export type RequestType = (typeof REQUEST_TYPES)[number];

/** Who signed it. Decides what an EPOC may ask (Regulation (EU) 2023/1543, Art. 4), and that a warrant is one. */
export const ISSUERS = ["court", "judge", "prosecutor", "police", "agency", "party", "user"] as const;
export type Issuer = (typeof ISSUERS)[number];

/** From least to most: a later category holds what the earlier ones do not. */
export const DATA_CATEGORIES = ["subscriber", "identification", "traffic", "content"] as const;
export type DataCategory = (typeof DATA_CATEGORIES)[number];

export const REQUEST_STATES = [
  "received",
  "needs_info",
  "rejected",
  "preserved",
  "in_review",
  "approved",
  "produced",
  "partially_produced",
  "no_records",
  "withdrawn",
  "closed",
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/**
 * States in which somebody still waits for an answer of ours: their clock runs. A request to preserve was answered when it was
 * preserved. The database's are the same (`legal.is_owed`, a test compares them).
 */
export const OWED_REQUEST_STATES: readonly RequestState[] = [
  "received",
  "needs_info",
  "in_review",
  "approved",
];

export const CHANNELS = ["email", "post", "portal", "e_codex", "fax", "in_person"] as const;
export type Channel = (typeof CHANNELS)[number];

export const NOTICE_POLICIES = ["before", "after", "barred", "not_applicable"] as const;
export type NoticePolicy = (typeof NOTICE_POLICIES)[number];

export const DOCUMENT_KINDS = ["order", "cover", "reply", "identity", "other"] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

export const CHECK_KINDS = ["domain", "call_back", "document", "portal", "second_person"] as const;
export type CheckKind = (typeof CHECK_KINDS)[number];

export const CHECK_OUTCOMES = ["passed", "failed", "unclear"] as const;
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number];

export const AGENCY_KINDS = ["police", "prosecutor", "court", "regulator", "other"] as const;
export type AgencyKind = (typeof AGENCY_KINDS)[number];

export const EXCEPTION_STATES = ["asked", "granted", "refused", "lapsed"] as const;
export type ExceptionState = (typeof EXCEPTION_STATES)[number];

/** How a request ended, kept when it is closed. */
export const REQUEST_OUTCOMES = [
  "rejected",
  "produced",
  "partially_produced",
  "no_records",
  "withdrawn",
  "preserved",
  /** An order to act, not to tell (Art. 9 DSA, TCO): it was acted on. */
  "acted_on",
  /** Handed to outside counsel, or sent the way that it should have come. */
  "routed",
] as const;
export type RequestOutcome = (typeof REQUEST_OUTCOMES)[number];

/** Why a request is rejected. The last four are those of Annex III to Regulation (EU) 2023/1543. */
export const REJECT_GROUNDS = [
  "not_genuine",
  "not_valid",
  "wrong_process",
  "overbroad",
  "no_jurisdiction",
  "expired",
  "duplicate",
  "epoc_incomplete_or_errors",
  "epoc_impossible",
  "epoc_immunity_or_press_freedom",
  "epoc_third_country_law",
] as const;
export type RejectGround = (typeof REJECT_GROUNDS)[number];

/** What is noticed of a request by its form alone. */
export const REQUEST_NOTICES = [
  /** The order had expired when it was received, or has since. */
  "order_expired",
  "order_expires_soon",
  /** Word for word what another request asks. */
  "duplicate",
  /** The same agency and reference, or the same accounts and range, and something else differs. */
  "altered_repeat",
  "account_not_known",
  "due_passed",
  /** The type gives less than what is asked. */
  "exceeds_type",
  /** Whoever signed it may not send such a request. */
  "issuer_may_not",
  /** We answer no such request by ourselves: outside counsel, or a request of another kind, is the way. */
  "route_to_counsel",
  "gag_passed",
] as const;
export type RequestNotice = (typeof REQUEST_NOTICES)[number];

/** Why a scope is called overbroad. */
export const BREADTH_WARNINGS = [
  "no_dates",
  "open_ended",
  "many_accounts",
  "many_days",
  "many_messages",
  "no_accounts",
] as const;
export type BreadthWarning = (typeof BREADTH_WARNINGS)[number];

/** What a closer look at a document's bytes found. Nothing of it was run. */
export const DOCUMENT_WARNINGS = [
  "not_a_pdf",
  "type_differs_from_name",
  "pdf_javascript",
  "pdf_launch_action",
  "pdf_embedded_files",
  "pdf_opens_by_itself",
  "pdf_form_submit",
  "pdf_xfa_form",
  "pdf_encrypted",
  "pdf_cut_off",
  "executable",
  "archive",
  "office_macros",
  "name_changed",
  "name_differs_in_case",
  "same_bytes_as_before",
] as const;
export type DocumentWarning = (typeof DOCUMENT_WARNINGS)[number];

/** What the address of an officer says of itself, held against the directory. */
export const DOMAIN_FINDINGS = [
  "no_address",
  "malformed",
  "in_directory",
  "below_directory",
  "not_in_directory",
  "no_agency_chosen",
  "free_mail",
  "look_alike_letters",
  "punycode",
  "few_letters_differ",
  "added_words",
  "other_ending",
  "directory_name_inside",
] as const;
export type DomainFinding = (typeof DOMAIN_FINDINGS)[number];

/** Reasons of the risk summary, worst first. */
export const RISK_REASONS = [
  "call_back_failed",
  "check_failed",
  "look_alike_domain",
  "free_mail",
  "domain_not_in_directory",
  "no_agency_chosen",
  "agency_entered_after_request",
  "number_from_request",
  "number_entered_after_request",
  "call_back_missing",
  "second_person_missing",
  "genuine_mailbox_alone",
  "document_missing",
  "document_suspicious",
  "pressed_for_time",
  "order_expired",
  "altered_repeat",
  "issuer_may_not",
  "asks_beyond_type",
  "channel_weak",
] as const;
export type RiskReason = (typeof RISK_REASONS)[number];
export const RISK_LEVELS = ["low", "raised", "high", "do_not_disclose"] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

/** What must be on record before anything may be given: keys of `domain/legal/verification.ts`. */
export const VERIFICATION_NEEDS = [
  "agency",
  "document",
  "sender",
  "call_back",
  "second_person",
  "identity",
] as const;
export type VerificationNeed = (typeof VERIFICATION_NEEDS)[number];
