import { z } from "zod";
import { defaultNoticePolicy } from "../../domain/legal/notice/templates.ts";
import {
  BREADTH_WARNINGS,
  CHANNELS,
  DATA_CATEGORIES,
  DOCUMENT_KINDS,
  DOCUMENT_WARNINGS,
  EXCEPTION_STATES,
  ISSUERS,
  NOTICE_POLICIES,
  REJECT_GROUNDS,
  REQUEST_NOTICES,
  REQUEST_OUTCOMES,
  REQUEST_STATES,
  REQUEST_TYPES,
} from "../../domain/legal/vocabulary.ts";
import { id, instant, staffRef, written } from "../triage.ts";
import { country } from "./agencies.ts";

const when = z.iso.datetime({ offset: true });
const said = (most: number) => written(most).min(1, "This must say something.");
const categories = z.array(z.enum(DATA_CATEGORIES)).min(1, "Say at least one category.").max(4);
/** `LR-000012` */
const numberShown = z.string();

/** A request as a line of the register. */
export const requestRow = z.object({
  id,
  number: z.number().int(),
  shownNumber: numberShown,
  type: z.enum(REQUEST_TYPES),
  jurisdiction: z.string(),
  agency: z.string(),
  reference: z.string(),
  state: z.enum(REQUEST_STATES),
  outcome: z.enum(REQUEST_OUTCOMES).nullable(),
  emergency: z.boolean(),
  childSafety: z.boolean(),
  receivedAt: instant,
  dueAt: instant,
  /** Why it is due then: a key of `domain/legal/clocks.ts`. */
  dueRule: z.string(),
  /** IANA zone of who asks: show the local time beside UTC. */
  localZone: z.string(),
  overdue: z.boolean(),
  acknowledgedAt: instant.nullable(),
  categories: z.array(z.enum(DATA_CATEGORIES)),
  accounts: z.number().int(),
  handledBy: staffRef.nullable(),
  approvedBy: staffRef.nullable(),
  changedAt: instant,
  mine: z.boolean(),
});
export type RequestRow = z.infer<typeof requestRow>;

