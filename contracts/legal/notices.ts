import { z } from "zod";
import {
  NOTICE_BARS,
  NOTICE_CHANNELS,
  NOTICE_STATES,
  type NoticeBar,
  REVIEW_OUTCOMES,
} from "../../domain/legal/notice/words.ts";
import { moment } from "../intakeFields.ts";
import { id, instant, staffRef, written } from "../triage.ts";

const count = z.number().int();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const bar = z.enum(Object.keys(NOTICE_BARS) as [NoticeBar, ...NoticeBar[]]);
const NOTICE_POLICIES = ["before", "after", "barred", "not_applicable"] as const;

/** A notice to one account that a request is about. */
export const noticeRow = z.object({
  id,
  /** Which of the request's accounts (`n`). */
  account: count,
  /** The account's id with the platform; to counsel alone. */
  accountId: z.string().nullable(),
  state: z.enum(NOTICE_STATES),
  /** Why it may not be sent now; for good, or until `barredUntil`. */
  barredWhy: bar.nullable(),
  barredUntil: instant.nullable(),
  /** Counsel's words, when counsel barred it. */
  barredReason: z.string().nullable(),
  dueAt: instant.nullable(),
  overdue: z.boolean(),
  template: z.string(),
  templateVersion: z.string(),
  /** As the account will read it (or has): no content, nobody else. */
  subject: z.string(),
  text: z.string(),
  textSha256: sha256,
  plannedBy: staffRef.nullable(),
  plannedAt: instant,
  releasedBy: staffRef.nullable(),
  releasedAt: instant.nullable(),
  handedOverAt: instant.nullable(),
  /** As the platform says. */
  sentAt: instant.nullable(),
  channel: z.enum(NOTICE_CHANNELS).nullable(),
  may: z.object({ send: z.boolean(), bar: z.boolean() }),
});
export type NoticeRow = z.infer<typeof noticeRow>;

/** GET /api/lawful-requests/:id/notices */
export const requestNotices = z.object({
  policy: z.enum(NOTICE_POLICIES),
  gag: z
    .object({
      reference: z.string(),
      /** Null: without an end. */
      until: instant.nullable(),
      inForce: z.boolean(),
      /** An order without an end is looked at again by then. */
      reviewDueAt: instant.nullable(),
      reviews: z.array(
        z.object({ at: instant, by: staffRef, outcome: z.enum(REVIEW_OUTCOMES), reason: z.string() }),
      ),
    })
    .nullable(),
  /** What stands in the way of any notice of this request now; null: nothing. */
  barredWhy: bar.nullable(),
  notices: z.array(noticeRow),
  /** Accounts of the request for which none is planned. */
  accountsWithout: count,
  templates: z.array(z.object({ key: z.string(), version: z.string(), label: z.string() })),
  /** The one that fits the request as it stands. */
  suggested: z.string().nullable(),
  may: z.object({ plan: z.boolean(), setPolicy: z.boolean(), review: z.boolean() }),
});
export type RequestNotices = z.infer<typeof requestNotices>;

/** POST /api/lawful-requests/:id/notices: plans one for each account that has none. */
export const planNoticesRequest = z.strictObject({ template: z.string().min(1).max(60) });
export type PlanNoticesRequest = z.infer<typeof planNoticesRequest>;
export const noticesPlanned = z.object({ planned: count });
export type NoticesPlanned = z.infer<typeof noticesPlanned>;

/**
 * POST /api/lawful-requests/:id/notice-policy: also records, changes or ends an order not to tell. `gag.until` null means an
 * order without an end. An order that is in force ends early only by two reviews (gag-review).
 */
export const noticePolicyRequest = z.strictObject({
  policy: z.enum(NOTICE_POLICIES),
  gag: z
    .strictObject({
      reference: written(200).min(1, "Give the reference of the order."),
      until: z.iso.datetime({ offset: true }).nullable(),
    })
    .nullable(),
  reason: written(2000),
});
export type NoticePolicyRequest = z.infer<typeof noticePolicyRequest>;
export const noticePolicySet = z.object({ state: z.string(), scopeVersion: z.number().int() });
export type NoticePolicySet = z.infer<typeof noticePolicySet>;

/** POST /api/user-notices/:id/send: lets it go to the platform. The text is what the reader saw, by its hash. */
export const sendNoticeRequest = z.strictObject({ textSha256: sha256 });
export type SendNoticeRequest = z.infer<typeof sendNoticeRequest>;
/** POST /api/user-notices/:id/bar */
export const barNoticeRequest = z.strictObject({ reason: written(2000) });
export type BarNoticeRequest = z.infer<typeof barNoticeRequest>;
/** POST /api/lawful-requests/:id/gag-review: the order was looked at again. `lifted` ends it; a second look is a second row. */
export const reviewGagRequest = z.strictObject({ outcome: z.enum(REVIEW_OUTCOMES), reason: written(2000) });
export type ReviewGagRequest = z.infer<typeof reviewGagRequest>;
/** `ended`: another counsel had said so before, and the order is in force no more. */
export const gagReviewed = z.object({ ended: z.boolean() });
export type GagReviewed = z.infer<typeof gagReviewed>;
export const noticeMoved = z.object({ state: z.enum(NOTICE_STATES) });
export type NoticeMoved = z.infer<typeof noticeMoved>;

/** GET /api/intake/v1/notices (key scope `notices:read`): what the platform is to deliver, oldest first. */
export const noticeFeed = z
  .strictObject({
    notices: z.array(
      z
        .strictObject({
          id: id.meta({ description: "Acknowledge with this id when you have delivered it." }),
          account: z.strictObject({ id: z.string() }),
          subject: z.string(),
          text: z.string().meta({ description: "Deliver it word for word, as plain text." }),
          template: z.string(),
          templateVersion: z.string(),
          textSha256: sha256,
          releasedAt: instant,
        })
        .meta({ id: "Notice" }),
    ),
    more: z.boolean().meta({ description: "There are more: acknowledge these, then ask again." }),
  })
  .meta({
    id: "NoticeFeed",
    description: "Notices that wait to be delivered. Ask again until each is acknowledged.",
  });
export type NoticeFeed = z.infer<typeof noticeFeed>;

/** POST /api/intake/v1/notices/:id/delivered */
export const noticeDelivered = z
  .strictObject({
    deliveredAt: moment.meta({ description: "When you delivered it." }),
    channel: z.enum(NOTICE_CHANNELS).meta({ description: "How." }),
    textSha256: sha256.meta({ description: "Of the text that you delivered." }),
  })
  .meta({ id: "NoticeDelivered" });
export type NoticeDelivered = z.output<typeof noticeDelivered>;
export const noticeAcknowledged = z
  .strictObject({ id, state: z.literal("sent"), deliveredAt: instant, channel: z.enum(NOTICE_CHANNELS) })
  .meta({ id: "NoticeAcknowledged" });
export type NoticeAcknowledged = z.infer<typeof noticeAcknowledged>;
