import type { AttachmentRef, CyberTipDraft } from "./draft.ts";
import { REPORT_ANNOTATIONS } from "./model/annotations.ts";
import { FILE_CLASSIFICATION, INCIDENT_TYPE } from "./model/enumerations.ts";
import type { AccountPart } from "./vocabulary.ts";

/** What the register may know of a draft without anybody reading it: words of closed lists, counts, and account ids. */
export interface DraftFacts {
  readonly incidentType: string | null;
  readonly highPriority: boolean;
  readonly annotations: readonly string[];
  readonly persons: number;
  readonly victims: number;
  readonly transcript: boolean;
  readonly files: readonly (AttachmentRef & {
    readonly included: boolean;
    readonly reason: string | null;
    readonly classification: string | null;
  })[];
  /** For the history of participants; they rest with the content. */
  readonly accounts: readonly { readonly part: AccountPart; readonly account: string }[];
}

const PARTS = {
  reported: "personOrUserReported",
  recipient: "intendedRecipient",
  victim: "victim",
} as const satisfies Record<AccountPart, string>;

/**
 * Takes the facts out of a draft. Nothing is believed of its form: what is not of a closed list is no fact.
 *
 * @param draft as somebody wrote it, checked or not
 */
export function draftFacts({ report, files, transcript }: CyberTipDraft): DraftFacts {
  const summary = recordOf(recordOf(report).incidentSummary);
  const annotations = recordOf(summary.reportAnnotations);
  return {
    incidentType: oneOf(INCIDENT_TYPE.values, summary.incidentType),
    highPriority:
      typeof summary.escalateToHighPriority === "string" && summary.escalateToHighPriority.trim() !== "",
    annotations: Object.keys(REPORT_ANNOTATIONS.elements).filter((name) => annotations[name] === true),
    persons: listOf(recordOf(report)[PARTS.reported]).length,
    victims: listOf(recordOf(report)[PARTS.victim]).length,
    transcript: transcript.include,
    files: files.map(({ attachment, include, reason, details }) => ({
      messageId: attachment.messageId,
      revision: attachment.revision,
      ordinal: attachment.ordinal,
      included: include,
      reason: include || !reason?.trim() ? null : reason,
      classification: oneOf(FILE_CLASSIFICATION.values, recordOf(details).industryClassification),
    })),
    accounts: accountsOf(recordOf(report)),
  };
}

function accountsOf(report: Record<string, unknown>): DraftFacts["accounts"] {
  const found = new Map<string, { part: AccountPart; account: string }>();
  for (const [part, field] of Object.entries(PARTS) as [AccountPart, string][])
    for (const one of listOf(report[field])) {
      const account = recordOf(one).espIdentifier;
      if (typeof account === "string" && isKeepable(account))
        found.set(`${part}\0${account}`, { part, account });
    }
  return [...found.values()];
}

/** An id that a table can hold; any other is a problem of the draft, and said there. */
const isKeepable = (account: string) =>
  account !== "" && account.length <= 256 && account.isWellFormed() && !account.includes("\0");

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const oneOf = (values: readonly string[], value: unknown): string | null =>
  typeof value === "string" && values.includes(value) ? value : null;
