import type { z } from "zod";
import { ERASURE_GROUND } from "../../domain/legal/holdWords.ts";
import type { ErasureReceipt, erasureAsk } from "../legal/erasures.ts";
import type { NoticeAcknowledged, NoticeFeed, noticeDelivered } from "../legal/notices.ts";

const SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const NOTICE = "0195f3a0-52c4-7d10-8a3e-9c0d1e2f3a4c";

export const exampleErasure: z.input<typeof erasureAsk> = {
  id: "erasure-20260301-0001",
  account: { id: "p-1" },
  askedAt: "2026-03-01T09:00:00Z",
};

export const exampleErasureReceipt: ErasureReceipt = {
  id: "erasure-20260301-0001",
  erasureId: "0195f3a0-52c4-7d10-8a3e-9c0d1e2f3a4d",
  state: "deferred",
  receivedAt: "2026-03-01T09:31:13.204Z",
  doneAt: null,
  erased: { threads: 3, messages: 41, attachments: 2, identities: 3 },
  ground: ERASURE_GROUND,
  proofSha256: null,
};

export const exampleNoticeFeed: NoticeFeed = {
  notices: [
    {
      id: NOTICE,
      account: { id: "p-1" },
      subject: "A legal request for information about your account",
      text: "Hello, …",
      template: "before",
      templateVersion: "2026-1",
      textSha256: SHA256,
      releasedAt: "2026-03-01T09:31:13.204Z",
    },
  ],
  more: false,
};

export const exampleNoticeDelivered: z.input<typeof noticeDelivered> = {
  deliveredAt: "2026-03-01T10:00:00Z",
  channel: "email",
  textSha256: SHA256,
};

export const exampleNoticeAcknowledged: NoticeAcknowledged = {
  id: NOTICE,
  state: "sent",
  deliveredAt: "2026-03-01T10:00:00.000Z",
  channel: "email",
};
