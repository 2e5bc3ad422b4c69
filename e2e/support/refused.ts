import { expect } from "@playwright/test";
import type { AuditAction } from "../../domain/auditActions.ts";
import { DENIALS, type DenialCode } from "../../domain/denials.ts";
import { admin } from "./admin.ts";
import { CANARY_MARK } from "./canary.ts";
import type { Answer } from "./http.ts";

/** A call that must have been refused, and what must have been written about it. */
export interface Refused {
  /** Whoever tried, in words, for the failing test's message. */
  readonly who: string;
  readonly answer: Answer;
  readonly code: DenialCode;
  readonly action: AuditAction;
  /** The staff member in whose name the refusal is written; null for nobody known. */
  readonly staffId: string | null;
}

const PROBLEM_FIELDS = ["type", "title", "status", "detail", "code", "requestId", "errors"];

/** Holds an answer against RFC 9457 and the list of refusals. It says what to do and nothing else. */
export function expectProblem({ who, answer, code }: Pick<Refused, "who" | "answer" | "code">): void {
  expect.soft({ who, status: answer.status }).toEqual({ who, status: DENIALS[code].status });
  expect.soft(answer.headers["content-type"], who).toContain("application/problem+json");
  expect.soft(answer.headers["cache-control"], who).toContain("no-store");
  const body = readJson(answer.text);
  expect.soft(body, who).toMatchObject({
    code,
    title: DENIALS[code].title,
    detail: DENIALS[code].detail,
    status: DENIALS[code].status,
    requestId: answer.requestId,
  });
  expect
    .soft(
      Object.keys(body).filter((key) => !PROBLEM_FIELDS.includes(key)),
      who,
    )
    .toEqual([]);
  expect.soft(answer.text.toLowerCase(), who).not.toContain(CANARY_MARK);
}

function readJson(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    return { notJson: true };
  }
}

/**
 * Holds each answer against the form of a refusal, and the log against each answer: one event with outcome `denied`,
 * committed, under the request's id, with the socket's address; and no event that says something was done.
 */
export async function expectRefusedAndAudited(refusals: readonly Refused[]): Promise<void> {
  for (const refusal of refusals) expectProblem(refusal);
  const ids = refusals.map(({ answer }) => answer.requestId);
  const events = await admin()`
    select request_id, actor_kind, actor_id, action, outcome, detail ->> 'code' as code, ip
      from audit.events where request_id = any (${ids})`;
  for (const { who, answer, code, action, staffId } of refusals) {
    const written = events.filter((event) => event.request_id === answer.requestId);
    expect.soft({ who, written }).toEqual({
      who,
      written: [
        {
          request_id: answer.requestId,
          actor_kind: staffId ? "staff" : "nobody",
          actor_id: staffId,
          action,
          outcome: "denied",
          code,
          ip: "127.0.0.1",
        },
      ],
    });
  }
}
