import type { AgeBand } from "../vocabulary.ts";
import { supplementSentence } from "./assembly/assemble.ts";
import type { AttachmentRef, CyberTipDraft, DraftFile } from "./draft.ts";
import { COUNTRY } from "./model/countries.ts";
import type { ReportDraft } from "./model/report.ts";
import { chatIncident } from "./transcript/chatIncident.ts";
import type { TranscriptMessage, TranscriptThread } from "./transcript/transcript.ts";
import type { ReportKind } from "./vocabulary.ts";

/** An account that takes part, as the platform told of it. */
export interface KnownAccount {
  /** The platform's own id. */
  readonly id: string;
  readonly handle: string | null;
  readonly displayName: string | null;
  readonly ageBand: AgeBand;
  /** Age of the account, not of the person. */
  readonly accountAgeDays: number | null;
  readonly country: string | null;
  /** NCMEC's numbers of reports that name this account already. */
  readonly priorReports: readonly string[];
  /** Whether a flag of this case is this account's report. */
  readonly reporting: boolean;
}

/** An attachment of the thread, as intake recorded it. */
export interface KnownAttachment {
  readonly attachment: AttachmentRef;
  /** The message's id on the platform, and who sent it. */
  readonly platformMessageId: string;
  readonly senderId: string;
  readonly sentAt: Date;
  readonly flagged: boolean;
  readonly md5: string | null;
  readonly sha256: string | null;
  readonly perceptualKind: string | null;
  readonly perceptualHash: string | null;
}

/** What is known of a case to whoever writes its report. */
export interface KnownFacts {
  readonly kind: ReportKind;
  /** NCMEC's number of the report that this one adds to. */
  readonly supplements: string | null;
  readonly thread: TranscriptThread;
  readonly accounts: readonly KnownAccount[];
  /** What the view covers, in the thread's order. */
  readonly messages: readonly TranscriptMessage[];
  readonly attachments: readonly KnownAttachment[];
  /** A flag of this case is a match with a list of known hashes. */
  readonly hashMatched: boolean;
}

// Groups can be large; beyond this somebody has to choose whom the report is about.
const MOST_RECIPIENTS = 20;

/**
 * The draft that a specialist begins with. Only what is known is said, and nothing is guessed: the type of the incident is
 * left open unless a file matched a list of known ones; who is reported is who sent what was flagged; minors, by the
 * platform's own word, are named as victims; all files go with it, since leaving one out takes a reason of a person's.
 */
export async function prefill(facts: KnownFacts): Promise<CyberTipDraft> {
  return facts.kind === "batch" ? batchDraft(facts) : reportDraft(facts);
}

async function reportDraft(facts: KnownFacts): Promise<CyberTipDraft> {
  const { thread, messages, accounts } = facts;
  const reported = mostFlagged(facts)[0];
  const others = accounts.filter((one) => one !== reported);
  const minors = others.filter((one) => one.ageBand === "minor");
  const recipients = others.filter((one) => one.ageBand !== "minor").slice(0, MOST_RECIPIENTS);
  const { incident } = await chatIncident(thread, messages);
  const betweenMinors = reported?.ageBand === "minor" && minors.length > 0;
  const report: ReportDraft = {
    incidentSummary: {
      ...summary(facts),
      ...(betweenMinors ? { reportAnnotations: { minorToMinorInteraction: true as const } } : {}),
    },
    internetDetails: [{ chatImIncident: incident }],
    ...(reported
      ? { personOrUserReported: [{ ...account(reported, facts), additionalInfo: ageSentence(reported) }] }
      : {}),
    intendedRecipient: recipients.map((one) => ({
      ...account(one, facts),
      additionalInfo: [ageSentence(one)].filter((text) => text !== undefined),
    })),
    victim: minors.map((one) => ({
      victimPerson: {},
      ...account(one, facts),
      additionalInfo: ageSentence(one),
    })),
    ...(facts.supplements === null ? {} : { additionalInfo: supplementSentence(facts.supplements) }),
  };
  return { report, files: facts.attachments.map(fileOf), transcript: { include: true } };
}

