import { setTimeout as sleep } from "node:timers/promises";
import { type FeedQuery, feedQuery } from "../../contracts/siem.ts";
import { DatabaseFailure } from "../../db/failure.ts";
import { lineOf } from "../../domain/siem/lines.ts";
import { feedSettings } from "../../environment/settings.ts";
import { draining } from "../../environment/shutdown.ts";
import { problem } from "../http/problem.ts";
import { BadRequest, readQuery } from "../http/readBody.ts";
import { Throttle } from "../intake/throttle.ts";
import { log } from "../log/logger.ts";
import { Refusal } from "../refusal.ts";
import { type FeedActor, feedActorOf } from "./feedActor.ts";
import { type FeedBatch, readFeed } from "./readFeed.ts";
import { sourceOf } from "./sourceOf.ts";

const ROUTE = "/api/audit/feed";
const BATCH = 500;
const POLL_MS = 500;
/** Refused keys from one address, each an event in the log: past this the address is refused without asking. */
const refusals = new Throttle(1, 60);
/** Requests of one key. One request can carry ten thousand events, so this bounds chatter, not work. */
const requests = new Throttle(20, 100);

/**
 * The whole of `GET /api/audit/feed`: events behind a place in the log, for a machine with a key of its own, line by line and
 * no faster than they are taken. Asking again from the same place gives the same lines.
 *
 * @returns always an answer; refusals and failures as problems (RFC 9457)
 */
export async function answerFeed(request: Request): Promise<Response> {
  const actor = feedActorOf(request.headers);
  const started = performance.now();
  const response = await answer(actor, request);
  log.info("http.answered", {
    method: "GET",
    route: ROUTE,
    status: response.status,
    ms: Math.round(performance.now() - started),
  });
  return response;
}

async function answer(actor: FeedActor, request: Request): Promise<Response> {
  const address = actor.ip ?? "unknown";
  const wait = refusals.wait(address);
  if (wait > 0) return later("too-many-refused-keys", wait, actor);
  try {
    const rest = requests.take(actor.keyHash?.toString("hex") ?? address);
    if (rest > 0) return later("rate-limited", rest, actor);
    // Whose key it is comes first: what is wrong with a request is told to those who may make one.
    const query = readable(request);
    const first = await firstBatch(actor, query, request.signal);
    if (query instanceof BadRequest) return problem(query.code, actor.requestId, query.errors);
    return streamOf(actor, query, first);
  } catch (error) {
    if (error instanceof Refusal) {
      if (error.code.startsWith("feed-key-")) refusals.take(address);
      const refused = problem(error.code, actor.requestId);
      if (refused.status === 401) refused.headers.set("www-authenticate", 'Bearer realm="unseal-feed"');
      return refused;
    }
    log.error("siem.feed_failed", { route: ROUTE, error });
    return problem(error instanceof DatabaseFailure ? "database-failure" : "failure", actor.requestId);
  }
}

function readable(request: Request): FeedQuery | BadRequest {
  try {
    return readQuery(request, feedQuery);
  } catch (error) {
    if (error instanceof BadRequest) return error;
    throw error;
  }
}

function later(code: string, seconds: number, actor: FeedActor): Response {
  const response = problem(code, actor.requestId);
  response.headers.set("retry-after", String(Math.ceil(seconds)));
  return response;
}

/** Waits for the first event as long as was asked for, the caller is there and the process goes on. */
async function firstBatch(
  actor: FeedActor,
  query: FeedQuery | BadRequest,
  signal: AbortSignal,
): Promise<FeedBatch> {
  if (query instanceof BadRequest) return readFeed(actor, Number.MAX_SAFE_INTEGER - 1, 1);
  const until = performance.now() + query.wait * 1000;
  const over = AbortSignal.any([signal, draining()]);
  for (;;) {
    const batch = await readFeed(actor, query.after, Math.min(BATCH, query.limit));
    // The reader keeps a place that there is not: the log was cut, or an old copy put back. It would read on in silence.
    if (query.after >= batch.size) throw new Refusal("log-shorter");
    if (batch.events.length > 0 || performance.now() + POLL_MS > until || over.aborted) return batch;
    await sleep(POLL_MS, undefined, { signal: over }).catch(() => {});
  }
}

function streamOf(actor: FeedActor, query: FeedQuery, first: FeedBatch): Response {
  const pieces = piecesOf(actor, query, first);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await pieces.next();
          if (next.done) controller.close();
          else controller.enqueue(encoder.encode(next.value));
        } catch (error) {
          // Broken off: what ends early must not look as if there were no more. The reader goes on from its last index.
          log.warn("siem.feed_broken_off", { route: ROUTE, error });
          controller.error(error);
        }
      },
      async cancel() {
        await pieces.return();
      },
    },
    // Nothing is read ahead of the reader, so that a revoked key stops with the batch at hand.
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      "content-type":
        query.format === "ocsf" ? "application/x-ndjson; charset=utf-8" : "text/plain; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

async function* piecesOf(
  actor: FeedActor,
  { format, limit }: FeedQuery,
  first: FeedBatch,
): AsyncGenerator<string, void, void> {
  const { siemEnterprise: enterprise } = feedSettings();
  let left = limit;
  for (let batch = first; batch.events.length > 0; ) {
    const source = sourceOf(batch.origin, enterprise);
    yield batch.events.map((event) => lineOf(event, format, source)).join("");
    left -= batch.events.length;
    const last = batch.events.at(-1)?.index;
    if (left <= 0 || last === undefined) return;
    batch = await readFeed(actor, last, Math.min(BATCH, left));
  }
}
