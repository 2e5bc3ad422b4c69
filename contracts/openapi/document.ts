import { z } from "zod";
import { createDocument, type ZodOpenApiResponseObject } from "zod-openapi";
import { DOOR_PROBLEMS, INTAKE_PROBLEMS, type IntakeCode } from "../../domain/intake/problems.ts";
import { flag, receipt, resultLine, summaryLine } from "../intake.ts";
import { problem } from "../problem.ts";
import { description } from "./description.ts";
import { exampleAnswer, exampleFlag, exampleReceipt } from "./examples.ts";
import { legalPaths } from "./legalPaths.ts";

/**
 * The API that platforms use, as OpenAPI 3.1 (spec.openapis.org/oas/v3.1.1), made from the schemas that validate.
 */
export type ApiDocument = ReturnType<typeof createDocument>;

const REQUEST_ID = {
  "x-request-id": {
    description: "Id of this request; name it when you ask the console's operator about it.",
    schema: { type: "string" as const, format: "uuid" },
  },
};

/** Refusals of one status, each code with its words. */
function refusals(status: number, codes: readonly IntakeCode[], more: object = {}): ZodOpenApiResponseObject {
  return {
    description: codes.map((code) => `\`${code}\`: ${DOOR_PROBLEMS[code].title}`).join(" · "),
    headers: { ...REQUEST_ID, ...more },
    content: {
      "application/problem+json": {
        schema: problem,
        examples: Object.fromEntries(
          codes.map((code) => [
            code,
            { summary: DOOR_PROBLEMS[code].title, value: exampleProblem(code, status) },
          ]),
        ),
      },
    },
  };
}

function exampleProblem(code: IntakeCode, status: number) {
  const { title, detail } = DOOR_PROBLEMS[code];
  return {
    type: `urn:unseal:problem:${code}`,
    title,
    status,
    detail,
    code,
    requestId: "0b9d1c52-6f0e-4e0b-9a55-0c1d2e3f4a5b",
    ...(code === "bad-flag"
      ? { errors: [{ pointer: "/thread/messages/3/senderId", message: "Is none of /thread/participants." }] }
      : {}),
  };
}

/** Codes that answer a request as a whole, by status; those of a line alone and of a stream's end are in between. */
function codesOf(status: number): IntakeCode[] {
  return (Object.keys(INTAKE_PROBLEMS) as (keyof typeof INTAKE_PROBLEMS)[]).filter(
    (code) => INTAKE_PROBLEMS[code].status === status,
  );
}

const RETRY_AFTER = {
  "retry-after": { description: "Seconds to wait.", schema: { type: "integer" as const } },
};
const lines = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join("");

