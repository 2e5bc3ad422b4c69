import type { Desk } from "../../contracts/desk.ts";
import { healthOf } from "../integrity/words.ts";
import type { Tone } from "../ui/Badge.tsx";
import { counted } from "../words.ts";

/** One part of the officers' work, and what waits in it. */
export interface Card {
  readonly title: string;
  readonly href: string;
  /** The figure that counts; null where the state is a word. */
  readonly figure: number | null;
  readonly says: string;
  /** What must not wait: drawn so that it cannot be overlooked. */
  readonly urgent: string | null;
  readonly tone: Tone;
  /** The instant until which something must be done. */
  readonly due?: string | null;
}

/** The cards of the desk, in the order in which they are worked on. */
export function cardsOf({
  glass,
  signals,
  reviews,
  notices,
  requests,
  policy,
  log,
  verification,
}: Desk): Card[] {
  const health = healthOf(log);
  const unsound = verification?.state === "unsound";
  return [
    {
      title: "Break-glass to review",
      href: "/break-glass?show=open",
      figure: glass.unreviewed,
      says:
        glass.unreviewed === 0
          ? "Every entry has been reviewed."
          : "opened for a threat to life, not reviewed yet",
      urgent: glass.overdue > 0 ? `${glass.overdue.toLocaleString("en-GB")} overdue` : null,
      tone: "danger",
      due: glass.nextDue,
    },
    {
      title: "Signals of misuse",
      href: "/signals",
      figure: signals.open,
      says:
        signals.open === 0
          ? "None is open."
          : `open: ${signals.mine.toLocaleString("en-GB")} yours, ${signals.unowned.toLocaleString("en-GB")} nobody’s`,
      urgent: signals.overdue > 0 ? `${signals.overdue.toLocaleString("en-GB")} overdue` : null,
      tone: "danger",
    },
    {
      title: "Reviews due",
      href: "/reviews",
      figure: reviews.due,
      says: reviews.due === 0 ? "None is due." : "views and searches to look at",
      urgent: reviews.overdue > 0 ? `${reviews.overdue.toLocaleString("en-GB")} overdue` : null,
      tone: "danger",
      due: reviews.nextDue,
    },
    {
      title: "Notices",
      href: "/break-glass",
      figure: notices.waiting,
      says: notices.waiting === 0 ? "You have taken note of all." : "you have not taken note of",
      urgent: notices.reciprocal > 0 ? `${counted(notices.reciprocal, "reciprocal approval")}` : null,
      tone: "warn",
    },
    {
      title: "Requests for access",
      href: "/approvals",
      figure: requests.pending,
      says: requests.pending === 0 ? "None waits for an approver." : "wait for their approvers",
      urgent: null,
      tone: "plain",
    },
    {
      title: "Access policy",
      href: "/access-policy",
      figure: policy.proposed,
      says: policy.proposed === 0 ? "No proposal is open." : "proposed, to be confirmed by a second person",
      urgent: null,
      tone: "plain",
    },
    {
      title: "Integrity of the log",
      href: "/integrity",
      figure: null,
      says: unsound ? "The last check found the log NOT sound." : health.title,
      urgent: unsound ? "look at once" : health.tone === "ok" ? null : "look",
      tone: unsound || health.tone === "danger" ? "danger" : "warn",
    },
    {
      title: "Watch list",
      href: "/watch-list",
      figure: null,
      says: "Accounts whose threads need two approvers, whatever the policy says.",
      urgent: null,
      tone: "plain",
    },
  ];
}
