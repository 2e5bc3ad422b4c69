import "../api/withoutEval.ts";
import type { ZodType, z } from "zod";
import { type AcknowledgeRequest, acknowledged, openedDelivery } from "../../contracts/legal/deliveries.ts";
import { problem } from "../../contracts/problem.ts";
import { ApiError } from "../api/ApiError.ts";

/**
 * The three calls of a recipient, who has no session and no account. Link, code and ticket travel in bodies alone, never in
 * an address. Unlike the staff's calls, no answer leads anywhere else.
 */
async function post<S extends ZodType>(path: string, body: unknown, answer: S): Promise<z.output<S>> {
  const response = await fetch(path, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify(body),
    cache: "no-store",
    credentials: "omit",
    referrerPolicy: "no-referrer",
    redirect: "error",
  }).catch(() => {
    throw new ApiError(UNREACHABLE);
  });
  const said: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const told = problem.safeParse(said);
    throw new ApiError(told.success ? told.data : { ...UNREADABLE, status: response.status });
  }
  const checked = answer.safeParse(said);
  if (!checked.success) throw new ApiError(UNREADABLE);
  return checked.data as z.output<S>;
}

/** Shows link and code. @throws ApiError when they do not fit, or the link is good for nothing any more */
export const openDelivery = (token: string, code: string) =>
  post("/api/delivery/open", { token, code }, openedDelivery);

/** Says that the packet was received. */
export const acknowledgeDelivery = (body: AcknowledgeRequest) =>
  post("/api/delivery/acknowledge", body, acknowledged);

/**
 * Fetches the packet's bytes, as they come.
 *
 * @throws ApiError when it is refused or cannot be reached
 */
export async function fetchPacket(ticket: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const response = await fetch("/api/delivery/download", {
    method: "POST",
    headers: { authorization: `Bearer ${ticket}` },
    cache: "no-store",
    credentials: "omit",
    referrerPolicy: "no-referrer",
    redirect: "error",
    signal,
  }).catch((error: unknown) => {
    throw signal.aborted ? error : new ApiError(UNREACHABLE);
  });
  if (response.ok && response.body) return response.body;
  const told = problem.safeParse(await response.json().catch(() => undefined));
  throw new ApiError(told.success ? told.data : { ...UNREADABLE, status: response.status });
}

const UNREACHABLE = {
  type: "about:blank",
  title: "The server cannot be reached",
  status: 0,
  code: "unreachable",
  detail: "Check your connection and try again. No try was counted.",
};
const UNREADABLE = {
  type: "about:blank",
  title: "The server gave an answer that this page does not understand",
  status: 502,
  code: "unreadable-answer",
  detail: "Open the link anew. If it happens again, tell whoever sent it to you.",
};
