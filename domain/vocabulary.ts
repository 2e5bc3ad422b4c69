/**
 * The closed lists of the product. The database holds the same lists as constraints and a test compares the two.
 */

export const ROLES = [
  "moderator",
  "specialist",
  "lead",
  "compliance_officer",
  "legal_counsel",
  "administrator",
  "auditor",
] as const;
export type Role = (typeof ROLES)[number];

/** What a platform may flag a thread for. */
export const CATEGORIES = [
  "harassment",
  "threats",
  "self_harm",
  "child_safety",
  "sexual_content",
  "hate",
  "fraud_spam",
  "violent_extremism",
  "illegal_goods",
  "other",
] as const;
export type Category = (typeof CATEGORIES)[number];

/** Data residency: staff without the region cannot see its threads. */
export const REGIONS = ["eu", "uk", "us", "apac", "latam", "mea", "other"] as const;
export type Region = (typeof REGIONS)[number];

/** Where a flag came from. `staff` is never accepted from outside and opens nothing by itself. */
export const PLATFORM_SOURCES = [
  "user_report",
  "keyword",
  "classifier",
  "hash_match",
  "trusted_flagger",
] as const;
export const SOURCES = [...PLATFORM_SOURCES, "staff"] as const;
export type Source = (typeof SOURCES)[number];

/** Ascending; the database stores the position counted from 1. */
export const SEVERITIES = ["low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

export const THREAD_KINDS = ["direct", "group"] as const;
export type ThreadKind = (typeof THREAD_KINDS)[number];

export const MESSAGE_KINDS = ["text", "media", "shared_video", "system"] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

export const AGE_BANDS = ["adult", "minor", "unknown"] as const;
export type AgeBand = (typeof AGE_BANDS)[number];

/** Why a thread may be opened. Which role may state which is the access policy's to say; one without a rule is refused. */
export const PURPOSES = [
  "user_report_review",
  "automated_flag_review",
  "second_decision",
  "appeal",
  "quality_review",
  "child_safety_report",
  "legal_process",
  "threat_to_life",
  "security_incident",
] as const;
export type Purpose = (typeof PURPOSES)[number];

/**
 * How much a grant covers: five messages on either side of each flagged one, twenty, all; the messages that carry files,
 * with the files' addresses; or the flagged windows of several threads of one participant.
 */
export const SCOPES = [
  "flagged_window",
  "wider_window",
  "whole_thread",
  "attachment",
  "participant_threads",
] as const;
export type Scope = (typeof SCOPES)[number];

export const OUTCOMES = ["violation", "no_violation", "escalate"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What the platform is told to do. */
export const ACTIONS = [
  "none",
  "warn",
  "remove_messages",
  "limit_messaging",
  "suspend_account",
  "ban_account",
  "escalate",
] as const;
export type Action = (typeof ACTIONS)[number];

/** Orders of a queue page. */
export const QUEUE_SORTS = ["priority", "due", "oldest", "newest"] as const;
export type QueueSort = (typeof QUEUE_SORTS)[number];