/** One file and everybody who sent it: nothing else may be said in a batch. */
function batchDraft(facts: KnownFacts): CyberTipDraft {
  const file = facts.attachments.find((one) => one.flagged) ?? facts.attachments[0];
  const same = facts.attachments.filter((one) => one === file || sameFile(one, file));
  const senders = new Set(same.map((one) => one.senderId));
  return {
    report: {
      batchedReport: { reason: "VIRAL_POTENTIAL_MEME" },
      incidentSummary: summary(facts),
      personOrUserReported: [...senders].map((espIdentifier) => ({ espIdentifier })),
    },
    files: file
      ? [
          {
            attachment: file.attachment,
            include: true,
            details: { fileRelevance: "Reported", fileAnnotations: { viral: true } },
          },
        ]
      : [],
    transcript: { include: false },
  };
}

function sameFile(one: KnownAttachment, file: KnownAttachment | undefined): boolean {
  return one.sha256 !== null && one.sha256 === file?.sha256;
}

function summary(facts: KnownFacts): NonNullable<ReportDraft["incidentSummary"]> {
  const first = facts.messages.find((one) => one.flagged) ?? facts.messages[0];
  return {
    ...(facts.hashMatched
      ? { incidentType: "Child Pornography (possession, manufacture, and distribution)" as const }
      : {}),
    platform: facts.thread.product,
    ...(first
      ? {
          incidentDateTime: first.sentAt.toISOString(),
          incidentDateTimeDescription: first.flagged
            ? "When the first flagged message was sent."
            : "When the first message was sent.",
        }
      : {}),
  };
}

/** Accounts that sent what was flagged, the one that sent most of it first; who reported it is not who did it. */
function mostFlagged({ accounts, messages }: KnownFacts): KnownAccount[] {
  const counts = new Map<string, number>();
  for (const one of messages) if (one.flagged) counts.set(one.senderId, (counts.get(one.senderId) ?? 0) + 1);
  const senders = accounts.filter((one) => counts.has(one.id));
  const others = senders.filter((one) => !one.reporting);
  return (others.length > 0 ? others : senders).sort(
    (a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0),
  );
}

function account(one: KnownAccount, { thread, supplements }: KnownFacts) {
  const prior = [...new Set([...one.priorReports, ...(supplements === null ? [] : [supplements])])];
  const countryCode = COUNTRY.values.find((code) => code !== "" && code === one.country);
  return {
    espIdentifier: one.id,
    espService: thread.product.slice(0, 100),
    ...(one.handle === null ? {} : { screenName: one.handle }),
    displayName: one.displayName === null ? [] : [one.displayName],
    priorCTReports: prior,
    ...(countryCode === undefined ? {} : { estimatedLocation: { countryCode } }),
  };
}

function ageSentence({ ageBand, accountAgeDays }: KnownAccount): string | undefined {
  const said = [
    ageBand === "unknown" ? null : `By what the platform knows, the account is ${AGE_WORDS[ageBand]}.`,
    accountAgeDays === null ? null : `It was ${days(accountAgeDays)} old when it was reported to us.`,
  ].filter((sentence) => sentence !== null);
  return said.length === 0 ? undefined : said.join(" ");
}

const AGE_WORDS = { adult: "an adult's", minor: "a minor's" } as const;
const days = (n: number) => `${n} day${n === 1 ? "" : "s"}`;

function fileOf(one: KnownAttachment): DraftFile {
  const hashes = [
    { hashType: "MD5", value: one.md5 },
    { hashType: "SHA256", value: one.sha256 },
    { hashType: one.perceptualKind?.toUpperCase() ?? "", value: one.perceptualHash },
  ].flatMap(({ hashType, value }) => (value === null || hashType === "" ? [] : [{ hashType, value }]));
  return {
    attachment: one.attachment,
    include: true,
    details: {
      uploadedToEspTimestamp: one.sentAt.toISOString(),
      fileRelevance: one.flagged ? "Reported" : "Supplemental Reported",
      originalFileHash: hashes,
      additionalInfo: [`Attached to message ${one.platformMessageId}, sent by account ${one.senderId}.`],
    },
  };
}
