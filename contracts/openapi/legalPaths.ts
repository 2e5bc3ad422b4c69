import type { ZodOpenApiPathsObject, ZodOpenApiResponseObject } from "zod-openapi";
import type { IntakeCode } from "../../domain/intake/problems.ts";
import { erasureAsk, erasureReceipt } from "../legal/erasures.ts";
import { noticeAcknowledged, noticeDelivered, noticeFeed } from "../legal/notices.ts";
import {
  exampleErasure,
  exampleErasureReceipt,
  exampleNoticeAcknowledged,
  exampleNoticeDelivered,
  exampleNoticeFeed,
} from "./legalExamples.ts";

interface Tools {
  readonly refusals: (
    status: number,
    codes: readonly IntakeCode[],
    more?: object,
  ) => ZodOpenApiResponseObject;
  readonly requestId: NonNullable<ZodOpenApiResponseObject["headers"]>;
  readonly retryAfter: object;
}

const KEYS: readonly IntakeCode[] = ["key-missing", "key-unknown", "key-revoked", "key-expired"];
const BODY: readonly IntakeCode[] = [
  "body-missing",
  "not-utf8",
  "not-json",
  "gzip-broken",
  "gzip-truncated",
  "gzip-bomb",
];

const NOTICE_ID = {
  name: "id",
  in: "path" as const,
  required: true,
  description: "The notice's id, as the feed gave it.",
  schema: { type: "string" as const, format: "uuid" },
};
const ERASURE_ID = {
  name: "id",
  in: "path" as const,
  required: true,
  description: "Your id of the erasure.",
  schema: { type: "string" as const },
};

/** What platforms ask and are told beside flags: erasures, and notices that they deliver to their accounts. */
export function legalPaths({ refusals, requestId, retryAfter }: Tools): ZodOpenApiPathsObject {
  const common = {
    401: refusals(401, KEYS, {
      "www-authenticate": { description: "RFC 6750.", schema: { type: "string" } },
    }),
    403: refusals(403, ["scope-missing"]),
    429: refusals(429, ["too-many-refused-keys", "too-many-requests"], retryAfter),
    500: refusals(500, ["failure"]),
    503: refusals(503, ["unavailable"], retryAfter),
  };
  const withBody = {
    ...common,
    400: refusals(400, BODY),
    413: refusals(413, ["too-large"]),
    415: refusals(415, ["wrong-content-type", "wrong-encoding"]),
  };
  return {
    "/api/intake/v1/erasures": {
      post: {
        operationId: "askErasure",
        tags: ["Erasures"],
        summary: "Ask for the erasure of an account's data, or of a thread",
        description:
          "Key scope `erasures:write`. Taken in once by your id and carried out in the background. What must be kept by law is put off and erased by itself when that ends; what may be erased is erased at once.",
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: erasureAsk,
              examples: { erasure: { summary: "An account", value: exampleErasure } },
            },
          },
        },
        responses: {
          ...withBody,
          202: {
            description: "It is taken in, now or before.",
            headers: {
              ...requestId,
              "unseal-replayed": {
                description: "`true` when it was here already.",
                schema: { type: "string", enum: ["true"] },
              },
            },
            content: {
              "application/json": {
                schema: erasureReceipt,
                examples: { deferred: { summary: "Some of it must be kept", value: exampleErasureReceipt } },
              },
            },
          },
          404: refusals(404, ["not-served"]),
          409: refusals(409, ["erasure-id-reused"]),
          422: refusals(422, ["bad-erasure"]),
        },
      },
    },
    "/api/intake/v1/erasures/{id}": {
      get: {
        operationId: "readErasure",
        tags: ["Erasures"],
        summary: "How far an erasure has come",
        description: "Key scope `erasures:write`.",
        parameters: [ERASURE_ID],
        responses: {
          ...common,
          200: {
            description: "As it stands.",
            headers: requestId,
            content: {
              "application/json": {
                schema: erasureReceipt,
                examples: { deferred: { summary: "Some of it must be kept", value: exampleErasureReceipt } },
              },
            },
          },
          404: refusals(404, ["erasure-unknown", "not-served"]),
        },
      },
    },
    "/api/intake/v1/notices": {
      get: {
        operationId: "takeNotices",
        tags: ["Notices"],
        summary: "Fetch notices that you deliver to your accounts",
        description:
          "Key scope `notices:read`. Oldest first, at most 100. Each comes again until you acknowledge it, or until it may not be delivered any more: deliver nothing that the newest answer does not hold.",
        responses: {
          ...common,
          200: {
            description: "What waits to be delivered.",
            headers: requestId,
            content: {
              "application/json": {
                schema: noticeFeed,
                examples: { feed: { summary: "One notice", value: exampleNoticeFeed } },
              },
            },
          },
          404: refusals(404, ["not-served"]),
        },
      },
    },
    "/api/intake/v1/notices/{id}/delivered": {
      post: {
        operationId: "acknowledgeNotice",
        tags: ["Notices"],
        summary: "Say that you delivered a notice",
        description:
          "Key scope `notices:read`. When and how; with the hash of the text, so that what was delivered is what was written. Said again it is answered the same.",
        parameters: [NOTICE_ID],
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: noticeDelivered,
              examples: { delivered: { summary: "By e-mail", value: exampleNoticeDelivered } },
            },
          },
        },
        responses: {
          ...withBody,
          200: {
            description: "It is on record as sent.",
            headers: requestId,
            content: {
              "application/json": {
                schema: noticeAcknowledged,
                examples: { sent: { summary: "Sent", value: exampleNoticeAcknowledged } },
              },
            },
          },
          404: refusals(404, ["notice-unknown", "not-served"]),
          409: refusals(409, ["notice-text-differs"]),
          422: refusals(422, ["bad-acknowledgement", "notice-time"]),
        },
      },
    },
  };
}
