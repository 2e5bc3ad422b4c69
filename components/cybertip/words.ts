import type { FilingAttempt, FilingStep, ReportDetail, ReportRow } from "../../contracts/cybertip.ts";
import { STUCK, type StuckWords } from "../../domain/cybertip/filing/stuck.ts";
import type {
  AccountPart,
  Environment,
  FilingWay,
  HoldKind,
  NextStep,
  ReportKind,
  ReportState,
} from "../../domain/cybertip/vocabulary.ts";
import type { Tone } from "../ui/Badge.tsx";

/** How the closed lists of reports read on a page. */
export const STATE_WORDS: Record<ReportState, { name: string; tone: Tone }> = {
  draft: { name: "Draft", tone: "plain" },
  waiting: { name: "Waits for approval", tone: "accent" },
  approved: { name: "Approved", tone: "accent" },
  filing: { name: "Being filed", tone: "accent" },
  filed: { name: "Filed", tone: "ok" },
  withdrawn: { name: "Withdrawn", tone: "plain" },
  stuck: { name: "Needs a person", tone: "danger" },
};

export const KIND_WORDS: Record<ReportKind, string> = {
  report: "Report",
  supplement: "Supplement",
  batch: "Batch",
};

export const NEXT_WORDS: Record<NextStep, string> = {
  write: "Write it",
  mend: "Correct what would be refused",
  hand_in: "Hand it in for approval",
  approve: "Another specialist reads and approves it",
  file: "File it, or export it",
  wait: "Nothing: the service is being talked to",
  look_into: "Look into what stopped it",
  none: "Nothing",
};

export const WAY_WORDS: Record<FilingWay, string> = { live: "Through the service", by_hand: "By hand" };

export const ENVIRONMENT_WORDS: Record<Environment, string> = {
  production: "NCMEC",
  test: "NCMEC’s test environment",
  local: "A local service",
};

export const HOLD_WORDS: Record<HoldKind, string> = {
  preservation: "Preservation for one year from filing",
  extension: "Extension",
  law_enforcement: "Asked for by law enforcement",
};

export const PART_WORDS: Record<AccountPart, string> = {
  reported: "Person reported",
  recipient: "Intended recipient",
  victim: "Victim",
};

export const CALL_WORDS: Record<FilingStep["kind"], string> = {
  submit: "Open the report",
  upload: "Upload",
  fileinfo: "Details",
  finish: "Finish",
  retract: "Take back",
  status: "Ask how it stands",
};

export const CALL_STATE_WORDS: Record<FilingStep["state"], { name: string; tone: Tone }> = {
  begun: { name: "Under way", tone: "accent" },
  accepted: { name: "Accepted", tone: "ok" },
  refused: { name: "Refused", tone: "danger" },
  failed: { name: "Came to nothing", tone: "warn" },
};

export const ATTEMPT_WORDS: Record<FilingAttempt["state"], { name: string; tone: Tone }> = {
  open: { name: "Open at the service", tone: "accent" },
  finished: { name: "Finished", tone: "ok" },
  retracted: { name: "Taken back", tone: "plain" },
  gone: { name: "Gone at the service", tone: "plain" },
  stopped: { name: "Settled by a person", tone: "plain" },
};

/** What stopped a filing and what to do about it; null while nothing did. */
export function stuckWords({ stuckCode }: Pick<ReportRow, "stuckCode">): StuckWords | null {
  if (stuckCode === null) return null;
  const known: Readonly<Record<string, StuckWords>> = STUCK;
  return (
    known[stuckCode] ?? {
      says: "The filing was stopped for a reason that this page does not know.",
      next: "Reload the page; it may be older than the server. Else have an administrator look at the log.",
      who: "administrator",
    }
  );
}

/** `Report 12`, `Supplement 13`. */
export const nameOf = ({ kind, number }: Pick<ReportRow, "kind" | "number">): string =>
  `${KIND_WORDS[kind]} ${number}`;

/** What of history is told in words of its own; others are told by their name. */
const HISTORY: Readonly<Record<string, string>> = {
  started: "Started",
  saved: "Saved",
  handed_in: "Handed in",
  approved: "Approved",
  sent_back: "Sent back",
  withdrawn: "Withdrawn",
  filing: "Filing began",
  filed: "Filed",
  stuck: "Stopped: a person must act",
  stopped: "Filing stopped",
  tried_again: "Tried again",
  filed_by_hand: "Filed by hand",
  exported: "Exported",
  held: "Hold extended",
  destruction_asked: "Destruction asked for",
  destroyed: "Destroyed",
};
export const historyWords = ({ what }: ReportDetail["history"][number]): string =>
  HISTORY[what] ?? `${what.charAt(0).toUpperCase()}${what.slice(1).replaceAll("_", " ")}`;
