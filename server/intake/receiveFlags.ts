import { LIMITS } from "../../domain/intake/limits.ts";
import type { IntakeCode } from "../../domain/intake/problems.ts";
import { commonSettings } from "../../environment/settings.ts";
import { log } from "../log/logger.ts";
import { answerOne, answerRefusal, answerStream } from "./answer.ts";
import { decodeBody } from "./decodeBody.ts";
import { enter } from "./enter.ts";
import { IntakeRefusal } from "./intakeProblem.ts";
import { lingering } from "./lingering.ts";
import { type PlatformActor, platformActorOf } from "./platformActor.ts";
import { receiveOne } from "./receiveOne.ts";
import { receiveStream } from "./receiveStream.ts";
import { streamAnswer } from "./streamAnswer.ts";
import { tallyRefusals } from "./tally.ts";
import { openStream, requests } from "./throttle.ts";

/**
 * The whole of `POST /api/intake/v1/flags`: whose key, what form, then one flag or a stream of them.
 *
 * @returns always an answer; refusals and failures as problems (RFC 9457)
 */
export async function receiveFlags(request: Request): Promise<Response> {
  const actor = platformActorOf(request.headers);
  try {
    return await receive(actor, request);
  } catch (error) {
    if (error instanceof IntakeRefusal) return answerRefusal(actor, error);
    log.error("intake.failed", { error });
    return answerRefusal(actor, new IntakeRefusal("failure"));
  }
}

/** Not events: keys are recorded where they are refused, and a flood of calls must not become a flood of events. */
const UNRECORDED: readonly IntakeCode[] = [
  "not-served",
  "unavailable",
  "too-many-requests",
  "too-many-streams",
];

async function receive(actor: PlatformActor, request: Request): Promise<Response> {
  if (!commonSettings().serve.includes("intake")) throw new IntakeRefusal("not-served");
  const platformId = await enter(actor);
  try {
    return await takeIn(actor, platformId, request);
  } catch (error) {
    if (
      error instanceof IntakeRefusal &&
      !error.code.startsWith("key-") &&
      !UNRECORDED.includes(error.code)
    ) {
      const tally = tallyRefusals(actor);
      await tally.count(error.code);
      await tally.record();
    }
    throw error;
  }
}

async function takeIn(actor: PlatformActor, platformId: string, request: Request): Promise<Response> {
  const key = actor.keyHash?.toString("hex") ?? "";
  const wait = requests.take(key);
  if (wait > 0) throw new IntakeRefusal("too-many-requests", wait);
  const form = formOf(request.headers.get("content-type"));
  if (!request.body) throw new IntakeRefusal("body-missing");
  const body = decodeBody(lingering(request.body), request.headers.get("content-encoding"));
  if (form === "one") {
    // Said before a byte is read, where the length is known.
    const length = Number(request.headers.get("content-length") ?? 0);
    if (length > LIMITS.flagBytes) throw new IntakeRefusal("too-large");
    return answerOne(actor, await receiveOne(actor, platformId, body));
  }
  const close = openStream(key);
  if (!close) throw new IntakeRefusal("too-many-streams", 5);
  const minimal = /(?:^|[,;\s])return\s*=\s*"?minimal/i.test(request.headers.get("prefer") ?? "");
  return answerStream(streamAnswer(receiveStream(actor, body, { platformId, minimal }), close));
}

function formOf(contentType: string | null): "one" | "stream" {
  const [type, ...parameters] = (contentType ?? "").toLowerCase().split(";");
  const charset = parameters.map((p) => /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/.exec(p)?.[1]).find(Boolean);
  if (charset === undefined || charset === "utf-8" || charset === "utf8") {
    if (type?.trim() === "application/json") return "one";
    if (type?.trim() === "application/x-ndjson") return "stream";
  }
  throw new IntakeRefusal("wrong-content-type");
}
