import { z } from "zod";
import {
  COLLECTION_STATES,
  DECISION_KINDS,
  MARK_KINDS,
  MOST_REVIEWED,
  RULE_KINDS,
  SENT_BY,
  WITHHELD_KINDS,
} from "../../domain/legal/collectionWords.ts";
import { DATA_CATEGORIES } from "../../domain/legal/vocabulary.ts";
import { MESSAGE_KINDS, REGIONS, THREAD_KINDS } from "../../domain/vocabulary.ts";
import { id, instant, staffRef, written } from "../triage.ts";

const count = z.number().int();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** An instant as a person or a page gives it, with its zone. */
const moment = z.iso.datetime({ offset: true });
const reason = written(2000);
/** Where a page of a list ended. */
const cursor = z.string().regex(/^\d{1,15}$/, "Take the cursor from the page before.");
/** Where a page of a thread ended. */
const place = z
  .string()
  .regex(
    /^-?\d{1,18}\.-?\d{1,9}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    "Take the place from the page before.",
  );

/** What a collection takes, or withholds, of one kind. */
const sums = z.object({
  threads: count,
  /** Each message once, however often it was edited. */
  messages: count,
  /** Of these: edited (each wording is kept), deleted by whoever wrote them. */
  edited: count,
  deleted: count,
  attachments: count,
});

/**
 * POST /api/lawful-requests/:id/collections. The request is approved and its requester verified. What is left out is as the
 * request says. A further collection is a supplement.
 */
export const collectRequest = z
  .strictObject({
    /** Numbers of the request's accounts (`n`). */
    accounts: z.array(count.positive()).min(1).max(1000).optional(),
    from: moment.nullish(),
    /** The first moment that is not collected. */
    until: moment.nullish(),
    categories: z.array(z.enum(DATA_CATEGORIES)).min(1).optional(),
    sentBy: z.enum(SENT_BY).default("anyone"),
    kinds: z.array(z.enum(MESSAGE_KINDS)).min(1).optional(),
    /** Threads to keep to, of those in which the accounts are. */
    threads: z.array(id).min(1).max(1000).optional(),
  })
  .refine((ask) => !ask.from || !ask.until || Date.parse(ask.from) < Date.parse(ask.until), {
    path: ["until"],
    message: "The range ends before it begins: give an end after the beginning.",
  });
export type CollectRequest = z.input<typeof collectRequest>;

/** A collection as a line of its request's page. */
export const collectionRow = z.object({
  id,
  /** Of this request, counted from 1. */
  n: count,
  requestId: id,
  requestNumber: count,
  state: z.enum(COLLECTION_STATES),
  /** Of the review: a reopened collection is in another round. */
  round: count,
  categories: z.array(z.enum(DATA_CATEGORIES)),
  from: instant.nullable(),
  until: instant.nullable(),
  cutOff: instant,
  collectedBy: staffRef,
  collectedAt: instant,
  threads: count,
  messages: count,
  handedInBy: staffRef.nullable(),
  handedInAt: instant.nullable(),
});
export type CollectionRow = z.infer<typeof collectionRow>;
/** GET /api/lawful-requests/:id/collections: newest first. */
export const collectionList = z.object({
  collections: z.array(collectionRow),
  /** Why the reader may not collect now: a key of `domain/denials.ts`; null when they may. */
  collectBarredBy: z.string().nullable(),
});
export type CollectionList = z.infer<typeof collectionList>;

/** What the reader may do as it stands. The verbs ask again. */
export const collectionRights = z.object({
  review: z.boolean(),
  decide: z.boolean(),
  handIn: z.boolean(),
  reopen: z.boolean(),
});

/** GET /api/collections/:id, and what collecting answers. Metadata alone. */
export const collectionDetail = collectionRow.extend({
  /** The named accounts: as the request names them. */
  accounts: z.array(z.object({ n: count, accountId: z.string(), platform: z.string(), threads: count })),
  filters: z.object({ sentBy: z.enum(SENT_BY), kinds: z.array(z.enum(MESSAGE_KINDS)), threads: z.array(id) }),
  /** Regions of the one who collected: threads elsewhere were not taken, and are counted. */
  regions: z.array(z.string()),
  outOfRegions: count,
  toolVersion: z.string(),
  /** SHA-256 of the query in canonical JSON (RFC 8785). */
  digest: sha256,
  query: z.string(),
  counts: sums.extend({
    /** Threads of a restricted subject among them: every view of one says so. */
    restricted: count,
    thirdParties: count,
    byCategory: z.partialRecord(z.enum(DATA_CATEGORIES), count),
  }),
  decisions: z.object({
    setAside: z.array(z.object({ kind: z.enum(WITHHELD_KINDS), threads: count, messages: count })),
    redactions: count,
    rules: count,
    named: count,
  }),
  rounds: z.array(
    z.object({
      n: count,
      openedBy: staffRef,
      openedAt: instant,
      reason: z.string().nullable(),
      handedInBy: staffRef.nullable(),
      handedInAt: instant.nullable(),
      /** Of the decisions that stand: what a production is bound to. */
      digest: sha256.nullable(),
    }),
  ),
  rights: collectionRights,
  /** Why nobody reads or decides now: a key of `domain/denials.ts`; null when they do. */
  barredBy: z.string().nullable(),
});
export type CollectionDetail = z.infer<typeof collectionDetail>;

