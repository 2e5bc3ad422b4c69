import { mayIssue } from "./requestTypes.ts";
import type {
  Channel,
  CheckKind,
  DocumentWarning,
  DomainFinding,
  Issuer,
  RequestType,
  RiskLevel,
  RiskReason,
  VerificationNeed,
} from "./vocabulary.ts";

export interface RiskFacts {
  readonly type: RequestType;
  readonly jurisdiction: string;
  readonly issuer: Issuer;
  readonly channel: Channel;
  readonly emergency: boolean;
  readonly receivedAt: Date;
  readonly dueAt: Date;
  readonly expiresAt: Date | null;
  readonly findings: readonly DomainFinding[];
  readonly missing: readonly VerificationNeed[];
  readonly agencyEnteredAt: Date | null;
  /** The number in the letter stands in the directory, and came there after the letter. */
  readonly phoneInDirectoryLate: boolean;
  /** The number that was called was confirmed after the request came. */
  readonly numberLate: boolean;
  /** Kinds of checks that failed, also for the requester as they stood before a change. */
  readonly failed: readonly CheckKind[];
  readonly documents: readonly { readonly kind: string; readonly warnings: readonly DocumentWarning[] }[];
  readonly beyond: boolean;
  readonly alteredRepeat: boolean;
}

const WORDS: Readonly<Record<RiskReason, string>> = {
  call_back_failed: "A call back failed: the authority did not know of it.",
  check_failed: "A check of the requester failed.",
  look_alike_domain: "The sender's domain looks like one of the directory and is another.",
  free_mail: "The sender writes from where anybody can have an address.",
  domain_not_in_directory: "The sender's domain is not one of the authority's in the directory.",
  no_agency_chosen: "No authority of the directory is chosen.",
  agency_entered_after_request: "The authority came into the directory after the request did.",
  number_from_request:
    "The number in the request stands in the directory, and was confirmed only after the request came.",
  number_entered_after_request: "The number that was called was confirmed only after the request came.",
  call_back_missing: "Nobody has called the authority back.",
  second_person_missing: "No second person has looked at it.",
  genuine_mailbox_alone: "Nothing speaks for it but the mailbox, which somebody else may be using.",
  document_missing: "No order is attached.",
  document_suspicious: "An attached document is not what it should be: see its warnings.",
  pressed_for_time: "It presses for time. So do forgeries.",
  order_expired: "The order has lapsed.",
  altered_repeat: "It repeats another request with changes.",
  issuer_may_not: "Whoever issued it may not send such a request.",
  asks_beyond_type: "It asks for more than such a request is given.",
  channel_weak: "It came by a channel that proves nothing of its sender.",
};

/** What alone forbids disclosure, and what alone makes it a high risk; everything else raises it. */
const FORBIDS: readonly RiskReason[] = ["call_back_failed", "check_failed", "look_alike_domain"];
const HIGH: readonly RiskReason[] = [
  "free_mail",
  "genuine_mailbox_alone",
  "number_from_request",
  "agency_entered_after_request",
  "issuer_may_not",
  "document_suspicious",
];

const SUSPICIOUS: readonly DocumentWarning[] = [
  "executable",
  "office_macros",
  "pdf_javascript",
  "pdf_launch_action",
  "type_differs_from_name",
];
const ALIKE: readonly DomainFinding[] = [
  "look_alike_letters",
  "few_letters_differ",
  "added_words",
  "other_ending",
  "directory_name_inside",
];

/** Why a request may not be what it says, worst first, and how much that weighs. It informs; the database decides. */
export function riskOf(
  facts: RiskFacts,
  now: Date,
): { level: RiskLevel; reasons: { reason: RiskReason; words: string }[] } {
  const genuine = facts.findings.includes("in_directory") || facts.findings.includes("below_directory");
  const has = (...findings: readonly DomainFinding[]) => findings.some((one) => facts.findings.includes(one));
  const verified = facts.missing.length === 0;
  const disclosing = !["preservation_2703f", "epoc_pr", "dsa_art_9", "tco_removal"].includes(facts.type);
  const found: Record<RiskReason, boolean> = {
    call_back_failed: facts.failed.includes("call_back"),
    check_failed: facts.failed.some((kind) => kind !== "call_back"),
    look_alike_domain: has(...ALIKE),
    free_mail: has("free_mail"),
    domain_not_in_directory: has("not_in_directory", "malformed") && facts.type !== "consent",
    no_agency_chosen: facts.missing.includes("agency") || has("no_agency_chosen"),
    agency_entered_after_request: facts.agencyEnteredAt !== null && facts.agencyEnteredAt >= facts.receivedAt,
    number_from_request: facts.phoneInDirectoryLate,
    number_entered_after_request: facts.numberLate,
    call_back_missing: facts.missing.includes("call_back"),
    second_person_missing: facts.missing.includes("second_person"),
    genuine_mailbox_alone: genuine && facts.emergency && !verified,
    document_missing:
      disclosing &&
      !facts.emergency &&
      !facts.documents.some((one) => one.kind === "order" || one.kind === "identity"),
    document_suspicious: facts.documents.some((one) =>
      one.warnings.some((warning) => SUSPICIOUS.includes(warning)),
    ),
    pressed_for_time:
      facts.emergency && facts.dueAt.getTime() - facts.receivedAt.getTime() < 24 * 3_600_000 && !verified,
    order_expired: facts.expiresAt !== null && facts.expiresAt <= now,
    altered_repeat: facts.alteredRepeat,
    issuer_may_not: !mayIssue(facts.type, facts.jurisdiction, facts.issuer),
    asks_beyond_type: facts.beyond,
    channel_weak: (facts.channel === "email" || facts.channel === "fax") && !verified,
  };
  const reasons = (Object.keys(WORDS) as RiskReason[]).filter((reason) => found[reason]);
  const level: RiskLevel = reasons.some((reason) => FORBIDS.includes(reason))
    ? "do_not_disclose"
    : reasons.some((reason) => HIGH.includes(reason))
      ? "high"
      : reasons.length > 0
        ? "raised"
        : "low";
  return { level, reasons: reasons.map((reason) => ({ reason, words: WORDS[reason] })) };
}
