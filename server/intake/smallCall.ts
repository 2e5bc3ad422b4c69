import { isUtf8 } from "node:buffer";
import type { z } from "zod";
import { repeatedKeys } from "../../domain/intake/jsonText.ts";
import { LIMITS } from "../../domain/intake/limits.ts";
import { pointerTo } from "../../domain/intake/pointer.ts";
import type { IntakeCode } from "../../domain/intake/problems.ts";
import { commonSettings } from "../../environment/settings.ts";
import { log } from "../log/logger.ts";
import { answerProblem, answerRefusal } from "./answer.ts";
import { decodeBody } from "./decodeBody.ts";
import { intakeCode, refused } from "./enter.ts";
import { fieldProblems } from "./fieldProblems.ts";
import { IntakeRefusal, intakeProblem } from "./intakeProblem.ts";
import { lingering } from "./lingering.ts";
import type { KeyScope } from "./operator.ts";
import { type PlatformActor, platformActorOf } from "./platformActor.ts";
import { keyRefusals, requests } from "./throttle.ts";

/** Bytes of a call at the platforms' door that is no delivery of flags. */
const MOST = 16 * 1024;

/** A small call whose body does not fit its contract. */
class BadCall extends Error {
  readonly problem: ReturnType<typeof intakeProblem>;
  constructor(problem: ReturnType<typeof intakeProblem>) {
    super("Bad call");
    this.problem = problem;
  }
}

/**
 * A call at the platforms' door that is no delivery of flags: throttled like all of them, answered with JSON or a problem
 * (RFC 9457). Whose key it is, and whether it may, the database says in `handle`.
 *
 * @param scope what the key must be allowed
 */
export async function smallCall(
  request: Request,
  scope: KeyScope,
  handle: (actor: PlatformActor) => Promise<Response>,
): Promise<Response> {
  const actor = platformActorOf(request.headers);
  try {
    if (!commonSettings().serve.includes("intake")) throw new IntakeRefusal("not-served");
    const wait = keyRefusals.wait(actor.ip ?? "unknown");
    if (wait > 0) throw new IntakeRefusal("too-many-refused-keys", wait);
    const rest = requests.take(actor.keyHash?.toString("hex") ?? "");
    if (rest > 0) throw new IntakeRefusal("too-many-requests", rest);
    return await handle(actor);
  } catch (error) {
    if (error instanceof BadCall) return answerProblem(actor, error.problem, undefined, scope);
    if (error instanceof IntakeRefusal) return answerRefusal(actor, error, scope);
    log.error("intake.failed", { error });
    return answerRefusal(actor, new IntakeRefusal("failure"), scope);
  }
}

/**
 * What the database answered, by its schema.
 *
 * @throws IntakeRefusal when it refused
 */
export function answered<S extends z.ZodType>(actor: PlatformActor, answer: unknown, schema: S): z.output<S> {
  const no = refused.safeParse(answer);
  if (no.success) {
    const code = intakeCode(no.data.code);
    if (code.startsWith("key-")) keyRefusals.take(actor.ip ?? "unknown");
    throw new IntakeRefusal(code);
  }
  return schema.parse(answer);
}

/**
 * Reads a small JSON body.
 *
 * @param bad what to call a body that does not fit
 * @throws BadCall, IntakeRefusal when it cannot be read or does not fit; no value is repeated
 */
export async function readSmall<S extends z.ZodType>(
  request: Request,
  schema: S,
  bad: IntakeCode,
): Promise<z.output<S>> {
  const [type] = (request.headers.get("content-type") ?? "").toLowerCase().split(";");
  if (type?.trim() !== "application/json") throw new IntakeRefusal("wrong-content-type");
  if (!request.body) throw new IntakeRefusal("body-missing");
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of decodeBody(lingering(request.body), request.headers.get("content-encoding"))) {
    size += chunk.length;
    if (size > MOST) throw new IntakeRefusal("too-large");
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.length === 0) throw new IntakeRefusal("body-missing");
  if (!isUtf8(bytes)) throw new IntakeRefusal("not-utf8");
  const text = bytes.toString("utf8");
  let sent: unknown;
  try {
    sent = JSON.parse(text);
  } catch {
    throw new IntakeRefusal("not-json");
  }
  const twice = repeatedKeys(text, LIMITS.problems).map((path) => ({
    pointer: pointerTo(path),
    message: "Stands in its object more than once.",
  }));
  const checked = schema.safeParse(sent);
  const problems = [...twice, ...(checked.success ? [] : fieldProblems(checked.error.issues, sent))];
  if (!checked.success || problems.length > 0)
    throw new BadCall(intakeProblem(bad, problems.slice(0, LIMITS.problems)));
  return checked.data;
}
