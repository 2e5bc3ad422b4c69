import { randomUUID } from "node:crypto";
import { currentRequest } from "../../environment/requestContext.ts";
import { webSettings } from "../../environment/settings.ts";
import type { Actor } from "../actor.ts";
import { readSessionToken } from "./sessionCookie.ts";

/**
 * Who calls, from what the request carries. The address comes from the server shell alone: what a client says of itself
 * is not believed. Headers that try to skip a middleware (`x-middleware-subrequest`, CVE-2025-29927) mean nothing here,
 * since no middleware decides anything.
 */
export function actorOf(headers: Headers): Actor {
  const request = currentRequest();
  return {
    token: readSessionToken(headers.get("cookie"), webSettings().nextauthUrl.startsWith("https:")),
    ip: request?.address ?? null,
    userAgent: headers.get("user-agent")?.slice(0, 300) ?? null,
    requestId: request?.id ?? randomUUID(),
    background: headers.get("unseal-background") === "1",
  };
}
