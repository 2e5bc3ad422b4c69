import type { Action, Outcome, Purpose, Role, Scope } from "../../domain/vocabulary.ts";

/** The closed lists in words for somebody who has never seen the console. */

export const WHY: Record<Purpose, string> = {
  user_report_review: "To look at messages that somebody had reported to us.",
  automated_flag_review: "To look at messages that an automatic check had pointed out.",
  second_decision: "To check a decision that had been made before.",
  appeal: "To look again, because somebody had objected to a decision.",
  quality_review: "To check how well a decision had been made.",
  child_safety_report: "To prepare a report that protects a child.",
  legal_process: "To answer an order of a court or an authority.",
  threat_to_life: "Because somebody’s life seemed to be in danger.",
  security_incident: "To look into a breach of security.",
};

export const WHAT: Record<Scope, string> = {
  flagged_window: "the messages in question and a few around them",
  wider_window: "the messages in question and more around them",
  whole_thread: "the whole conversation",
  attachment: "messages that carry files",
  participant_threads: "this and other conversations of one person",
};

export const RESULT: Record<Outcome, string> = {
  violation: "Rules were found to be broken.",
  no_violation: "No rule was found to be broken.",
  escalate: "It was passed on to somebody more experienced.",
};

export const THEN: Partial<Record<Action, string>> = {
  warn: "A warning was given.",
  remove_messages: "Messages were removed.",
  limit_messaging: "Messaging was limited.",
  suspend_account: "An account was suspended.",
  ban_account: "An account was closed.",
};

export const JOB: Record<Role, string> = {
  moderator: "moderator",
  specialist: "specialist",
  lead: "team lead",
  compliance_officer: "compliance officer",
  legal_counsel: "lawyer of ours",
  administrator: "administrator",
  auditor: "outside auditor",
};

/** The word of a list, or what the log says where an older or newer release wrote it. */
export function plain<Word extends string>(words: Partial<Record<Word, string>>, word: string): string {
  return Object.hasOwn(words, word) ? (words[word as Word] ?? "") : word.replaceAll("_", " ");
}
