import type { RequestDetail, RequestRow } from "../../contracts/legal/requests.ts";
import {
  type AgencyKind,
  type Channel,
  type CheckKind,
  type CheckOutcome,
  type DataCategory,
  type DocumentKind,
  type DomainFinding,
  type ExceptionState,
  type Issuer,
  type NoticePolicy,
  OWED_REQUEST_STATES,
  type RejectGround,
  type RequestState,
  type RequestType,
  type RiskLevel,
  type VerificationNeed,
} from "../../domain/legal/vocabulary.ts";
import type { Tone } from "../ui/Badge.tsx";

/** How the closed lists of lawful requests read on a page. */
export const STATE_WORDS: Record<RequestState, { name: string; tone: Tone }> = {
  received: { name: "Received", tone: "accent" },
  needs_info: { name: "Needs information", tone: "warn" },
  rejected: { name: "Rejected", tone: "plain" },
  preserved: { name: "Preserved", tone: "seal" },
  in_review: { name: "In review", tone: "accent" },
  approved: { name: "Approved", tone: "ok" },
  produced: { name: "Produced", tone: "ok" },
  partially_produced: { name: "Partially produced", tone: "ok" },
  no_records: { name: "No records", tone: "plain" },
  withdrawn: { name: "Withdrawn", tone: "plain" },
  closed: { name: "Closed", tone: "plain" },
};

/** Short names, for lists; the titles in full, and the law: `domain/legal/requestTypes.ts`. */
export const TYPE_NAMES: Record<RequestType, string> = {
  subpoena: "Subpoena",
  court_order_2703d: "Court order 2703(d)",
  warrant: "Search warrant",
  preservation_2703f: "Preservation request",
  emergency_disclosure: "Emergency disclosure",
  consent: "Consent of the user",
  civil_subpoena: "Civil subpoena",
  epoc: "EPOC",
  epoc_pr: "EPOC-PR",
  dsa_art_9: "DSA order, Art. 9",
  dsa_art_10: "DSA order, Art. 10",
  tco_removal: "Removal order, terrorist content",
  uk_opo: "UK overseas production order",
  uk_ipa: "UK notice, IPA",
  cloud_order: "CLOUD Act agreement order",
  mlat: "Mutual legal assistance",
  nsl: "National security letter",
  pen_trap: "Pen register, wiretap",
  other: "Other",
};

export const CATEGORY_WORDS: Record<DataCategory, { name: string; holds: string }> = {
  subscriber: { name: "Subscriber", holds: "who the account is, since when, and what it was paid with" },
  identification: { name: "Identification", holds: "addresses and ports at a time, to tell who it was" },
  traffic: { name: "Traffic", holds: "who wrote to whom and when, without what" },
  content: { name: "Content", holds: "what was written, edits and deletions, and attachments" },
};

export const ISSUER_WORDS: Record<Issuer, string> = {
  court: "A court",
  judge: "A judge",
  prosecutor: "A prosecutor",
  police: "The police",
  agency: "Another agency",
  party: "A party to a case",
  user: "The user",
};

export const CHANNEL_WORDS: Record<Channel, string> = {
  email: "Email",
  post: "Post",
  portal: "Portal",
  e_codex: "e-CODEX",
  fax: "Fax",
  in_person: "In person",
};

export const NOTICE_POLICY_WORDS: Record<NoticePolicy, { name: string; says: string }> = {
  before: { name: "Before we answer", says: "so that the person can object" },
  after: { name: "After we answered", says: "the person is told what was given" },
  barred: { name: "Barred", says: "an order or a law forbids telling anybody" },
  not_applicable: { name: "Not ours to tell", says: "the authority tells the person itself" },
};

export const DOCUMENT_KIND_WORDS: Record<DocumentKind, string> = {
  order: "The order",
  cover: "Cover letter",
  reply: "Our reply",
  identity: "Proof of identity",
  other: "Other",
};

export const CHECK_KIND_WORDS: Record<CheckKind, { name: string; does: string }> = {
  domain: { name: "Domain", does: "Holds the sender’s address against the directory." },
  call_back: {
    name: "Call-back",
    does: "A call to a number of the directory, never to one out of the request.",
  },
  document: { name: "Document", does: "A look at seal, signature and form of the order." },
  portal: { name: "Portal", does: "Found in the authority’s own portal or register." },
  second_person: { name: "Second person", does: "Another counsel’s own look at the whole." },
};

export const CHECK_OUTCOME_WORDS: Record<CheckOutcome, { name: string; tone: Tone }> = {
  passed: { name: "Passed", tone: "ok" },
  failed: { name: "Failed", tone: "danger" },
  unclear: { name: "Unclear", tone: "warn" },
};

export const NEED_WORDS: Record<VerificationNeed, string> = {
  agency: "An agency chosen from the directory",
  call_back: "A call-back to a number of the directory that two people entered and confirmed",
  sender: "That it comes from the agency: its domain checked, or a call-back",
  second_person: "A second counsel’s own look",
  document: "The order itself, attached and looked at",
  identity: "Proof that it is the user who consents",
};

export const RISK_WORDS: Record<RiskLevel, { name: string; tone: Tone }> = {
  low: { name: "Low risk", tone: "ok" },
  raised: { name: "Raised risk", tone: "warn" },
  high: { name: "High risk", tone: "danger" },
  do_not_disclose: { name: "Do not disclose", tone: "danger" },
};

