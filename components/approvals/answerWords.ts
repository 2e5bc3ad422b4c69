import type { RequestChange } from "../../contracts/access.ts";
import { codeOf, errorWords } from "../api/ApiError.ts";
import type { AnswerKind } from "./AnswerDialog.tsx";

/** What an answer has led to, for the one who gave it. */
export function answerWords(
  kind: AnswerKind,
  { state, approved, needs }: RequestChange,
  name: string,
): { title: string; detail: string } {
  if (kind === "ask")
    return { title: `Asked ${name} back`, detail: "The request waits on; the answer appears here." };
  if (kind === "deny") return { title: "Denied", detail: `${name} sees your reason.` };
  if (state === "approved") return { title: "Approved", detail: `${name} can open it now.` };
  return {
    title: "Your approval counts",
    detail: `${approved} of ${needs} have approved; somebody else must too.`,
  };
}

/** Why an answer was not taken. A request that has gone out of one's reach says what can have changed. */
export function refusalWords(error: unknown): { title: string; detail: string } {
  if (codeOf(error) === "not-found")
    return {
      title: "You may not answer this request any more",
      detail:
        "Your queue, regions, clearances or roles have changed, the case has moved, or an account of yours is in the thread. Others will answer it.",
    };
  return errorWords(error);
}
