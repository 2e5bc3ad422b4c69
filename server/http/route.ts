import { DatabaseFailure } from "../../db/failure.ts";
import type { Actor } from "../actor.ts";
import { type DenialTarget, recordDenial } from "../audit/recordDenial.ts";
import { log } from "../log/logger.ts";
import { Refusal } from "../refusal.ts";
import { actorOf } from "./actorOf.ts";
import { problem } from "./problem.ts";
import { BadRequest } from "./readBody.ts";
import { isSameOrigin } from "./sameOrigin.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What a handler of the staff API is given. */
export interface Call {
  readonly actor: Actor;
  readonly request: Request;
  /** The uuid in the path; the empty string where the path has none. */
  readonly id: string;
}

interface About {
  /** The audit action that a refusal before the verb is recorded as, e.g. `case.decided`. */
  readonly action: string;
  /** Path of the route as the log and the audit show it. */
  readonly route: string;
  /** What the uuid in the path names. */
  readonly names?:
    | "caseId"
    | "threadId"
    | "queueId"
    | "viewId"
    | "decisionId"
    | "eventId"
    | "staffId"
    | "entryId";
  /** Reading it leaves a file, or an act in the log, behind: a link on another site must not make anybody's browser do that. */
  readonly leavesSomething?: true;
}

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

/**
 * Wraps a handler of the staff API: works out the actor, refuses other sites and malformed ids, calls one verb, and
 * answers refusals and failures as problems. Every refusal is in the audit log before it is answered; when it cannot be
 * written, the answer is a failure.
 */
export function route(about: About, handle: (call: Call) => Promise<Response>): Handler {
  return async (request, context) => {
    const actor = actorOf(request.headers);
    const id = about.names ? ((await context.params).id ?? "") : "";
    const started = performance.now();
    const response = await answer(about, handle, { actor, request, id }).catch((error: unknown) => {
      log.error("http.failed", { route: about.route, error });
      return problem("failure", actor.requestId);
    });
    log.info("http.answered", {
      method: request.method,
      route: about.route,
      status: response.status,
      ms: Math.round(performance.now() - started),
    });
    return response;
  };
}

async function answer(
  about: About,
  handle: (call: Call) => Promise<Response>,
  call: Call,
): Promise<Response> {
  const { actor, request, id } = call;
  const refuse = async (code: string, errors?: BadRequest["errors"]) => {
    const named: DenialTarget = {
      route: about.route,
      ...(about.names && UUID.test(id) ? { [about.names]: id } : {}),
    };
    await recordDenial(actor, about.action, code, named);
    return problem(code, actor.requestId, errors);
  };

  const harmless = request.method === "GET" && !about.leavesSomething;
  if (!harmless && !isSameOrigin(request.headers)) return refuse("cross-origin");
  if (about.names && !UUID.test(id)) return refuse("not-found");
  // Saves nothing by itself (the database resolves the token) but answers the plainest case with the plainest record.
  if (actor.token === null) return refuse("not-signed-in");
  try {
    return await handle(call);
  } catch (error) {
    if (error instanceof BadRequest) return refuse(error.code, error.errors);
    if (error instanceof Refusal) {
      return error.recorded
        ? problem(error.code, actor.requestId, undefined, error.extension)
        : refuse(error.code);
    }
    if (error instanceof DatabaseFailure) {
      log.error("http.database_failed", { route: about.route, error });
      return problem("database-failure", actor.requestId);
    }
    throw error;
  }
}

/** An answer of metadata as JSON; nothing of the console is ever cached. */
export function json(body: unknown, status = 200): Response {
  return jsonText(JSON.stringify(body), status);
}

/** The same, of a text that is JSON already. */
export function jsonText(body: string, status = 200): Response {
  return new Response(body, {
    status,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
  });
}

/** Done, with nothing to say. */
export function noContent(): Response {
  return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
}
