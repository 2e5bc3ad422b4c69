export { DATA_CATEGORIES, type DataCategory } from "./vocabulary.ts";

/** Whose messages a collection takes: of everybody in the threads of the named accounts, or of these accounts alone. */
export const SENT_BY = ["anyone", "named_accounts"] as const;
export type SentBy = (typeof SENT_BY)[number];

/** How far the review of a collection has come. */
export const COLLECTION_STATES = ["in_review", "handed_in"] as const;
export type CollectionState = (typeof COLLECTION_STATES)[number];

/** Why something collected is not produced. */
export const WITHHELD_KINDS = ["privileged", "out_of_scope", "other"] as const;
export type WithheldKind = (typeof WITHHELD_KINDS)[number];

/** What a review decides. Decisions are added and taken back, never changed. */
export const DECISION_KINDS = ["set_aside", "redaction", "rule", "name_participant"] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** What a redaction rule looks for: the words as they are typed (whatever their case), or what has such a shape. */
export const RULE_KINDS = ["literal", "email", "phone", "url", "handle", "regex"] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** Where a mark over a text comes from. */
export const MARK_KINDS = ["third_party", "rule", "hand"] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** The most messages that one view of a collection covers. */
export const MOST_REVIEWED = 100;
