import { z } from "zod";
import type { CyberTipDraft, DraftProblem } from "../domain/cybertip/draft.ts";
import {
  ACCOUNT_PARTS,
  ENVIRONMENTS,
  FILING_WAYS,
  HOLD_KINDS,
  NEXT_STEPS,
  REPORT_KINDS,
  REPORT_STATES,
} from "../domain/cybertip/vocabulary.ts";
import { AGE_BANDS } from "../domain/vocabulary.ts";
import { id, instant, staffRef, written } from "./triage.ts";

const caseRef = z.object({ id, number: z.number().int() });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A report number of NCMEC's: digits, since it has 64 bits. */
const ncmecNumber = z
  .string()
  .regex(/^[1-9][0-9]{0,18}$/, "Give the number as NCMEC wrote it: digits alone.");
const reportRef = z.object({
  id,
  number: z.number().int(),
  state: z.enum(REPORT_STATES),
  ncmecReportId: z.string().nullable(),
});

/** A report as a line of the register: metadata, and nothing of what it says. */
export const reportRow = z.object({
  id,
  number: z.number().int(),
  kind: z.enum(REPORT_KINDS),
  state: z.enum(REPORT_STATES),
  /** Why a person must act: a key of `domain/cybertip/filing/stuck.ts`. */
  stuckCode: z.string().nullable(),
  way: z.enum(FILING_WAYS).nullable(),
  nextStep: z.enum(NEXT_STEPS),
  case: caseRef,
  platform: z.string(),
  region: z.string(),
  revision: z.number().int(),
  errors: z.number().int(),
  warnings: z.number().int(),
  incidentType: z.string().nullable(),
  highPriority: z.boolean(),
  startedBy: staffRef,
  startedAt: instant,
  /** Whoever saved it last. */
  savedBy: staffRef.nullable(),
  handedInBy: staffRef.nullable(),
  approvedBy: staffRef.nullable(),
  dueAt: instant,
  overdue: z.boolean(),
  changedAt: instant,
  environment: z.enum(ENVIRONMENTS).nullable(),
  ncmecReportId: z.string().nullable(),
  filedAt: instant.nullable(),
  /** Until when the thread is kept, by the longest hold of this report. */
  keptUntil: instant.nullable(),
  /** The reader wrote some of it. */
  mine: z.boolean(),
});
export type ReportRow = z.infer<typeof reportRow>;

