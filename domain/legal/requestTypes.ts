import type { Issuer, RequestType } from "./vocabulary.ts";

/** What is peculiar to a type of request. What it gives: `matrix.ts`; until when: `clocks.ts`. */
export interface TypeRules {
  readonly title: string;
  readonly law: string;
  /** Who may send it; nobody else's is one. */
  readonly issuers: readonly Issuer[];
  /** ISO 3166 alpha-2 or EU; null: from anywhere. */
  readonly from: readonly string[] | null;
  /** Why we do not answer it by ourselves; null: we do. */
  readonly route: string | null;
  /** May we tell the user? `authority`: only the authority does. */
  readonly notice: "ours" | "authority";
}

const COURTS: readonly Issuer[] = ["court", "judge"];
const AUTHORITIES: readonly Issuer[] = ["court", "judge", "prosecutor", "police", "agency"];
const US = ["US"];
const GB = ["GB"];

/** Member States of the European Union (and EU itself), ISO 3166; Denmark takes no part in e-Evidence. */
export const EU_STATES: readonly string[] =
  "EU AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" ");
const EVIDENCE_STATES = EU_STATES.filter((state) => state !== "DK");

export const TYPE_RULES: Readonly<Record<RequestType, TypeRules>> = {
  subpoena: {
    title: "Subpoena",
    law: "18 U.S.C. 2703(c)(2)",
    issuers: AUTHORITIES,
    from: US,
    route: null,
    notice: "ours",
  },
  court_order_2703d: {
    title: "Court order under 2703(d)",
    law: "18 U.S.C. 2703(d)",
    issuers: COURTS,
    from: US,
    route: null,
    notice: "ours",
  },
  warrant: {
    title: "Search warrant",
    law: "18 U.S.C. 2703(a); Fed. R. Crim. P. 41",
    issuers: COURTS,
    from: US,
    route: null,
    notice: "ours",
  },
  preservation_2703f: {
    title: "Preservation request",
    law: "18 U.S.C. 2703(f)",
    issuers: AUTHORITIES,
    from: US,
    route: null,
    notice: "ours",
  },
  emergency_disclosure: {
    title: "Emergency disclosure request",
    law: "18 U.S.C. 2702(b)(8), (c)(4)",
    issuers: AUTHORITIES,
    from: null,
    route: null,
    notice: "ours",
  },
  consent: {
    title: "Consent of the user",
    law: "18 U.S.C. 2702(b)(3), (c)(2)",
    issuers: ["user"],
    from: null,
    route: null,
    notice: "ours",
  },
  civil_subpoena: {
    title: "Civil subpoena",
    law: "18 U.S.C. 2702(a), (c)(6); Fed. R. Civ. P. 45",
    issuers: ["court", "judge", "party"],
    from: US,
    route: null,
    notice: "ours",
  },
  epoc: {
    title: "European production order (EPOC)",
    law: "Regulation (EU) 2023/1543, Art. 4, 5, 10",
    issuers: ["court", "judge", "prosecutor"],
    from: EVIDENCE_STATES,
    route: null,
    notice: "authority",
  },
  epoc_pr: {
    title: "European preservation order (EPOC-PR)",
    law: "Regulation (EU) 2023/1543, Art. 4, 6, 11",
    issuers: ["court", "judge", "prosecutor"],
    from: EVIDENCE_STATES,
    route: null,
    notice: "authority",
  },
  dsa_art_9: {
    title: "Order to act against illegal content",
    law: "Regulation (EU) 2022/2065, Art. 9",
    issuers: AUTHORITIES,
    from: EU_STATES,
    route: null,
    notice: "ours",
  },
  dsa_art_10: {
    title: "Order to provide information",
    law: "Regulation (EU) 2022/2065, Art. 10",
    issuers: AUTHORITIES,
    from: EU_STATES,
    route: null,
    notice: "ours",
  },
  tco_removal: {
    title: "Removal order for terrorist content",
    law: "Regulation (EU) 2021/784, Art. 3",
    issuers: AUTHORITIES,
    from: EU_STATES,
    route: null,
    notice: "ours",
  },
  uk_opo: {
    title: "Overseas production order",
    law: "Crime (Overseas Production Orders) Act 2019",
    issuers: COURTS,
    from: GB,
    route: null,
    notice: "ours",
  },
  uk_ipa: {
    title: "Notice or authorisation under the Investigatory Powers Act",
    law: "Investigatory Powers Act 2016",
    issuers: ["police", "agency", "judge"],
    from: GB,
    route: "Have outside counsel look at it before anything is answered.",
    notice: "ours",
  },
  cloud_order: {
    title: "Order under a CLOUD Act agreement",
    law: "18 U.S.C. 2523",
    issuers: ["court", "judge", "agency"],
    from: ["GB", "AU"],
    route: null,
    notice: "ours",
  },
  mlat: {
    title: "Mutual legal assistance",
    law: "By the process that is issued here for it",
    issuers: AUTHORITIES,
    from: null,
    route: "It is answered to the process that is issued for it here: register that one when it comes.",
    notice: "ours",
  },
  nsl: {
    title: "National security letter",
    law: "18 U.S.C. 2709",
    issuers: ["agency"],
    from: US,
    route: "Hand it to outside counsel who is cleared for it.",
    notice: "ours",
  },
  pen_trap: {
    title: "Pen register, trap and trace, or wiretap",
    law: "18 U.S.C. 3121 ff., 2510 ff.",
    issuers: COURTS,
    from: US,
    route: "This console keeps what was; it follows nothing that is to come. Hand it to outside counsel.",
    notice: "ours",
  },
  other: {
    title: "Other request",
    law: "To be found by counsel",
    issuers: ["court", "judge", "prosecutor", "police", "agency", "party", "user"],
    from: null,
    route: "Find out what it is in law before anything is answered.",
    notice: "ours",
  },
};

/** May somebody of this kind, there, send such a request? */
export function mayIssue(type: RequestType, jurisdiction: string, issuer: Issuer): boolean {
  const rules = TYPE_RULES[type];
  return rules.issuers.includes(issuer) && (rules.from === null || rules.from.includes(jurisdiction));
}
