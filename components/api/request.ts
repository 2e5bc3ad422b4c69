import "./withoutEval.ts";
import type { ZodType, z } from "zod";
import { problem } from "../../contracts/problem.ts";
import { ApiError } from "./ApiError.ts";
import { markAsBackground } from "./activity.ts";
import { noteServerDate } from "./serverClock.ts";
import { noteForegroundRequest } from "./sessionClock.ts";
import { endSession } from "./sessionEnd.ts";

type Options<S extends ZodType | undefined> = {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The shape of the answer; left out where the answer has no body. */
  answer?: S;
  body?: unknown;
  /** The page asks by itself (heartbeat, refetch). */
  background?: boolean;
  signal?: AbortSignal;
  /** It is to arrive although the page goes. At most 64 KiB; more is refused by the browser. */
  keepalive?: boolean;
};
type Answer<S> = S extends ZodType ? z.output<S> : undefined;

/**
 * One call of the HTTP API. Resolves to the checked answer; rejects with an ApiError that says what to do. An answer
 * of 401 ends the session on this page. Nothing is cached by the browser.
 */
export async function request<S extends ZodType | undefined = undefined>(
  path: string,
  options: Options<S> = {},
): Promise<Answer<S>> {
  const { method = "GET", answer, body, background = false, signal, keepalive } = options;
  const marked = markAsBackground(background);
  const headers: Record<string, string> = { accept: "application/json" };
  if (marked) headers["Unseal-Background"] = "1";
  if (method !== "GET") headers["content-type"] = "application/json";
  const sentAt = performance.now();
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: method === "GET" ? undefined : JSON.stringify(body ?? {}),
      cache: "no-store",
      credentials: "same-origin",
      referrerPolicy: "no-referrer",
      redirect: "error",
      signal,
      keepalive,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(UNREACHABLE);
  }
  noteServerDate(response.headers.get("date"), sentAt);
  if (response.status === 401) {
    endSession("ended");
    throw new ApiError(SIGNED_OUT);
  }
  if (!response.ok) throw new ApiError(await readProblem(response));
  if (!marked) noteForegroundRequest();
  if (!answer) return undefined as Answer<S>;
  const checked = answer.safeParse(await response.json().catch(() => undefined));
  // What zod found is not passed on: it may quote the value.
  if (!checked.success) throw new ApiError(UNREADABLE);
  return checked.data as Answer<S>;
}

async function readProblem(response: Response) {
  const parsed = problem.safeParse(await response.json().catch(() => undefined));
  return parsed.success ? parsed.data : { ...UNREADABLE, status: response.status };
}

const UNREACHABLE = {
  type: "about:blank",
  title: "The server cannot be reached",
  status: 0,
  code: "unreachable",
  detail: "Check the network and try again. Nothing was changed by this page.",
};
const SIGNED_OUT = {
  type: "about:blank",
  title: "Your session has ended",
  status: 401,
  code: "session-ended",
  detail: "Sign in again to go on.",
};
const UNREADABLE = {
  type: "about:blank",
  title: "The server gave an answer that this page does not understand",
  status: 502,
  code: "unreadable-answer",
  detail: "Reload the page; it may be older than the server. Tell an administrator if it happens again.",
};
