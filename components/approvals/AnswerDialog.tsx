"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import type { RequestChange, RequestDto } from "../../contracts/access.ts";
import { approve, askBack, deny } from "../access/api.ts";
import { RequestFigures } from "../access/RequestFigures.tsx";
import { fieldError } from "../api/ApiError.ts";
import { keys } from "../api/queries.ts";
import { keyOf } from "../shell/shortcuts.ts";
import { useToasts } from "../shell/toasts.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Notice } from "../ui/Notice.tsx";
import { HostileText } from "../view/HostileText.tsx";
import { PURPOSE_WORDS, SCOPE_WORDS } from "../words.ts";
import { answerWords, refusalWords } from "./answerWords.ts";

export type AnswerKind = "approve" | "deny" | "ask";

const TEXT = {
  approve: { title: "Approve", label: "Note (optional)", button: "Approve", required: false },
  deny: {
    title: "Deny",
    label: "Reason (required; shown to whoever asked)",
    button: "Deny",
    required: true,
  },
  ask: { title: "Ask back", label: "Question (required)", button: "Ask", required: true },
} as const;

type Props = { answering: { kind: AnswerKind; request: RequestDto } | null; onClose: () => void };

/** One answer of one approver, with what is answered before their eyes once more. */
export function AnswerDialog({ answering, onClose }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const title = answering ? `${TEXT[answering.kind].title}: ${answering.request.by.name}’s request` : "";
  return (
    <Dialog open={answering !== null} onClose={onClose} title={title} initialFocus={field}>
      {answering && <AnswerForm {...answering} fieldRef={field} onClose={onClose} />}
    </Dialog>
  );
}

type FormProps = NonNullable<Props["answering"]> & {
  fieldRef: React.RefObject<HTMLTextAreaElement | null>;
  onClose: () => void;
};

function AnswerForm({ kind, request, fieldRef, onClose }: FormProps) {
  const client = useQueryClient();
  const { show } = useToasts();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const { label, button, required } = TEXT[kind];
  const wrong = fieldError(error, kind === "ask" ? "/question" : "/note");

  const send = (): Promise<RequestChange> =>
    kind === "approve"
      ? approve(request.id, text.trim() || null)
      : kind === "deny"
        ? deny(request.id, text)
        : askBack(request.id, text);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const change = await send();
      show({ id: `answered-${request.id}`, ...answerWords(kind, change, request.by.name) });
      onClose();
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    } finally {
      void client.invalidateQueries({ queryKey: keys.requests });
    }
  };
  // Dialogs keep keys to themselves, so the table's chord is listened for here.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
  };
  const refusal = error == null || wrong ? null : refusalWords(error);

  return (
    <form ref={form} onSubmit={(event) => void submit(event)} onKeyDown={onKeyDown} className="grid gap-3">
      <div>
        <p>
          Case {request.case.number}: {PURPOSE_WORDS[request.purpose]},{" "}
          {SCOPE_WORDS[request.scope].name.toLowerCase()}. Would see <RequestFigures would={request.would} />
          {request.participant !== null &&
            `, in threads of ${request.participant.pseudonym} (${request.participant.ageBand}${request.participant.reporter ? ", who reported" : ""})`}
          .
        </p>
        <HostileText text={request.reason} className="mt-1 border-l-4 border-line pl-3" />
      </div>
      <div className="grid gap-1">
        <label htmlFor={id} className="heading">
          {label}
        </label>
        <textarea
          id={id}
          ref={fieldRef}
          required={required}
          rows={3}
          maxLength={2000}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={`${id}-note`}
          className="field resize-y"
        />
        <p id={`${id}-note`} className={wrong ? "text-danger" : "text-muted"}>
          {wrong ?? "It stays in the audit log."}
        </p>
      </div>
      {refusal && (
        <Notice tone="warn" announce="alert" title={refusal.title}>
          {refusal.detail}
        </Notice>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          look={kind === "deny" ? "danger" : "primary"}
          busy={busy}
          keys={keyOf("approvalsSubmit")}
        >
          {button}
        </Button>
      </div>
    </form>
  );
}
