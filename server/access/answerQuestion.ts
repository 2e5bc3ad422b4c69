import type { z } from "zod";
import type { answerRequest, RequestChange } from "../../contracts/access.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";
import { changeOf } from "./changeOf.ts";

/** Whoever asked for access answers a question of an approver's. @throws Refusal */
export async function answerQuestion(
  actor: Actor,
  requestId: string,
  { questionId, answer }: z.output<typeof answerRequest>,
): Promise<RequestChange> {
  return changeOf(await call<RequestChange>(actor, "access.answer_question", requestId, questionId, answer));
}
