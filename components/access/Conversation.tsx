"use client";

import { CornerDownRight, MessageCircleQuestionMark } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { RequestDto } from "../../contracts/access.ts";
import { Button } from "../ui/Button.tsx";
import { Time } from "../ui/Time.tsx";
import { HostileText } from "../view/HostileText.tsx";

type Props = {
  request: RequestDto;
  /** How the one who asked for access answers; left out where this is only read. */
  onAnswer?: (questionId: string, answer: string) => Promise<void>;
};

/** What approvers asked back and what was answered, oldest first. */
export function Conversation({ request, onAnswer }: Props) {
  if (request.questions.length === 0) return null;
  return (
    <ul aria-label="Questions" className="grid gap-2">
      {request.questions.map((one) => (
        <li key={one.id} className="border-l-4 border-line pl-3">
          <p className="flex items-center gap-1.5 text-muted">
            <MessageCircleQuestionMark aria-hidden className="size-4" />
            {one.by.name} asked <Time at={one.askedAt} />
          </p>
          <HostileText text={one.question} />
          {one.answer !== null && one.answeredAt ? (
            <div className="mt-1 flex gap-1.5">
              <CornerDownRight aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
              <div>
                <p className="text-muted">
                  {request.by.name} answered <Time at={one.answeredAt} />
                </p>
                <HostileText text={one.answer} />
              </div>
            </div>
          ) : onAnswer && request.may.answer ? (
            <AnswerForm onAnswer={(answer) => onAnswer(one.id, answer)} />
          ) : (
            <p className="text-muted">Not answered yet.</p>
          )}
        </li>
      ))}
    </ul>
  );
}

function AnswerForm({ onAnswer }: { onAnswer: (answer: string) => Promise<void> }) {
  const [answer, setAnswer] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    await onAnswer(answer).finally(() => setBusy(false));
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="mt-1 grid gap-1.5">
      <label className="grid gap-1">
        <span className="heading">Your answer</span>
        <textarea
          required
          rows={2}
          maxLength={2000}
          autoComplete="off"
          value={answer}
          onChange={(event) => setAnswer(event.target.value)}
          className="field resize-y"
        />
      </label>
      <span>
        <Button type="submit" small look="primary" busy={busy}>
          Answer
        </Button>
      </span>
    </form>
  );
}