/** What the sender's address says of itself. The alarming ones are told apart by their tone and their words. */
export const FINDING_WORDS: Record<DomainFinding, { says: string; tone: Tone }> = {
  no_address: { says: "The request gives no address.", tone: "warn" },
  malformed: { says: "What is given is no address.", tone: "danger" },
  in_directory: { says: "It is a domain of the agency in the directory.", tone: "ok" },
  below_directory: { says: "It lies below a domain of the agency in the directory.", tone: "ok" },
  not_in_directory: { says: "It is no domain of the agency in the directory.", tone: "danger" },
  no_agency_chosen: { says: "No agency was chosen, so there is nothing to hold it against.", tone: "warn" },
  free_mail: { says: "Anybody can have an address there.", tone: "danger" },
  look_alike_letters: { says: "It is written with letters that only look like others.", tone: "danger" },
  punycode: { says: "It is written in punycode: what is shown may not be what it is.", tone: "danger" },
  few_letters_differ: {
    says: "It differs from a domain of the directory by a letter or two.",
    tone: "danger",
  },
  added_words: { says: "It is a domain of the directory with a word added.", tone: "danger" },
  other_ending: { says: "It is a domain of the directory with another ending.", tone: "danger" },
  directory_name_inside: {
    says: "A domain of the directory stands inside it, and does not own it.",
    tone: "danger",
  },
};

export const AGENCY_KIND_WORDS: Record<AgencyKind, string> = {
  police: "Police",
  prosecutor: "Prosecutor",
  court: "Court",
  regulator: "Regulator",
  other: "Other",
};

export const EXCEPTION_WORDS: Record<ExceptionState, { name: string; tone: Tone }> = {
  asked: { name: "Waits for a second counsel", tone: "warn" },
  granted: { name: "Granted", tone: "ok" },
  refused: { name: "Refused", tone: "danger" },
  lapsed: { name: "Lapsed", tone: "plain" },
};

export const GROUND_WORDS: Record<RejectGround, string> = {
  not_genuine: "It is not genuine",
  not_valid: "It is not valid in form",
  wrong_process: "This kind of process does not give what is asked",
  overbroad: "It asks for too much, and was not narrowed",
  no_jurisdiction: "Who sent it has no power over us",
  expired: "The order has expired",
  duplicate: "It was answered before",
  epoc_incomplete_or_errors: "EPOC: incomplete or with manifest errors (Annex III)",
  epoc_impossible: "EPOC: it cannot be carried out (Annex III)",
  epoc_immunity_or_press_freedom: "EPOC: immunity, privilege or freedom of the press (Annex III)",
  epoc_third_country_law: "EPOC: the law of a third country forbids it (Annex III)",
};

/** `US` → `US · United States`; `EU` → `EU · European Union`. */
export function countryWords(code: string): string {
  if (code === "EU") return "EU · European Union";
  try {
    const name = new Intl.DisplayNames(["en"], { type: "region" }).of(code);
    return name && name !== code ? `${code} · ${name}` : code;
  } catch {
    return code;
  }
}

/** Categories from least to most, in words. */
export const categoryNames = (categories: readonly DataCategory[]): string =>
  categories.map((one) => CATEGORY_WORDS[one].name.toLowerCase()).join(", ");

/** Whether the clock of a request has stopped: it was answered, or it came to nothing. */
export const clockStopped = ({ state }: Pick<RequestRow, "state">): boolean =>
  !OWED_REQUEST_STATES.includes(state);

const FACTS: Readonly<Record<string, string>> = {
  type: "the type",
  jurisdiction: "the jurisdiction",
  issuer: "who signed it",
  agency: "the agency",
  officer: "the officer",
  officerEmail: "the officer’s email",
  officerPhone: "the officer’s phone",
  reference: "the reference",
  categories: "the categories",
  rangeFrom: "the beginning of the range",
  rangeTo: "the end of the range",
  emergency: "whether it is an emergency",
  issuedAt: "the day it was signed",
  expiresAt: "the day it expires",
  accounts: "the accounts",
};
/** In what a request differs from one that it repeats. */
export const factWords = (fact: string): string => FACTS[fact] ?? fact;

const HISTORY: Readonly<Record<string, string>> = {
  registered: "Registered",
  changed: "Facts corrected",
  accounts_changed: "Accounts changed",
  acknowledged: "Acknowledged to the authority",
  taken_into_review: "Taken into review",
  info_asked: "Information asked for",
  rejected: "Rejected",
  withdrawn: "Withdrawn",
  approved: "Approved",
  closed: "Closed",
  no_records: "Recorded: no records",
  checked: "Requester checked",
  exception_asked: "Exception asked for",
  exception_granted: "Exception granted",
  exception_refused: "Exception refused",
  document_added: "Document attached",
  held: "Frozen",
  preserved: "Preserved",
  collected: "Collected",
};
/** What happened to a request; what has no words of its own is told by its name. */
export const historyWords = ({ what }: RequestDetail["history"][number]): string =>
  HISTORY[what] ?? `${what.charAt(0).toUpperCase()}${what.slice(1).replaceAll("_", " ")}`;
