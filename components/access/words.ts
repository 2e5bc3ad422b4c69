import type { REQUEST_STATES } from "../../contracts/access.ts";
import type { OBSTACLES, POLICY_STATES, PolicySettings } from "../../contracts/accessPolicy.ts";
import type { FINDINGS } from "../../contracts/breakGlass.ts";
import type { WATCH_CATEGORIES } from "../../contracts/watchList.ts";
import type { Requirement } from "../../domain/accessPolicy.ts";

/** How the closed lists of access governance read on a page. */

/** In a cell, on a badge. */
export const REQUIREMENT_WORDS: Record<Requirement, string> = {
  automatic: "Automatic",
  ticket: "Ticket",
  one_approver: "One approver",
  two_approvers: "Two approvers",
  never: "Never",
};

/** Said before anything is asked, so that nobody is surprised after writing a reason. */
export const REQUIREMENT_SAYS: Record<Requirement, string> = {
  automatic: "Opens at once. Your reason is committed first.",
  ticket: "Opens at once with the number of the ticket that it belongs to.",
  one_approver:
    "Somebody else must approve it first: a specialist or lead of the queue. You will see the answer here.",
  two_approvers:
    "Two other people must approve it first: specialists or leads of the queue. You will see their answers here.",
  never: "This cannot be opened by your role.",
};

export const REQUEST_STATE_WORDS: Record<(typeof REQUEST_STATES)[number], string> = {
  pending: "Waiting",
  approved: "Approved",
  used: "Opened",
  denied: "Denied",
  withdrawn: "Withdrawn",
  expired: "Lapsed",
};

export const POLICY_STATE_WORDS: Record<(typeof POLICY_STATES)[number], string> = {
  draft: "Draft",
  proposed: "Proposed",
  active: "In force",
  superseded: "Superseded",
  rejected: "Rejected",
  withdrawn: "Withdrawn",
};

/** What stands between a person and a thread beside the rule. */
export const OBSTACLE_WORDS: Record<(typeof OBSTACLES)[number], string> = {
  role: "their role opens nothing for this purpose",
  queue: "they are not in the case’s queue",
  region: "the region is not theirs",
  clearance: "they are not cleared for the subject",
  claim: "they would have to claim the case",
  case_closed: "the case is decided",
  purpose: "nothing on the case bears the purpose out",
  own_account: "an account of theirs is in the thread",
};

export const FINDING_WORDS: Record<(typeof FINDINGS)[number], string> = {
  justified: "Justified",
  not_justified: "Not justified",
  unclear: "Unclear",
};

export const WATCH_CATEGORY_WORDS: Record<(typeof WATCH_CATEGORIES)[number], string> = {
  journalist: "Journalist",
  official: "Official",
  staff: "Staff",
  in_the_news: "In the news",
};

const SUBJECT_WORDS: Record<string, string> = {
  ordinary: "Ordinary",
  restricted: "Restricted subject",
  watch_listed: "Watch-listed participant",
  conflict: "Own or a colleague’s account",
};

/** A subject as rules name it; a restricted subject that is named by itself reads as it is called. */
export function subjectWords(subject: string): string {
  const words = subject.replaceAll("_", " ");
  return SUBJECT_WORDS[subject] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

export const SETTING_WORDS: Record<keyof PolicySettings, { name: string; says: string }> = {
  ticketPattern: {
    name: "Ticket pattern",
    says: "Regular expression that the whole of a ticket’s number must fit.",
  },
  sameReasonMost: {
    name: "Same reason at most",
    says: "So often may one reason stand among a person’s last twenty.",
  },
  requestMinutes: { name: "Requests lapse after (minutes)", says: "When nobody has answered them by then." },
  takeUpMinutes: {
    name: "Approvals lapse after (minutes)",
    says: "An approved request must be opened within this.",
  },
  glassReasonLength: {
    name: "Break-glass reason (characters)",
    says: "Visible characters that a reason to break the glass has at least.",
  },
  reviewHours: { name: "Break-glass review (hours)", says: "The glass must be reviewed within this." },
};

/** `30 min`, `8 h`. */
export function minutesWords(minutes: number): string {
  return minutes >= 60 && minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}

/** `Waiting for 1 of 2 approvals`, `Waiting for approval`. */
export function progressWords(approved: number, needs: number): string {
  if (needs === 1) return "Waiting for approval";
  return `Waiting: ${approved} of ${needs} have approved`;
}
