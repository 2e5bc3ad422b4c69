import { boolean, date, integer, jsonb, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { access } from "./access.ts";
import { bytea, instant } from "./types.ts";

/**
 * Signals of misuse and reviews of access. Mirrors migrations/0011 so that the mirror is whole: no login role reads any of
 * it, officers are answered by functions.
 */
export const openings = access.table("openings", {
  viewId: uuid("view_id").primaryKey(),
  staffId: uuid("staff_id").notNull(),
  caseId: uuid("case_id").notNull(),
  threadId: uuid("thread_id").notNull(),
  queueId: uuid("queue_id").notNull(),
  region: text("region").notNull(),
  openedAt: instant("opened_at").notNull(),
  fresh: boolean("fresh").notNull(),
  outside: boolean("outside").notNull(),
  minor: boolean("minor").notNull(),
  prominent: boolean("prominent").notNull(),
  countries: text("countries").array().notNull(),
});

export const openedAccounts = access.table(
  "opened_accounts",
  {
    account: uuid("account").notNull(),
    viewId: uuid("view_id").notNull(),
    staffId: uuid("staff_id").notNull(),
    threadId: uuid("thread_id").notNull(),
    caseId: uuid("case_id").notNull(),
    queueId: uuid("queue_id").notNull(),
    openedAt: instant("opened_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.viewId] })],
);

export const openingHours = access.table(
  "opening_hours",
  {
    staffId: uuid("staff_id").notNull(),
    queueId: uuid("queue_id").notNull(),
    hour: instant("hour").notNull(),
    cases: integer("cases").notNull(),
    views: integer("views").notNull(),
  },
  (t) => [primaryKey({ columns: [t.staffId, t.queueId, t.hour] })],
);

export const observed = access.table("observed", {
  onlyOne: boolean("only_one").primaryKey(),
  upto: uuid("upto").notNull(),
  at: instant("at"),
});

export const signals = access.table("signals", {
  id: uuid("id").primaryKey(),
  subjectId: uuid("subject_id").notNull(),
  detector: text("detector").notNull(),
  detectorVersion: integer("detector_version").notNull(),
  pattern: text("pattern").notNull(),
  severity: smallint("severity").notNull(),
  windowFrom: instant("window_from").notNull(),
  windowUntil: instant("window_until").notNull(),
  numbers: jsonb("numbers").notNull(),
  explanation: text("explanation").notNull(),
  occurrences: integer("occurrences").notNull(),
  state: text("state", { enum: ["open", "owned", "resolved"] }).notNull(),
  level: smallint("level").notNull(),
  ownerId: uuid("owner_id"),
  raisedAt: instant("raised_at").notNull(),
  lastAt: instant("last_at").notNull(),
  dueAt: instant("due_at").notNull(),
  conclusion: text("conclusion", { enum: ["explained", "misuse", "false_signal"] }),
  note: text("note"),
  resolvedBy: uuid("resolved_by"),
  resolvedAt: instant("resolved_at"),
  previousId: uuid("previous_id"),
});

export const signalEvidence = access.table(
  "signal_evidence",
  {
    signalId: uuid("signal_id").notNull(),
    kind: text("kind", { enum: ["view", "event"] }).notNull(),
    refId: uuid("ref_id").notNull(),
    addedAt: instant("added_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.signalId, t.kind, t.refId] })],
);

export const reviews = access.table("reviews", {
  id: uuid("id").primaryKey(),
  kind: text("kind").notNull(),
  viewId: uuid("view_id"),
  eventId: uuid("event_id"),
  subjectId: uuid("subject_id").notNull(),
  signalId: uuid("signal_id"),
  state: text("state", { enum: ["due", "done"] }).notNull(),
  level: smallint("level").notNull(),
  madeAt: instant("made_at").notNull(),
  dueAt: instant("due_at").notNull(),
  reviewerId: uuid("reviewer_id"),
  verdict: text("verdict", { enum: ["appropriate", "questionable", "misuse"] }),
  note: text("note"),
  reviewedAt: instant("reviewed_at"),
  raisedId: uuid("raised_id"),
});

export const reviewWeeks = access.table("review_weeks", {
  week: date("week").primaryKey(),
  eventId: uuid("event_id").notNull(),
  seed: bytea("seed").notNull(),
  views: integer("views").notNull(),
  searches: integer("searches").notNull(),
  drawnAt: instant("drawn_at").notNull(),
});
