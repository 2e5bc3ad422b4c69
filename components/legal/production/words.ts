import type { Comparison, ProductionPart, ProductionRow } from "../../../contracts/legal/productions.ts";
import {
  type DeliveryChannel,
  type DeliveryState,
  type DiscardCode,
  type Encryption,
  PRODUCTION_STUCK,
  type ProductionState,
} from "../../../domain/legal/productionWords.ts";
import type { Tone } from "../../ui/Badge.tsx";
import { CATEGORY_WORDS } from "../words.ts";

/** How the closed lists of productions and deliveries read on a page. */
export const PRODUCTION_WORDS: Record<ProductionState, { name: string; tone: Tone }> = {
  building: { name: "Being built", tone: "accent" },
  stuck: { name: "Needs a person", tone: "danger" },
  built: { name: "Waits for release", tone: "accent" },
  released: { name: "Released", tone: "ok" },
  sent_back: { name: "Sent back", tone: "warn" },
  discarded: { name: "Discarded", tone: "plain" },
};

export const DISCARD_WORDS: Record<DiscardCode, string> = {
  "by-counsel": "Counsel discarded it.",
  "request-withdrawn": "The request was withdrawn.",
  "request-not-approved": "The request is not approved any more.",
  "collection-reopened": "The collection was opened again for review.",
  "hold-released": "The hold over what it collects was released.",
  "region-lost": "Counsel’s regions do not cover its threads any more.",
};

/** What stopped a build, and what to do about it; null while nothing did. */
export function stuckWords({ stuckCode }: Pick<ProductionRow, "stuckCode">): string | null {
  if (stuckCode === null) return null;
  const known: Readonly<Record<string, string>> = PRODUCTION_STUCK;
  return (
    known[stuckCode] ??
    "It was stopped for a reason that this page does not know. Reload the page; it may be older than the server."
  );
}

export const PART_WORDS: Record<ProductionPart["kind"], string> = {
  accounts: "Account records",
  native: "Records",
  rsmf: "RSMF",
  transcript: "Transcript",
  attachments: "Attachments",
  index: "Index",
  withheld: "What was withheld",
  redactions: "Redactions",
  custody: "Custody record",
  letter: "Cover letter",
  guide: "How to verify",
  hashes: "Hashes of the records",
  proof: "Proof from the log",
  leaf: "The event it proves",
  bag: "Bag",
};

export const PART_STATE_WORDS: Record<ProductionPart["state"], { name: string; tone: Tone }> = {
  waiting: { name: "To come", tone: "plain" },
  writing: { name: "Being written", tone: "accent" },
  done: { name: "Written", tone: "ok" },
  absent: { name: "Not available", tone: "warn" },
};

export const DELIVERY_WORDS: Record<DeliveryState, { name: string; tone: Tone }> = {
  waiting: { name: "Not fetched yet", tone: "accent" },
  fetched: { name: "Fetched", tone: "ok" },
  acknowledged: { name: "Acknowledged", tone: "ok" },
  recalled: { name: "Recalled", tone: "plain" },
  expired: { name: "Expired", tone: "plain" },
  locked: { name: "Locked: too many wrong codes", tone: "danger" },
};

export const CHANNEL_WORDS: Record<DeliveryChannel, string> = {
  email: "Email",
  portal: "Portal",
  phone: "Phone",
  post: "Post",
  in_person: "In person",
  fax: "Fax",
};

export const ENCRYPTION_WORDS: Record<Encryption, string> = {
  none: "None beyond the connection’s",
  age: "age",
  openpgp: "OpenPGP",
};

type Finding = Comparison["findings"][number];
export const FINDING_WORDS: Record<Finding["code"], (count: number) => string> = {
  "category-not-allowed": (n) => `${some(n, "record")} of a category that may not be given`,
  "account-not-named": (n) => `${some(n, "account")} in the packet that the request does not name`,
  "outside-the-dates": (n) => `${some(n, "record")} outside the dates that were asked for`,
  "named-account-empty": (n) => `${some(n, "named account")} of which nothing is in the packet`,
  "attachment-not-available": (n) => `${some(n, "attachment")} that could not be had any more`,
  "third-party-named": (n) => `${some(n, "third party", "third parties")} named, not pseudonymised`,
  "nothing-withheld": () => "Nothing was withheld and nothing redacted",
  "nothing-produced": () => "Nothing is in the packet: it says that there are no records",
};
export const FINDING_TONES: Record<Finding["severity"], "danger" | "warn" | "info"> = {
  bars: "danger",
  look: "warn",
  note: "info",
};

const some = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString("en-GB")} ${n === 1 ? one : many}`;

/** A data category; one that this page does not know is told by its own name. */
export function categoryWords(category: string): string {
  const known: Readonly<Record<string, { name: string }>> = CATEGORY_WORDS;
  return known[category]?.name ?? category;
}
