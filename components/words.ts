import type {
  Action,
  AgeBand,
  Category,
  MessageKind,
  Outcome,
  Purpose,
  QueueSort,
  Region,
  Role,
  Scope,
  Severity,
  Source,
  ThreadKind,
} from "../domain/vocabulary.ts";

/** How the closed lists read on a page. One word per thing, the same everywhere. */
export const ROLE_WORDS: Record<Role, string> = {
  moderator: "Moderator",
  specialist: "Specialist",
  lead: "Lead",
  compliance_officer: "Compliance officer",
  legal_counsel: "Legal counsel",
  administrator: "Administrator",
  auditor: "Auditor",
};

export const CATEGORY_WORDS: Record<Category, string> = {
  harassment: "Harassment",
  threats: "Threats",
  self_harm: "Self-harm",
  child_safety: "Child safety",
  sexual_content: "Sexual content",
  hate: "Hate",
  fraud_spam: "Fraud and spam",
  violent_extremism: "Violent extremism",
  illegal_goods: "Illegal goods",
  other: "Other",
};

export const REGION_WORDS: Record<Region, string> = {
  eu: "EU",
  uk: "UK",
  us: "US",
  apac: "Asia–Pacific",
  latam: "Latin America",
  mea: "Middle East and Africa",
  other: "Other region",
};

export const SOURCE_WORDS: Record<Source, string> = {
  user_report: "User report",
  keyword: "Keyword",
  classifier: "Classifier",
  hash_match: "Hash match",
  trusted_flagger: "Trusted flagger",
  staff: "Staff",
};

export const SEVERITY_WORDS: Record<Severity, string> = {
  low: "Low",
  medium: "Medium",
  high: "High",
  critical: "Critical",
};

export const THREAD_KIND_WORDS: Record<ThreadKind, string> = { direct: "Direct", group: "Group" };

export const MESSAGE_KIND_WORDS: Record<MessageKind, string> = {
  text: "Text",
  media: "Media",
  shared_video: "Shared video",
  system: "System",
};

export const AGE_BAND_WORDS: Record<AgeBand, string> = {
  adult: "Adult",
  minor: "Minor",
  unknown: "Age unknown",
};

export const PURPOSE_WORDS: Record<Purpose, string> = {
  user_report_review: "User report review",
  automated_flag_review: "Automated flag review",
  second_decision: "Second decision",
  appeal: "Appeal",
  quality_review: "Quality review",
  child_safety_report: "Child safety report",
  legal_process: "Legal process",
  threat_to_life: "Threat to life",
  security_incident: "Security incident",
};

export const SCOPE_WORDS: Record<Scope, { name: string; covers: string }> = {
  flagged_window: { name: "Flagged window", covers: "the flagged messages and a few around them" },
  wider_window: { name: "Wider window", covers: "more messages around the flagged ones" },
  whole_thread: { name: "Whole thread", covers: "every message of the thread" },
  attachment: { name: "Attachments", covers: "the messages that carry files, with the files’ addresses" },
  participant_threads: {
    name: "Threads of a participant",
    covers: "the flagged windows of up to twenty threads of one participant",
  },
};

export const OUTCOME_WORDS: Record<Outcome, string> = {
  violation: "Violation",
  no_violation: "No violation",
  escalate: "Escalate",
};

export const ACTION_WORDS: Record<Action, string> = {
  none: "None",
  warn: "Warn",
  remove_messages: "Remove messages",
  limit_messaging: "Limit messaging",
  suspend_account: "Suspend account",
  ban_account: "Ban account",
  escalate: "Escalate",
};

export const SORT_WORDS: Record<QueueSort, string> = {
  priority: "Priority",
  due: "Due",
  oldest: "Oldest",
  newest: "Newest",
};

/** `1 message`, `2 messages`, `5,572 messages`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;
}