/** GET /api/collections/:id/threads: in the order of the packet. */
export const collectedThreadsQuery = z.strictObject({
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type CollectedThreadsQuery = z.output<typeof collectedThreadsQuery>;
const collectedParticipant = z.object({
  id,
  /** The account id of a named account or of somebody named with a reason; `Participant 2` for everybody else. */
  label: z.string(),
  /** `request`: the request names it. `counsel`: named by a decision. Null: a third party. */
  namedBy: z.enum(["request", "counsel"]).nullable(),
});
export const collectedThreads = z.object({
  threads: z.array(
    z.object({
      id,
      /** Its place in the packet, counted from 1. */
      n: count,
      kind: z.enum(THREAD_KINDS),
      region: z.enum(REGIONS),
      restrictedSubject: z.string().nullable(),
      messages: count,
      edited: count,
      deleted: count,
      attachments: count,
      first: instant.nullable(),
      last: instant.nullable(),
      /** The first fifty. */
      participants: z.array(collectedParticipant),
      participantsLeftOut: count,
      /** The whole thread is set aside. */
      setAside: z.object({ decisionId: id, kind: z.enum(WITHHELD_KINDS), reason: z.string() }).nullable(),
      /** Single messages that are. */
      messagesSetAside: count,
      redactions: count,
      /** Views of it under this collection, by anybody. */
      views: count,
    }),
  ),
  nextCursor: z.string().nullable(),
});
export type CollectedThreads = z.infer<typeof collectedThreads>;

/**
 * POST /api/collections/:id/views: commits who reads which page of which thread, and until when. No content comes back.
 * Messages in the packet's order. Give `after` (where the page before ended), or `at` to begin at a moment, or neither.
 */
export const openCollectionViewRequest = z
  .strictObject({
    threadId: id,
    after: place.nullish(),
    at: moment.nullish(),
    limit: count.min(1).max(MOST_REVIEWED).default(50),
  })
  .refine((ask) => !ask.after || !ask.at, { path: ["at"], message: "Give one of “after” and “at”." });
export type OpenCollectionViewRequest = z.input<typeof openCollectionViewRequest>;
export const collectionViewOpened = z.object({
  viewId: id,
  openedAt: instant,
  expiresAt: instant,
  messageCount: count,
  /** Where this page ended; null at the end of the thread. */
  nextAfter: z.string().nullable(),
});
export type CollectionViewOpened = z.infer<typeof collectionViewOpened>;

/** What lies over a text: from the first UTF-16 unit to before the last. */
export const textMark = z.object({
  from: count,
  to: count,
  kind: z.enum(MARK_KINDS),
  reason: z.string(),
  /** Null where nobody decided: third parties are pseudonymised by default. */
  decisionId: id.nullable(),
});
export type TextMark = z.infer<typeof textMark>;

/**
 * POST /api/collection-views/:id/read: content, like a view's (`contracts/disclosure.ts`): in component state alone, wiped at
 * `expiresAt`, on pagehide and on pageshow from the back/forward cache. `GET /api/views/:id` says whether it still stands,
 * `POST /api/views/:id/close` ends it, and `view_ended` is announced like any view's.
 */
export const reviewContent = z.object({
  viewId: id,
  collectionId: id,
  threadId: id,
  expiresAt: instant,
  /** Whether bodies may be read at all: the category `content` was collected. */
  bodies: z.boolean(),
  messages: z.array(
    z.object({
      id,
      senderId: id,
      sentAt: instant,
      kind: z.enum(MESSAGE_KINDS),
      deletedAt: instant.nullable(),
      setAside: z
        .object({
          decisionId: id,
          kind: z.enum(WITHHELD_KINDS),
          reason: z.string(),
          wholeThread: z.boolean(),
        })
        .nullable(),
      /** Oldest first; the last is what the message said at the cut-off. All of them are produced. */
      revisions: z.array(
        z.object({
          revision: count,
          editedAt: instant.nullable(),
          deletedAt: instant.nullable(),
          /**
           * Hostile text; null where there is none or only metadata was collected. Names of third parties of
           * this thread are replaced already, as in the packet, which replaces those of the collection's other threads as well: no
           * view opens more than its own thread. What redactions take out is still there, under its mark.
           */
          text: z.string().nullable(),
          marks: z.array(textMark),
          attachments: z.array(z.object({ ordinal: count, mediaType: z.string(), sizeBytes: z.number() })),
        }),
      ),
    }),
  ),
  /** Whoever wrote one of the messages. Names only of those who are named. */
  participants: z.array(
    collectedParticipant.extend({ handle: z.string().nullable(), displayName: z.string().nullable() }),
  ),
  /** The rules that stand, with their words: content, too. */
  rules: z.array(
    z.object({ decisionId: id, kind: z.enum(RULE_KINDS), words: z.string().nullable(), reason: z.string() }),
  ),
  nextAfter: z.string().nullable(),
});
export type ReviewContent = z.infer<typeof reviewContent>;

/** POST /api/collections/:id/set-aside: a message, or the whole thread where none is named. */
export const setAsideRequest = z.strictObject({
  threadId: id,
  messageId: id.nullable().default(null),
  kind: z.enum(WITHHELD_KINDS),
  reason,
});
export type SetAsideRequest = z.input<typeof setAsideRequest>;

/** POST /api/collections/:id/redact: under a view that stands and covers the message. Places as in `text` of that view. */
export const redactRequest = z
  .strictObject({
    viewId: id,
    messageId: id,
    revision: count.positive(),
    from: count.min(0),
    to: count,
    reason,
  })
  .refine((ask) => ask.from < ask.to, {
    path: ["to"],
    message: "Mark at least one character: the end lies before the beginning.",
  });
export type RedactRequest = z.input<typeof redactRequest>;

/** POST /api/collections/:id/rules: under a view that stands. With `preview` nothing is decided. */
export const ruleRequest = z
  .strictObject({
    viewId: id,
    kind: z.enum(RULE_KINDS),
    /** What is looked for: of `literal` and `regex`; a handle without its @, or none for every handle. */
    words: written(500).nullable().default(null),
    reason,
    preview: z.boolean().default(false),
  })
  .refine((ask) => !["literal", "regex"].includes(ask.kind) || (ask.words ?? "").trim() !== "", {
    path: ["words"],
    message: "Say what the rule looks for.",
  });
export type RuleRequest = z.input<typeof ruleRequest>;
export const ruleAnswer = z.object({
  /** Null for a preview. */
  decisionId: id.nullable(),
  /** In the messages of the view alone. */
  matches: count,
  messages: count,
});
export type RuleAnswer = z.infer<typeof ruleAnswer>;

/** POST /api/collections/:id/name-participant: the account is named in every thread of the collection, and says why. */
export const nameParticipantRequest = z.strictObject({ threadId: id, participantId: id, reason });
export type NameParticipantRequest = z.input<typeof nameParticipantRequest>;

/** POST /api/collections/:id/take-back */
export const takeBackRequest = z.strictObject({ decisionId: id, reason });
export type TakeBackRequest = z.input<typeof takeBackRequest>;

/** What deciding answers. */
export const decided = z.object({ decisionId: id });
export type Decided = z.infer<typeof decided>;

/** POST /api/collections/:id/hand-in: freezes what was decided. `decisions`: how many stood on the page that said so. */
export const handInCollectionRequest = z.strictObject({ decisions: count.min(0) });
export type HandInCollectionRequest = z.input<typeof handInCollectionRequest>;
/** POST /api/collections/:id/reopen: another round. What was produced stays produced. */
export const reopenRequest = z.strictObject({ reason });
export type ReopenRequest = z.input<typeof reopenRequest>;
export const collectionMoved = z.object({ state: z.enum(COLLECTION_STATES), round: count });
export type CollectionMoved = z.infer<typeof collectionMoved>;

/** GET /api/collections/:id/decisions: newest first, those taken back as well. No word of what they are about. */
export const decisionsQuery = z.strictObject({
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export type DecisionsQuery = z.output<typeof decisionsQuery>;
export const decisionPage = z.object({
  decisions: z.array(
    z.object({
      id,
      kind: z.enum(DECISION_KINDS),
      round: count,
      threadId: id.nullable(),
      messageId: id.nullable(),
      revision: count.nullable(),
      /** Of something set aside. */
      withheld: z.enum(WITHHELD_KINDS).nullable(),
      /** Of a rule; its words are sealed, and read under a view. */
      rule: z.enum(RULE_KINDS).nullable(),
      /** Of a participant who was named: the label before. */
      participant: z.string().nullable(),
      /** Of a redaction: how many UTF-16 units. */
      units: count.nullable(),
      reason: z.string(),
      by: staffRef,
      at: instant,
      takenBack: z.object({ by: staffRef, at: instant, reason: z.string() }).nullable(),
    }),
  ),
  /** Decisions that stand, all pages: what a hand-in names. */
  standing: count,
  nextCursor: z.string().nullable(),
});
export type DecisionPage = z.infer<typeof decisionPage>;