/** GET /api/cybertips */
export const registerQuery = z.strictObject({
  state: z.enum(["open", ...REPORT_STATES]).optional(),
  mine: z.enum(["true"]).optional(),
  overdue: z.enum(["true"]).optional(),
  case: id.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type RegisterQuery = z.output<typeof registerQuery>;
export const registerPage = z.object({
  reports: z.array(reportRow),
  nextCursor: z.string().nullable(),
  /** Of everything that the reader may see. */
  counts: z.object({
    open: z.number().int(),
    waiting: z.number().int(),
    stuck: z.number().int(),
    overdue: z.number().int(),
    mine: z.number().int(),
  }),
  /** May the reader write reports, or only read the register? */
  mayWrite: z.boolean(),
  service: z.object({
    environment: z.enum(ENVIRONMENTS),
    live: z.boolean(),
    schemaVersion: z.string(),
    /** The settings say who reports. */
    reporterKnown: z.boolean(),
    /** The last comparison with the service's own schema; `changed` is to be looked into. */
    schemaCheck: z
      .object({ at: instant, outcome: z.enum(["same", "additions", "changed", "failed"]) })
      .nullable(),
  }),
});
export type RegisterPage = z.infer<typeof registerPage>;

/** GET /api/cybertips/figures; with `format=csv` a table of months. */
export const figuresQuery = z.strictObject({
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
  format: z.enum(["json", "csv"]).default("json"),
});
export type FiguresQuery = z.output<typeof figuresQuery>;
export const figures = z.object({
  from: instant,
  until: instant,
  /** By the month in which they were filed (or withdrawn); numbers are of reports unless told. */
  months: z.array(
    z.object({
      month: z.string(),
      started: z.number().int(),
      filed: z.number().int(),
      filedInTime: z.number().int(),
      withdrawn: z.number().int(),
      highPriority: z.number().int(),
      textOnly: z.number().int(),
      files: z.number().int(),
      /** Files that a member of our staff had viewed whole, by the log. */
      filesViewed: z.number().int(),
    }),
  ),
  incidentTypes: z.array(z.object({ incidentType: z.string(), filed: z.number().int() })),
  kinds: z.array(z.object({ kind: z.enum(REPORT_KINDS), filed: z.number().int() })),
  ways: z.array(z.object({ way: z.enum(FILING_WAYS), filed: z.number().int() })),
  open: z.number().int(),
  overdue: z.number().int(),
  medianHoursToFile: z.number().nullable(),
  /** Filings by the service that were refused at least once. */
  refusedOnce: z.number().int(),
  holds: z.number().int(),
  destroyed: z.number().int(),
});
export type Figures = z.infer<typeof figures>;

/** POST /api/cases/:id/cybertips */
export const startReportRequest = z
  .strictObject({ kind: z.enum(REPORT_KINDS).default("report"), supplements: id.optional() })
  .refine((ask) => (ask.kind === "supplement") === (ask.supplements !== undefined), {
    message: "A supplement names the report that it adds to; nothing else does.",
    path: ["supplements"],
  });
export type StartReportRequest = z.input<typeof startReportRequest>;
export const startReportResult = z.object({ reportId: id, number: z.number().int() });
export type StartReportResult = z.infer<typeof startReportResult>;

const attachmentRef = z.strictObject({
  messageId: id,
  revision: z.number().int().min(1),
  ordinal: z.number().int().min(0),
});
/** A document of the model: its form is the model's to check, field by field, with words for people. */
const document = z.record(z.string(), z.unknown());

/** A draft as it is read and saved. The fields are `domain/cybertip/draft.ts`'s. */
export const cyberTipDraft = z.strictObject({
  report: document,
  files: z
    .array(
      z.strictObject({
        attachment: attachmentRef,
        include: z.boolean(),
        reason: written(2000).optional(),
        details: document,
      }),
    )
    .max(10_000),
  transcript: z.strictObject({ include: z.boolean() }),
}) as z.ZodType<CyberTipDraft>;

export const draftProblem = z.object({
  pointer: z.string(),
  rule: z.string(),
  severity: z.enum(["error", "warning"]),
  field: z.string(),
  message: z.string(),
}) as z.ZodType<DraftProblem>;

/** POST /api/cybertips/:id/draft/read. Content: under a committed view of the case, for the purpose of such a report. */
export const readDraftRequest = z.strictObject({ viewId: id, revision: z.number().int().min(1).optional() });
export type ReadDraftRequest = z.infer<typeof readDraftRequest>;
export const draftContent = z.object({
  reportId: id,
  /** 0: nothing has been written, and `draft` is null. Ask for a proposal. */
  revision: z.number().int(),
  digest: sha256.nullable(),
  savedBy: staffRef.nullable(),
  savedAt: instant.nullable(),
  draft: cyberTipDraft.nullable(),
  problems: z.array(draftProblem),
  /** When the view that it was read under ends: wipe it then. */
  expiresAt: instant,
});
export type DraftContent = z.infer<typeof draftContent>;

/** POST /api/cybertips/:id/prefill. Content: a draft proposed from what is known of the case, under a view; stored nowhere. */
export const proposeDraftRequest = z.strictObject({ viewId: id });
export type ProposeDraftRequest = z.infer<typeof proposeDraftRequest>;
export const proposedDraft = z.object({ draft: cyberTipDraft });
export type ProposedDraft = z.infer<typeof proposedDraft>;

/** The most that a draft may weigh, in bytes of JSON. */
export const MOST_DRAFT_BYTES = 8 * 1024 * 1024;

/**
 * PUT /api/cybertips/:id/draft. `revision`: the one that it was made from; 0 for the first. When somebody else saved in
 * between the answer is 409 `draft-changed` with `meanwhile` (`contracts/problem.ts`).
 */
export const saveDraftRequest = z.strictObject({
  viewId: id,
  revision: z.number().int().min(0),
  draft: cyberTipDraft,
});
export type SaveDraftRequest = z.infer<typeof saveDraftRequest>;
export const saveDraftResult = z.object({
  revision: z.number().int(),
  digest: sha256,
  savedAt: instant,
  state: z.enum(REPORT_STATES),
  problems: z.array(draftProblem),
});
export type SaveDraftResult = z.infer<typeof saveDraftResult>;

/** POST /api/cybertips/:id/hand-in */
export const handInRequest = z.strictObject({ revision: z.number().int().min(1) });
/** POST /api/cybertips/:id/approve: what was read, word for word. */
export const approveRequest = z.strictObject({ revision: z.number().int().min(1), digest: sha256 });
/** POST /api/cybertips/:id/send-back */
export const sendBackRequest = z.strictObject({ note: written(2000) });
/** POST /api/cybertips/:id/withdraw */
export const withdrawRequest = z.strictObject({ reason: written(2000) });
/** POST /api/cybertips/:id/export: an approved report as a ZIP, to be filed by hand. The reason is on record first. */
export const exportReportRequest = z.strictObject({ reason: written(2000) });
export type ExportReportRequest = z.infer<typeof exportReportRequest>;
/** POST /api/cybertips/:id/filed-by-hand: after somebody filed the export with NCMEC. */
export const filedByHandRequest = z.strictObject({
  ncmecReportId: ncmecNumber,
  filedAt: z.iso.datetime({ offset: true }),
});
/** POST /api/cybertips/:id/hold: keeps the thread longer. */
export const holdRequest = z.strictObject({
  until: z.iso.datetime({ offset: true }),
  kind: z.enum(["extension", "law_enforcement"]).default("extension"),
  reason: written(2000),
  reference: written(200).optional(),
});
/** POST /api/cybertips/:id/destruction */
export const destructionRequest = z.strictObject({ reference: written(200), reason: written(2000) });
export type HandInRequest = z.infer<typeof handInRequest>;
export type ApproveRequest = z.infer<typeof approveRequest>;
export type SendBackRequest = z.infer<typeof sendBackRequest>;
export type WithdrawRequest = z.infer<typeof withdrawRequest>;
export type FiledByHandRequest = z.infer<typeof filedByHandRequest>;
export type HoldRequest = z.infer<typeof holdRequest>;
export type DestructionRequest = z.infer<typeof destructionRequest>;

/** What such a verb answers: how the report stands now. */
export const reportMoved = z.object({ state: z.enum(REPORT_STATES), revision: z.number().int() });
export type ReportMoved = z.infer<typeof reportMoved>;

/** Who of ours looked at the whole of an attachment, by the log. */
export const attachmentViewing = z.object({ readingId: id, viewId: id, by: staffRef, shownAt: instant });

/** An attachment of the thread, as intake recorded it, and what the newest revision says of it. */
export const reportFile = z.object({
  messageId: id,
  revision: z.number().int(),
  ordinal: z.number().int(),
  mediaType: z.string(),
  sizeBytes: z.number(),
  md5: z.string().nullable(),
  sha256: z.string().nullable(),
  perceptualHash: z.string().nullable(),
  /** Its place among the files of the newest revision; null where the draft does not name it. */
  fileNo: z.number().int().nullable(),
  included: z.boolean().nullable(),
  reason: z.string().nullable(),
  classification: z.string().nullable(),
  viewings: z.array(attachmentViewing),
});
export type ReportFile = z.infer<typeof reportFile>;

export const filingStep = z.object({
  id,
  n: z.number().int(),
  kind: z.enum(["submit", "upload", "fileinfo", "finish", "retract", "status"]),
  fileNo: z.number().int().nullable(),
  state: z.enum(["begun", "accepted", "refused", "failed"]),
  try: z.number().int(),
  begunAt: instant,
  endedAt: instant.nullable(),
  milliseconds: z.number().int().nullable(),
  httpStatus: z.number().int().nullable(),
  code: z.number().int().nullable(),
  requestId: z.string().nullable(),
  sentSha256: z.string().nullable(),
  sentBytes: z.number().nullable(),
  answerSha256: z.string().nullable(),
  fileId: z.string().nullable(),
  md5: z.string().nullable(),
  inDoubt: z.boolean(),
  cause: z.string().nullable(),
});
export type FilingStep = z.infer<typeof filingStep>;

export const filingAttempt = z.object({
  id,
  n: z.number().int(),
  environment: z.enum(ENVIRONMENTS),
  schemaVersion: z.string(),
  revision: z.number().int(),
  state: z.enum(["open", "finished", "retracted", "gone", "stopped"]),
  why: z.string().nullable(),
  ncmecReportId: z.string().nullable(),
  openedAt: instant,
  submittedAt: instant.nullable(),
  lastChangeAt: instant.nullable(),
  /** When NCMEC deletes what is not finished: 24 hours from opening or one from the last change, whichever is later. */
  expiresAt: instant.nullable(),
  endedAt: instant.nullable(),
  nextTryAt: instant.nullable(),
  steps: z.array(filingStep),
});
export type FilingAttempt = z.infer<typeof filingAttempt>;

export const reportHold = z.object({
  id,
  kind: z.enum(HOLD_KINDS),
  from: instant,
  until: instant,
  reason: z.string(),
  reference: z.string().nullable(),
  madeBy: staffRef.nullable(),
  madeAt: instant,
  releasedAt: instant.nullable(),
  live: z.boolean(),
});
export type ReportHold = z.infer<typeof reportHold>;

export const reportDestruction = z.object({
  id,
  state: z.enum(["asked", "withdrawn", "done"]),
  reference: z.string(),
  reason: z.string(),
  askedBy: staffRef,
  askedAt: instant,
  confirmedBy: staffRef.nullable(),
  endedAt: instant.nullable(),
  /** The reader asked, so somebody else confirms. */
  mine: z.boolean(),
});
export type ReportDestruction = z.infer<typeof reportDestruction>;

/** What the reader may do with the report as it stands. The verbs ask again. */
export const reportRights = z.object({
  read: z.boolean(),
  write: z.boolean(),
  handIn: z.boolean(),
  approve: z.boolean(),
  sendBack: z.boolean(),
  withdraw: z.boolean(),
  file: z.boolean(),
  stop: z.boolean(),
  tryAgain: z.boolean(),
  export: z.boolean(),
  recordByHand: z.boolean(),
  supplement: z.boolean(),
  hold: z.boolean(),
  askDestruction: z.boolean(),
  confirmDestruction: z.boolean(),
  receipt: z.boolean(),
});
export type ReportRights = z.infer<typeof reportRights>;

/** GET /api/cybertips/:id: everything about a report but what it says. */
export const reportDetail = reportRow.extend({
  /** Digest of the newest revision: an approval names it. */
  digest: sha256.nullable(),
  approvedRevision: z.number().int().nullable(),
  annotations: z.array(z.string()),
  persons: z.number().int(),
  victims: z.number().int(),
  transcript: z.boolean(),
  messageCount: z.number().int(),
  stuckFileNo: z.number().int().nullable(),
  stuckAt: instant.nullable(),
  handedInAt: instant.nullable(),
  approvedAt: instant.nullable(),
  /** Who exported last what is approved now: they may be filing it by hand. */
  takenOut: z.object({ by: staffRef, at: instant }).nullable(),
  withdrawnBy: staffRef.nullable(),
  withdrawnAt: instant.nullable(),
  withdrawnReason: z.string().nullable(),
  destroyedAt: instant.nullable(),
  supplements: reportRef.nullable(),
  supplementedBy: z.array(reportRef),
  /** Newest first, fifty at the most. */
  revisions: z.array(
    z.object({
      revision: z.number().int(),
      savedBy: staffRef,
      savedAt: instant,
      errors: z.number().int(),
      warnings: z.number().int(),
      filesIncluded: z.number().int(),
      filesLeftOut: z.number().int(),
      readBy: z.array(staffRef),
    }),
  ),
  approvals: z.array(
    z.object({
      by: staffRef,
      at: instant,
      revision: z.number().int(),
      answer: z.enum(["approved", "sent_back"]),
      note: z.string().nullable(),
    }),
  ),
  /** Attachments of the thread, a thousand at the most; `fileCount` counts all. */
  files: z.array(reportFile),
  fileCount: z.number().int(),
  attempts: z.array(filingAttempt),
  receipt: z
    .object({
      ncmecReportId: z.string(),
      environment: z.enum(ENVIRONMENTS),
      filedAt: instant,
      fileIds: z.array(z.string()),
      answerSha256: z.string().nullable(),
      requestId: z.string().nullable(),
    })
    .nullable(),
  holds: z.array(reportHold),
  destructions: z.array(reportDestruction),
  history: z.array(
    z.object({
      at: instant,
      by: staffRef.nullable(),
      what: z.string(),
      from: z.string().nullable(),
      to: z.string(),
      revision: z.number().int(),
      note: z.string().nullable(),
    }),
  ),
  may: reportRights,
});
export type ReportDetail = z.infer<typeof reportDetail>;

/** POST /api/cybertips/:id/file and /try-again. */
export const fileRequest = z.strictObject({
  /** The export that was taken out was not filed by hand, and will not be. */
  notFiledByHand: z.boolean().default(false),
});
export type FileRequest = z.output<typeof fileRequest>;

/** POST /api/cybertips/:id/answer/read: what the service said to a step that it refused. Content: it may quote a field. */
export const readAnswerRequest = z.strictObject({ viewId: id, stepId: id });
export type ReadAnswerRequest = z.infer<typeof readAnswerRequest>;
export const filingAnswer = z.object({
  stepId: id,
  /** The words of the service's description; null when its answer was not one that we know. */
  description: z.string().nullable(),
  /** Word for word. */
  answer: z.string(),
  expiresAt: instant,
});
export type FilingAnswer = z.infer<typeof filingAnswer>;

/** GET /api/cybertips/:id/receipt: a download. `answer` is the service's receipt word for word. */
export const filingReceipt = z.object({
  number: z.number().int(),
  environment: z.enum(ENVIRONMENTS),
  ncmecReportId: z.string(),
  fileIds: z.array(z.string()),
  /** Null when it was filed by hand, or is known only by the service's "already finished". */
  answer: z.string().nullable(),
  answerSha256: z.string().nullable(),
  requestId: z.string().nullable(),
  filedAt: instant,
  keptAt: instant,
  way: z.enum(FILING_WAYS),
  /** The event that recorded it, and its place in the log once the sequencer has placed it. */
  event: id,
  logIndex: z.number().int().nullable(),
  steps: z.array(
    filingStep
      .omit({
        id: true,
        try: true,
        milliseconds: true,
        httpStatus: true,
        inDoubt: true,
        cause: true,
        n: true,
      })
      .extend({ attempt: z.number().int(), step: z.number().int() }),
  ),
});
export type FilingReceipt = z.infer<typeof filingReceipt>;

/** GET /api/cases/:id/prior-reports: of each participant of the case's thread. Pseudonyms; no handle, no account id. */
export const priorReports = z.object({
  participants: z.array(
    z.object({
      id,
      pseudonym: z.string(),
      ageBand: z.enum(AGE_BANDS),
      reports: z.array(
        z.object({
          id,
          number: z.number().int(),
          case: caseRef,
          part: z.enum(ACCOUNT_PARTS),
          state: z.enum(REPORT_STATES),
          ncmecReportId: z.string().nullable(),
          filedAt: instant.nullable(),
        }),
      ),
    }),
  ),
});
export type PriorReports = z.infer<typeof priorReports>;
