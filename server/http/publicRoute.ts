import { DatabaseFailure } from "../../db/failure.ts";
import type { Actor } from "../actor.ts";
import { log } from "../log/logger.ts";
import { Refusal } from "../refusal.ts";
import { actorOf } from "./actorOf.ts";
import { problem } from "./problem.ts";
import { BadRequest } from "./readBody.ts";
import { isSameOrigin } from "./sameOrigin.ts";

/** What a handler for people without a session is given. */
export interface Visit {
  /** Nobody known: address and request id, and never a session, whatever cookies came along. */
  readonly visitor: Actor;
  readonly request: Request;
}

/**
 * Wraps a handler that asks for no session: other sites are refused, cookies are not looked at and none is set, refusals and
 * failures are problems. The verb records who came; a request that is malformed reaches none.
 */
export function publicRoute(
  route: string,
  handle: (visit: Visit) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const visitor: Actor = { ...actorOf(request.headers), token: null };
    const started = performance.now();
    const response = await answer(route, handle, { visitor, request }).catch((error: unknown) => {
      log.error("http.failed", { route, error });
      return problem("failure", visitor.requestId);
    });
    response.headers.set("referrer-policy", "no-referrer");
    log.info("http.answered", {
      method: request.method,
      route,
      status: response.status,
      ms: Math.round(performance.now() - started),
    });
    return response;
  };
}

async function answer(
  route: string,
  handle: (visit: Visit) => Promise<Response>,
  visit: Visit,
): Promise<Response> {
  const { requestId } = visit.visitor;
  if (!isSameOrigin(visit.request.headers)) return problem("cross-origin", requestId);
  try {
    return await handle(visit);
  } catch (error) {
    if (error instanceof BadRequest) return problem(error.code, requestId, error.errors);
    if (error instanceof Refusal) return problem(error.code, requestId);
    if (error instanceof DatabaseFailure) {
      log.error("http.database_failed", { route, error });
      return problem("database-failure", requestId);
    }
    throw error;
  }
}
