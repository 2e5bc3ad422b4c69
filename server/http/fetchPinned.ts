import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { type Place, pin } from "./pinned.ts";

/** Why a file did not come. */
export type FetchCause =
  /** The address is none, is not https, or its origin is not one that was allowed. */
  | "origin"
  /** The name lies on this machine, in a private network, or nowhere. */
  | "inside"
  /** The answer points elsewhere. Nobody goes there. */
  | "redirect"
  /** 404 or 410. */
  | "gone"
  /** 401 or 403: the credentials are not taken. */
  | "not-allowed"
  /** Any other answer than 200, or one in a coding that was not asked for. */
  | "strange"
  | "too-large"
  | "late"
  | "certificate"
  /** No connection, or it broke off before the end. */
  | "unreachable"
  | "cancelled";

/** A file did not come, or not whole. The message names neither its address nor what it holds. */
export class FetchFailure extends Error {
  override readonly name = "FetchFailure";
  override readonly cause: FetchCause;

  constructor(cause: FetchCause) {
    super(`The file could not be fetched: ${cause}`);
    this.cause = cause;
  }
}

export interface FetchChoices {
  /** Origins that may be asked, such as `https://cdn.example.org`. Nothing else is, whatever the address says. */
  readonly origins: readonly string[];
  /** Whether these origins may lie inside, and so may go without TLS. */
  readonly inside: boolean;
  /** The header in which the credentials go, such as `authorization`. */
  readonly header: string;
  /** Sent to that origin and nowhere else; null for none. */
  readonly credentials: string | null;
  /** The most that is read, in bytes. */
  readonly most: number;
  /** Milliseconds until the answer begins: name, connection, headers. */
  readonly begin?: number;
  /** Milliseconds in which nothing may come while somebody waits for it. */
  readonly idle?: number;
  /** Milliseconds for all of it; none unless told. */
  readonly whole?: number;
  readonly signal?: AbortSignal | undefined;
  /** Asks where a name lies; the system unless told. */
  readonly resolve?: (host: string) => Promise<Place[]>;
}

/** A file on its way. Not reading it to its end leaves nothing open once the iterator is returned. */
export interface Fetched {
  /** As the server says; null when it does not. */
  readonly size: number | null;
  readonly bytes: AsyncGenerator<Uint8Array, void, void>;
}

const BEGIN_MS = 15_000;
const IDLE_MS = 30_000;

/**
 * Fetches one file from an address that somebody else wrote (GET). Only allowed origins are asked; the name is resolved
 * once, must not lie inside, and the connection goes to what was checked; redirects are not followed; certificates are
 * checked. The bytes stream: no more of them is held than one piece, and no more is read than `most`.
 *
 * @throws FetchFailure here, or while the bytes are read
 */
export async function fetchPinned(address: string, choices: FetchChoices): Promise<Fetched> {
  const url = allowedUrl(address, choices);
  const { most, begin = BEGIN_MS, idle = IDLE_MS, whole, signal } = choices;
  if (signal?.aborted) throw new FetchFailure("cancelled");
  // Also stops what follows: whoever reads sees why.
  const stop = new AbortController();
  let cause: FetchCause = "late";
  const stopFor = (why: FetchCause) => {
    if (!stop.signal.aborted) cause = why;
    stop.abort();
  };
  const cancel = () => stopFor("cancelled");
  signal?.addEventListener("abort", cancel, { once: true });
  const late = () => stopFor("late");
  const beginning = setTimeout(late, begin);
  const ending = whole === undefined ? undefined : setTimeout(late, whole);
  const done = () => {
    clearTimeout(beginning);
    clearTimeout(ending);
    signal?.removeEventListener("abort", cancel);
  };
  const failureOf = (error: unknown) =>
    error instanceof FetchFailure
      ? error
      : new FetchFailure(
          stop.signal.aborted ? cause : CERTIFICATE.test(codeOf(error)) ? "certificate" : "unreachable",
        );
  try {
    const stopped = new Promise<never>((_, reject) =>
      stop.signal.addEventListener("abort", () => reject(new FetchFailure(cause)), { once: true }),
    );
    stopped.catch(() => {});
    const pinned = await Promise.race([pin(url, choices.inside, choices.resolve), stopped]);
    if (!pinned) throw new FetchFailure("inside");
    const answer = await answerOf(url, pinned, choices, stop.signal);
    clearTimeout(beginning);
    const size = sizeOf(answer);
    const refusal = refusalOf(answer) ?? (size !== null && size > most ? "too-large" : null);
    if (refusal) {
      answer.destroy();
      throw new FetchFailure(refusal);
    }
    return { size, bytes: read(patient(answer, idle, late), size, most, failureOf, done) };
  } catch (error) {
    done();
    throw failureOf(error);
  }
}

function allowedUrl(address: string, { origins, inside }: FetchChoices): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  const secure = url?.protocol === "https:" || (inside && url?.protocol === "http:");
  if (!url || !secure || !origins.includes(url.origin) || url.username !== "" || url.password !== "")
    throw new FetchFailure("origin");
  return url;
}

function answerOf(
  url: URL,
  lookup: LookupFunction,
  { header, credentials }: FetchChoices,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const asked = send(url, {
      method: "GET",
      agent: false,
      lookup,
      signal,
      headers: {
        accept: "*/*",
        // A file in a coding of the wire would have another hash than the file.
        "accept-encoding": "identity",
        ...(credentials === null ? {} : { [header]: credentials }),
      },
    });
    asked.once("response", resolve);
    asked.on("error", reject);
    asked.end();
  });
}

function refusalOf(answer: IncomingMessage): FetchCause | null {
  const status = answer.statusCode ?? 0;
  if (status >= 300 && status < 400) return "redirect";
  if (status === 404 || status === 410) return "gone";
  if (status === 401 || status === 403) return "not-allowed";
  if (status >= 500) return "unreachable";
  return status === 200 && /^(?:|identity)$/i.test(answer.headers["content-encoding"] ?? "")
    ? null
    : "strange";
}

function sizeOf(answer: IncomingMessage): number | null {
  const told = answer.headers["content-length"];
  return told !== undefined && /^\d{1,15}$/.test(told) ? Number(told) : null;
}

/** Pieces of an answer, each waited for no longer than `idle`. How long whoever takes them takes is not counted. */
async function* patient(
  answer: IncomingMessage,
  idle: number,
  late: () => void,
): AsyncGenerator<Uint8Array, void, void> {
  const pieces = (answer as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const waiting = setTimeout(late, idle);
      const next = await pieces.next().finally(() => clearTimeout(waiting));
      if (next.done) return;
      yield next.value;
    }
  } finally {
    answer.destroy();
  }
}

async function* read(
  pieces: AsyncIterable<Uint8Array>,
  told: number | null,
  most: number,
  failureOf: (error: unknown) => FetchFailure,
  done: () => void,
): AsyncGenerator<Uint8Array, void, void> {
  let size = 0;
  try {
    for await (const piece of pieces) {
      size += piece.length;
      if (size > most) throw new FetchFailure("too-large");
      yield piece;
    }
    if (told !== null && size !== told) throw new FetchFailure("unreachable");
  } catch (error) {
    throw failureOf(error);
  } finally {
    done();
  }
}

const CERTIFICATE = /CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY|ERR_SSL/;

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