/** Builds the document. Pure: the same every time. */
export function apiDocument(): ApiDocument {
  return createDocument(
    {
      openapi: "3.1.1",
      info: {
        title: "Unseal intake",
        version: "1",
        summary: "Send flags on threads of direct messages to the trust-and-safety console.",
        description,
      },
      servers: [{ url: "/", description: "This console" }],
      security: [{ platformKey: [] }],
      tags: [{ name: "Intake" }, { name: "Erasures" }, { name: "Notices" }, { name: "Service" }],
      paths: {
        "/api/intake/v1/flags": {
          post: {
            operationId: "sendFlags",
            tags: ["Intake"],
            summary: "Send one flag, or a stream of them",
            description:
              "Takes one flag as JSON, or any number of them as NDJSON. Repeats are answered like the first time.",
            parameters: [
              {
                name: "Content-Encoding",
                in: "header",
                description: "How the body is compressed, if it is.",
                schema: { type: "string", enum: ["gzip", "identity"] },
              },
              {
                name: "Prefer",
                in: "header",
                description:
                  "`return=minimal` (RFC 7240): of a stream, answer refused lines and the summary alone.",
                schema: { type: "string" },
              },
            ],
            requestBody: {
              required: true,
              content: {
                "application/json": {
                  schema: flag,
                  examples: { flag: { summary: "A user's report on a direct thread", value: exampleFlag } },
                },
                "application/x-ndjson": {
                  schema: flag.meta({ description: "Each line is one flag." }),
                  examples: {
                    stream: {
                      summary: "Two flags, one a line",
                      value: lines([exampleFlag, { ...exampleFlag, id: "flag-20260301-0002" }]),
                    },
                  },
                },
              },
            },
            responses: {
              200: {
                description: "To a stream: one line a flag, in order, then a summary.",
                headers: REQUEST_ID,
                content: {
                  "application/x-ndjson": {
                    schema: z
                      .union([resultLine, summaryLine])
                      .meta({ description: "Each line is one of these; the summary comes last." }),
                    examples: {
                      answer: { summary: "One taken in, one refused", value: lines(exampleAnswer) },
                    },
                  },
                },
              },
              201: {
                description: "To one flag: it is taken in, now or before.",
                headers: {
                  ...REQUEST_ID,
                  "unseal-replayed": {
                    description: "`true` when the flag was here already.",
                    schema: { type: "string", enum: ["true"] },
                  },
                },
                content: {
                  "application/json": {
                    schema: receipt,
                    examples: { receipt: { summary: "The flag opened a case", value: exampleReceipt } },
                  },
                },
              },
              400: refusals(400, codesOf(400)),
              401: refusals(401, codesOf(401), {
                "www-authenticate": { description: "RFC 6750.", schema: { type: "string" } },
              }),
              403: refusals(403, codesOf(403)),
              404: refusals(404, codesOf(404)),
              408: refusals(408, codesOf(408)),
              409: refusals(409, codesOf(409)),
              413: refusals(413, codesOf(413)),
              415: refusals(415, codesOf(415), {
                "accept-post": { description: "Content types that are taken.", schema: { type: "string" } },
                "accept-encoding": {
                  description: "Content encodings that are taken.",
                  schema: { type: "string" },
                },
              }),
              422: refusals(422, codesOf(422)),
              429: refusals(429, codesOf(429), RETRY_AFTER),
              500: refusals(500, codesOf(500)),
              503: refusals(503, codesOf(503), RETRY_AFTER),
            },
          },
        },
        ...legalPaths({ refusals, requestId: REQUEST_ID, retryAfter: RETRY_AFTER }),
        "/api/health/live": {
          get: {
            operationId: "isLive",
            tags: ["Service"],
            summary: "Is the process there",
            security: [],
            responses: {
              200: {
                description: "It is. Nothing else was looked at.",
                content: { "application/json": { schema: { type: "object" } } },
              },
            },
          },
        },
        "/api/health/ready": {
          get: {
            operationId: "isReady",
            tags: ["Service"],
            summary: "Can it take in flags",
            security: [],
            responses: {
              200: {
                description: "Database, role, migrations and keys are as they must be.",
                content: { "application/json": { schema: { type: "object" } } },
              },
              503: {
                description: "Something is missing; `code` and `detail` say what.",
                content: { "application/problem+json": { schema: problem } },
              },
            },
          },
        },
      },
      components: {
        securitySchemes: {
          platformKey: {
            type: "http",
            scheme: "bearer",
            bearerFormat: "uns_…",
            description:
              "A key of the platform's, from the console's operator (`unseal platform-keys create`). It is shown once, kept as a hash, and can be replaced with an overlap.",
          },
        },
      },
    },
    { override: plainInstants },
  );
}

/** The pattern that proves a day to be in its month is two lines long and tells a reader nothing. */
function plainInstants({
  jsonSchema,
}: {
  jsonSchema: { format?: string; allOf?: unknown; pattern?: unknown };
}): void {
  if (jsonSchema.format !== "date-time") return;
  delete jsonSchema.allOf;
  delete jsonSchema.pattern;
}