/** GET /api/lawful-requests */
export const requestsQuery = z.strictObject({
  state: z.enum(["open", ...REQUEST_STATES]).optional(),
  type: z.enum(REQUEST_TYPES).optional(),
  overdue: z.enum(["true"]).optional(),
  mine: z.enum(["true"]).optional(),
  emergency: z.enum(["true"]).optional(),
  agency: id.optional(),
  /** Beginning of a reference, or a number as LR-000012. */
  q: written(200).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type RequestsQuery = z.output<typeof requestsQuery>;
export const requestsPage = z.object({
  requests: z.array(requestRow),
  nextCursor: z.string().nullable(),
  counts: z.object({
    open: z.number().int(),
    overdue: z.number().int(),
    emergency: z.number().int(),
    mine: z.number().int(),
    /** Approvals and exceptions that the reader could answer. */
    waitingForMe: z.number().int(),
  }),
  mayHandle: z.boolean(),
});
export type RequestsPage = z.infer<typeof requestsPage>;

const gagged = <T extends { gagUntil?: unknown; gagIndefinite?: unknown; gagReference?: unknown }>(ask: T) =>
  !(ask.gagUntil || ask.gagIndefinite) || Boolean(ask.gagReference);

/** The facts of a request, as they stand in the letter. */
const facts = {
  type: z.enum(REQUEST_TYPES),
  jurisdiction: country,
  issuer: z.enum(ISSUERS),
  agencyId: id.nullable(),
  agencyName: said(200),
  officerName: said(200),
  officerEmail: written(320).min(3).nullable(),
  officerPhone: written(40).min(3).nullable(),
  reference: said(200),
  channel: z.enum(CHANNELS),
  receivedAt: when,
  issuedAt: when.nullable(),
  /** When the order itself lapses. */
  expiresAt: when.nullable(),
  /** The date that the order sets for the answer. */
  returnAt: when.nullable(),
  emergency: z.boolean(),
  /** IANA, e.g. `Europe/Berlin`. */
  localZone: said(64),
  categories,
  rangeFrom: when.nullable(),
  /** Exclusive. */
  rangeTo: when.nullable(),
  childSafety: z.boolean(),
  nature: written(4000),
  noticePolicy: z.enum(NOTICE_POLICIES),
  gagReference: said(200).nullable(),
  gagUntil: when.nullable(),
  gagIndefinite: z.boolean(),
};
export const accountAsked = z.strictObject({
  platformId: id,
  /** The account's id on its platform, as it stands in the letter. */
  accountId: said(256),
});
export type AccountAsked = z.infer<typeof accountAsked>;

/** POST /api/lawful-requests */
export const registerRequest = z
  .strictObject({
    ...facts,
    agencyId: facts.agencyId.default(null),
    officerEmail: facts.officerEmail.default(null),
    officerPhone: facts.officerPhone.default(null),
    issuedAt: facts.issuedAt.default(null),
    expiresAt: facts.expiresAt.default(null),
    returnAt: facts.returnAt.default(null),
    emergency: facts.emergency.default(false),
    localZone: facts.localZone.default("UTC"),
    rangeFrom: facts.rangeFrom.default(null),
    rangeTo: facts.rangeTo.default(null),
    childSafety: facts.childSafety.default(false),
    nature: facts.nature.default(""),
    /** Left out: what is usual for the type (domain/legal/notice/templates.ts). */
    noticePolicy: facts.noticePolicy.optional(),
    gagReference: facts.gagReference.default(null),
    gagUntil: facts.gagUntil.default(null),
    gagIndefinite: facts.gagIndefinite.default(false),
    accounts: z.array(accountAsked).max(500, "Name at most 500 accounts in one request.").default([]),
  })
  .refine(gagged, { message: "Say under which order nobody may be told.", path: ["gagReference"] })
  .transform((ask) => ({
    ...ask,
    noticePolicy: ask.noticePolicy ?? defaultNoticePolicy(ask.type, ask.childSafety),
  }));
export type RegisterRequest = z.input<typeof registerRequest>;
export type RegisteredFacts = z.output<typeof registerRequest>;
export const registered = z.object({
  requestId: id,
  number: z.number().int(),
  shownNumber: numberShown,
  dueAt: instant,
  dueRule: z.string(),
  notices: z.array(z.enum(REQUEST_NOTICES)),
});
export type Registered = z.infer<typeof registered>;

/**
 * PATCH /api/lawful-requests/:id: what was written down wrongly, or what the authority changed. `scopeVersion` is the one
 * that it was read at. What is asked changed: an approval falls. Who asks changed: their checks count no more.
 */
export const changeRequest = z
  .strictObject({
    ...z.object(facts).partial().shape,
    scopeVersion: z.number().int().min(1),
    reason: said(2000),
  })
  .refine(gagged, { message: "Say under which order nobody may be told.", path: ["gagReference"] });
export type ChangeRequest = z.infer<typeof changeRequest>;

/** POST /api/lawful-requests/:id/accounts */
export const changeAccountsRequest = z
  .strictObject({
    add: z.array(accountAsked).max(500).default([]),
    /** Numbers (`n`) of accounts that the request names no more. */
    drop: z.array(z.number().int().min(1)).max(500).default([]),
    scopeVersion: z.number().int().min(1),
    reason: said(2000),
  })
  .refine((a) => a.add.length + a.drop.length > 0, "Say which accounts to add or drop.");
export type ChangeAccountsRequest = z.input<typeof changeAccountsRequest>;

export const requestAccount = z.object({
  n: z.number().int(),
  platformId: id,
  platform: z.string(),
  accountId: z.string(),
  /** Does any thread that we keep name it? Looked up by id; nothing is read. */
  known: z.boolean(),
});
export type RequestAccount = z.infer<typeof requestAccount>;

export const requestDocument = z.object({
  n: z.number().int(),
  id,
  name: z.string(),
  kind: z.enum(DOCUMENT_KINDS),
  mediaType: z.string(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
  warnings: z.array(z.object({ warning: z.enum(DOCUMENT_WARNINGS), words: z.string() })),
  addedBy: staffRef,
  addedAt: instant,
});
export type RequestDocument = z.infer<typeof requestDocument>;

export const requestException = z.object({
  id,
  category: z.enum(DATA_CATEGORIES),
  reason: z.string(),
  state: z.enum(EXCEPTION_STATES),
  askedBy: staffRef,
  askedAt: instant,
  answeredBy: staffRef.nullable(),
  answeredAt: instant.nullable(),
  answer: z.string().nullable(),
  mayAnswer: z.boolean(),
});
export type RequestException = z.infer<typeof requestException>;

const requestRef = z.object({
  id,
  shownNumber: numberShown,
  state: z.enum(REQUEST_STATES),
  receivedAt: instant,
});

/** GET /api/lawful-requests/:id: everything of a request but documents' bytes. */
export const requestDetail = requestRow.extend({
  issuer: z.enum(ISSUERS),
  agencyId: id.nullable(),
  officerName: z.string(),
  officerEmail: z.string().nullable(),
  officerPhone: z.string().nullable(),
  channel: z.enum(CHANNELS),
  issuedAt: instant.nullable(),
  expiresAt: instant.nullable(),
  returnAt: instant.nullable(),
  rangeFrom: instant.nullable(),
  rangeTo: instant.nullable(),
  nature: z.string(),
  noticePolicy: z.enum(NOTICE_POLICIES),
  gagReference: z.string().nullable(),
  gagUntil: instant.nullable(),
  gagIndefinite: z.boolean(),
  digest: z.string(),
  scopeVersion: z.number().int(),
  requesterVersion: z.number().int(),
  registeredBy: staffRef,
  registeredAt: instant,
  scopedBy: staffRef,
  handledAt: instant.nullable(),
  acknowledgedBy: staffRef.nullable(),
  approvedAt: instant.nullable(),
  producedAt: instant.nullable(),
  closedAt: instant.nullable(),
  endedBy: staffRef.nullable(),
  endedReason: z.string().nullable(),
  endedGround: z.enum(REJECT_GROUNDS).nullable(),
  /** The most that the type gives by itself; null: nothing. */
  mostByType: z.enum(DATA_CATEGORIES).nullable(),
  /** What of `categories` may be given now: by the type and by granted exceptions. */
  allowed: z.array(z.enum(DATA_CATEGORIES)),
  /** Categories that are asked and exceed the type; `possible` tells whether an exception can open them at all. */
  beyond: z.array(z.object({ category: z.enum(DATA_CATEGORIES), possible: z.boolean() })),
  /** Does approving it need a second counsel? */
  needsSecond: z.boolean(),
  accountList: z.array(requestAccount),
  documents: z.array(requestDocument),
  exceptions: z.array(requestException),
  notices: z.array(z.object({ notice: z.enum(REQUEST_NOTICES), words: z.string() })),
  /** Requests that it repeats, and in what it differs from each: names of fields. */
  repeats: z.array(requestRef.extend({ exact: z.boolean(), differs: z.array(z.string()) })),
  duplicateOf: requestRef.nullable(),
  approvals: z.array(
    z.object({
      id,
      by: staffRef,
      at: instant,
      scopeVersion: z.number().int(),
      categories: z.array(z.enum(DATA_CATEGORIES)),
      note: z.string().nullable(),
      /** Does it still hold? */
      holds: z.boolean(),
    }),
  ),
  /** Newest first, at most 200. */
  history: z.array(
    z.object({
      id,
      at: instant,
      by: staffRef.nullable(),
      what: z.string(),
      from: z.enum(REQUEST_STATES).nullable(),
      to: z.enum(REQUEST_STATES),
      note: z.string().nullable(),
    }),
  ),
  /** Codes of what stands in the way of approving it, for the reader; empty: they may. */
  approvalRefusals: z.array(z.string()),
  mostDocumentBytes: z.number().int(),
  /** What the reader may do with it as it stands. The verbs ask again. */
  rights: z.object({
    change: z.boolean(),
    acknowledge: z.boolean(),
    review: z.boolean(),
    needInfo: z.boolean(),
    reject: z.boolean(),
    withdraw: z.boolean(),
    approve: z.boolean(),
    close: z.boolean(),
    noRecords: z.boolean(),
    exceed: z.boolean(),
    addDocument: z.boolean(),
    readDocument: z.boolean(),
    check: z.boolean(),
  }),
});
export type RequestDetail = z.infer<typeof requestDetail>;

/** POST …/acknowledge: we told the authority that we have it. */
export const acknowledgeRequest = z.strictObject({ note: written(2000).optional() });
/** POST …/review: the caller takes it into review, and handles it from then on. */
export const reviewRequest = z.strictObject({ note: written(2000).optional() });
/** POST …/need-info: what we asked the authority. */
export const needInfoRequest = z.strictObject({ question: said(4000) });
/** POST …/reject */
export const rejectRequest = z.strictObject({ ground: z.enum(REJECT_GROUNDS), reason: said(4000) });
/** POST …/withdraw: the authority took it back, or it lapsed. Builds and deliveries under it end. */
export const withdrawRequest = z.strictObject({ reason: said(4000) });
/** POST …/approve: what was read. Content and emergencies: by a second counsel. */
export const approveRequest = z.strictObject({
  scopeVersion: z.number().int().min(1),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  note: said(4000).optional(),
});
/** POST …/no-records: nothing that we keep falls under it. Refused when something does. */
export const noRecordsRequest = z.strictObject({ note: written(4000).optional() });
/** POST …/close */
export const closeRequest = z.strictObject({ note: written(4000).optional() });
/** POST …/exceed: asks for a category beyond the type. */
export const exceedRequest = z.strictObject({ category: z.enum(DATA_CATEGORIES), reason: said(4000) });
/** POST …/exceed/answer: by another counsel. */
export const exceedAnswer = z.strictObject({
  exceptionId: id,
  answer: z.enum(["granted", "refused"]),
  reason: said(4000),
});
export type AcknowledgeRequest = z.infer<typeof acknowledgeRequest>;
export type ReviewRequest = z.infer<typeof reviewRequest>;
export type NeedInfoRequest = z.infer<typeof needInfoRequest>;
export type RejectRequest = z.infer<typeof rejectRequest>;
export type WithdrawRequest = z.infer<typeof withdrawRequest>;
export type ApproveRequest = z.infer<typeof approveRequest>;
export type NoRecordsRequest = z.infer<typeof noRecordsRequest>;
export type CloseRequest = z.infer<typeof closeRequest>;
export type ExceedRequest = z.infer<typeof exceedRequest>;
export type ExceedAnswer = z.infer<typeof exceedAnswer>;

/** What such a verb answers: how the request stands now. */
export const requestMoved = z.object({ state: z.enum(REQUEST_STATES), scopeVersion: z.number().int() });
export type RequestMoved = z.infer<typeof requestMoved>;
export const exceptionAsked = requestMoved.extend({ exceptionId: id });
export type ExceptionAsked = z.infer<typeof exceptionAsked>;

const touched = z.object({
  threads: z.number().int(),
  messages: z.number().int(),
  attachments: z.number().int(),
});

/** GET …/scope: what it would touch, counted without reading anything. */
export const requestScope = z.object({
  scopeVersion: z.number().int(),
  countedAt: instant,
  accounts: z.array(
    requestAccount.extend({
      /** Records of each asked category: the account itself, its sign-in facts we hold, rows of traffic, messages. */
      byCategory: z.array(
        z.object({ category: z.enum(DATA_CATEGORIES), allowed: z.boolean(), records: z.number().int() }),
      ),
      inRange: touched,
      /** In threads outside the reader's regions: counted, never collected by them. */
      outOfRegions: touched,
    }),
  ),
  total: touched,
  outOfRegions: touched,
  /** Other participants of the threads in range: third parties. */
  thirdParties: z.number().int(),
  warnings: z.array(z.object({ warning: z.enum(BREADTH_WARNINGS), words: z.string() })),
});
export type RequestScope = z.infer<typeof requestScope>;

/**
 * POST …/documents: the bytes as the body; `x-file-name` (percent-encoded UTF-8), `x-document-kind` (`other` unless told).
 * POST …/documents/:n/read answers the bytes, as an attachment.
 */
export const documentKept = requestDocument;
export const documentHeaders = z.strictObject({
  name: written(1000).min(1).default("document"),
  kind: z.enum(DOCUMENT_KINDS).default("other"),
});

/** GET /api/lawful-requests/deadlines: what is due, soonest first. */
export const deadlines = z.object({
  at: instant,
  groups: z.array(
    z.object({
      group: z.enum(["overdue", "today", "three_days", "this_week", "later"]),
      requests: z.array(requestRow.extend({ msLeft: z.number() })),
    }),
  ),
  /** More is open than is listed (500). */
  capped: z.boolean(),
});
export type Deadlines = z.infer<typeof deadlines>;

/** GET /api/lawful-requests/figures; `format=csv`: one line a type and jurisdiction. */
export const requestFiguresQuery = z.strictObject({
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
  format: z.enum(["json", "csv"]).default("json"),
});
export type RequestFiguresQuery = z.output<typeof requestFiguresQuery>;
export const figuresLine = z.object({
  type: z.enum(REQUEST_TYPES),
  jurisdiction: z.string(),
  received: z.number().int(),
  emergency: z.number().int(),
  accounts: z.number().int(),
  produced: z.number().int(),
  partiallyProduced: z.number().int(),
  noRecords: z.number().int(),
  rejected: z.number().int(),
  withdrawn: z.number().int(),
  preserved: z.number().int(),
  /** Orders to act, not to tell: acted on. */
  actedOn: z.number().int(),
  /** Handed on to outside counsel, or sent the way that it should have come. */
  routed: z.number().int(),
  open: z.number().int(),
  /** Of those received in the range; null where none was. */
  medianHoursToAcknowledge: z.number().nullable(),
  medianHoursToProduce: z.number().nullable(),
});
export type FiguresLine = z.infer<typeof figuresLine>;
export const requestFigures = z.object({
  from: instant,
  until: instant,
  lines: z.array(figuresLine),
  total: figuresLine.omit({ type: true, jurisdiction: true }),
  /** Regulation (EU) 2022/2065, Art. 15(1)(a): orders under Articles 9 and 10, and the median time to answer. */
  dsa: z.object({
    article9: z.number().int(),
    article10: z.number().int(),
    medianHoursToAcknowledge: z.number().nullable(),
    medianHoursToGiveEffect: z.number().nullable(),
  }),
  rejectedBy: z.array(z.object({ ground: z.enum(REJECT_GROUNDS), requests: z.number().int() })),
});
export type RequestFigures = z.infer<typeof requestFigures>;
