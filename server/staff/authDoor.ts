import { NextRequest } from "next/server";
import type { AuditAction } from "../../domain/auditActions.ts";
import type { Actor } from "../actor.ts";
import { recordDenial } from "../audit/recordDenial.ts";
import { actorOf } from "../http/actorOf.ts";
import { problem } from "../http/problem.ts";
import { BadRequest, readBytes } from "../http/readBody.ts";
import { isSameOrigin } from "../http/sameOrigin.ts";
import { log } from "../log/logger.ts";

const ROUTE = "/api/auth/[...nextauth]";

/**
 * The addresses of next-auth that the console uses. Its others are shut: a log that anybody may write to, a session that
 * a browser may update, pages that are not ours.
 */
const OPEN: Readonly<Record<string, readonly string[]>> = {
  GET: ["csrf", "providers", "session", "signin", "signout", "error"],
  POST: ["callback/local", "signout"],
};

/**
 * Stands before next-auth, which records nothing and reads a body of any size: refuses what comes from another site, is
 * no small form, or lacks the form's token, each refusal in the audit log before it is answered.
 *
 * @param parts of the address below /api/auth
 * @param enter next-auth itself
 * @returns always an answer; refusals and failures as problems
 */
export async function authDoor(
  request: Request,
  parts: readonly string[],
  enter: (request: NextRequest) => Promise<Response>,
): Promise<Response> {
  const actor = actorOf(request.headers);
  const action: AuditAction = parts[0] === "signout" ? "sign_in.ended" : "sign_in.attempt";
  try {
    return await pass(actor, action, request, parts, enter);
  } catch (error) {
    if (error instanceof BadRequest) return refuse(actor, action, error.code).catch(() => failure(actor));
    log.error("sign_in.failed", { error });
    return failure(actor);
  }
}

async function pass(
  actor: Actor,
  action: AuditAction,
  request: Request,
  parts: readonly string[],
  enter: (request: NextRequest) => Promise<Response>,
): Promise<Response> {
  const { method, headers, url } = request;
  const read = method === "GET" || method === "HEAD";
  if (!read && !isSameOrigin(headers)) return refuse(actor, action, "cross-origin");
  if (!OPEN[read ? "GET" : method]?.includes(parts.join("/"))) return refuse(actor, action, "not-found");
  if (read) return enter(new NextRequest(url, { method: "GET", headers }));
  if (!/^application\/x-www-form-urlencoded\b/i.test(headers.get("content-type") ?? ""))
    return refuse(actor, action, "not-a-form");
  const body = await readBytes(request);
  const response = await enter(new NextRequest(url, { method, headers, body: new Uint8Array(body) }));
  return (await lacksToken(response)) ? refuse(actor, action, "form-expired") : response;
}

/** next-auth answers a form without its token by leading to a page, with a mark that says so. */
async function lacksToken(response: Response): Promise<boolean> {
  const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
  const told: unknown = isJson ? await response.clone().json() : null;
  const to =
    told !== null && typeof told === "object" && "url" in told ? told.url : response.headers.get("location");
  return typeof to === "string" && /[?&]csrf=true(&|$)/.test(to);
}

async function refuse(actor: Actor, action: AuditAction, code: string): Promise<Response> {
  await recordDenial(actor, action, code, { route: ROUTE });
  return problem(code, actor.requestId);
}

function failure(actor: Actor): Response {
  return problem("failure", actor.requestId);
}
