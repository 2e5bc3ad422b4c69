import { createHash, type Hash } from "node:crypto";
import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Exchange, FailureCause } from "./outcome.ts";
import type { NcmecService } from "./service.ts";

export interface Call {
  readonly method: "GET" | "POST";
  /** Below the base, such as `/submit`. */
  readonly path: string;
  readonly contentType?: string;
  /** Length of the body in bytes; null when it is not known before. */
  readonly length: number | null;
  readonly body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Kept up to date by whoever makes `body`: the hash and length of what counts of it. */
  readonly sent: Sent;
  /** Whether the whole call has a limit; uploads have none. */
  readonly limited: boolean;
  readonly signal?: AbortSignal;
}

/** Counts what is sent. */
export class Sent {
  bytes = 0;
  readonly sha256: Hash = createHash("sha256");
  readonly md5: Hash = createHash("md5");
  add(piece: Uint8Array): Uint8Array {
    this.bytes += piece.length;
    this.sha256.update(piece);
    this.md5.update(piece);
    return piece;
  }
}

export type Exchanged =
  | { readonly kind: "answered"; readonly status: number; readonly body: Buffer; readonly exchange: Exchange }
  | {
      readonly kind: "failed";
      readonly cause: FailureCause;
      readonly inDoubt: boolean;
      readonly exchange: Exchange;
    };

/** A body did not keep to what it promised. */
export class FileChanged extends Error {}

/**
 * Makes one call, on a connection of its own so that no stale one leaves us in doubt. Follows no redirect, checks
 * certificates, and waits no longer than `service.patience` says. Never throws.
 */
export async function exchangeOnce(service: NcmecService, call: Call): Promise<Exchanged> {
  const startedAt = new Date();
  const start = performance.now();
  const state: State = { connected: false, response: null, cause: null };
  const exchange = (answer: Buffer | null): Exchange => ({
    requestId: header(state.response, "request-id"),
    status: state.response?.statusCode ?? null,
    sentSha256: call.sent.sha256.copy().digest("hex"),
    sentBytes: call.sent.bytes,
    answer: answer === null ? null : answer.toString(),
    answerSha256: answer === null ? null : createHash("sha256").update(answer).digest("hex"),
    startedAt,
    milliseconds: Math.round(performance.now() - start),
  });
  try {
    const body = await talk(service, call, state);
    return { kind: "answered", status: state.response?.statusCode ?? 0, body, exchange: exchange(body) };
  } catch (problem) {
    const cause = state.cause ?? causeOf(problem, state.connected, call.signal);
    return { kind: "failed", cause, inDoubt: state.connected, exchange: exchange(null) };
  }
}

interface State {
  connected: boolean;
  response: IncomingMessage | null;
  /** Why it was stopped, when it was us. */
  cause: FailureCause | null;
}

async function talk(service: NcmecService, call: Call, state: State): Promise<Buffer> {
  const url = new URL(`${service.base}${call.path}`);
  const secure = url.protocol === "https:";
  const { patience } = service;
  const asked: ClientRequest = (secure ? httpsRequest : httpRequest)(url, {
    method: call.method,
    agent: false,
    headers: {
      authorization: service.authorization(),
      accept: "text/xml, application/xml",
      ...(call.contentType && { "content-type": call.contentType }),
      ...(call.length === null ? {} : { "content-length": call.length }),
    },
    ...(secure && { rejectUnauthorized: true, minVersion: "TLSv1.2", ca: service.authorities ?? undefined }),
  });
  const stop = (cause: FailureCause) => {
    state.cause ??= cause;
    asked.destroy(new Error(cause));
  };
  const connecting = setTimeout(() => stop("unreachable"), patience.connect);
  const whole = call.limited ? setTimeout(() => stop("time-out"), patience.whole) : undefined;
  const cancel = () => stop("cancelled");
  call.signal?.addEventListener("abort", cancel, { once: true });
  if (call.signal?.aborted) cancel();
  try {
    const answered = new Promise<Buffer>((resolve, reject) => {
      asked.once("socket", (socket) => {
        socket.setTimeout(patience.idle, () => stop("time-out"));
        socket.once(secure ? "secureConnect" : "connect", () => {
          clearTimeout(connecting);
          state.connected = true;
        });
      });
      asked.once("error", reject);
      asked.once("response", (response) => {
        state.response = response;
        readAnswer(response, patience.answerBytes, stop).then(resolve, reject);
      });
    });
    // Whichever speaks first: a service that refuses early answers before the body is through.
    answered.catch(() => {});
    await Promise.race([writeBody(asked, call, stop), answered]);
    return await answered;
  } finally {
    clearTimeout(connecting);
    clearTimeout(whole);
    call.signal?.removeEventListener("abort", cancel);
    asked.destroy();
  }
}

async function writeBody(
  asked: ClientRequest,
  call: Call,
  stop: (cause: FailureCause) => void,
): Promise<void> {
  let written = 0;
  try {
    for await (const piece of call.body) {
      if (asked.destroyed || asked.writableEnded) return;
      written += piece.length;
      if (call.length !== null && written > call.length) throw new FileChanged();
      if (!asked.write(piece)) await drained(asked);
    }
    if (call.length !== null && written !== call.length) throw new FileChanged();
    asked.end();
  } catch {
    stop("file-changed");
  }
}

function drained(asked: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      asked.off("drain", done).off("close", done);
      resolve();
    };
    asked.once("drain", done).once("close", done);
  });
}

async function readAnswer(
  response: IncomingMessage,
  most: number,
  stop: (cause: FailureCause) => void,
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > most) {
      stop("answer-too-large");
      throw new Error("The answer is too long.");
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function header(response: IncomingMessage | null, name: string): string | null {
  const value = response?.headers[name];
  return typeof value === "string" ? value.slice(0, 200) : null;
}

const CERTIFICATE = /CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY|ERR_SSL/;

function causeOf(problem: unknown, connected: boolean, signal: AbortSignal | undefined): FailureCause {
  if (signal?.aborted) return "cancelled";
  const code = problem instanceof Error && "code" in problem ? String(problem.code) : "";
  if (CERTIFICATE.test(code)) return "certificate";
  return connected ? "broken-off" : "unreachable";
}
