import type { ExceedRequest, ExceptionAsked } from "../../../contracts/legal/requests.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { moved } from "./moves.ts";

/**
 * Asks for a category beyond what the type gives. Another counsel answers.
 *
 * @throws Refusal `exception-not-possible`, `category-not-asked`, `category-allowed-already`, recorded
 */
export async function askException(
  actor: Actor,
  requestId: string,
  { category, reason }: ExceedRequest,
): Promise<ExceptionAsked> {
  const asked = await call<ExceptionAsked>(actor, "legal.exceed", requestId, category, reason);
  return { ...moved(asked), exceptionId: asked.exceptionId };
}
