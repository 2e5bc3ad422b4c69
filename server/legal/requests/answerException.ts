import type { ExceedAnswer, RequestMoved } from "../../../contracts/legal/requests.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { moved } from "./moves.ts";

/**
 * Grants or refuses an exception that another counsel asked for.
 *
 * @throws Refusal `own-exception`, `exception-answered`, `request-changed`, recorded
 */
export async function answerException(
  actor: Actor,
  requestId: string,
  { exceptionId, answer, reason }: ExceedAnswer,
): Promise<RequestMoved> {
  return moved(
    await call<RequestMoved>(actor, "legal.answer_exception", requestId, exceptionId, answer, reason),
  );
}
