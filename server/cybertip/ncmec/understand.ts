import type { ReportDoneResponse, ReportResponse } from "../../../domain/cybertip/model/responses.ts";
import { readDocument } from "../../../domain/cybertip/readDocument.ts";
import { meaningOf } from "../../../domain/cybertip/responseCodes.ts";
import { validateDocument } from "../../../domain/cybertip/validate.ts";
import type { Exchanged } from "./exchangeOnce.ts";
import { failed, type Outcome, type Refused } from "./outcome.ts";

type Answers = { reportResponse: ReportResponse; reportDoneResponse: ReportDoneResponse };

/**
 * Understands the answer to a call.
 *
 * @param expected the document with which the service says yes
 */
export function understand<Name extends keyof Answers>(
  expected: Name,
  exchanged: Exchanged,
  most: number,
): Outcome<Answers[Name]> {
  const { exchange } = exchanged;
  if (exchanged.kind === "failed") return failed(exchanged.cause, exchanged.inDoubt, exchange);
  const { status, body } = exchanged;
  if (status >= 300 && status < 400) return failed("redirect", false, exchange);
  const read = readAnswer(expected, body, most);
  if (read.kind === "answer") return judge(read.value, status, exchanged);
  if (read.kind === "hostile") return failed("answer-hostile", true, exchange);
  if (status === 401) return refused(2000, "", exchange);
  if (status === 403) return refused(3000, "", exchange);
  if (status === 429 || status === 503) return failed("busy", status === 503, exchange);
  if (status >= 500) return failed("server-error", true, exchange);
  if (status >= 400) return refused(4000, "", exchange);
  return failed(read.kind, true, exchange);
}

type Read =
  | { readonly kind: "answer"; readonly value: ReportResponse | ReportDoneResponse }
  | { readonly kind: "hostile" }
  | { readonly kind: "answer-unreadable" | "answer-strange" };

function readAnswer(expected: keyof Answers, body: Uint8Array, most: number): Read {
  for (const name of new Set<keyof Answers>([expected, "reportResponse"])) {
    const read = readDocument(name, body, "2025-11", most);
    if (read.kind === "other-document") continue;
    if (read.kind === "hostile") return { kind: "hostile" };
    if (read.kind !== "read") return { kind: "answer-unreadable" };
    const { value, misfits } = read;
    // A later service may say more than we know; what it does say must be in order.
    if (misfits.some((one) => one.kind === "misplaced") || !isAnswer(name, value))
      return { kind: "answer-strange" };
    return { kind: "answer", value };
  }
  return { kind: "answer-strange" };
}

function isAnswer(name: keyof Answers, value: unknown): value is ReportResponse | ReportDoneResponse {
  const problems = validateDocument(name, value, { now: new Date(), version: "2025-11" });
  // Numbers such as 0 stand in refusals; only what the schema itself rules out is no answer.
  return problems.every((one) => !one.rule.startsWith("schema."));
}

function judge<Name extends keyof Answers>(
  value: ReportResponse | ReportDoneResponse,
  status: number,
  { exchange }: Exchanged,
): Outcome<Answers[Name]> {
  const code = value.responseCode;
  const description = "responseDescription" in value ? value.responseDescription : "";
  if (code !== 0)
    return meaningOf(code).kind === "server"
      ? failed("server-error", true, exchange, code)
      : refused(code, description, exchange);
  // Success with an error's status: two answers in one.
  if (status < 200 || status > 299) return failed("answer-strange", true, exchange, code);
  return { kind: "accepted", answer: value as Answers[Name], exchange };
}

function refused(code: number, description: string, exchange: Exchanged["exchange"]): Refused {
  return { kind: "refused", code, meaning: meaningOf(code), description, exchange };
}

/** Turns a yes into something narrower, or into a failure where the yes lacks what it must say. */
export function narrowed<From, To>(outcome: Outcome<From>, narrow: (answer: From) => To | null): Outcome<To> {
  if (outcome.kind !== "accepted") return outcome;
  const answer = narrow(outcome.answer);
  if (answer === null) return failed("answer-strange", true, outcome.exchange);
  return { ...outcome, answer };
}
