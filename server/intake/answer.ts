import type { Problem } from "../../contracts/problem.ts";
import type { Outcome } from "./acceptBatch.ts";
import { type IntakeRefusal, intakeProblem } from "./intakeProblem.ts";
import type { KeyScope } from "./operator.ts";
import type { PlatformActor } from "./platformActor.ts";

const NO_STORE = { "cache-control": "no-store" };

/** Answers one flag: its receipt, the same every time, or the problem. */
export function answerOne(actor: PlatformActor, outcome: Outcome): Response {
  if ("problem" in outcome) return answerProblem(actor, outcome.problem);
  return Response.json(outcome.receipt, {
    status: 201,
    headers: { ...NO_STORE, ...(outcome.replayed ? { "unseal-replayed": "true" } : {}) },
  });
}

/** Answers a refusal of the whole request, with the headers that its status asks for. */
export function answerRefusal(
  actor: PlatformActor,
  refusal: IntakeRefusal,
  scope: KeyScope = "flags:write",
): Response {
  return answerProblem(actor, intakeProblem(refusal.code), refusal.retryAfter, scope);
}

/** Answers with a problem (RFC 9457). @param scope what the call needs */
export function answerProblem(
  actor: PlatformActor,
  problem: Problem,
  retryAfter?: number,
  scope: KeyScope = "flags:write",
): Response {
  const headers = new Headers({ ...NO_STORE, "content-type": "application/problem+json" });
  if (retryAfter !== undefined) headers.set("retry-after", String(retryAfter));
  // RFC 6750 §3: without a key nothing is said of one; with one, what is wrong with it.
  if (problem.code === "key-missing") headers.set("www-authenticate", 'Bearer realm="unseal-intake"');
  else if (problem.status === 401)
    headers.set("www-authenticate", 'Bearer realm="unseal-intake", error="invalid_token"');
  else if (problem.code === "scope-missing")
    headers.set(
      "www-authenticate",
      `Bearer realm="unseal-intake", error="insufficient_scope", scope="${scope}"`,
    );
  if (problem.code === "wrong-content-type")
    headers.set(
      "accept-post",
      scope === "flags:write" ? "application/json, application/x-ndjson" : "application/json",
    );
  if (problem.code === "wrong-encoding") headers.set("accept-encoding", "gzip, identity");
  return new Response(JSON.stringify({ ...problem, requestId: actor.requestId }), {
    status: problem.status,
    headers,
  });
}

/** Answers a stream with a stream. It may not be altered on the way: compressing would hold results back. */
export function answerStream(body: ReadableStream<Uint8Array>): Response {
  return new Response(body, {
    status: 200,
    headers: {
      "content-type": "application/x-ndjson; charset=utf-8",
      "cache-control": "no-store, no-transform",
    },
  });
}
